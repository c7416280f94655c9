"""How work grows with its size: a ratio within one process, wide enough for a machine that does other things."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 16
"""Linear work takes as many times longer, quadratic work the square of it."""


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether sixteen times the size takes nearer to 16 than to 256 times the CPU time."""
    small = min(_cpu_s(work, size) for _ in range(3))
    return _cpu_s(work, TIMES * size) < 4 * TIMES * max(small, 0.01)


def _cpu_s(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started
