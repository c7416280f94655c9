"""What every report shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qa.evaluation.comparison import Comparison
from qa.evaluation.gate import Floor
from qa.evaluation.intervals import Interval
from qa.evaluation.outcomes import Outcome
from qa.evaluation.runner import Run

GROUPS: Mapping[str, str] = {
    "answers": "Answers",
    "evidence": "Evidence and citations",
    "declining": "Knowing when not to answer",
    "search": "Search",
    "causal": "Cause",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that does not come from the questions' columns, with its definition."""

    name: str
    label: str
    meaning: str
    interval: Interval
    questions: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a report is made of.

    Attributes:
        run: the run.
        texts: the articles, for quotes in context.
        written: the day, ISO 8601; "" for a report that does not say.
        comparison: with an earlier run.
        floors: what the measures must reach.
        causal: the rates of the evidence-deletion test.
    """

    run: Run
    texts: Mapping[str, str]
    written: str = ""
    comparison: Comparison | None = None
    floors: tuple[Floor, ...] = ()
    causal: tuple[Rate, ...] = field(default=())

    @property
    def failures(self) -> list[str]:
        """The floors that are not reached, a sentence for each."""
        told = (floor.failure(self.run.measures) for floor in self.floors)
        return [sentence for sentence in told if sentence]

    def as_dict(self) -> dict[str, object]:
        """The measures for JSON, with what the report adds to them."""
        causal = {
            rate.name: None if rate.interval.value is None else round(rate.interval.value, 4)
            for rate in self.causal
        }
        return {**self.run.measures.as_dict(), **causal}

    def rates(self, group: str) -> Iterator[Rate]:
        """Yield the measures of one of ``GROUPS``."""
        if group == "causal":
            yield from self.causal
        for measured in self.run.measures:
            one = measured.measure
            if one.group == group:
                meaning = f"{one.meaning} Source: {one.source}."
                yield Rate(one.name, one.label, meaning, measured.interval, measured.questions)


def verdict(outcome: Outcome) -> str:
    """What became of a question, in two or three words."""
    if outcome.right:
        return "right" if outcome.answered else "rightly declined"
    if not outcome.answerable:
        return "should have declined"
    return "wrong" if outcome.answered else "wrongly declined"


def number(value: float | None) -> str:
    """A share as reports write it: ``.861``, ``1.0``; an en dash for none."""
    if value is None:
        return "–"
    text = f"{value:.3f}"
    return "1.0" if text == "1.000" else text.removeprefix("0")


def between(interval: Interval) -> str:
    """An interval as reports write it: ``.750–.972``."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{number(interval.low)}–{number(interval.high)}"


def signed(value: float) -> str:
    """A difference: ``+.012``, ``−.100``, ``±0``."""
    text = f"{abs(value):.3f}".removeprefix("0")
    return "±0" if text == ".000" else f"{'+' if value > 0 else '−'}{text}"


def counted(count: int, what: str) -> str:
    """A number of things: ``1 question``, ``2,917 questions``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
