"""Times in milliseconds: several runs after a warm-up; the median is the figure, the spread says how noisy it was."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """cpu: median of what this process computed meanwhile, whatever else ran on the machine."""

    median: float
    low: float
    high: float
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"{self.median:.1f} ms ({self.low:.1f}–{self.high:.1f})"


def timed(work: Callable[[], object], runs: int = 15, warm: int = 2) -> Times:
    for _ in range(warm):
        work()
    took, computed = [], []
    for _ in range(runs):
        start, begun = time.perf_counter(), time.process_time()
        work()
        took.append((time.perf_counter() - start) * 1000)
        computed.append((time.process_time() - begun) * 1000)
    return Times(statistics.median(took), min(took), max(took), statistics.median(computed))
