"""Conversations as files, articles to read, pasted text: without a browser."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from pydantic import SecretStr, ValidationError

from indexes.documents import Document, Span
from indexes.errors import IndexStoreError
from indexes.statements import Statement
from qa import Assistant
from qa.answer import Answer, AnswerSentence, Citation
from qa.settings import Settings
from ui.articles import Outline
from ui.conversations import Conversations, Scope, Turn
from ui.desk import Desk, answering
from ui.export import html, markdown, plain
from ui.marks import part
from ui.views.article import marks_of, shown
from ui.views.library import LIBRARY, Pasted, paste
from ui.views.settings import ANSWERER, LLM_VARIABLE, SETTINGS, VARIABLE, apply

NASTY = "<img src=x onerror=alert(1)> *bold* [x](y) # `code` |"
QUOTE = "Quill said: sail."


def turn(question: str = "When?", title: str = "A port") -> Turn:
    cite = Citation(
        number=1, document="port.txt", title=title, start=0, end=len(QUOTE), quote=QUOTE,
        document_id="0" * 64, speaker="Ada Quill",
    )  # fmt: skip
    answer = Answer(
        question=question,
        answered=True,
        confidence=0.9,
        text=f"{QUOTE} [1]",
        sentences=(AnswerSentence(text=QUOTE, citations=(1,)),),
        citations=(cite,),
    )
    return Turn(1, question, Scope(("port.txt",)), "answered", "", answer)


@pytest.fixture
def desk(assistant: Assistant, tmp_path: Path) -> Iterator[Desk]:
    talks = Conversations(tmp_path / "talks.sqlite3")
    yield Desk(assistant, tmp_path, talks)
    talks.close()


def reply(desk: Desk, name: str, /, **sent: object) -> dict[str, Any]:
    work = {**LIBRARY.replies, **SETTINGS.replies}[name]
    return answering(desk, name, work)(sent)


def test_a_conversation_in_markdown_has_its_quotations_as_footnotes() -> None:
    text = markdown("Ferries", [turn()], {"port.txt": Outline(((0, 7),))})
    assert text.startswith("# Ferries\n\n## When?\n\n*Asked in port.txt*\n")
    assert "**Ada Quill**\n\n> Quill said: sail.[^1-1]" in text
    assert "[^1-1]: “Quill said: sail.” (A port, port.txt, paragraph 7)" in text


def test_a_question_without_an_answer_is_exported_with_the_reason() -> None:
    stopped = Turn(2, "Why?", Scope(), "stopped", "Stopped.")
    assert "*Stopped.*" in markdown("T", [stopped], {})
    assert "Stopped." in html("T", [stopped], {}, made="2026-01-02")


def test_exported_words_stay_words() -> None:
    assert "<img" not in markdown(NASTY, [turn(NASTY, NASTY)], {}).replace("\\<img", "")
    assert plain("1. a") == "1\\. a"
    assert plain("- a_b") == "\\- a\\_b"
    page = html(NASTY, [turn(NASTY, NASTY)], {}, made="2026-01-02")
    assert "<img" not in page
    assert "2 January 2026" in page
    assert not re.search(r"https?://|src=\"", page)


def test_an_article_names_each_speaker_where_a_statement_begins() -> None:
    text = "Ada said “yes.\n\nAnd more.”\n\nBo denied it."
    document = Document("d", text, "T")
    spans = [Span(0, 14), Span(16, 26), Span(28, len(text))]
    statements = [
        Statement((Span(9, 14), Span(16, 26)), None, None, "Ada", "direct", 1.0),
        Statement((Span(31, 37),), None, None, "", "indirect", 0.1),
    ]
    drawn = part(document, spans, marks_of(statements, Span(28, 30)))
    read = shown(drawn, statements)
    assert [part.margin for part in read] == [("Ada",), (), ("Unsure who",)]
    assert read[0].pieces[-1] == ("“yes.", ("Ada",), True, False)
    assert read[2].pieces[0] == ("Bo", (), False, True)


def test_pasted_text_is_on_record_under_its_title(assistant: Assistant) -> None:
    text = "A storm: rain/sun\n\nMayor Ada Quill said that it rained."
    name = paste(assistant, Pasted(text=text))
    assert name == "A storm rain sun.txt"
    assert assistant.document(name).text == text
    other = paste(assistant, Pasted(text="Nobody said that it rained.", title="Rain"))
    assert assistant.document(other).text.startswith("Rain\n\nNobody")
    assert other == "Rain.txt"


@pytest.mark.parametrize("letter", ["a", "\u6e2f", "\U0001f6a2"])
def test_a_long_title_of_any_letters_names_a_file(assistant: Assistant, letter: str) -> None:
    name = paste(assistant, Pasted(text="Nobody said that it rained.", title=letter * 300))
    assert set(name.removesuffix(".txt")) == {letter}
    assert len(name.encode()) < 255


def test_of_an_archive_it_is_said_what_came_of_all_its_files(desk: Desk, tmp_path: Path) -> None:
    def added(name: str, **files: str) -> str:
        with zipfile.ZipFile(tmp_path / "sent", "w") as archive:
            for stem, text in files.items():
                archive.writestr(stem.replace("_", "."), text)
        return str(reply(desk, "add", path=str(tmp_path / "sent"), name=name)["arrival"])

    several = added("two.zip", a_txt="Ada Quill said that it rained.", b_txt="Nobody came.")
    assert ">Added as 2 articles: 8 words, 1 statement<" in several
    mixed = added(
        "three.zip", a_txt="Ada Quill said that it rained.", c_txt="It snowed.", bad_pdf="x"
    )
    assert 'class="outcome added"' in mixed
    assert "Added as c.txt: 2 words, 0 statements. a.txt is in the index already" in mixed
    assert "bad.pdf cannot be read as PDF" in mixed
    assert ">Already there as 2 articles<" in added(
        "two.zip", a_txt="Ada Quill said that it rained.", b_txt="Nobody came."
    )
    failed = added("bad.zip", bad_pdf="x", worse_pdf="y")
    assert 'class="outcome failed"' in failed
    assert "worse.pdf cannot be read" in failed


def test_nothing_pasted_is_one_sentence(desk: Desk) -> None:
    assert "empty" in reply(desk, "paste", text=" \n ")["error"]


def test_a_removed_article_is_put_back_as_it_was(desk: Desk) -> None:
    before = desk.assistant.document("prize.txt")
    said = len(desk.assistant.statements(document="prize.txt"))
    assert reply(desk, "remove", names=["prize.txt"])["shelf"]["names"] == ["harbour.txt"]
    assert "prize.txt" in reply(desk, "restore", names=["prize.txt"])["shelf"]["names"]
    assert desk.assistant.document("prize.txt") == before
    assert len(desk.assistant.statements(document="prize.txt")) == said
    assert "error" in reply(desk, "remove", names=["none.txt"])


def test_undo_brings_back_all_that_a_removal_took(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, page = desk.assistant.index, tmp_path / "p.html"
    for said in ("it rained", "it snowed"):
        page.write_text(f"<h1>Storm</h1><p>Mayor Quill said on Monday that {said}.</p>")
        desk.assistant.add(page)
    (tmp_path / "copy").mkdir()
    desk.assistant.add(Path(shutil.copy(page, tmp_path / "copy" / "q.html")))

    def kept() -> tuple[object, ...]:
        (line,) = [one for one in desk.assistant.documents() if one.name == "p.html"]
        original, changes = desk.assistant.original("p.html"), desk.assistant.changes("p.html")
        return line, original, changes, index.document("q.html")

    before = kept()
    assert before[1]
    assert before[2]
    reply(desk, "remove", names=["p.html"])
    put = index.put
    full = IndexStoreError("The disk is full.")
    monkeypatch.setattr(index, "put", Mock(side_effect=full))
    assert reply(desk, "restore", names=["p.html"]) == {"error": "The disk is full."}
    monkeypatch.setattr(index, "put", put)
    reply(desk, "restore", names=["p.html"])
    assert kept() == before


def test_carefulness_is_kept_unless_the_environment_decides(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert reply(desk, "careful", carefulness="careful") == {}
    assert desk.assistant.settings.carefulness == "careful"
    assert "error" in reply(desk, "careful", carefulness="reckless")
    desk.assistant.settings = desk.assistant.settings.model_copy(update={"carefulness": "eager"})
    monkeypatch.setenv(VARIABLE, "eager")
    apply(desk.assistant, desk.conversations)
    assert desk.assistant.settings.carefulness == "eager"
    monkeypatch.delenv(VARIABLE)
    apply(desk.assistant, desk.conversations)
    assert desk.assistant.settings.carefulness == "careful"


def test_the_answerer_is_kept_unless_the_environment_decides_and_the_key_never(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LLM_VARIABLE, raising=False)
    with_key = desk.assistant.settings.model_copy(update={"llm_key": SecretStr("a-key-of-mine")})
    desk.assistant.settings = with_key
    there = "http://127.0.0.1:9/v1"
    assert reply(desk, "answerer", use=True, llm="small", llm_url=there) == {
        "stays": "Nothing leaves it."
    }
    assert (desk.assistant.settings.llm, desk.assistant.settings.llm_url) == ("small", there)
    assert b"a-key-of-mine" not in desk.conversations.path.read_bytes()
    assert "a-key-of-mine" not in str(reply(desk, "settings"))
    desk.assistant.settings = Settings()
    apply(desk.assistant, desk.conversations)
    assert desk.assistant.settings.llm == "small"
    monkeypatch.setenv(LLM_VARIABLE, "other")
    desk.assistant.settings = Settings()
    apply(desk.assistant, desk.conversations)
    assert desk.assistant.settings.llm == "other"
    monkeypatch.delenv(LLM_VARIABLE)
    assert "error" not in reply(desk, "answerer", use=False, llm="small", llm_url=there)
    assert desk.assistant.settings.llm == ""


def test_the_key_goes_to_its_own_address_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LLM_VARIABLE, raising=False)
    monkeypatch.setenv("ONRECORD_LLM_KEY", "a-key-of-mine")
    monkeypatch.setenv("ONRECORD_LLM_URL", "https://models.example/v1")

    def key_at(address: str) -> str:
        reply(desk, "answerer", use=True, llm="small", llm_url=address)
        return desk.assistant.settings.llm_key.get_secret_value()

    assert key_at("https://elsewhere.example/v1") == ""
    assert key_at("https://models.example/v1/") == "a-key-of-mine"


def test_the_page_says_where_the_questions_go(desk: Desk) -> None:
    far = "https://me:secret@models.example:8443/v1"
    chosen = reply(desk, "answerer", use=True, llm="small", llm_url=far)
    assert chosen["stays"] == "Questions and what is found for them go to models.example:8443."
    assert reply(desk, "shelf")["stays"] == chosen["stays"]
    assert reply(desk, "answerer", use=False, llm="small", llm_url=far)["stays"] == (
        "Nothing leaves it."
    )


def test_a_broken_address_keeps_nobody_from_the_page_or_from_switching_back(desk: Desk) -> None:
    broken = {"llm": "small", "llm_url": "http://[::1"}
    assert reply(desk, "answerer", use=False, **broken) == {"stays": "Nothing leaves it."}
    assert reply(desk, "shelf")["stays"] == "Nothing leaves it."
    desk.conversations.prefer(ANSWERER, json.dumps({"use": True, **broken}))
    desk.assistant.settings = Settings()
    apply(desk.assistant, desk.conversations)
    assert desk.assistant.settings.llm == ""


def test_an_answerer_that_cannot_be_is_refused(desk: Desk) -> None:
    there = "http://127.0.0.1:9/v1"
    assert reply(desk, "answerer", use=True, llm="", llm_url=there) == {
        "error": "Name a model first."
    }
    wrong = reply(desk, "answerer", use=True, llm="small", llm_url="file:///etc")
    told = {"error": "The address begins with http:// or https://, and names a server."}
    assert wrong == told
    for broken in ("http://[::1", "http://", "http://a:99999", "http://a b", "http://a\tb", ""):
        assert reply(desk, "answerer", use=True, llm="small", llm_url=broken) == told
        with pytest.raises(ValidationError):
            Settings(llm_url=broken)
    unreached = reply(desk, "try_answerer", use=True, llm="small", llm_url=there)
    assert "small cannot be reached" in unreached["error"]
