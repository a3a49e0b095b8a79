"""What a run has done so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from handouts.batch.outcomes import Failure, Outcome

MOST_NOTES = 1_000


@dataclass(slots=True)
class Tally:
    """``total`` is how many sheets the plan has.

    ``troubles`` are the names of the files that were not made, by the reason. ``bytes`` are those
    of the files that were made; ``peak`` is the most memory that any worker had. ``changed`` is
    called whenever a figure has changed.
    """

    changed: Callable[[], object] = lambda: None
    total: int = 0
    made: int = 0
    unchanged: int = 0
    failed: int = 0
    bytes: int = 0
    masters: int = 0
    imprints: int = 0
    bundles: int = 0
    peak: int = 0
    troubles: dict[Failure, list[str]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many of the plan's sheets are dealt with."""
        return self.made + self.unchanged + self.failed

    def keep(self, outcome: Outcome) -> None:
        """Count what a worker has made, and take over what it has to say."""
        self.made += len(outcome.pressed)
        self.bytes += sum(pressed.stamp.size for pressed in outcome.pressed)
        self.masters += sum(1 for piece in outcome.pieces if piece.page_count)
        self.bundles += len(outcome.bundles)
        self.imprints += sum(1 for piece in outcome.pieces if not piece.page_count)
        self.peak = max(self.peak, outcome.peak)
        self.note(outcome.notes)
        if len(self.warnings) < MOST_NOTES:
            self.warnings.update(dict.fromkeys(outcome.warnings))
        self.changed()

    def stay(self, count: int) -> None:
        """Count files that need not be made."""
        self.unchanged += count
        self.changed()

    def fail(self, failure: Failure, names: Iterable[str]) -> None:
        """Files that cannot be made; with no names, something that has no file of its own."""
        listed = list(names)
        self.failed += len(listed)
        self.troubles.setdefault(failure, []).extend(listed)
        self.changed()

    def note(self, notes: Iterable[str]) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.update(dict.fromkeys(notes))

    @property
    def exit_code(self) -> int:
        """0 if all is well, or else the lowest of those of the failures."""
        return min((failure.exit_code for failure in self.troubles), default=0)
