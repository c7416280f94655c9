"""Runs in the background: kept, opened again, stopped, gone on with, and failing in a sentence."""

from __future__ import annotations

import csv
import io
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from evaluation_cases import FIRST, SECOND, TEXTS, FakeAssistant, asked, cite, declined

from indexes.errors import OnrecordError
from qa.evaluation import Texts
from qa.evaluation.keeping import Kept, KeptRun
from qa.evaluation.reports import WRITERS, Report
from qa.evaluation.reports.csv_report import csv_of
from ui.results import Sifted, figures, neighbours
from ui.running import Runner

QUESTIONS = [
    asked(id="a", question="One?", kind="first", evidence=[[FIRST]]),
    asked(id="b", question="Two?", kind="second", evidence=[[FIRST]]),
    asked(id="c", question="Three?", answerable=False),
]
ANSWERS = {"One?": cite(FIRST), "Two?": cite(SECOND), "Three?": declined()}


def runner(tmp_path: Path, assistant: FakeAssistant | None = None) -> Runner:
    return Runner(assistant or FakeAssistant(ANSWERS), Kept(tmp_path))  # type: ignore[arg-type]  # answers alike


def ended(runner: Runner, number: int) -> KeptRun:
    until = time.monotonic() + 60
    while runner.now and time.monotonic() < until:
        time.sleep(0.01)
    return runner.state(number)


def until(true: Callable[[], bool]) -> None:
    last = time.monotonic() + 60
    while not true() and time.monotonic() < last:
        time.sleep(0.01)
    assert true()


