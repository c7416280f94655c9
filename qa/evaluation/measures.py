"""The measures of a run: what each means, where it comes from, its value and its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from qa.evaluation import statistics
from qa.evaluation.intervals import SEED, Interval, intervals, share
from qa.evaluation.outcomes import Column, Columns
from qa.evaluation.ranking import RANKING_MEASURES
from qa.evaluation.statistics import Statistic

Group = Literal["answers", "evidence", "declining", "search"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: by which reports and ``--fail-under`` know it.
        label: for people.
        group: what it is about.
        meaning: its definition in a sentence.
        source: who defined it.
        statistic: its computation over the columns of a run.
        applies: a column that says over which questions it is taken.
        is_mean: whether it is a mean over questions of values in [0, 1].
        higher_is_better: False for errors and risks.
        hits: the yes or no of each question, where two runs can be compared by it.
    """

    name: str
    label: str
    group: Group
    meaning: str
    source: str
    statistic: Callable[[Columns], Statistic]
    applies: Callable[[Columns], Column]
    is_mean: bool = True
    higher_is_better: bool = True
    hits: Callable[[Columns], Column] | None = None


def _ones(columns: Columns) -> Column:
    return np.ones(len(columns))


def _answerable(columns: Columns) -> Column:
    return columns["answerable"]


def _unanswerable(columns: Columns) -> Column:
    return 1 - columns["answerable"]


def _answered(columns: Columns) -> Column:
    return columns["answered"]


def _declined(columns: Columns) -> Column:
    return 1 - columns["answered"]


def _has(name: str) -> Callable[[Columns], Column]:
    return lambda columns: (~np.isnan(columns[name])).astype(float)


def _mean(
    name: str, label: str, group: Group, meaning: str, source: str, *, is_yes_or_no: bool = False
) -> Measure:
    """A measure that is the mean of a column of its own."""
    return Measure(
        name, label, group, meaning, source,
        lambda columns: statistics.mean(columns[name]), _has(name),
        hits=(lambda columns: columns[name]) if is_yes_or_no else None,
    )  # fmt: skip


def _right_among(
    name: str, label: str, meaning: str, among: Callable[[Columns], Column]
) -> Measure:
    return Measure(
        name, label, "answers", meaning, _STRICT,
        lambda columns: statistics.ratio(columns["right"] * among(columns), among(columns)),
        among,
        hits=lambda columns: np.where(among(columns) > 0, columns["right"], np.nan),
    )  # fmt: skip


def _declining(
    name: str,
    label: str,
    meaning: str,
    below: Callable[[Columns], Column],
    among: Callable[[Columns], Column],
    *,
    is_mean: bool = True,
) -> Measure:
    """Of declining as a search for the unanswerable: hits over some sum."""
    twice = 1 if is_mean else 2
    return Measure(
        name, label, "declining", meaning, _RETRIEVAL,
        lambda columns: statistics.ratio(
            twice * _declined(columns) * _unanswerable(columns), below(columns)
        ),
        among, is_mean,
    )  # fmt: skip


def _of_given_answers(columns: Columns) -> Statistic:
    given = np.flatnonzero(columns["answered"] > 0)
    inner = statistics.area_under_risk_coverage(
        columns["confidence"][given], 1 - columns["right"][given]
    )
    return lambda weights: inner(weights[:, given])


_STRICT = "onrecord's strict judgement (qa/evaluation/judgement.py)"
_SQUAD = "Rajpurkar et al. (EMNLP 2016)"
_ALCE = "Gao et al. (EMNLP 2023), with a word-for-word check in place of entailment"
_RETRIEVAL = "precision, recall and F1 (van Rijsbergen 1979), declining as the positive class"
_RANKING = {
    "recall@5": ("Recall at 5", "The share of the relevant passages among the first five."),
    "recall@10": ("Recall at 10", "The share of the relevant passages among the first ten."),
    "mrr": ("Reciprocal rank", "One over the rank of the first relevant passage, of ten."),
    "ndcg@10": ("nDCG at 10", "Gain of the first ten, discounted by rank, over the best possible."),
}

