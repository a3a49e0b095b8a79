"""Numbers that a reader could take for one: in text from right to left, a dose and what follows it.

"5 mg 3 times" is seen there as "3 5 mg": the dose keeps its own order, and the next number stands
at its left. A comma or a word between them ends the danger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handouts.diagnostics import Diagnostic, Severity
from handouts.document import Inline, Words

# A number with a Latin unit, then a number that is counted by a word from right to left.
_NEIGHBOURS = re.compile(
    r"(?P<dose>[0-9][0-9.,/]*[ \u00a0\u202f]?[A-Za-zµμ°][A-Za-zµμ°/0-9]*)"
    r"[ \u00a0\u202f]+(?P<number>[0-9]{1,3})[ \u00a0\u202f]+(?=[\u0590-\u08ff])"
)


def check_neighbouring_numbers(runs: Iterable[Inline]) -> Iterator[Diagnostic]:
    """Warnings for the runs of a text that is written from right to left."""
    for run in runs:
        if isinstance(run, Words):
            for found in _NEIGHBOURS.finditer(run.text):
                dose, number = found["dose"], found["number"]
                yield Diagnostic(
                    f'"{dose}" and "{number}" stand side by side and look like "{number} {dose}"',
                    run.span,
                    Severity.WARNING,
                    hint="write a comma or a word between them",
                )
