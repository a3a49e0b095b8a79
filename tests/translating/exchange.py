"""A small handout with every kind of unit, and its ways out to a translator and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handouts.document import Handout
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.translating.confirming import confirm
from handouts.translating.exporting import export
from handouts.translating.importing import Credit, take
from handouts.translating.po import po
from handouts.translating.writing import write
from handouts.translating.xliff import xliff
from tests.reading.examples import WORDS, WORDS_FILE, write_library
from tests.translating.examples import SPANISH, SPANISH_FILE

FORMATS = {"po": po, "xlf": xliff}
SOURCE = WORDS.replace(
    """\
    Use your inhaler.

    - Breathe out.
    - Breathe in.
""",
    """\
    See [our *page*](https://example.org/a) or ask for an [inhalateur]{lang=fr} **now**.\\
    Call {emergency_number}.[^smith-2019]

    | Sign | Do |
    | --- | ---: |
    | **Cough** | Rest & <wait> |

    ::: call-doctor
    - [ ] You wheeze.
    :::
""".replace("<wait>", r"\<wait>"),
)
TARGET = SPANISH.replace(
    """\
    Use su inhalador.

    - Expulse el aire.
    - Tome aire.
""",
    """\
    Pida **ahora** un [inhalateur]{lang=fr} o vea [nuestra *página*](https://example.org/a).[^smith-2019]\\
    Llame al {emergency_number}.

    # nota entre bloques no hay
    | Signo | Haga |
    | --- | ---: |
    | **Tos** | Descanse y \\<espere> |

    ::: call-doctor
    - [ ] Tiene silbidos.
    :::
""".replace("    # nota entre bloques no hay\n", ""),
)


def library_in(root: Path, *, is_translated: bool = True) -> Library:
    files: dict[str, str | bytes | None] = {WORDS_FILE: SOURCE}
    if is_translated:
        files[SPANISH_FILE] = TARGET
    library = write_library(root, files)
    if is_translated:
        confirm(library, "asthma", "es")
    return library


def exported(library: Library, form: str, tag: str = "es") -> str:
    return FORMATS[form](export(library, "asthma", tag)).decode()


def imported(
    library: Library, content: str | bytes, translator: str = "", checked_by: str = ""
) -> Path | None:
    """Take the content of a file back."""
    file = library.root.parent / "back"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return write(library, take(library, file), Credit(translator, checked_by))


def spanish(library: Library) -> Handout:
    return HandoutReader(library, "asthma").read("es", allow_stale=True).value


def words_of(library: Library, tag: str = "es") -> bytes:
    return (library.root / f"handouts/asthma/{tag}.yaml").read_bytes()


Change = Callable[[str], str]


def swapped(old: str, new: str) -> Change:
    """A change of a piece of text that stands in a file once."""

    def change(text: str) -> str:
        assert text.count(old) == 1, (old, text.count(old))
        return text.replace(old, new)

    return change