def test_nothing_lies_on_the_disk_before_the_first_run(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert (kept.runs(), kept.sets()) == ([], [])
    kept.sweep()
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_kept_and_opened_again_as_it_was(tmp_path: Path) -> None:
    done = ended(first := runner(tmp_path), first.start("My set.xlsx", QUESTIONS).id)
    assert (done.state, done.done, done.right[0]) == ("done", 3, pytest.approx(2 / 3))
    again = runner(tmp_path)
    (listed,) = again.kept.runs()
    opened = again.open(listed)
    assert [(row.id, row.right) for row in opened.rows] == [("a", True), ("b", False), ("c", True)]
    assert opened.run.measures["right"].value == pytest.approx(2 / 3)
    assert again.kept.answer(listed, 1).citations[0].quote == SECOND
    assert next(figures(opened.run)).label == "Right"
    report = Report(opened.run, TEXTS)
    for form, write in WRITERS.items():
        assert "".join(write(report)), form


@pytest.mark.parametrize("name", ["answers", "outcomes.csv"])
def test_a_set_may_be_called_as_a_runs_own_files_are(tmp_path: Path, name: str) -> None:
    done = ended(first := runner(tmp_path), first.start(name, QUESTIONS).id)
    run = first.open(done).run
    assert [question.id for question in run.questions] == ["a", "b", "c"]
    assert run.name == f"{name.removesuffix('.csv')}.jsonl"
    assert first.kept.answer(done, 1).citations[0].quote == SECOND


def test_results_are_sifted_and_know_their_neighbours(tmp_path: Path) -> None:
    done = ended(first := runner(tmp_path), first.start("set", QUESTIONS).id)
    rows = first.open(done).rows
    assert [row.id for row in rows if Sifted(wrong=True).has(row)] == ["b"]
    assert [row.id for row in rows if Sifted(kind="first").has(row)] == ["a"]
    assert [row.id for row in rows if Sifted(words="thr").has(row)] == ["c"]
    assert [row.id for row in rows if Sifted(document="harbour.txt").has(row)] == ["a", "b"]
    assert neighbours(rows, "b") == ("a", "c", 2)
    assert neighbours(rows, "zzz") == ("", "a", 0)


def test_a_run_is_stopped_and_goes_on_without_asking_again(tmp_path: Path) -> None:
    gate, assistant = threading.Event(), FakeAssistant(ANSWERS)
    ask = assistant.ask

    def slow(question: str, documents: object = None, history: object = ()) -> object:
        if question == "Two?":
            gate.wait(60)
        return ask(question)

    assistant.ask = slow  # type: ignore[method-assign,assignment]  # waits for us
    first = runner(tmp_path, assistant)
    begun = first.start("set", QUESTIONS)
    until(lambda: first.now is not None and first.now.done == 1)
    assert first.state(begun.id).state == "running"
    with pytest.raises(OnrecordError, match="Another set is being run"):
        first.start("other", QUESTIONS)
    first.stop()
    gate.set()
    stopped = ended(first, begun.id)
    assert (stopped.state, stopped.done) == ("stopped", 2)
    first.go_on(begun.id)
    assert ended(first, begun.id).state == "done"
    assert [question for question, _, _ in assistant.seen] == ["One?", "Two?", "Three?"]


def test_a_run_whose_program_ended_counts_as_stopped(tmp_path: Path) -> None:
    begun = Kept(tmp_path).begin("set", QUESTIONS, made="2026-01-01T00:00:00+00:00")
    assert runner(tmp_path).state(begun.id).state == "stopped"


def test_a_run_that_fails_says_so_in_a_sentence(tmp_path: Path) -> None:
    first = runner(tmp_path, FakeAssistant({"One?": cite(FIRST)}))
    failed = ended(first, first.start("set", QUESTIONS).id)
    assert (failed.state, failed.reason, failed.done) == ("failed", "The model broke.", 1)


def test_a_run_is_removed_with_a_way_back_and_its_number_is_not_given_again(
    tmp_path: Path,
) -> None:
    kept = Kept(tmp_path)
    one = kept.begin("set", QUESTIONS, made="2026-01-01T00:00:00+00:00")
    kept.remove(one.id)
    assert kept.runs() == []
    assert kept.begin("set", QUESTIONS, made="2026-01-01T00:00:00+00:00").id == one.id + 1
    kept.restore(one.id)
    assert [run.id for run in kept.runs()] == [one.id + 1, one.id]
    kept.remove(one.id)
    kept.sweep()
    with pytest.raises(OnrecordError, match="not here any more"):
        kept.run(one.id)


def test_a_set_of_any_name_stays_in_its_folder(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    path = kept.keep_set("../../a:b/..\\c?.xlsx", QUESTIONS)
    assert path.parent == tmp_path / "evaluations" / "sets"
    assert kept.sets() == [path]
    kept.remove_set(path.name)
    assert kept.sets() == []
    assert kept.keep_set("\U0001f6a2" * 80 + ".csv", QUESTIONS).is_file()


def test_the_csv_has_a_row_a_question_and_no_formula(tmp_path: Path) -> None:
    questions = [*QUESTIONS, asked(id="=1+1", question="=cmd()", answerable=False)]
    answers = {**ANSWERS, "=cmd()": declined()}
    first = runner(tmp_path, FakeAssistant(answers))
    done = ended(first, first.start("set", questions).id)
    text = "".join(csv_of(Report(first.open(done).run, Texts(FakeAssistant(answers)))))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["verdict"] for row in rows][:2] == ["right", "wrong"]
    assert rows[1]["quotes"] == SECOND
    assert rows[3]["question"] == "'=cmd()"
    assert rows[3]["id"] == "'=1+1"


def test_markup_in_a_set_stays_text_in_every_part_of_the_page(tmp_path: Path) -> None:
    from ui.render import fill
    from ui.results import bars

    evil = "<img src=x onerror=alert(1)>"
    questions = [asked(id=evil, question=evil, kind=evil, answer_contains=[[evil]])]
    first = runner(tmp_path, FakeAssistant({evil: cite(FIRST)}))
    done = ended(first, first.start(evil, questions).id)
    opened = first.open(done)
    (row,) = opened.rows
    measures = opened.run.measures
    html = "".join(
        (
            fill("results.html", rows=opened.rows, run=1),
            fill("judged.html", row=row, question=questions[0]),
            fill("expected.html", question=questions[0], lines=[]),
            fill(
                "run.html",
                run=done,
                made="",
                told="",
                size="",
                wrong=1,
                answerable=1,
                figures=list(figures(opened.run)),
                plots=[],
                kinds=bars(measures.by_kind, ""),
                documents=bars(measures.by_document, ""),
                engine=[evil],
            ),
        )
    )
    assert "&lt;img" in html
    assert "<img" not in html
