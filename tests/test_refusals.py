"""Why the articles do not say: one sentence of English for every caller, the page's language on it."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError

from qa.answer import Answer, AnswerSentence, Citation
from qa.question import AnswerType
from qa.refusal import Cause, Refusal
from ui.language import DEFAULT, languages, speaking
from ui.refusals import declined

TOLD = (
    (
        Refusal(cause="not-on-record", names=("Ada Quill", "Tamm"), others=("Lindow",)),
        "Ada Quill and Tamm are not on record in them. On record about it: Lindow.",
        "Ada Quill und Tamm kommen darin nicht zu Wort. Dazu äußern sich: Lindow.",
    ),
    (
        Refusal(cause="not-on-record", names=("Tamm Jr.",), others=("Lindow", "Ada Quill Jr.")),
        "Tamm Jr. is not on record in them. On record about it: Lindow and Ada Quill Jr.",
        "Tamm Jr. kommt darin nicht zu Wort. Dazu äußern sich: Lindow und Ada Quill Jr.",
    ),
    (
        Refusal(cause="unused-words", names=("volcano", "erupted", "lava")),
        "They do not use the words “volcano”, “erupted” or “lava”.",
        "Die Wörter „volcano“, „erupted“ oder „lava“ kommen darin nicht vor.",
    ),
    (
        Refusal(cause="unused-words", names=("volcano",)),
        "They do not use the word “volcano”.",
        "Das Wort „volcano“ kommt darin nicht vor.",
    ),
    (
        Refusal(cause="not-about-this", names=("Quill",)),
        "Quill is on record in them, but not about this.",
        "Quill kommt darin zu Wort, aber nicht dazu.",
    ),
    (
        Refusal(cause="named-only", names=("Marigold",), times=1, wanted="date"),
        "They name Marigold once, but give no date that answers this.",
        "Marigold kommt darin einmal vor, aber kein Datum, das darauf antwortet.",
    ),
    (
        Refusal(cause="nothing-more"),
        "There is nothing in them about it beyond what was cited already.",
        "Über das bereits Zitierte hinaus steht dazu nichts darin.",
    ),
    (
        Refusal(cause="nothing-near"),
        "Nothing in them comes near this question.",
        "Keine Stelle kommt dieser Frage nahe.",
    ),
)


def answer(refusal: Refusal | None, text: str = "The articles do not say.") -> Answer:
    return Answer(question="Why?", answered=False, confidence=0.1, text=text, refusal=refusal)


@pytest.mark.parametrize(("refusal", "english", "german"), TOLD, ids=lambda case: str(case)[:40])
def test_a_refusal_is_told_in_the_pages_language(
    refusal: Refusal, english: str, german: str
) -> None:
    assert str(declined(answer(refusal))) == f"The articles do not say. {english}"
    assert str(refusal).lower() == f"The articles do not say: {english}".lower()
    with speaking("de"):
        said = declined(answer(refusal))
    assert (said.head, said.why, said.language) == ("Das sagen die Artikel nicht.", german, "")


def test_what_the_file_has_ends_in_one_full_stop() -> None:
    refusal = Refusal(cause="unsigned", names=("Ada Quill Jr.",))
    told = "The articles do not say who wrote them; the file or page has Ada Quill Jr."
    assert str(refusal) == told
    assert str(declined(answer(refusal))).endswith("has: Ada Quill Jr.")


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_can_be_told_in_every_language(code: str, cause: Cause) -> None:
    for wanted in get_args(AnswerType):
        refusal = Refusal(cause=cause, names=("Quill",), others=("Tamm",), times=2, wanted=wanted)
        with speaking(code):
            said = declined(answer(refusal))
        assert str(said)[-1] in ".!"
        assert said.language == ""
        assert str(refusal).startswith("The articles do not say") == bool(said.why)
        assert code == DEFAULT or "articles" not in str(said)


def test_an_answer_kept_without_the_facts_stays_as_it_was_said() -> None:
    with speaking("de"):
        said = declined(answer(None, "The articles do not say: they name Ada once."))
    assert str(said) == "The articles do not say: they name Ada once."
    assert said.language == "en"


def test_the_facts_travel_with_a_refusal_and_with_nothing_else() -> None:
    refused = answer(TOLD[0][0])
    assert Answer.model_validate_json(refused.model_dump_json()) == refused
    assert "refusal" not in answer(None).model_dump(mode="json")
    cited = {"number": 1, "document": "a", "title": "A", "document_id": "0", "quote": "a"}
    with pytest.raises(ValidationError, match="only a refusal"):
        Answer(
            question="Why?",
            answered=True,
            confidence=0.9,
            text="a [1]",
            sentences=(AnswerSentence(text="a", citations=(1,)),),
            citations=(Citation.model_validate({**cited, "start": 0, "end": 1}),),
            refusal=refused.refusal,
        )
