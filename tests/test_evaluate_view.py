"""What the Evaluate view answers its script: sets of every form, runs, answers, feedback."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from indexes.documents import Document
from qa import Assistant
from ui.conversations import Conversations, Scope
from ui.desk import Desk, Reply, answering
from ui.views import VIEWS

WORK = {name: work for view in VIEWS for name, work in view.replies.items()}
CONTEXT = "The Lantern Bridge was opened in 1931. It was closed for repairs in 1987."
SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Lantern_Bridge",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "when",
                            "question": "When was the Lantern Bridge opened?",
                            "answers": [{"text": "1931", "answer_start": CONTEXT.index("1931")}],
                        },
                        {
                            "id": "who",
                            "question": "Who painted the Lantern Bridge?",
                            "answers": [],
                            "is_impossible": True,
                        },
                    ],
                }
            ],
        }
    ],
}

FAULTY_CSV = """question,answer,quote,article,answerable
,x,,,
Who?,x,,,maybe
Who?,,,,
Who?,,words,,no
Who?,x,,none.txt,
Who?,,14 trawlers have broken the limit,harbour.txt,
Who?,,Zzyzx qwrt!,,
"""
FAULTY_LINES = """{"id": "a", "question": 7, "answerable": "x", "relevant_documents": {"d": "much"}}
{"id": "b", "question": "Who?", "answerable": true, "evidence": [[{"document": "a", "start": 9, "end": 3}]]}
{"id": "c", "question": "Who?", "answerable": false, "evidence": [[]]}
{"id": "d", "question": "Who?"
{"id": "e", "question": "Who?", "answerable": false}
{"id": "e", "question": "Who?", "answerable": false}
"""


@pytest.fixture
def desk(assistant: Assistant, tmp_path: Path) -> Iterator[Desk]:
    talks = Conversations(tmp_path / "talks.sqlite3")
    (tmp_path / "uploads").mkdir()
    yield Desk(assistant, tmp_path / "uploads", talks)
    talks.close()


def reply(desk: Desk, name: str, /, **sent: object) -> Reply:
    return answering(desk, name, WORK[name])(sent)


def uploaded(desk: Desk, name: str, text: str) -> dict[str, object]:
    path = desk.uploads / "blob"
    path.write_text(text, encoding="utf-8")
    return {"path": str(path), "name": name}


def finished(desk: Desk, run: object) -> Reply:
    last = time.monotonic() + 120
    while (got := reply(desk, "evaluation", id=run))["state"] == "running":
        assert time.monotonic() < last
        time.sleep(0.05)
    return got


def test_a_set_that_brings_its_articles_is_run_once_they_are_on_record(desk: Desk) -> None:
    text = json.dumps(SQUAD)
    got = reply(desk, "weigh", **uploaded(desk, "dev.json", text))
    assert got["brings"] == 1
    assert "stands in no article on record<" in str(got["faults"])
    got = reply(desk, "weigh", **uploaded(desk, "dev.json", text), add=True)
    assert (got["key"], got["size"]) == ("set/dev.jsonl", 2)
    assert {"key": "set/dev.jsonl", "label": "dev"} in reply(desk, "sets")["sets"]
    run = reply(desk, "try_set", key="set/dev.jsonl")["run"]
    done = finished(desk, run)
    assert (done["state"], done["done"], done["size"]) == ("done", 2, 2)
    assert "2 questions, 1 of them answered" in str(done["html"])
    got = reply(desk, "trial", id=run, question="when")
    assert "1931" in str(got["answer"])
    assert "Evidence 1" in str(got["expected"])
    assert (got["before"], got["after"], got["place"]) == ("", "who", "1 of 2")
    for form in ("html", "json", "csv", "jsonl"):
        assert "when" in str(reply(desk, "report", id=run, form=form)["text"])
    again = reply(desk, "try_again", id=run)["run"]
    assert finished(desk, again)["state"] == "done"
    desk.assistant.remove("Lantern_Bridge")
    faults = str(reply(desk, "try_again", id=run)["faults"])
    assert "there is no document named Lantern_Bridge in the index<" in faults
    assert "not on record any more" in str(reply(desk, "trial", id=run, question="when"))


def test_the_bundled_example_is_offered_with_its_article(desk: Desk) -> None:
    got = reply(desk, "sets")
    assert got["missing"] is True
    assert {"key": "example", "label": "Example: the bundled article"} in got["sets"]
    assert "faults" in reply(desk, "try_set", key="example")
    assert reply(desk, "put_example") == {}
    assert reply(desk, "sets")["missing"] is False
    run = reply(desk, "try_set", key="example")["run"]
    assert "Another set is being run" in str(reply(desk, "try_set", key="example")["error"])
    assert "stop it first" in str(reply(desk, "forget_run", id=run)["error"])
    assert reply(desk, "halt") == {}
    assert finished(desk, run)["state"] in ("stopped", "done")
    assert reply(desk, "forget_run", id=run) == {}
    assert "not here any more" in str(reply(desk, "evaluation", id=run)["error"])


def test_what_cannot_be_a_set_is_one_sentence_without_a_path(desk: Desk) -> None:
    for name in ("old.xls", "empty.jsonl", "no.xlsx"):
        got = reply(desk, "weigh", **uploaded(desk, name, ""))
        assert name in str(got["error"])
        assert tempfile.gettempdir() not in str(got["error"])
    assert "not here any more" in str(reply(desk, "try_set", key="set/gone.jsonl")["error"])
    assert "right" in str(reply(desk, "try_set", key="feedback")["error"])


def test_a_verdict_keeps_the_question_as_the_assistant_was_asked_it(desk: Desk) -> None:
    answer = desk.assistant.ask("What did Quill say?")
    talk, turn = desk.conversations.ask(None, None, "What did Quill say?", Scope())
    desk.conversations.end(talk, turn, "answered", answer=answer)
    changed = answer.model_copy(update={"interpreted_as": "According to Tamm, what happened?"})
    scope = Scope(("harbour.txt",), "Boris Tamm")
    _, second = desk.conversations.ask(talk, None, "What happened?", scope)
    desk.conversations.end(talk, second, "answered", answer=changed)
    assert reply(desk, "judge", id=talk, turn=turn, verdict="right")["verdict"] == "right"
    got = reply(desk, "judge", id=talk, turn=second, verdict="wrong")
    assert "What would have been right" in str(got["html"])
    latest, first = desk.feedback.all()
    assert first.asked.question == "What did Quill say?"
    assert latest.asked.question == "According to Tamm, what happened?"
    assert (latest.asked.documents, latest.asked.history) == (("harbour.txt",), ())
    turns = reply(desk, "talk", id=talk)["turns"]
    assert [one["verdict"] for one in turns] == ["right", "wrong"]  # type: ignore[index,attr-defined]  # JSON
    words = "It  cannot\nhappen again"
    said = reply(desk, "comment", opinion=latest.id, note="no", words=words)
    assert said["failed"] is False
    (passage,) = desk.feedback.get(latest.id).expected.passages
    assert (passage.document, passage.quote) == ("harbour.txt", "It cannot happen again")
    said = reply(desk, "comment", opinion=latest.id, words="14 trawlers have broken the limit")
    assert said["failed"] is True
    assert "Closest" in str(said["html"])
    reply(desk, "comment", opinion=latest.id, drop=0)
    assert desk.feedback.get(latest.id).expected.passages == ()
    assert "There is no answer" in str(
        reply(desk, "judge", id=talk, turn=9, verdict="right")["error"]
    )


def test_a_period_is_kept_as_the_articles_that_were_in_it(desk: Desk) -> None:
    for name, day in (("early.txt", "2024-01-02"), ("late.txt", "2024-05-06")):
        text = f"The quarry of {name} was closed. Ada Quill said that it was a pity."
        desk.assistant.index.add(Document(name, text, name, None, day))
    question = "What was closed?"

    def judged(scope: Scope) -> Reply:
        answer = desk.assistant.ask(question, scope.articles or None, where=scope.where)
        talk, turn = desk.conversations.ask(None, None, question, scope)
        desk.conversations.end(talk, turn, "answered", answer=answer)
        return reply(desk, "judge", id=talk, turn=turn, verdict="right")

    judged(Scope(since="2024-03-01"))
    assert desk.feedback.all()[0].asked.documents == ("late.txt",)
    judged(Scope(("early.txt", "harbour.txt"), until="2024-02-01"))
    assert desk.feedback.all()[0].asked.documents == ("early.txt",)
    judged(Scope(("harbour.txt",)))
    assert desk.feedback.all()[0].asked.documents == ("harbour.txt",)
    assert "There is no answer" in str(judged(Scope(since="2030-01-01"))["error"])


def test_one_run_is_read_in_both_languages(desk: Desk) -> None:
    reply(desk, "weigh", **uploaded(desk, "dev.json", json.dumps(SQUAD)), add=True)
    run = reply(desk, "try_set", key="set/dev.jsonl")["run"]
    finished(desk, run)
    told = {
        code: "".join(
            (
                str(reply(desk, "evaluation", id=run, language=code)["html"]),
                str(reply(desk, "results", id=run, language=code)["rows"]),
                str(reply(desk, "trial", id=run, question="when", language=code)["expected"]),
            )
        )
        for code in ("en", "de")
    }
    for said in (
        "2 questions, 1 of them answered",
        "Run again",
        "Evidence 1",
        "share of answers that are wrong",
        "off on average",
        ">50%</text>",
    ):
        assert (said in told["en"], said in told["de"]) == (True, False)
    for said in (
        "2 Fragen, auf 1 davon",
        "Noch einmal starten",
        "Erwartete Stelle 1",
        "Anteil falscher Antworten",
        "daneben",
        ">50\u00a0%</text>",
    ):
        assert (said in told["de"], said in told["en"]) == (True, False)
    assert re.search(r">[01],\d{3}<", told["de"])
    points = re.search(r"<title>(Sicherheit \d,\d\d: auf \d von \d [^<]*)<", told["de"])
    assert points, "what a point says"


def faults(desk: Desk, name: str, text: str, language: str) -> list[tuple[str, str, str, str]]:
    """The rows of the table of faults: where, field, what, and the attribute that says its language."""
    html = str(reply(desk, "weigh", **uploaded(desk, name, text), language=language)["faults"])
    row = (
        r'<tr><td class="num">(.*?)</td><td lang="en">(.*?)</td><td dir="auto"(.*?)>(.*?)</td></tr>'
    )
    found = re.findall(row, html)
    return [(where, field, unescape(what), tongue) for where, field, tongue, what in found]


def test_a_faulty_set_is_told_in_german_but_for_what_a_library_says(desk: Desk) -> None:
    assert faults(desk, "set.csv", FAULTY_CSV, "de") == [
        ("Zeile 2", "question", "darf nicht leer sein", ""),
        ("Zeile 3", "answerable", 'muss yes oder no sein, nicht "maybe"', ""),
        ("Zeile 4", "answerable", "muss yes oder no sein, wo weder answer noch quote steht", ""),
        ("Zeile 5", "quote", "muss leer sein, wo bei answerable no steht", ""),
        ("Zeile 6", "documents", "ein Dokument namens none.txt gibt es im Archiv nicht", ""),
        (
            "Zeile 7",
            "evidence",
            "„14 trawlers have broken the limit“ steht nicht wörtlich in harbour.txt; am nächsten "
            "kommt, in harbour.txt (zu 94 % gleich): „that 14 trawlers had broken the limits,“",
            "",
        ),
        (
            "Zeile 8",
            "evidence",
            "„Zzyzx qwrt!“ steht nicht wörtlich in einem der Artikel, und nichts dort kommt dem nahe",
            "",
        ),
    ]
    english = faults(desk, "set.csv", FAULTY_CSV, "en")
    assert english[4][2] == "there is no document named none.txt in the index"
    assert faults(desk, "set.jsonl", FAULTY_LINES, "de") == [
        ("Zeile 1", "question", "muss eine Zeichenkette sein, nicht 7", ""),
        ("Zeile 1", "answerable", 'muss true oder false sein, nicht "x"', ""),
        ("Zeile 1", "relevant_documents.d", 'muss eine ganze Zahl sein, nicht "much"', ""),
        ("Zeile 2", "evidence[0][0]", "muss nach seinem Anfang enden, nicht [9, 3)", ""),
        ("Zeile 3", "evidence[0]", "muss mindestens eine Möglichkeit enthalten", ""),
        ("Zeile 4", "", "ist kein JSON (EOF while parsing an object, column 30)", ""),
        ("Zeile 6", "id", '"e" ist schon die Kennung von: Zeile 5', ""),
    ]
    paragraph = {"context": CONTEXT, "qas": [{"id": "a", "answers": []}]}
    broken = json.dumps({"data": [{"title": "Bridge", "paragraphs": [paragraph]}]})
    unknown, unnamed = faults(desk, "set.json", broken, "de")
    assert unknown[:2] == ("Frage 1", "context")
    assert unknown[2:] == (f'"{CONTEXT[:38]}… steht in keinem Artikel im Archiv', "")
    assert unnamed == ("Frage 1", "question", "Field required", ' lang="en"')
