"""The report as JUnit's XML: a test case for each question, and one for each floor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from qa.evaluation.reports.content import Report

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_of(report: Report) -> Iterator[str]:
    """Yield the report, a question at a time."""
    run = report.run
    wrong = sum(1 for outcome in run.outcomes() if not outcome.right)
    seconds = float(run.columns.milliseconds("total").sum()) / 1000
    tests, failures = len(run.columns) + len(report.floors), wrong + len(report.failures)
    counts = f'tests="{tests}" failures="{failures}" time="{seconds:.3f}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites {counts}>\n<testsuite name={_quoted(run.name)} {counts}>\n"
    for floor in report.floors:
        name = _quoted(f"{floor.name} ≥ {floor.least:g}")
        failure = floor.failure(run.measures)
        yield f'<testcase classname="gate" name={name} time="0">{_failure(failure)}</testcase>\n'
    for question, outcome in zip(run.questions, run.outcomes(), strict=True):
        name = _quoted(f"{outcome.id}: {question.question}")
        time = outcome.timings_ms.get("total", 0.0) / 1000
        failure = None if outcome.right else outcome.reasons
        yield (
            f"<testcase classname={_quoted(outcome.kind or 'question')} name={name} "
            f'time="{time:.3f}">{_failure(failure)}</testcase>\n'
        )
    yield "</testsuite>\n</testsuites>\n"


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _failure(text: str | None) -> str:
    return (
        ""
        if text is None
        else f"<failure message={_quoted(text)}>{escape(_NOT_XML.sub('', text))}</failure>"
    )