MEASURES: tuple[Measure, ...] = (
    _mean("right", "Right", "answers", "The right evidence cited exactly, what must be said is said, "
          "nothing that must not, concise; or rightly declined.", _STRICT, is_yes_or_no=True),
    _right_among("right_answerable", "Right when the articles say",
                 "The same, over the questions that the articles answer.", _answerable),
    _right_among("right_unanswerable", "Declined when it should be",
                 "The share declined of the questions that the articles do not answer.", _unanswerable),
    _mean("contains", "Contains the answer", "answers",
          "The answer has a reference answer's words, side by side.", _SQUAD, is_yes_or_no=True),
    _mean("exact_match", "Exact match", "answers", "The short answer, else the whole, is a reference "
          "answer, case, punctuation and articles aside.", _SQUAD, is_yes_or_no=True),
    _mean("token_f1", "Token F1", "answers",
          "F1 of the words of the short answer, else the whole, against the best reference answer.", _SQUAD),
    _mean("evidence_recall", "Evidence recall", "evidence",
          "The share of the needed pieces of evidence of which at least 60 % is cited.", _STRICT),
    _mean("citation_precision", "Citation precision", "evidence",
          "The share of an answer's citations that touch evidence.", _STRICT),
    _mean("character_recall", "Evidence recall by characters", "evidence",
          "The share of the evidence's characters that are cited.", _STRICT),
    _mean("character_precision", "Evidence precision by characters", "evidence",
          "The share of the cited characters that are evidence.", _STRICT),
    _mean("alce_recall", "Sentences supported (ALCE recall)", "evidence",
          "The share of an answer's sentences that their citations support; not whether they are right.", _ALCE),
    _mean("alce_precision", "Citations needed (ALCE precision)", "evidence",
          "The share of citations that support their sentence and are needed for it.", _ALCE),
    _mean("exact_quotes", "Exact quotes", "evidence",
          "Answers whose every quotation is its document's text, character for character.", _STRICT,
          is_yes_or_no=True),
    _declining("decline_precision", "Precision of declining", "Of the questions declined, the share that "
               "the articles do not answer.", _declined, _declined),
    _declining("decline_recall", "Recall of declining", "Of the questions that the articles do not "
               "answer, the share declined.", _unanswerable, _unanswerable),
    _declining("decline_f1", "F1 of declining", "The harmonic mean of the two.",
               lambda columns: _declined(columns) + _unanswerable(columns), _ones, is_mean=False),
    Measure("confidence_auroc", "Confidence AUROC", "declining", "The probability that an answerable "
            "question gets a higher confidence than an unanswerable one.",
            "Hanley and McNeil (Radiology 143, 1982)",
            lambda columns: statistics.auroc(columns["confidence"], columns["answerable"]), _ones, is_mean=False),
    Measure("aurc", "Risk over coverage", "declining", "The mean share of wrong answers when only the "
            "surest are given, over all coverages; lower is better.", "Geifman and El-Yaniv (NeurIPS 2017)",
            _of_given_answers, _answered, is_mean=False, higher_is_better=False),
    Measure("ece", "Calibration error", "declining", "The mean gap between confidence and how often the "
            "articles do answer, in ten bins; lower is better.", "Naeini et al. (AAAI 2015)",
            lambda columns: statistics.calibration_error(columns["confidence"], columns["answerable"]),
            _ones, is_mean=False, higher_is_better=False),
    *(_mean(name, *_RANKING[name][:1], "search", _RANKING[name][1],
            "ir-measures over trec_eval (MacAvaney et al., ECIR 2022)") for name in RANKING_MEASURES),
)  # fmt: skip

SCORER_NAMES = (
    "right", "right_answerable", "right_unanswerable", "evidence_recall", "citation_precision",
    "exact_quotes", "confidence_auroc",
)  # fmt: skip
"""The measures that the independent scorer has too, in its order."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value.

    Attributes:
        measure: what was measured.
        interval: the value and its 95 % interval, in [0, 1]; None where there was nothing to measure.
            Without bounds where the bootstrap has nothing to vary, and no formula stands in.
        questions: over how many questions.
    """

    measure: Measure
    interval: Interval
    questions: int

    @property
    def value(self) -> float | None:
        """The value without its interval."""
        return self.interval.value


