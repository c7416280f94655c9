"""The report as Markdown: the numbers, and what went wrong, to paste into an issue or a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qa.evaluation.comparison import Comparison
from qa.evaluation.measures import GroupMeasures
from qa.evaluation.reports.content import (
    GROUPS,
    Report,
    between,
    counted,
    number,
    signed,
    verdict,
)

_MOST_WRONG = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def markdown_of(report: Report) -> Iterator[str]:
    """Yield the report in pieces."""
    run, measures = report.run, report.run.measures
    yield f"# Evaluation on {plain(run.name)}\n\n"
    about = [counted(measures.questions, "question"), f"{measures.answerable:,} of them answerable"]
    about += [f"onrecord {run.version}"] + ([report.written] if report.written else [])
    yield f"{', '.join(about)}. Intervals: 95 %, bootstrap over questions.\n"
    for failure in report.failures:
        yield f"\n**Below the floor:** {failure}\n"
    for group, heading in GROUPS.items():
        rates = list(report.rates(group))
        if rates:
            yield f"\n## {heading}\n\n| measure | value | 95 % | over |\n|---|--:|--:|--:|\n"
        for rate in rates:
            yield (
                f"| {rate.label} | {number(rate.interval.value)} | {between(rate.interval)} "
                f"| {rate.questions:,} |\n"
            )
    if report.comparison:
        yield from _comparison(report.comparison)
    yield from _groups("By kind", measures.by_kind)
    if len(measures.by_document) > 1:
        yield from _groups("By document", measures.by_document)
    yield "\n## Latency\n\n| stage | p50 ms | p95 ms |\n|---|--:|--:|\n"
    for stage, latency in measures.latency_ms.items():
        yield f"| {plain(stage)} | {latency.p50:,.1f} | {latency.p95:,.1f} |\n"
    yield from _wrong(report)


def _groups(heading: str, groups: Mapping[str, GroupMeasures]) -> Iterator[str]:
    yield f"\n## {heading}\n\n| | questions | right | 95 % | evidence recall |\n|---|--:|--:|--:|--:|\n"
    for name, group in groups.items():
        yield (
            f"| {plain(name) or '–'} | {group.questions:,} | {number(group.right.value)} "
            f"| {between(group.right)} | {number(group.values.get('evidence_recall'))} |\n"
        )


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield f"\n## Compared with {plain(comparison.earlier)}\n\n"
    yield f"Over {counted(comparison.questions, 'question')} that both have"
    yield ".\n" if comparison.same_questions else "; the sets are not the same.\n"
    yield "\n| measure | before | after | change | 95 % | p |\n|---|--:|--:|--:|--:|--:|\n"
    for measure, told in comparison.differences:
        bold = "**" if told.is_significant else ""
        yield (
            f"| {measure.label} | {number(told.before)} | {number(told.after)} "
            f"| {bold}{signed(told.change)}{bold} | {signed(told.low)} to {signed(told.high)} "
            f"| {told.p:.3f} ({told.test}) |\n"
        )
    for heading, changes in (("Better", comparison.better), ("Worse", comparison.worse)):
        if changes:
            yield f"\n{heading} ({len(changes):,}):\n\n"
        for change in changes[:_MOST_WRONG]:
            yield f"- {plain(change.id)}: {plain(change.question)}\n"


def _wrong(report: Report) -> Iterator[str]:
    wrong = [
        (question, outcome)
        for question, outcome in zip(report.run.questions, report.run.outcomes(), strict=True)
        if not outcome.right
    ]
    if not wrong:
        return
    yield f"\n## Wrong ({len(wrong):,})\n\n"
    for question, outcome in wrong[:_MOST_WRONG]:
        why = plain(outcome.reasons)
        yield f"- **{plain(outcome.id)}** {plain(question.question)} *{verdict(outcome)}:* {why}\n"
    if len(wrong) > _MOST_WRONG:
        yield f"- … and {len(wrong) - _MOST_WRONG:,} more\n"


def plain(text: str) -> str:
    """Text that Markdown leaves as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
