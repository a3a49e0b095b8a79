"""That no two files of a plan have one name, and none a name that a disk cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from handouts.batch.naming import FIELDS, LONGEST_PART, Name, bundle_names, naming
from handouts.diagnostics import Diagnostic, PlanError, SourceSpan
from handouts.plan import BatchPlan

Owner = tuple[str, str, str, str, str]
"""Clinic, handout, language, edition and paper of a sheet."""

MOST_SHOWN = 5


def folded_names(
    plan: BatchPlan, clinics: Iterable[str], owners: Callable[[], Iterator[Owner]]
) -> frozenset[str]:
    """The names of all sheets and bundles, as a disk that does not tell capitals apart has them.

    Raises:
        PlanError: two files would have one name, or a name is too long.
    """
    name_of = naming(plan.file_name)
    place = plan.file_name.span if plan.file_name.span.file else plan.span
    names = {name.casefold() for slug in clinics for name in bundle_names(slug, plan.bundles)}
    twice: list[str] = []
    for owner in owners():
        name = name_of(*owner).casefold()
        if name in names:
            twice.append(name)
        names.add(name)
    problems = [*_collisions(twice, owners(), name_of, place), *_too_long(names, place)]
    if problems:
        raise PlanError(problems)
    return frozenset(names)


def _collisions(
    twice: list[str], owners: Iterator[Owner], name_of: Name, place: SourceSpan
) -> Iterator[Diagnostic]:
    """Say of the first names who would have them, and what is missing in the template."""
    if not twice:
        return
    whose: dict[str, list[Owner]] = {name: [] for name in twice[:MOST_SHOWN]}
    for owner in owners:
        if (name := name_of(*owner).casefold()) in whose:
            whose[name].append(owner)
    for name, those in whose.items():
        if len(those) == 1:
            message, hint = f'a bundle of its clinic is called "{name}" too', ""
        else:
            first, second = those[:2]
            pairs = zip(FIELDS, first, second, strict=True)
            lacking = [field for field, one, other in pairs if one != other]
            whom = f"{', '.join(first)}; {', '.join(second)}"
            message = f'two PDFs would be called "{name}": {whom}'
            hint = f"put {{{lacking[0]}}} into the file name, with a sign between the fields"
        yield Diagnostic(message, place, hint=hint)
    if len(twice) > MOST_SHOWN:
        yield Diagnostic(f"{len(twice) - MOST_SHOWN:,} more names would be there twice", place)


def _too_long(names: Iterable[str], place: SourceSpan) -> Iterator[Diagnostic]:
    """The first part of a name that is longer than it may be."""
    for name in names:
        if len(name) > LONGEST_PART or not name.isascii():  # then it has more bytes than letters
            part = max(name.split("/"), key=lambda part: len(part.encode()))
            if len(part.encode()) > LONGEST_PART:
                hint = "put some of it into folders"
                yield Diagnostic(f'"{part}" is longer than {LONGEST_PART} bytes', place, hint=hint)
                return
