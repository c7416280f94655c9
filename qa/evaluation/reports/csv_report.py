"""The answers as CSV: a row a question, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from qa.evaluation.reports.content import Report, verdict

_COLUMNS = (
    "id", "kind", "question", "document", "verdict", "why", "answered", "confidence", "answer",
    "quotes", "cited", "milliseconds",
)  # fmt: skip


def csv_of(report: Report) -> Iterator[str]:
    """Yield the header, then each question with its answer.

    What a spreadsheet would take for a formula begins with an apostrophe, as it would write it itself.
    """
    yield "\ufeff" + _row(_COLUMNS)
    for question, outcome, answer in report.run.details():
        cites = answer.citations
        yield _row(
            (
                question.id,
                question.kind,
                question.question,
                outcome.document,
                verdict(outcome),
                outcome.reasons,
                "yes" if outcome.answered else "no",
                f"{outcome.confidence:.3f}",
                answer.text,
                "\n".join(cite.quote for cite in cites),
                "\n".join(f"{cite.document} {cite.start}-{cite.end}" for cite in cites),
                f"{outcome.timings_ms.get('total', 0):.0f}",
            )
        )


def _row(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(
        f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells
    )
    return written.getvalue()
