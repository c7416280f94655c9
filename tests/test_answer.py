"""An answer that breaks the promise cannot be constructed; one that keeps it fits the schema."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from qa import Answer, Citation
from qa.answer import AnswerSentence


def _citation(number: int = 1, **changes: Any) -> Citation:
    values: dict[str, Any] = {
        "number": number, "document": "a.txt", "title": "A", "start": 3, "end": 7, "quote": "word",
        "document_id": "0" * 64,
    }  # fmt: skip
    return Citation(**{**values, **changes})


def _answer(**changes: Any) -> Answer:
    values: dict[str, Any] = {
        "question": "Why?", "answered": True, "confidence": 0.8, "text": "word [1]",
        "sentences": (AnswerSentence(text="word", citations=(1,)),), "citations": (_citation(),),
    }  # fmt: skip
    return Answer(**{**values, **changes})


def test_an_answer_with_a_citation_for_each_sentence_is_accepted() -> None:
    assert _answer().citations[0].quote == "word"


@pytest.mark.parametrize(
    "changes",
    [
        {"answered": False},  # declined, but cites
        {"citations": ()},  # claims without a citation
        {"citations": (), "sentences": ()},  # answered with nothing
        {"citations": (_citation(2),)},  # not numbered from 1
        {"citations": (_citation(1), _citation(2))},  # one that no sentence uses
        {"confidence": 1.2},
        {"invented": "field"},
        {"short": "sword"},  # not a part of what is quoted
    ],
)
def test_an_answer_that_breaks_the_promise_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _answer(**changes)


def test_the_short_answer_is_a_part_of_a_quote() -> None:
    assert _answer(short="or").short == "or"


def test_a_sentence_without_a_citation_is_refused() -> None:
    with pytest.raises(ValidationError):
        AnswerSentence(text="word", citations=())


def test_a_quote_that_does_not_fill_its_place_is_refused() -> None:
    with pytest.raises(ValidationError):
        _citation(quote="words")


def test_absent_strings_are_left_out_as_the_schema_wants() -> None:
    data = _answer().model_dump(mode="json")
    assert "interpreted_as" not in data
    assert "id" not in data
    assert data["citations"][0]["speaker"] is None
    assert set(data) >= {"question", "answered", "confidence", "text", "sentences", "citations"}


def test_an_answer_survives_json() -> None:
    answer = _answer(interpreted_as="Why is that?", id="q1")
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
