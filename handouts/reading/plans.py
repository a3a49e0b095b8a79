"""A batch plan from its file: YAML, or a table from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from handouts.diagnostics import Diagnostic, NotFoundError, PlanError, SourceSpan
from handouts.plan import BatchPlan, Bundle, Lacking, Selection
from handouts.reading.library import Library, is_file, leads_into
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.names import is_slug
from handouts.reading.plan_file import PLAN, PlanFile
from handouts.reading.plan_table import Table, read_table
from handouts.reading.report import Reading, Report, Unreadable
from handouts.reading.shapes import nearest

FOLDER = "batches"
_SUFFIXES = (".yaml", ".csv")


def find_plan(library: Library, name: str) -> Path:
    """The file of a plan: a path to a .yaml or .csv file, or a name in the library's ``batches``.

    Raises:
        NotFoundError: there is none, with the nearest name.
    """
    path = Path(name)
    if path.suffix in _SUFFIXES and is_file(path):
        return path
    folder = library.root / FOLDER
    known = sorted({each.stem for each in plan_files(library)})
    if is_slug(name):
        for suffix in _SUFFIXES:
            if is_file(path := folder / f"{name}{suffix}"):
                return path
    hint = nearest(path.stem, known) if known else f"write one in the folder {folder.as_posix()}"
    raise NotFoundError(Diagnostic(f'there is no batch plan "{name}"', hint=hint))


def plan_files(library: Library) -> list[Path]:
    """The plans and tables in the library's ``batches``, in order of their names."""
    folder = library.root / FOLDER
    return sorted(path for suffix in _SUFFIXES for path in folder.glob(f"*{suffix}"))


def read_plan(path: Path) -> Reading[BatchPlan]:
    """The plan, named after its file.

    Raises:
        PlanError: everything that is wrong with it and with the table that it names.
    """
    report = Report()
    try:
        if path.suffix == ".csv":
            table = read_table(path, report)
            span = SourceSpan(path.as_posix())
            plan = BatchPlan(path.stem, table.selections, table.exclusions, span=span)
        else:
            plan = _assembled(PLAN.read(read_yaml(path, report), report), path, report)
    except Unreadable:
        raise report.failure(PlanError) from None
    if not plan.selections:
        report.error("the plan selects nothing", plan.span, hint="give it a row that is made")
    for exclusion in plan.exclusions:
        if not exclusion.narrows:
            report.error(
                "this exclusion names nothing, and would leave out everything",
                exclusion.span,
                hint="name clinics, handouts, languages, editions or papers in it",
            )
    return report.result(plan, PlanError)


def _assembled(file: PlanFile, path: Path, report: Report) -> BatchPlan:
    table = Table((), ())
    if file.table is not None:
        table = _named_table(file, path, report)
    first = Selection(
        file.clinics, file.handouts, file.languages, file.editions, file.papers, file.span
    )
    besides = (*file.include, *table.selections)
    # A plan that names nothing but what is made besides makes that, not everything.
    own = () if besides and not first.narrows else (first,)
    if file.overrides and not own:
        report.error(
            "there is nothing that `overrides` could change",
            next(iter(file.overrides.values())).span,
            hint="say with `clinics` and `handouts` what is made as a rule",
        )
    return BatchPlan(
        name=path.stem,
        selections=(*own, *besides),
        exclusions=(*file.exclude, *table.exclusions),
        overrides={clinic: found.value for clinic, found in file.overrides.items()},
        file_name=file.file_name,
        lacking=Lacking(file.lacking),
        allow_stale=file.allow_stale,
        table=file.table.value if file.table else "",
        bundles=tuple(map(Bundle, dict.fromkeys(file.bundles))),
        limit=file.limit,
        span=file.span,
    )


def _named_table(file: PlanFile, path: Path, report: Report) -> Table:
    assert file.table is not None
    beside = path.parent / file.table.value
    if not is_file(beside) or not leads_into(beside, path.parent):
        report.error(
            f'there is no table "{file.table.value}" beside the plan',
            file.table.span,
            hint="name a .csv file in the folder of the plan",
        )
        raise Unreadable
    return read_table(beside, report)
