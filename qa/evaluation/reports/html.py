"""The report as one HTML file: nothing in it is fetched from anywhere, and nothing in it is trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from qa.answer import Answer
from qa.evaluation.outcomes import Outcome
from qa.evaluation.questions import Question
from qa.evaluation.reports import plots
from qa.evaluation.reports.content import (
    GROUPS,
    Report,
    between,
    counted,
    number,
    signed,
    verdict,
)
from qa.evaluation.reports.context import Excerpt, citation_excerpts, evidence_excerpts

if TYPE_CHECKING:
    from jinja2 import Template

MOST_SHOWN = 10_000
"""Questions that a page shows; of a larger set, the wrong ones come first."""
HEADLINES = ("right", "right_answerable", "right_unanswerable", "evidence_recall", "exact_quotes")
VERDICTS = ("right", "rightly declined", "wrong", "wrongly declined", "should have declined")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as the page shows it."""

    question: Question
    outcome: Outcome
    answer: Answer
    verdict: str
    expected: list[Excerpt]
    given: list[Excerpt]


def html_of(report: Report) -> Iterator[str]:
    """Yield the page in pieces, so that a large set does not fill memory."""
    run, measures = report.run, report.run.measures
    verdicts = Counter(verdict(outcome) for outcome in run.outcomes())
    total = len(run.columns)
    wrong = total - verdicts["right"] - verdicts["rightly declined"]
    longest = max((one.p95 for one in measures.latency_ms.values()), default=1.0) or 1.0
    yield from _template().generate(
        report=report,
        run=run,
        measures=measures,
        headlines=[measures[n] for n in HEADLINES if measures[n].value is not None],
        groups=[(GROUPS[g], rates) for g in GROUPS if (rates := list(report.rates(g)))],
        verdicts=[(name, verdicts[name]) for name in VERDICTS if verdicts[name]],
        wrong=wrong,
        plots=[
            (title, told, plot)
            for title, told, plot in (
                ("Risk over coverage", _RISK, plots.risk_coverage(run.columns)),
                ("Reliability", _RELIABILITY, plots.reliability(run.columns)),
            )
            if plot
        ],
        longest=longest,
        entries=_entries(report, only_wrong=total > MOST_SHOWN),
        shown=total if total <= MOST_SHOWN else min(wrong, MOST_SHOWN),
        number=number,
        between=between,
        signed=signed,
        counted=counted,
        css=_asset("report.css"),
        js=_asset("report.js"),
    )


_RISK = (
    "Of the answers given, surest first, how many are wrong. A line that rises late means that "
    "confidence knows which answers to trust."
)
_RELIABILITY = (
    "Questions grouped by confidence: how many of them the articles do answer. On the dashed line, "
    "confidence means what it says. Bars are 95 % intervals; larger points are more questions."
)


def _entries(report: Report, *, only_wrong: bool) -> Iterator[Entry]:
    shown = 0
    for question, outcome, answer in report.run.details():
        if only_wrong and (outcome.right or shown >= MOST_SHOWN):
            continue
        shown += 1
        yield Entry(
            question, outcome, answer, verdict(outcome),
            evidence_excerpts(question, answer, report.texts),
            citation_excerpts(question, answer, report.texts),
        )  # fmt: skip


@cache
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def _asset(name: str) -> str:
    return files("qa.evaluation.reports").joinpath(name).read_text(encoding="utf-8")
