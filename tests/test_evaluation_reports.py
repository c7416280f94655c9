"""Reports, comparison and gate: what they hold, and that nothing in them is trusted."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from evaluation_cases import FIRST, SECOND, TEXTS, FakeAssistant, asked, cite, declined
from playwright.sync_api import Browser

from indexes.errors import OnrecordError
from qa import Assistant
from qa.answer import Answer
from qa.evaluation import Place, Run, evaluate
from qa.evaluation.comparison import Earlier, compare
from qa.evaluation.faults import RequestError
from qa.evaluation.gate import Floor
from qa.evaluation.job import Job
from qa.evaluation.measures import MEASURES
from qa.evaluation.reports import WRITERS, Report, write
from qa.evaluation.reports.context import evidence_excerpts

NASTY = "<script>alert(1)</script> “quoted” & {{ 7 * 7 }} \x0b ]]>"
QUESTIONS = [
    asked(id="a", kind="fact", question="Who?", evidence=[[FIRST]], answer_contains=[["well"]]),
    asked(id="b b/%", kind="fact", question=NASTY, evidence=[[SECOND]], answer_excludes=["again"]),
    asked(id="c", kind="unanswerable", question="When?", answerable=False),
    asked(id="d", kind="unanswerable", question="Where?", answerable=False),
]


def run(**given: Answer) -> Run:
    answers = {
        "Who?": cite(FIRST),
        NASTY: declined(),
        "When?": declined(0.2),
        "Where?": cite(SECOND),
    }
    return evaluate(FakeAssistant({**answers, **given}), QUESTIONS)


def report(**given: object) -> Report:
    return Report(run(), TEXTS, "2026-11-25", **given)  # type: ignore[arg-type]


def written(path: Path, made: Report) -> str:
    write(made, path)
    return path.read_text(encoding="utf-8")


def test_the_page_asks_no_other_host_and_runs_nothing_that_it_was_given(tmp_path: Path) -> None:
    page = written(tmp_path / "report.html", report())
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", page)
    assert "default-src 'none'" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_works_in_a_browser_from_disk_without_a_network(
    tmp_path: Path, chromium: Browser
) -> None:
    path = tmp_path / "report.html"
    write(report(), path)
    troubles: list[str] = []
    for width in (1280, 390):
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{path.as_uri()}#b%20b%2F%25")
        opened = page.locator(".q[open]")
        assert opened.count() == 1
        assert "declined, but the articles say" in opened.inner_text()
        assert opened.locator("mark.evidence").inner_text() == SECOND
        page.get_by_text("Wrong only").click()
        assert page.locator(".q:visible").count() == 2
        page.locator("select[name=kind]").select_option("unanswerable")
        assert page.locator(".q:visible .text").all_inner_texts() == ["Where?"]
        page.evaluate("location.hash = '#a'")
        page.wait_for_selector("#a[open]")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert troubles == []
        context.close()


def test_evidence_beyond_its_text_is_passed_over_where_another_place_is_there() -> None:
    group = [Place(document="harbour.txt", start=5000, end=5010), SECOND]
    question = asked(evidence=[group, group[:1]])
    (excerpt,) = evidence_excerpts(question, cite(FIRST), TEXTS)
    assert "".join(piece.text for piece in excerpt.pieces if piece.marks == "evidence") == SECOND


def test_the_json_report_holds_measures_intervals_and_every_question(tmp_path: Path) -> None:
    data = json.loads(written(tmp_path / "report.json", report()))
    right = data["measures"]["right"]
    assert (right["value"], right["questions"]) == (0.5, 4)
    assert right["low"] < 0.5 < right["high"]
    assert [one["id"] for one in data["questions"]] == ["a", "b b/%", "c", "d"]
    assert data["by_kind"]["fact"]["questions"] == 2
    assert data["questions"][3]["why"] == ["answered, but the articles do not say"]


def test_the_markdown_report_says_what_is_wrong(tmp_path: Path) -> None:
    text = written(tmp_path / "report.md", report(floors=(Floor("right", 0.9),)))
    assert "| Right | .500 |" in text
    assert "right is 0.5000, and should be at least 0.9." in text
    assert "- **d** Where? *should have declined:* answered, but the articles do not say" in text
    assert "\\<script\\>" in text


def test_the_junit_file_has_a_case_for_each_question_and_each_floor(tmp_path: Path) -> None:
    floors = (Floor("right", 0.9), Floor("exact_quotes", 1.0))
    root = ET.fromstring(written(tmp_path / "junit.xml", report(floors=floors)))  # noqa: S314 - ours
    suite = root[0]
    assert (suite.get("tests"), suite.get("failures")) == ("6", "3")
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed[0] == "right ≥ 0.9"
    assert len(failed) == 3


def test_a_comparison_tells_what_got_better_and_what_got_worse(tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    write(Report(run(**{"Who?": declined(), "Where?": declined()}), TEXTS), path)
    made = compare(Earlier.load(path), run())
    assert made.same_questions
    assert [change.id for change in made.better] == ["a"]
    assert [change.id for change in made.worse] == ["d"]
    told = {measure.name: difference for measure, difference in made.differences}
    assert (told["right"].change, told["right"].p, told["right"].test) == (0.0, 1.0, "McNemar")
    assert told["right_unanswerable"].before == 1.0
    assert told["right_unanswerable"].after == 0.5
    for suffix in WRITERS:
        assert "before.json" in written(
            tmp_path / f"r{suffix}", Report(run(), TEXTS, "", made)
        ) or suffix in (".xml", ".csv")  # a row a question, no more


def test_what_cannot_be_compared_is_told(tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    with pytest.raises(RequestError, match="cannot be read"):
        Earlier.load(path)
    for content in ("{", "[]", '{"form": "other"}', '{"form": "onrecord evaluation 1"}'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(RequestError, match="is not a report that can be compared with"):
            Earlier.load(path)
    for field, value in (
        ("values", None),
        ("values", [1]),
        ("timings_ms", None),
        ("confidence", "high"),
        ("confidence", None),
        ("why", None),
    ):
        data = json.loads(written(path, report()))
        data["questions"][0][field] = value
        path.write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(RequestError, match="is not a report that can be compared with"):
            Earlier.load(path)
    other = evaluate(FakeAssistant({"Who?": cite(FIRST)}), [asked(id="z", question="Who?")])
    write(Report(other, TEXTS), path)
    with pytest.raises(OnrecordError, match="has no question in common"):
        compare(Earlier.load(path), run())


def test_a_floor_is_reached_or_told(tmp_path: Path) -> None:
    measures = run().measures
    assert Floor.parse("right=0.5").failure(measures) is None
    assert Floor.parse("exact_quotes=1").failure(measures) is None
    assert (
        Floor.parse("right=0.51").failure(measures)
        == "right is 0.5000, and should be at least 0.51."
    )
    told = Floor.parse("mrr=0.1").failure(measures)
    assert told == "mrr cannot be measured on this set, and should be at least 0.1."


@pytest.mark.parametrize(
    "text", ["rigth=0.9", "right", "right=2", "right=nan", "right=x", "ece=0.1", "=1"]
)
def test_a_floor_that_cannot_be_set_is_told(text: str) -> None:
    with pytest.raises(RequestError, match="--fail-under"):
        Floor.parse(text)


def test_reports_that_cannot_be_written_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    for path in (tmp_path / "report.pdf", tmp_path / "none" / "report.html"):
        with pytest.raises(RequestError, match=r"report\.(pdf|html)"):
            Job.plan(Path("set.jsonl"), reports=[path])
    with pytest.raises(RequestError, match="a JUnit file's name ends in"):
        Job.plan(Path("set.jsonl"), junit=tmp_path / "junit.json")


def test_nothing_is_written_over_the_questions_nor_over_another_output(tmp_path: Path) -> None:
    questions, out = tmp_path / "q.csv", tmp_path / "out.csv"
    (tmp_path / "link.csv").symlink_to(questions)
    for predictions, reports in (
        (questions, []),
        (None, [tmp_path / "link.csv"]),
        (out, [out]),
        (None, [out, out]),
    ):
        with pytest.raises(RequestError, match="would be written over another file"):
            Job.plan(questions, predictions, reports=reports)
    assert Job.plan(questions, out, reports=[tmp_path / "r.csv"]).reports


def test_a_comparison_with_another_set_is_refused_before_anything_is_asked(
    tmp_path: Path, shared_assistant: Assistant
) -> None:
    before, questions = tmp_path / "before.json", tmp_path / "set.jsonl"
    write(report(), before)
    for name in ("z", "a"):
        questions.write_text(f'{{"id": "{name}", "question": "Who?", "answerable": false}}\n')
        job = Job.plan(questions, compare_with=before)
        if name == "a":
            assert len(job.load(shared_assistant, add_articles=False)) == 1
            continue
        with pytest.raises(RequestError, match=r"before.json has no question in common with set"):
            job.load(shared_assistant, add_articles=False)


def test_a_report_of_nothing_is_a_report(tmp_path: Path) -> None:
    made = Report(evaluate(FakeAssistant({}), []), TEXTS)
    for suffix in WRITERS:
        assert written(tmp_path / f"r{suffix}", made)
    assert {one.name for one in MEASURES}
