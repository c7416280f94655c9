"""The report as JSON: for programs, and to compare a later run with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from qa.evaluation.comparison import REPORT_FORM, Comparison
from qa.evaluation.intervals import RESAMPLES, SEED, Interval
from qa.evaluation.measures import GroupMeasures
from qa.evaluation.reports.content import Report


def json_of(report: Report) -> Iterator[str]:
    """Yield the report, the questions one by one."""
    run, measures = report.run, report.run.measures
    head: dict[str, Any] = {
        "form": REPORT_FORM,
        "version": run.version,
        "written": report.written,
        "set": run.name,
        "fingerprint": run.fingerprint,
        "engine": run.engine,
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED},
        "count": {
            "questions": measures.questions,
            "answerable": measures.answerable,
            "answered": measures.answered,
        },
        "measures": {
            m.measure.name: {**_interval(m.interval), "questions": m.questions} for m in measures
        },
        "causal": {
            r.name: {**_interval(r.interval), "questions": r.questions} for r in report.causal
        },
        "by_kind": {name: _group(one) for name, one in measures.by_kind.items()},
        "by_document": {name: _group(one) for name, one in measures.by_document.items()},
        "latency_ms": {
            stage: {"p50": round(one.p50, 2), "p95": round(one.p95, 2)}
            for stage, one in measures.latency_ms.items()
        },
        "comparison": _comparison(report.comparison),
        "failures": report.failures,
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "questions": ['
    separator = "\n  "
    for question, outcome in zip(run.questions, run.outcomes(), strict=True):
        fields = {"question": question.question, **outcome.fields()}
        yield separator + json.dumps(fields, ensure_ascii=False)
        separator = ",\n  "
    yield "\n ]\n}\n"


def _interval(interval: Interval) -> dict[str, float | None]:
    return {
        name: None if value is None else round(value, 6)
        for name, value in (
            ("value", interval.value),
            ("low", interval.low),
            ("high", interval.high),
        )
    }


def _group(group: GroupMeasures) -> dict[str, Any]:
    values = {name: round(value, 6) for name, value in group.values.items()}
    return {"questions": group.questions, "right": _interval(group.right), **values}


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "with": comparison.earlier,
        "same_questions": comparison.same_questions,
        "questions": comparison.questions,
        "differences": {
            measure.name: {
                "before": round(told.before, 6), "after": round(told.after, 6),
                "low": round(told.low, 6), "high": round(told.high, 6),
                "p": round(told.p, 6), "test": told.test,
            }
            for measure, told in comparison.differences
        },
        "better": [change.id for change in comparison.better],
        "worse": [change.id for change in comparison.worse],
    }  # fmt: skip
