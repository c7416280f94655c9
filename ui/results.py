"""What came of a run as the page shows it: rows to sift, headline numbers, bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel, ConfigDict

from indexes.words import words
from qa.evaluation import Outcome, Question, Run
from qa.evaluation.intervals import Interval
from qa.evaluation.judgement import ranges
from qa.evaluation.measures import GroupMeasures
from qa.evaluation.remarks import Remark
from qa.evaluation.reports.content import number, verdict
from qa.evaluation.reports.plots import Labels, Plot, reliability, risk_coverage
from ui.language import DEFAULT, figure, percent, spoken, t
from ui.remarks import Told, told
from ui.wording import duration

HEADLINES = (
    ("right", "evaluate.right", "evaluate.right-means"),
    ("evidence_recall", "evaluate.evidence-recall", "evaluate.evidence-recall-means"),
    ("citation_precision", "evaluate.citation-precision", "evaluate.citation-precision-means"),
    ("right_unanswerable", "evaluate.right-unanswerable", "evaluate.right-unanswerable-means"),
    ("exact_quotes", "evaluate.exact-quotes", "evaluate.exact-quotes-means"),
)
"""Measures that are shown first, each with its name and what it means."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a run in the table of results.

    Attributes:
        at: its place in the run, from 0.
        id, question, kind, document: what was asked.
        right: the strict judgement.
        came: what became of it, as `verdict` has it.
        why: what is wrong; nothing with a right answer.
        answerable: whether the articles say.
        found, pieces: how many pieces of the evidence are cited, of how many.
        confidence: in percent.
    """

    at: int
    id: str
    question: str
    kind: str
    document: str
    right: bool
    came: str
    why: tuple[Remark, ...]
    answerable: bool
    found: int
    pieces: int
    confidence: int

    @property
    def verdict(self) -> str:
        """What became of it, in words."""
        return t(f"evaluate.verdict-{self.came.replace(' ', '-')}")

    @property
    def reasons(self) -> list[Told]:
        """What is wrong, in words."""
        return [told(one) for one in self.why]

    @property
    def because(self) -> str:
        """What makes an answer right."""
        if not self.answerable:
            return t("evaluate.because-silent")
        if not self.pieces:
            return t("evaluate.because-says")
        if self.pieces == 1:
            return t("evaluate.because-cited")
        return t("evaluate.because-some", found=self.found, n=self.pieces)


class Sifted(BaseModel):
    """Which results: of a kind, on a document, with these words, wrong ones only."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    wrong: bool = False
    kind: str | None = None
    document: str | None = None
    words: str = ""

    def has(self, row: Row) -> bool:
        """Tell whether a row is wanted."""
        said = row.question.lower()
        return (
            not (self.wrong and row.right)
            and self.kind in (None, row.kind)
            and self.document in (None, row.document)
            and all(word in said for word in words(self.words))
        )


def rows_of(questions: Sequence[Question], outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """Return a run's rows, in the order of its questions."""
    pairs = zip(questions, outcomes, strict=True)
    return tuple(_row(at, question, outcome) for at, (question, outcome) in enumerate(pairs))


def _row(at: int, question: Question, outcome: Outcome) -> Row:
    pieces = len(question.evidence)
    return Row(
        at,
        question.id,
        question.question,
        outcome.kind,
        outcome.document,
        outcome.right,
        verdict(outcome),
        outcome.why,
        outcome.answerable,
        round(outcome.values.get("evidence_recall", 0.0) * pieces),
        pieces,
        round(outcome.confidence * 100),
    )


def share(value: float | None) -> str:
    """Return a share as the language writes it: ``.861`` as in reports, or ``0,861``."""
    if value is None or spoken().code == DEFAULT:
        return number(value)
    return figure(value, "0.000")


def spread(interval: Interval) -> str:
    """Return an interval as the language writes it: ``.750–.972``."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{share(interval.low)}–{share(interval.high)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline number: ``small`` stands under it, ``unit`` beside it."""

    label: str
    value: str
    small: str
    meaning: str
    unit: str = ""


def figures(run: Run) -> Iterator[Figure]:
    """Yield the headline numbers that could be measured, with their intervals."""
    for name, label, meaning in HEADLINES:
        measured = run.measures[name]
        if measured.value is None:
            continue
        small = t("evaluate.out-of", between=spread(measured.interval), n=measured.questions)
        yield Figure(t(label), share(measured.value), small, t(meaning))
    if total := run.measures.latency_ms.get("total"):
        value, _, unit = duration(total.p50).partition(" ")
        small = t("evaluate.within", time=duration(total.p95))
        yield Figure(t("evaluate.time"), value, small, t("evaluate.time-means"), unit)


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of one kind, or on one document, is right; low and high in percent."""

    name: str
    label: str
    questions: int
    value: str
    between: str
    share: float
    low: float
    high: float


def bars(groups: Mapping[str, GroupMeasures], nameless: str) -> list[Bar]:
    """Return the bars of a breakdown, in order of name."""
    return [
        Bar(
            name,
            name or nameless,
            one.questions,
            share(one.right.value),
            spread(one.right),
            *(round(100 * part, 1) for part in _parts(one.right)),
        )
        for name, one in groups.items()
    ]


def _parts(interval: Interval) -> tuple[float, float, float]:
    value = interval.value or 0.0
    low = value if interval.low is None else interval.low
    return value, low, value if interval.high is None else interval.high


def plots(run: Run) -> list[tuple[str, str, Plot]]:
    """Return the plots that can be drawn, each with its title and what it says."""
    labels = _labels()
    drawn = (
        (labels.risk, "evaluate.risk-says", risk_coverage(run.columns, labels)),
        (labels.reliability, "evaluate.reliability-says", reliability(run.columns, labels)),
    )
    return [(title, t(told), plot) for title, told, plot in drawn if plot]


def _labels() -> Labels:
    pattern = spoken().pattern
    return Labels(
        risk=pattern("evaluate.risk"),
        answered=pattern("plots.answered"),
        wrong=pattern("plots.wrong"),
        end=pattern("plots.end"),
        reliability=pattern("evaluate.reliability"),
        confidence=pattern("plots.confidence"),
        answerable=pattern("plots.answerable"),
        gap=pattern("plots.gap"),
        point=pattern("plots.point"),
        told=pattern("plots.told"),
        percent=percent,
        number=partial(figure, form="0.00"),
        figure=figure,
    )


def expected_places(question: Question, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Return where each piece of a question's evidence stands: the first of its places on record."""
    found: list[tuple[str, int, int]] = []
    for group in question.evidence:
        places = [
            place
            for place in ranges(group, texts, question.documents)
            if place[0] in texts and place[2] <= len(texts[place[0]])
        ]
        found += places[:1]
    return found


def neighbours(rows: Sequence[Row], id: str) -> tuple[str, str, int]:
    """Return the ids before and after a row among others ("" for none), and its place from 1."""
    at = next((n for n, row in enumerate(rows) if row.id == id), None)
    if at is None:
        return "", rows[0].id if rows else "", 0
    before = rows[at - 1].id if at else ""
    return before, rows[at + 1].id if at + 1 < len(rows) else "", at + 1
