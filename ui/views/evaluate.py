"""Evaluate: question sets run against what is on record; what came of them, and feedback as a set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from pydantic import Field

from indexes.errors import OnrecordError
from qa.answer import Citation
from qa.evaluation import BrokenSetError, Outcome, Question, QuestionSet, Texts
from qa.evaluation.intervals import Interval
from qa.evaluation.keeping import KeptRun
from qa.evaluation.reports import WRITERS, Report
from qa.feedback import set_of
from ui.articles import Outlines, outlines
from ui.desk import Desk, Reply, Sent, View
from ui.language import day, figure, t
from ui.opinions import FEEDBACK_REPLIES, opinions_html
from ui.question_sets import (
    EXAMPLE_ARTICLE,
    SET_REPLIES,
    UPLOADED,
    Chosen,
    chosen,
    faults_html,
    offered,
)
from ui.render import Line, cited_line, fill, turn_html
from ui.results import Sifted, bars, expected_places, figures, neighbours, plots, share, spread
from ui.wording import count, rest

PAGE = 100
"""Results that are shown at once; more come when asked for."""
_VALUES = (
    ("evidence_recall", "evaluate.evidence-recall"),
    ("citation_precision", "evaluate.citation-precision"),
    ("token_f1", "evaluate.token-f"),
    ("mrr", "evaluate.mrr"),
)


class Numbered(Sent):
    """A run, by its number."""

    id: int


class Wanted(Numbered, Sifted):
    """Some results of a run, after so many others."""

    after: int = Field(default=0, ge=0)


class Opened(Numbered, Sifted):
    """The answer to one question of a run, among those that are sifted out."""

    question: str


class Taken(Numbered):
    """A run to take away, in a form."""

    form: Literal["html", "json", "csv", "jsonl"]


# ---- the sets and the runs


def _sets(desk: Desk, _: object) -> Reply:
    records = desk.assistant.documents()
    opinions = desk.feedback.all()
    made = set_of(opinions, Texts(desk.assistant))
    now = desk.runner.now
    return {
        "sets": offered(desk, len(made.questions)),
        "missing": bool(records) and all(record.name != EXAMPLE_ARTICLE for record in records),
        "articles": len(records),
        "running": now.run if now else None,
        "html": fill(
            "trials.html",
            runs=[_listed(desk.runner.state(run.id)) for run in desk.runner.kept.runs()],
            any=bool(records),
        ),
        "feedback": opinions_html(opinions, made),
    }


def _listed(run: KeptRun) -> dict[str, object]:
    interval = Interval(*run.right)
    return {
        "id": run.id,
        "name": run.name,
        "made": when(run.made),
        "size": figure(run.size),
        "state": run.state,
        "right": share(interval.value) if run.state == "done" else "",
        "between": spread(interval),
        "percent": round(100 * run.done / run.size) if run.size else 0,
    }


def when(made: str) -> str:
    """Return a moment for people, in this computer's time."""
    moment = datetime.fromisoformat(made).astimezone()
    return f"{day(moment.date().isoformat(), short=True)}, {moment:%H:%M}"


def _try_set(desk: Desk, sent: object) -> Reply:
    key = Chosen.model_validate(sent).key
    try:
        name, questions = chosen(desk, key)
        return {"run": desk.runner.start(name, questions).id}
    except BrokenSetError as error:
        return {"faults": faults_html(error, key.removeprefix(UPLOADED)), "brings": 0}


def _try_again(desk: Desk, sent: object) -> Reply:
    kept = desk.runner.kept.run(Numbered.model_validate(sent).id)
    path = desk.runner.kept.questions(kept)
    try:
        read = QuestionSet.load(path, articles=Texts(desk.assistant))
        return {"run": desk.runner.start(kept.name, read).id}
    except BrokenSetError as error:
        return {"faults": faults_html(error, kept.name), "brings": 0}


def _go_on(desk: Desk, sent: object) -> Reply:
    return {"run": desk.runner.go_on(Numbered.model_validate(sent).id).id}


def _halt(desk: Desk, _: object) -> Reply:
    desk.runner.stop()
    return {}


def _evaluation(desk: Desk, sent: object) -> Reply:
    kept = desk.runner.state(Numbered.model_validate(sent).id)
    now = desk.runner.now
    left = now.left_s if now and now.run == kept.id else None
    reply: Reply = {
        "state": kept.state,
        "name": kept.name,
        "done": kept.done,
        "size": kept.size,
        "told": _told(kept, left),
    }
    if kept.state != "running":
        reply["html"] = _run_html(desk, kept)
    return reply


def _told(kept: KeptRun, left_s: float | None) -> str:
    asked = t("evaluate.asked", done=kept.done, n=kept.size)
    return asked if left_s is None else t("evaluate.left", asked=asked, rest=rest(left_s))


