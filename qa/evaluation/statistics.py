"""Statistics over questions, each for many weightings at once, so that the bootstrap is a product.

A weighting says how often each question counts: ones for the value itself, the counts of a resample
for the bootstrap. Every function takes (resamples, questions) float64 weights and returns
(resamples,) values, not a number where a resample has nothing to measure.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from qa.evaluation.outcomes import Column

Weights = NDArray[np.float64]
Values = NDArray[np.float64]
Statistic = Callable[[Weights], Values]

BINS = 10
"""Bins of equal width in which calibration is judged."""


def ratio(above: Column, below: Column) -> Statistic:
    """The sum of one column over that of another."""

    def statistic(weights: Weights) -> Values:
        return _over(weights @ above, weights @ below)

    return statistic


def mean(values: Column) -> Statistic:
    """The mean over the questions to which a measure applies."""
    applies = ~np.isnan(values)
    return ratio(np.where(applies, values, 0.0), applies.astype(float))


def auroc(confidence: Column, positive: Column) -> Statistic:
    """The probability that a positive outranks a negative, ties counting half; O(n log n).

    Source: Hanley and McNeil, "The Meaning and Use of the Area under a Receiver Operating
    Characteristic (ROC) Curve" (Radiology 143, 1982), by the ranks of Mann and Whitney (1947).
    """
    order, starts = _ties(confidence)
    is_positive = positive[order] > 0

    def statistic(weights: Weights) -> Values:
        ranked = weights[:, order]
        above = np.add.reduceat(ranked * is_positive, starts, axis=1)
        below = np.add.reduceat(ranked * ~is_positive, starts, axis=1)
        beaten = np.cumsum(below, axis=1) - below / 2
        return _over((above * beaten).sum(axis=1), above.sum(axis=1) * below.sum(axis=1))

    return statistic if len(order) else _nothing


def area_under_risk_coverage(confidence: Column, loss: Column) -> Statistic:
    """The mean risk over all coverages, surest answers first; lower is better.

    The risk at a coverage is the mean loss of the answers covered. Answers of equal confidence have
    no order, so each counts with the mean loss of them all.

    Source: Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks" (NeurIPS 2017),
    and "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers" (ICLR 2019).
    """
    order, starts = _ties(-confidence)
    losses = loss[order]
    lengths = np.diff([*starts, len(order)])

    def statistic(weights: Weights) -> Values:
        ranked = weights[:, order]
        tied = np.add.reduceat(ranked, starts, axis=1)
        lost = np.add.reduceat(ranked * losses, starts, axis=1)
        expected = np.repeat(lost / np.maximum(tied, 1e-12), lengths, axis=1)
        covered = np.cumsum(ranked, axis=1)
        risk = np.cumsum(ranked * expected, axis=1) / np.maximum(covered, 1e-12)
        return _over((ranked * risk).sum(axis=1), ranked.sum(axis=1))

    return statistic if len(order) else _nothing


def calibration_error(confidence: Column, happened: Column) -> Statistic:
    """Expected calibration error: the mean gap of confidence and frequency, over ten bins by size.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
    Binning" (AAAI 2015); Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017).
    """
    membership = bins(confidence)[:, None] == np.arange(BINS)
    gaps = np.where(membership, (confidence - happened)[:, None], 0.0)

    def statistic(weights: Weights) -> Values:
        return _over(np.abs(weights @ gaps).sum(axis=1), weights.sum(axis=1))

    return statistic


def bins(confidence: Column) -> NDArray[np.int64]:
    """The bin of each confidence, (questions,) in 0 … 9; 1.0 belongs to the last."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def _ties(keys: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """An ascending order, and where each run of equal keys starts in it."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    return order, np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])[: len(order)]


def _nothing(weights: Weights) -> Values:
    return np.full(len(weights), np.nan)


def _over(above: Values, below: Values) -> Values:
    shares: Values = np.full(len(below), np.nan)
    np.divide(above, below, out=shares, where=below > 0)
    return shares
