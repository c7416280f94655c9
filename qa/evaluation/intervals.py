"""95 % intervals by the bootstrap over questions, seeded; and whether two runs differ.

Source: Efron, "Bootstrap Methods: Another Look at the Jackknife" (Annals of Statistics 7, 1979);
percentile intervals. Questions on one article resemble each other, so that intervals are somewhat
too narrow for articles never seen: they say what other questions of the same kind would give.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qa.evaluation.outcomes import Column
from qa.evaluation.statistics import Statistic, Values, Weights

RESAMPLES = 1000
SEED = 20261125
_LEVEL = 0.95
_AT_ONCE = 2_000_000
"""Weights held in memory at once."""
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval.

    Attributes:
        value, low, high: None where there is nothing to measure.
    """

    value: float | None
    low: float | None
    high: float | None


def resamples(questions: int, *, count: int = RESAMPLES, seed: int = SEED) -> Iterator[Weights]:
    """Yield how often each question is drawn, (some, questions) float64 at a time, ``count`` in all."""
    random = np.random.default_rng(seed)
    some = max(1, min(count, _AT_ONCE // max(questions, 1)))
    for start in range(0, count, some):
        rows = min(some, count - start)
        drawn = random.integers(0, questions, (rows, questions))
        drawn += np.arange(rows)[:, None] * questions
        counts = np.bincount(drawn.ravel(), minlength=rows * questions)
        yield counts.reshape(rows, questions).astype(np.float64)


def intervals(
    statistics: dict[str, Statistic], questions: int, *, seed: int = SEED
) -> dict[str, Interval]:
    """Measure each statistic, with its interval; all share the resamples."""
    if not questions:
        return dict.fromkeys(statistics, Interval(None, None, None))
    whole = np.ones((1, questions))
    values = {name: float(statistic(whole)[0]) for name, statistic in statistics.items()}
    drawn: dict[str, list[Values]] = {name: [] for name in statistics}
    for weights in resamples(questions, seed=seed):
        for name, statistic in statistics.items():
            if not math.isnan(values[name]):
                drawn[name].append(statistic(weights))
    return {name: _interval(values[name], drawn[name]) for name in statistics}


def share(hits: int, of: int, *, seed: int = SEED) -> Interval:
    """A share with its interval; the bootstrap of a share is a binomial draw.

    Where all agree the bootstrap has nothing to vary, and would be certain: Wilson's interval stands
    in. Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference"
    (JASA 22, 1927).
    """
    if not of:
        return Interval(None, None, None)
    if hits in (0, of):
        far = _Z**2 / (of + _Z**2)
        return Interval(1.0, 1 - far, 1.0) if hits else Interval(0.0, 0.0, far)
    drawn = np.random.default_rng(seed).binomial(of, hits / of, RESAMPLES) / of
    return _interval(hits / of, [drawn])


def _interval(value: float, drawn: list[Values]) -> Interval:
    if math.isnan(value):
        return Interval(None, None, None)
    defined = np.concatenate(drawn)
    defined = defined[~np.isnan(defined)]
    low, high = np.quantile(defined, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return Interval(value, float(low), float(high))


@dataclass(frozen=True, slots=True)
class Difference:
    """How a measure differs between two runs on the same questions.

    Attributes:
        before, after: the measure over the questions that both have.
        low, high: the 95 % interval of after − before.
        p: two-sided probability of a difference as large if there were none.
        test: McNemar's exact test for measures that are yes or no, else the paired bootstrap.
    """

    before: float
    after: float
    low: float
    high: float
    p: float
    test: str

    @property
    def change(self) -> float:
        """After − before."""
        return self.after - self.before

    @property
    def is_significant(self) -> bool:
        """Whether chance alone would do as much in one case of twenty at most."""
        return self.p < 1 - _LEVEL


def difference(
    before: Statistic,
    after: Statistic,
    questions: int,
    pairs: tuple[Column, Column] | None = None,
    *,
    seed: int = SEED,
) -> Difference | None:
    """Compare a measure of two runs on the same questions; None if one of them does not have it.

    Args:
        before: the measure of the earlier run.
        after: that of the later one, over the same questions in the same order.
        questions: how many.
        pairs: where the measure is a share, the yes or no of each question in each run.
        seed: of the resamples, which both runs share.

    Source: McNemar, "Note on the Sampling Error of the Difference between Correlated Proportions or
    Percentages" (Psychometrika 12, 1947), exact by the binomial; Berg-Kirkpatrick, Burkett and Klein,
    "An Empirical Investigation of Statistical Significance in NLP" (EMNLP 2012) for the bootstrap.
    """
    whole = np.ones((1, questions))
    was, now = float(before(whole)[0]), float(after(whole)[0])
    if math.isnan(was) or math.isnan(now):
        return None
    drawn = np.concatenate([after(w) - before(w) for w in resamples(questions, seed=seed)])
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.quantile(drawn, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    if pairs is None:
        return Difference(was, now, float(low), float(high), _p(drawn), "paired bootstrap")
    better = int(np.sum((pairs[0] == 0) & (pairs[1] == 1)))
    worse = int(np.sum((pairs[0] == 1) & (pairs[1] == 0)))
    return Difference(was, now, float(low), float(high), mcnemar(better, worse), "McNemar")


def mcnemar(better: int, worse: int) -> float:
    """Two-sided p of McNemar's exact test, by how many questions changed each way."""
    from scipy.stats import binomtest

    return float(binomtest(better, better + worse).pvalue) if better + worse else 1.0


def _p(drawn: Values) -> float:
    """How often the difference has the other sign, doubled; never certain beyond the resamples."""
    below = (np.sum(drawn <= 0) + 1) / (len(drawn) + 1)
    above = (np.sum(drawn >= 0) + 1) / (len(drawn) + 1)
    return float(min(1.0, 2 * min(below, above)))
