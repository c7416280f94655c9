"""The list of who said what, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexes.documents import Document, Span
from indexes.statements import Statement
from qa import Assistant
from ui.conversations import Conversations
from ui.desk import Desk, answering
from ui.people import UNSURE, people
from ui.views.statements import STATEMENTS, about, around, in_words

TEXT = "“We sail,” Ada Quill said on Monday. “Tomorrow.” Nobody answered her."
DOCUMENT = Document("port.txt", TEXT, "A port")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SPLIT = Statement(
    content=(span("“We sail,”"), span("“Tomorrow.”")),
    cue=span("said"),
    source=span("Ada Quill"),
    speaker="Ada Quill",
    kind="direct",
    score=1.0,
)


def ledger(assistant: Assistant, **sent: object) -> dict[str, Any]:
    talks = Conversations(Path(":memory:"))
    desk = Desk(assistant, Path(), talks)
    reply = answering(desk, "ledger", STATEMENTS.replies["ledger"])(sent)
    talks.close()
    return reply


def test_a_statement_is_shown_in_its_sentence_with_what_was_said_and_the_cue_apart() -> None:
    assert in_words(SPLIT, TEXT) == (
        ("said", "“We sail,”"),
        ("", " Ada Quill "),
        ("cue", "said"),
        ("", " on Monday. "),
        ("said", "“Tomorrow.”"),
    )


def test_a_cue_that_stands_far_away_does_not_drag_the_text_between_along() -> None:
    text = "He said. " + "x" * 900 + " It sails."
    far = Statement((Span(len(text) - 9, len(text)),), Span(3, 7), None, "", "indirect", 0.1)
    assert around(far, text) == Span(len(text) - 9, len(text))


def test_words_are_found_by_their_stem_and_by_their_beginning() -> None:
    assert about(SPLIT, TEXT, "sailing")
    assert about(SPLIT, TEXT, "tomo")
    assert about(SPLIT, TEXT, "")
    assert not about(SPLIT, TEXT, "sail monday"), "Monday is around it, not in it"


def test_speakers_are_counted_and_the_unsure_ones_come_last() -> None:
    counted = people({"": 3, "Bo": 1, "Ada": 2})
    assert [(p.key, p.statements, p.share) for p in counted] == [
        ("Ada", 2, 100),
        ("Bo", 1, 50),
        (UNSURE, 3, 100),
    ]


def test_a_filter_by_speaker_keeps_the_counts_of_the_others(shared_assistant: Assistant) -> None:
    everyone, quill = ledger(shared_assistant), ledger(shared_assistant, speaker="Quill")
    assert quill["speaker"] == "Ada Quill"
    assert "Boris Tamm" not in quill["rows"]
    assert "Boris Tamm" in quill["people"]
    assert int(quill["found"].split()[0]) < int(everyone["found"].split()[0])


def test_words_and_article_narrow_the_list_and_its_speakers(shared_assistant: Assistant) -> None:
    found = ledger(shared_assistant, about="school", article="prize.txt")
    assert "Mira Lindow" in found["people"]
    assert "Quill" not in found["people"]
    assert ledger(shared_assistant, article="no such article")["article"] == ""
    assert "Nobody is on record" in ledger(shared_assistant, about="zeppelin")["rows"]


def test_what_makes_no_sense_is_refused_in_a_sentence(shared_assistant: Assistant) -> None:
    assert "reload" in ledger(shared_assistant, after=-1)["error"]


@pytest.mark.parametrize("after", [0, 3])
def test_statements_are_numbered_through_all_pages(shared_assistant: Assistant, after: int) -> None:
    assert f'data-citation="{after + 1}"' in ledger(shared_assistant, after=after)["rows"]
