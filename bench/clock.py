"""Times in milliseconds: several runs after a warm-up; the median is the figure, the spread says how noisy it was."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.1f} ms ({self.low:.1f}–{self.high:.1f})"


def timed(work: Callable[[], object], runs: int = 15, warm: int = 2) -> Times:
    for _ in range(warm):
        work()
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return Times(statistics.median(took), min(took), max(took))
