"""An opinion's sentences are its author's: who asks what he says is answered by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexes import Document
from qa import Assistant
from qa.readers.imprint import author

COLUMN = """Let the ferries sail

The council closed the harbour of Veere for the winter. That is a mistake, and it will cost us dearly.

Cold water never sank a ship. What sank the Marigold was an old hull that nobody cared to look at.

The harbour master, Bo Tamm, said that the ice was too thick for the ferries.

{note}
"""
NOTE = "Laura Quill is a former mayor of Veere."


def _document(note: str) -> Document:
    return Document("column.txt", COLUMN.format(note=note), "Let the ferries sail")


@pytest.mark.parametrize(
    ("note", "who"),
    [
        (NOTE, "Laura Quill"),
        ("Laura Quill, a former mayor of Veere, writes on the sea.", "Laura Quill"),
        ("John de Berg teaches history at the Naval Academy and is at work on a book.", "John de Berg"),
        ("Bo Tamm is a careful man.", ""),  # named before: it tells of him
        ("Laura Quill is waiting for the thaw.", ""),
        ("Laura Quill said that she was waiting.", ""),
        ("It is a shame.", ""),
        ("Laura Quill is also expected to attend the next hearing of the council.", ""),
        ("Goldman Quill is a bank.", ""),
        ("Election Day is Nov. 8.", ""),
        ("Although Laura is not yet a candidate, Tamm sent a letter.", ""),
    ],
)  # fmt: skip
def test_a_note_below_an_opinion_names_its_author(note: str, who: str) -> None:
    assert author(_document(note)) == who


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("authors")
    (folder / "column.txt").write_text(COLUMN.format(note=NOTE), encoding="utf-8")
    assistant = Assistant.open(folder / "index")
    assistant.add(folder / "column.txt")
    return assistant


@pytest.mark.parametrize(
    "asked",
    ["What does Quill say sank the Marigold?", "What sank the Marigold, according to Laura Quill?"],
)
def test_the_author_is_answered_for_by_the_article(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    assert answer.answered
    assert "old hull" in answer.text
    assert {citation.speaker for citation in answer.citations} == {"Laura Quill"}
    assert answer.interpreted_as is None


def test_the_author_may_go_without_a_name(assistant: Assistant) -> None:
    assert "old hull" in assistant.ask("What does the author say sank the Marigold?").text


def test_what_somebody_else_says_in_it_is_not_the_authors(assistant: Assistant) -> None:
    answer = assistant.ask("What does Quill say about the ice?")
    assert all("too thick" not in citation.quote for citation in answer.citations)
    assert "too thick" in assistant.ask("What does Tamm say about the ice?").text


def test_each_of_two_authors_of_one_name_has_his_own_words(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "index")
    for who, what in (("Laura Quill", "will cost us dearly"), ("Henry Quill", "has saved lives")):
        text = f"Our ferries\n\nBy {who}\n\nThe ferry ban {what}, and it should be talked about.\n"
        assistant.add_text(text, name=f"{who}.txt")
    answer = assistant.ask("What does Quill say about the ferry ban?")
    told = [c for c in answer.citations if "ban" in c.quote]
    assert {(c.speaker, "dearly" in c.quote) for c in told} == {
        ("Laura Quill", True), ("Henry Quill", False),
    }  # fmt: skip


def test_what_nobody_in_particular_says_is_not_the_authors(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "index")
    assistant.add_text(
        "Our ferries\n\nBy Laura Quill\n\nThe council met on Monday.\n\n"
        "“The ice is far too thick for any ferry this year,” they said.\n",
        name="ice.txt",
    )
    answer = assistant.ask("What does Quill say about the ice?")
    assert all("thick" not in c.quote or c.speaker != "Laura Quill" for c in answer.citations)


@pytest.mark.parametrize("asked", ["Why did Quill write this?", "When did Quill say this?"])
def test_what_no_article_says_is_not_answered_by_it(assistant: Assistant, asked: str) -> None:
    assert not assistant.ask(asked).answered


def test_all_that_the_author_says_is_what_the_article_is_about(assistant: Assistant) -> None:
    answer = assistant.ask("What did Laura Quill say?")
    assert answer.answered
    assert "closed the harbour" in answer.text
    assert "Laura Quill" in {citation.speaker for citation in answer.citations}


def test_who_wrote_nothing_stays_unheard(assistant: Assistant) -> None:
    answer = assistant.ask("What does Brandt say sank the Marigold?")
    assert not answer.answered
    assert answer.refusal
    assert answer.refusal.cause == "not-on-record"


def test_who_wrote_it_is_in_the_note(assistant: Assistant) -> None:
    assert assistant.ask("Who wrote this article?").short == "Laura Quill"
