"""Misspelt names in a question are read as the names on record, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import Assistant
from qa.spelling import corrected


@pytest.fixture(scope="module")
def spelt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("spelt")
    (folder / "port.txt").write_text(
        "Sergei Hovrat and Betty Lindqvist met on Monday.\n\nHovrat said that an investigation into the sinking had "
        "finished.\n\nLindqvist denied it. Secretary Vondrak and the cellist Maëlle Zorić came, too, and a pundrit "
        "singer came to the slums of Port Ellen.\n",
        encoding="utf-8",
    )
    assistant = Assistant.open(folder / "index")
    assistant.add(folder / "port.txt")
    yield assistant
    assistant.close()


def _read(question: str, assistant: Assistant) -> str:
    # As if the reader knew nothing but these words whole.
    return corrected(question, assistant.index, {"sincere", "walk"}.__contains__)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("What did Hovrad say?", "What did Hovrat say?"),
        ("What did Hovvrat say?", "What did Hovrat say?"),
        ("What did Hvrat say?", "What did Hovrat say?"),
        ("What did Hovart say?", "What did Hovrat say?"),
        ("Hovrad's view", "Hovrat's view"),
        ("what did hovrad say", "what did Hovrat say"),
        ("Did Sergei Hovrad meet Bettty Lindqvist?", "Did Sergei Hovrat meet Betty Lindqvist?"),
        ("What did Secretary Vondrek say?", "What did Secretary Vondrak say?"),
        ("Who is Zoric?", "Who is Zoric?"),
        ("Who is Zorik?", "Who is Zoric?"),
        ("How did the invesitgation end?", "How did the investigation end?"),
    ],
)
def test_one_slip_in_a_name_is_put_right(spelt: Assistant, asked: str, read: str) -> None:
    assert _read(asked, spelt) == read


@pytest.mark.parametrize(
    "asked",
    [
        "What did Hovrat say about Lindqvist?",
        "What did Betty Hovrad say?",  # another person: no Betty Hovrat is on record
        "What did Sergei Lindqvint say?",
        "What did HOVRAD say?",  # initials, for all one knows
        "What did Kovrat say?",  # the first letter is seldom wrong
        "What did Hovradd say?",  # two slips
        "Was the slurs' author a signer or a pundit?",  # words that no article has, one slip from some
        "Was anybody sincere enough to walk?",
        "What did Ho'vrad's say?",
        "Что сказал Ховрат?",
        "",
    ],
)
def test_other_words_stay_as_they_are(spelt: Assistant, asked: str) -> None:
    assert _read(asked, spelt) == asked


def test_no_article_is_read_for_a_word_that_would_stay(
    spelt: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelt.index, "document", None)
    for question in ("Was there a slurs or a pundit?", "Was the investigatiom long?"):
        assert _read(question, spelt) == question
    with pytest.raises(TypeError):
        _read("Was the invesitgation long?", spelt)


def test_a_common_word_is_meant_as_it_is_written(spelt: Assistant) -> None:
    assert corrected("What did Hovrad say?", spelt.index, {"hovrad"}.__contains__) == (
        "What did Hovrad say?"
    )


def test_the_answer_says_how_a_misspelt_question_was_read(spelt: Assistant) -> None:
    right = spelt.ask("What did Hovrat say about the investigation?")
    answer = spelt.ask("What did Hovrad say about the investigation?")
    assert answer.question == "What did Hovrad say about the investigation?"
    assert answer.interpreted_as == "What did Hovrat say about the investigation?"
    assert answer.answered
    assert answer.citations == right.citations
    assert answer.confidence == right.confidence
    after = spelt.ask("And Lindqvits?", history=["What did Hovrat say about the investigation?"])
    assert after.interpreted_as is not None
    assert "Lindqvist" in after.interpreted_as


def test_nothing_is_put_right_where_nothing_is_on_record(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "empty")
    assert assistant.ask("What did Hovrad say?").interpreted_as is None
    assistant.close()
