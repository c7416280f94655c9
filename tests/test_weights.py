"""How the weights of the evidence scorer are fitted: questions that count less."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.evidence import Source, fit


@pytest.mark.parametrize(
    ("counts", "weight", "doubt"), [("", 1.0, 1.0), ("@0.3", 0.3, 0.3), ("@2/0.5", 2.0, 0.5)]
)
def test_a_set_may_count_more_or_less(counts: str, weight: float, doubt: float) -> None:
    read = Source.of(f"asked.jsonl=articles{counts}")
    assert read == Source(Path("asked.jsonl"), Path("articles"), weight, doubt)


@pytest.mark.parametrize("others", [0.01, 100.0])
def test_what_counts_more_decides(others: float) -> None:
    gold = np.array([True, False] * 10 + [False, True] * 10)
    rows = np.array([[1.0, 0.0], [-1.0, 0.0]] * 20)
    rows[:, 1] = gold  # tells it always
    counts = np.array([1.0] * 20 + [others] * 20)
    names = ("words", "reader")
    free = fit(rows, gold, counts, names, signed=False).weights
    assert (free[0] > 0) == (others < 1)
    # One that speaks the wrong way round is left out.
    assert fit(rows, gold, counts, names).weights[0] == (free[0] if free[0] > 0 else 0.0)
