"""Get the font files that fonts.yaml names, cut those it says to cut, and note what came.

    python fonts/fetch.py                 every family
    python fonts/fetch.py noto-sans-sc    one family or more

A family in fonts.yaml needs only its faces, package and version, and a cut if it is too big to
keep whole; the rest of its entry is read from the files and written here. Needs ``npm`` and the
packages ``uharfbuzz`` and ``pyyaml``. The same versions of the fonts and of HarfBuzz give the
same bytes: after a run that changes nothing, git sees no difference.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from math import ceil
from pathlib import Path
from struct import unpack_from
from typing import Any

import uharfbuzz as hb
import yaml

FONTS = Path(__file__).parent
STYLES = {
    "regular": "400Regular",
    "bold": "700Bold",
    "italic": "400Regular_Italic",
    "bold-italic": "700Bold_Italic",
}
BODY_LINE_HEIGHT = 1.375
FULL_NAME, VERSION = 4, 5
NAMES_KEPT = range(15)  # what it is called, whose it is, its licence


def main(wanted: list[str]) -> None:
    index = FONTS / "fonts.yaml"
    text = index.read_text("utf-8")
    head, families, scripts = re.split(r"^(?=families:|scripts:)", text, flags=re.MULTILINE)
    entries: dict[str, dict[str, Any]] = yaml.safe_load(families)["families"]
    if unknown := sorted(set(wanted) - set(entries)):
        raise SystemExit(f"fonts.yaml has no family {', '.join(unknown)}")
    for name in wanted or entries:
        entries[name] = fetched(name, entries[name])
        print(
            name, *(f"{style} {size_of(face):,}" for style, face in entries[name]["faces"].items())
        )
    families = yaml.safe_dump({"families": entries}, sort_keys=False, width=100)
    index.write_text(f"{head}{families}\n{scripts}", "utf-8", newline="\n")


def size_of(face: str) -> int:
    return (FONTS / face).stat().st_size


def fetched(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Write the family's files and return its entry with everything that the files say."""
    source: dict[str, Any] = entry["provenance"]
    with tempfile.TemporaryDirectory() as folder:
        package = unpacked(f"{source['package']}@{source['version']}", Path(folder))
        licence = (package / "LICENSE_FONT").read_text("utf-8")
        originals = {style: original(package, style) for style in entry["faces"]}
    if "SIL Open Font License, Version 1.1" not in licence:
        raise SystemExit(f"{name}: its licence is not the SIL Open Font License 1.1")
    reserved = reserved_name(licence)
    cut = source.get("cut")
    faces = {style: cut_to(CUTS[cut](), data) if cut else data for style, data in originals.items()}
    for data in faces.values():
        if cut and reserved and reserved in name_of(data, FULL_NAME):
            raise SystemExit(f"{name}: the licence reserves the name {reserved} for uncut fonts")
    write(FONTS / name / "OFL.txt", licence.replace("\r\n", "\n").encode())
    for style, path in entry["faces"].items():
        write(FONTS / path, faces[style])
    return {
        "faces": entry["faces"],
        **line_height(entry, faces.values()),
        **({"rise": entry["rise"]} if "rise" in entry else {}),
        "provenance": {
            "package": source["package"],
            "version": source["version"],
            "font_version": name_of(faces["regular"], VERSION),
            "license": "OFL-1.1",
            **({"reserved_font_name": reserved} if reserved else {}),
            **({"cut": cut, "cut_with": f"HarfBuzz {hb.version_string()}"} if cut else {}),
        },
        "sha256": {style: hashlib.sha256(data).hexdigest() for style, data in faces.items()},
    }


def unpacked(package: str, folder: Path) -> Path:
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return folder / "package"


def original(package: Path, style: str) -> bytes:
    (path,) = (package / STYLES[style]).glob("*.ttf")
    return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def reserved_name(licence: str) -> str | None:
    """The name that the copyright line reserves; the licence's own text also uses the words."""
    found = re.search(r"with Reserved Font Names? ['\"“]?([^'\"”,.]+)", licence.split("-----")[0])
    return found[1].strip() if found else None


def name_of(data: bytes, name_id: int) -> str:
    return hb.Face(data).get_name(name_id) or ""


