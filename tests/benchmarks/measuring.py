"""Time contenders side by side: in rounds, each once per round, so that all share the noise."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"

# Runs one batch, of the round with this number, and says how many pieces it made.
Work = Callable[[int], int]


class Spread(NamedTuple):
    """Median and quartiles."""

    low: float
    median: float
    high: float


class Lap(NamedTuple):
    """Seconds per piece."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Contender:
    """``prepare`` is called before each batch and not timed."""

    name: str
    work: Work
    prepare: Callable[[int], object] = lambda number: None


@dataclass(frozen=True, slots=True)
class Timing:
    name: str
    laps: tuple[Lap, ...]

    @property
    def wall(self) -> Spread:
        return spread([lap.wall for lap in self.laps])

    @property
    def cpu(self) -> Spread:
        return spread([lap.cpu for lap in self.laps])

    def ratio_to(self, other: Timing) -> Spread:
        """This one's time in each round over the other's in the same round."""
        pairs = zip(self.laps, other.laps, strict=True)
        return spread([own.wall / its.wall for own, its in pairs])


def spread(values: Sequence[float]) -> Spread:
    if len(values) < 2:
        return Spread(values[0], values[0], values[0])
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(low, middle, high)


def measure(contenders: Sequence[Contender], rounds: int, uncounted: int = 1) -> list[Timing]:
    """Each contender's laps; who starts a round changes from round to round.

    The first ``uncounted`` rounds warm everything up. Rounds are numbered from 0, the uncounted
    ones included.
    """
    laps: list[list[Lap]] = [[] for _ in contenders]
    for number in range(uncounted + rounds):
        for turn in range(len(contenders)):
            index = (number + turn) % len(contenders)
            lap = _lap(contenders[index], number)
            if number >= uncounted:
                laps[index].append(lap)
    return [
        Timing(contender.name, tuple(own)) for contender, own in zip(contenders, laps, strict=True)
    ]


def _lap(contender: Contender, number: int) -> Lap:
    contender.prepare(number)
    gc.collect()  # nobody pays for what another one left behind
    children = _seconds_of_children()
    cpu, wall = time.process_time(), time.perf_counter()
    pieces = contender.work(number)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    cpu += _seconds_of_children() - children
    return Lap(wall / pieces, cpu / pieces)


def _seconds_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run_command(command: Sequence[str]) -> None:
    """Run a command to its end; the error shows what it said if it fails.

    Bytecode is kept, as it is wherever nobody forbids it.
    """
    environment = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
