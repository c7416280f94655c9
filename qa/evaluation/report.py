"""A run, laid out for people."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from qa.evaluation.runner import Run


def table(run: Run) -> Table:
    """The measures of a run and, below them, what is right of each kind of question."""
    m = run.measures
    laid_out = Table(box=None, pad_edge=False, header_style="dim")
    laid_out.add_column("Measure")
    laid_out.add_column("Value", justify="right")
    laid_out.add_column("Over", style="dim")
    all_questions = _counted(m.questions, "question")
    answerable = _counted(m.answerable, "answerable question")
    given = sum(j.answerable and j.answered for j in run.judgements)
    rows = [
        ("Right", _share(m.right), all_questions),
        ("Right when the articles say", _share(m.right_answerable), answerable),
        (
            "Declined when it should be",
            _share(m.right_unanswerable),
            _counted(m.unanswerable, "unanswerable question"),
        ),
        ("Evidence recall", _share(m.evidence_recall), answerable),
        ("Citation precision", _share(m.citation_precision), _counted(given, "answer")),
        ("Exact quotes", _share(m.exact_quotes), all_questions),
        ("Confidence AUROC", _share(m.confidence_auroc), "answerable against unanswerable"),
        ("Median latency", _milliseconds(run.latency_ms(50)), all_questions),
        ("95 % answered within", _milliseconds(run.latency_ms(95)), ""),
    ]
    for name, value, over in rows:
        laid_out.add_row(name, value, over)
    if m.by_kind:
        laid_out.add_row()
        laid_out.add_row("[dim]Right, by kind[/dim]", "", "")
    for kind, one in m.by_kind.items():
        name = f"  {escape(kind) or 'of no kind'}"
        laid_out.add_row(name, _share(one.right), _counted(one.questions, "question"))
    return laid_out


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f} ms"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