@dataclass(frozen=True, slots=True)
class GroupMeasures:
    """The measures of one kind of question, or of those on one document.

    Attributes:
        questions: how many.
        right: the share that is right.
        values: the means of the other measures that are means, by name, where they apply.
    """

    questions: int
    right: Interval
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one stage: the median, and what 95 % stay within."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a run.

    Attributes:
        questions: how many were asked.
        answerable: how many of them the documents answer.
        answered: how many were answered.
        all: every measure, by name, in the order in which reports show them.
        by_kind, by_document: broken down, in order of name.
        latency_ms: by stage, ``total`` from question to answer.
    """

    questions: int
    answerable: int
    answered: int
    all: Mapping[str, Measured]
    by_kind: Mapping[str, GroupMeasures]
    by_document: Mapping[str, GroupMeasures]
    latency_ms: Mapping[str, Latency]

    def __getitem__(self, name: str) -> Measured:
        """A measure by its name."""
        return self.all[name]

    def __iter__(self) -> Iterator[Measured]:
        """Yield those that could be measured, in order."""
        return (measured for measured in self.all.values() if measured.value is not None)

    def as_dict(self) -> dict[str, object]:
        """The measures for JSON, to four places; first those of the independent scorer, by its names."""
        values = {name: _rounded(measured.value) for name, measured in self.all.items()}
        return {
            "questions": self.questions,
            "predicted": self.questions,
            **{name: values.pop(name) for name in SCORER_NAMES},
            "by_kind": {kind: _rounded(one.right.value) for kind, one in self.by_kind.items()},
            **values,
            "intervals": {
                m.measure.name: [_rounded(m.interval.low), _rounded(m.interval.high)] for m in self
            },
            "latency_ms": {
                stage: {"p50": round(one.p50, 2), "p95": round(one.p95, 2)}
                for stage, one in self.latency_ms.items()
            },
        }


def measure(columns: Columns, *, seed: int = SEED) -> Measures:
    """Measure a run."""
    computed = intervals(
        {one.name: one.statistic(columns) for one in MEASURES}, len(columns), seed=seed
    )
    found = {}
    for one in MEASURES:
        interval = computed[one.name]
        over = int(one.applies(columns).sum())
        if one.is_mean and interval.value in (0.0, 1.0):
            interval = share(round(interval.value * over), over, seed=seed)
        elif not one.is_mean and interval.low == interval.high:
            # No resample differed, as where the confidences part all questions: it tells no width.
            interval = Interval(interval.value, None, None)
        found[one.name] = Measured(one, interval, over)
    return Measures(
        questions=len(columns),
        answerable=int(columns["answerable"].sum()),
        answered=int(columns["answered"].sum()),
        all=MappingProxyType(found),
        by_kind=_grouped(columns, "kind", seed),
        by_document=_grouped(columns, "document", seed),
        latency_ms=MappingProxyType(
            {s: _latency(columns.milliseconds(s)) for s in columns.stages()}
        ),
    )


def _grouped(columns: Columns, by: str, seed: int) -> Mapping[str, GroupMeasures]:
    names = [m.name for m in MEASURES if m.name != "right"]
    means = {name: columns[name] for name in names if not np.isnan(columns[name]).all()}
    found = {}
    for group, rows in columns.groups(by):
        values = {name: column[rows] for name, column in means.items()}
        found[group] = GroupMeasures(
            len(rows),
            share(int(columns["right"][rows].sum()), len(rows), seed=seed),
            MappingProxyType(
                {
                    name: float(np.nanmean(column))
                    for name, column in values.items()
                    if not np.isnan(column).all()
                }
            ),
        )
    return MappingProxyType(found)


def _latency(milliseconds: Column) -> Latency:
    """Percentiles, between neighbours in proportion.

    Source: definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages" (The American
    Statistician 50, 1996).
    """
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return Latency(float(p50), float(p95))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
