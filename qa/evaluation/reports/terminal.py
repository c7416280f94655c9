"""A run, laid out for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from qa.evaluation.comparison import Comparison
from qa.evaluation.faults import BrokenSetError
from qa.evaluation.measures import GroupMeasures
from qa.evaluation.reports.content import GROUPS, Report, between, counted, number, signed

_MOST_ROWS = 20


def layout(report: Report) -> Group:
    """The measures with their intervals, by kind and document, the latency, and the comparison."""
    measures = report.run.measures
    table = _table("Measure", "Value", "95 %", "Over")
    for group, heading in GROUPS.items():
        rates = list(report.rates(group))
        if rates:
            table.add_row(f"[bold]{heading}[/bold]")
        for rate in rates:
            over = counted(rate.questions, "question")
            table.add_row(
                f"  {rate.label}", number(rate.interval.value), between(rate.interval), over
            )
    parts: list[Table | Text] = [table, _groups("Right, by kind", measures.by_kind)]
    if len(measures.by_document) > 1:
        parts.append(_groups("Right, by document", measures.by_document))
    latency = _table("Latency", "p50 ms", "p95 ms")
    for stage, one in measures.latency_ms.items():
        latency.add_row(f"  {escape(stage)}", f"{one.p50:,.1f}", f"{one.p95:,.1f}")
    parts.append(latency)
    if report.comparison:
        parts += _comparison(report.comparison)
    return Group(*(part for one in parts for part in (one, Text())))


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at else "left", no_wrap=bool(at))
    return table


def _groups(heading: str, groups: Mapping[str, GroupMeasures]) -> Table:
    table = _table(heading, "Right", "95 %", "Over")
    for name, group in list(groups.items())[:_MOST_ROWS]:
        shown = f"  {escape(name) or 'of none'}"
        over = counted(group.questions, "question")
        table.add_row(shown, number(group.right.value), between(group.right), over)
    if len(groups) > _MOST_ROWS:
        table.add_row(f"  … and {len(groups) - _MOST_ROWS:,} more")
    return table


def _comparison(comparison: Comparison) -> list[Table | Text]:
    table = _table(f"Against {comparison.earlier}", "Before", "After", "Change", "95 %", "p")
    for measure, told in comparison.differences:
        style = "" if not told.is_significant else "bold"
        interval = f"{signed(told.low)} to {signed(told.high)}"
        values = (number(told.before), number(told.after), signed(told.change), interval)
        table.add_row(f"  {measure.label}", *values, f"{told.p:.3f}", style=style)
    same = "" if comparison.same_questions else " The sets are not the same."
    told_of = f"Compared over {counted(comparison.questions, 'question')}.{same}"
    parts: list[Table | Text] = [table, Text(told_of, style="dim")]
    for heading, changes in (("Better", comparison.better), ("Worse", comparison.worse)):
        if changes:
            parts.append(Text(f"{heading} ({len(changes):,})", style="bold"))
        parts += [
            Text(f"  {change.id}  {change.question}", overflow="ellipsis", no_wrap=True)
            for change in changes[:_MOST_ROWS]
        ]
        if len(changes) > _MOST_ROWS:
            parts.append(Text(f"  … and {len(changes) - _MOST_ROWS:,} more", style="dim"))
    return parts


def faults(error: BrokenSetError) -> Table:
    """What is wrong with a set, a row for each fault."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("Where", "Field", "What is wrong"):
        table.add_column(heading, overflow="fold")
    for fault in error.faults:
        table.add_row(*(escape(str(part)) for part in (fault.where, fault.field, fault.what)))
    if error.count > len(error.faults):
        table.add_row(f"… and {error.count - len(error.faults):,} more")
    return table