def line_height(entry: dict[str, Any], faces: Iterable[bytes]) -> dict[str, float]:
    """How far apart lines stand, in type sizes: as someone has decided, else as its designer has.

    Nothing where that is no more than the body's own distance.
    """
    height = entry.get("line_height") or max(map(natural_line_height, faces))
    return {"line_height": height} if "line_height" in entry or height > BODY_LINE_HEIGHT else {}


def natural_line_height(data: bytes) -> float:
    face = hb.Face(data)
    ascender, descender, gap = unpack_from(">hhh", face.reference_table("hhea").data, 4)
    units_per_em: int = face.upem
    height: int = ascender - descender + gap
    return ceil(1000 * height / units_per_em) / 1000


def cut_to(characters: set[int], data: bytes) -> bytes:
    """The face with these characters only, without hinting and without vertical setting."""
    wanted = hb.SubsetInput()
    wanted.unicode_set.set(characters)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for name in NAMES_KEPT:
        wanted.name_id_set.add(name)
    for table in ("MATH", "VORG", "vhea", "vmtx"):
        wanted.drop_table_tag_set.add(tag(table))
    for feature in ("vert", "vrt2", "valt", "vkrn", "vpal", "vhal"):
        wanted.layout_feature_tag_set.discard(tag(feature))
    for feature in ("halt", "palt", "chws"):
        wanted.layout_feature_tag_set.add(tag(feature))
    return bytes(hb.subset(hb.Face(data), wanted).blob.data)


def tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def ranges(*pairs: tuple[int, int]) -> set[int]:
    return {point for first, last in pairs for point in range(first, last + 1)}


def encoded(codec: str, leads: tuple[int, int], trails: tuple[int, int]) -> set[int]:
    """The characters of a double-byte character set, as Python's codec for it has them."""
    found = set()
    for lead in range(leads[0], leads[1] + 1):
        for trail in range(trails[0], trails[1] + 1):
            text = bytes([lead, trail]).decode(codec, "ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                found.add(ord(text))
    return found


SYMBOLS = ranges(
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x2100, 0x218F),  # letterlike symbols, number forms
    (0x2190, 0x23FF),  # arrows, mathematical operators, miscellaneous technical
    (0x2460, 0x24FF),  # enclosed alphanumerics
    (0x25A0, 0x27BF),  # geometric shapes, miscellaneous symbols, dingbats
)
EAST_ASIAN = ranges(
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x2010, 0x205F),  # punctuation
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3040, 0x30FF),  # hiragana, katakana
    (0x3200, 0x33FF),  # enclosed CJK, squared units
    (0xFF00, 0xFFEF),  # full and half width forms
)
BOPOMOFO = ranges((0x3100, 0x312F), (0x31A0, 0x31BF), (0x02C7, 0x02CB), (0x02D9, 0x02D9))
HANJA = ranges((0x4E00, 0x9FFF), (0xF900, 0xFAFF))
# What a handout needs beyond the national set: the back of the knee; the four characters of the
# Japanese school list that JIS X 0208 has in another form, and itching and boils.
ALSO_CHINESE = set(map(ord, "腘"))
ALSO_JAPANESE = set(map(ord, "塡剝頰𠮟瘙癤"))

CUTS: dict[str, Callable[[], set[int]]] = {
    "symbols": lambda: SYMBOLS,
    "GB 2312": lambda: (
        EAST_ASIAN | BOPOMOFO | encoded("gb2312", (0xA1, 0xF7), (0xA1, 0xFE)) | ALSO_CHINESE
    ),
    "Big5": lambda: EAST_ASIAN | BOPOMOFO | encoded("big5", (0xA1, 0xF9), (0x40, 0xFE)),
    "JIS X 0208": lambda: (
        EAST_ASIAN | encoded("euc_jp", (0xA1, 0xF4), (0xA1, 0xFE)) | ALSO_JAPANESE
    ),
    "KS X 1001 hangul": lambda: EAST_ASIAN | encoded("euc_kr", (0xA1, 0xFD), (0xA1, 0xFE)) - HANJA,
}

if __name__ == "__main__":
    main(sys.argv[1:])