def _run_html(desk: Desk, kept: KeptRun) -> str:
    shown: dict[str, object] = {"run": kept, "made": when(kept.made), "told": _told(kept, None)}
    if kept.state != "done":
        return fill("run.html", **shown)
    run = desk.runner.open(kept).run
    measures = run.measures
    return fill(
        "run.html",
        **shown,
        size=count(kept.size, "question"),
        wrong=round(measures.questions * (1 - (measures["right"].value or 0.0))),
        answerable=measures.answerable,
        figures=list(figures(run)),
        plots=plots(run),
        kinds=bars(measures.by_kind, t("evaluate.no-kind")),
        documents=[bar for bar in bars(measures.by_document, "") if bar.name],
        engine=[run.engine[key] for key in ("encoder", "carefulness") if key in run.engine],
    )


def _results(desk: Desk, sent: object) -> Reply:
    wanted = Wanted.model_validate(sent)
    rows = [
        row for row in desk.runner.open(desk.runner.kept.run(wanted.id)).rows if wanted.has(row)
    ]
    here = rows[wanted.after :][:PAGE]
    left = len(rows) - wanted.after - len(here)
    return {
        "rows": fill("results.html", rows=here, run=wanted.id),
        "left": left,
        "more": min(left, PAGE),
        "found": count(len(rows), "question"),
    }


def _trial(desk: Desk, sent: object) -> Reply:
    wanted = Opened.model_validate(sent)
    kept = desk.runner.kept.run(wanted.id)
    opened = desk.runner.open(kept)
    row = next((row for row in opened.rows if row.id == wanted.question), None)
    if row is None:
        raise OnrecordError(t("evaluate.no-question"))
    question, outcome = opened.questions[row.at], opened.outcomes[row.at]
    answer = desk.runner.kept.answer(kept, row.at)
    asked = answer.model_copy(update={"timings_ms": dict(outcome.timings_ms)})
    expected = _evidence(desk, question)
    known = outlines(desk.assistant, [*asked.citations, *asked.nearest, *expected])
    others = [other for other in opened.rows if wanted.has(other)]
    before, after, place = neighbours(others, row.id)
    return {
        "title": row.question,
        "name": kept.name,
        "before": before,
        "after": after,
        "place": t("evaluate.place", at=place, all=len(others)) if place else "",
        "answer": turn_html(asked, 0, known, scope=_scope(question)),
        "judged": fill("judged.html", row=row, question=question),
        "expected": fill(
            "expected.html", question=question, lines=_expected_lines(expected, known)
        ),
        "values": fill("values.html", values=_values(outcome), row=row, answer=asked),
    }


def _scope(question: Question) -> str:
    names = question.documents or ()
    return t("scope.in-one", title=", ".join(names)) if names else ""


def _evidence(desk: Desk, question: Question) -> list[Citation]:
    """What should have been cited, where it is still on record."""
    texts = Texts(desk.assistant)
    made = []
    for at, (name, start, end) in enumerate(expected_places(question, texts), 1):
        document = desk.assistant.document(name)
        made.append(
            Citation(
                number=at,
                document=name,
                title=document.title,
                start=start,
                end=end,
                quote=document.text[start:end],
                document_id=document.id,
            )
        )
    return made


def _expected_lines(cites: Iterable[Citation], known: Outlines) -> list[Line]:
    lines = []
    for cite in cites:
        line = cited_line(cite, -1, cite.number, known)
        chip = line.cites[0]
        cited, meant = (t(f"source.{noun}", n=cite.number) for noun in ("citation", "evidence"))
        label = chip.label.replace(cited, meant, 1)
        lines.append(replace(line, cites=(replace(chip, label=label),)))
    return lines


def _values(outcome: Outcome) -> list[tuple[str, str]]:
    values = outcome.values
    return [(t(label), share(values[key])) for key, label in _VALUES if key in values]


def _report(desk: Desk, sent: object) -> Reply:
    wanted = Taken.model_validate(sent)
    kept = desk.runner.kept.run(wanted.id)
    name = f"{kept.name} {kept.made[:10]}"
    if wanted.form == "jsonl":
        text = desk.runner.kept.answers(kept).read_text(encoding="utf-8")
        told = t("evaluate.answers-file", name=name)
        return {"name": f"{told}.jsonl", "text": text}
    today = datetime.now(UTC).date().isoformat()
    report = Report(desk.runner.open(kept).run, Texts(desk.assistant), today)
    text = desk.runner.written(report, WRITERS[f".{wanted.form}"])
    return {"name": f"{name}.{wanted.form}", "text": text}


def _forget_run(desk: Desk, sent: object) -> Reply:
    wanted = Numbered.model_validate(sent).id
    now = desk.runner.now
    if now and now.run == wanted:
        raise OnrecordError(t("evaluate.stop-first"))
    desk.runner.kept.remove(wanted)
    return {}


def _recall_run(desk: Desk, sent: object) -> Reply:
    desk.runner.kept.restore(Numbered.model_validate(sent).id)
    return {}


EVALUATE = View(
    "evaluate",
    {
        "sets": _sets,
        **SET_REPLIES,
        "try_set": _try_set,
        "try_again": _try_again,
        "go_on": _go_on,
        "halt": _halt,
        "evaluation": _evaluation,
        "results": _results,
        "trial": _trial,
        "report": _report,
        "forget_run": _forget_run,
        "recall_run": _recall_run,
        **FEEDBACK_REPLIES,
    },
)
