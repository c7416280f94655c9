"""What came of a run as the page shows it: rows to sift, headline numbers, bars. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from indexes.words import words
from qa.evaluation import Outcome, Question, Run
from qa.evaluation.intervals import Interval
from qa.evaluation.judgement import ranges
from qa.evaluation.measures import GroupMeasures
from qa.evaluation.reports.content import between, number, verdict
from qa.evaluation.reports.plots import Plot, reliability, risk_coverage
from ui.wording import duration

HEADLINES = (
    ("right", "Right"),
    ("evidence_recall", "Evidence cited"),
    ("citation_precision", "Citations to the point"),
    ("right_unanswerable", "Rightly declined"),
    ("exact_quotes", "Exact quotes"),
)
VERDICTS: Mapping[str, str] = {
    "right": "Right",
    "rightly declined": "Rightly declined",
    "wrong": "Wrong",
    "wrongly declined": "Declined, though the articles say",
    "should have declined": "Answered, though the articles do not say",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A question of a run in the table of results.

    Attributes:
        at: its place in the run, from 0.
        id, question, kind, document: what was asked.
        right: the strict judgement.
        verdict: what became of it, in words.
        why: what is wrong, or what makes it right.
        confidence: in percent.
    """

    at: int
    id: str
    question: str
    kind: str
    document: str
    right: bool
    verdict: str
    why: str
    confidence: int


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
    return Row(
        at,
        question.id,
        question.question,
        outcome.kind,
        outcome.document,
        outcome.right,
        VERDICTS[verdict(outcome)],
        in_words(question, outcome),
        round(outcome.confidence * 100),
    )


def in_words(question: Question, outcome: Outcome) -> str:
    """Return why an answer counts as wrong; of a right one, how much of the evidence it cites."""
    if outcome.why:
        told = "; ".join(outcome.why)
        return told[:1].upper() + told[1:]
    if not outcome.answerable:
        return "The articles do not say, nor does the answer"
    groups = len(question.evidence)
    if not groups:
        return "Says what must be said"
    found = round(outcome.values.get("evidence_recall", 0.0) * groups)
    return f"{found} of {groups} pieces of evidence" if groups > 1 else "The evidence is cited"


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
    for name, label in HEADLINES:
        measured = run.measures[name]
        if measured.value is None:
            continue
        small = f"{between(measured.interval)} of {measured.questions:,}"
        yield Figure(label, number(measured.value), small, measured.measure.meaning)
    if total := run.measures.latency_ms.get("total"):
        value, _, unit = duration(total.p50).partition(" ")
        yield Figure(
            "Median time", value, f"95 % within {duration(total.p95)}", "From question to answer.",
            unit,
        )  # fmt: skip


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
            number(one.right.value),
            between(one.right),
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
    drawn = (
        (
            "Wrong answers as more is answered",
            "Surest answers first. A line that rises late means that confidence knows which "
            "answers to trust.",
            risk_coverage(run.columns),
        ),
        (
            "Said to be sure, and the articles say",
            "On the dashed line, confidence means what it says. Bars are 95 % intervals.",
            reliability(run.columns),
        ),
    )
    return [(title, told, plot) for title, told, plot in drawn if plot]


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
