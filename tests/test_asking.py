"""Whose words are asked for, whoever they are and however the question is put."""

from __future__ import annotations

import pytest

from qa.question import understand
from qa.speakers import whole_names

SPEAKERS = (
    "Ada Quill", "the judge", "the county judge", "the State Council", "the General Assembly", "Bo Connelly",
    "the U.N.", "Lt. Gov. Ada Quill", "U.S. officials", "Quill supporters", "the secretary of state",
    "the Charge Nurses' Union", "the Committee to Save Whales", "the victim's family", "al-Quill", "Ada d’Quill",
)  # fmt: skip
QUESTIONS = (
    "What did {} say about the quotas?", "What has {} said about the quotas?",
    "What did {} also say about the quotas?", "According to {}, are the quotas fair?",
    "Tell me what {} said about the quotas.", "what did {} claim about the quotas",
    "What did {} have to say about the quotas?", "Why does {} say that the quotas are fair?",
)  # fmt: skip
PAIRS = (
    ("Quill", "Tamm"), ("the State Council", "the U.N."), ("the judge", "Bo Connelly"), ("Sen. Quill", "Gov. Tamm"),
    ("the ferry union", "Norway's harbour ministry"), ("U.S. officials", "Tamm's lawyer"),
)  # fmt: skip
COMPARISONS = (
    "Do {} and {} agree on the quotas?", "What do {} and {} each say about the quotas?",
    "How does {}'s account of the quotas differ from {}'s?", "Compare {}'s and {}'s views on the quotas.",
    "Do {} and {} tell the same story about the quotas?",
    "What is the difference between what {} and {} say about the quotas?",
    "Is there a difference between {}'s and {}'s accounts of the quotas?",
    "Does {}'s account of the quotas match {}'s?",
)  # fmt: skip


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_whoever_is_asked_for_is_understood_whole(speaker: str, asked: str) -> None:
    found = understand(asked.format(speaker))
    assert (found.form, found.speakers) == ("said", (speaker,))
    assert "quota" in found.topic


@pytest.mark.parametrize("asked", COMPARISONS)
@pytest.mark.parametrize("pair", PAIRS)
def test_whoever_is_compared_is_understood_whole(pair: tuple[str, str], asked: str) -> None:
    found = understand(asked.format(*pair))
    owner = pair[1].replace("Norway's", "the Norway").replace("Tamm's", "the Tamm")
    bare = {name.removeprefix("the ") for name in (*pair, owner)}
    assert found.form == "both-said"
    assert len(found.speakers) == 2
    assert {name.removeprefix("the ") for name in found.speakers} <= bare
    assert found.topic == ("quota",)


@pytest.mark.parametrize(
    "question",
    [
        "What did Quill, Tamm and the harbour master say about the quotas?",
        "Are the quotas fair? What do Quill, Tamm and the harbour master think?",
        "Are the quotas fair, according to Quill, Tamm and the harbour master?",
        "Are the quotas fair in the view of Quill, Tamm and the harbour master?",
        "How do Quill, Tamm and the harbour master see the quotas?",
        "Who is right about the quotas, Quill, Tamm or the harbour master?",
        "Quill, Tamm and the harbour master on the quotas: how do they differ?",
    ],
)
def test_all_that_are_listed_are_asked_for(question: str) -> None:
    found = understand(question)
    assert found.form == "both-said"
    assert found.speakers == ("Quill", "Tamm", "the harbour master")
    assert "quota" in found.topic


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("How much are Quill, Roe and Tamm said to have paid?", "fact"),
        ("How long did Quill, Roe and Tamm talk about the quotas?", "fact"),
        ("How do Quill and Tamm describe the quotas, according to Roe?", "said"),
        ("Are the quotas fair, according to Quill, the harbour master?", "said"),
        ("How did the United States plan to raise the quotas?", "fact"),
        ("Why did Quill leave listeners thinking that he was lost?", "fact"),
        ("What does the report say about the quotas?", "fact"),
        ("What does Quill's report say about the quotas?", "said"),
        ("What did the harbour report conclude?", "fact"),
        ("What did a spokesman for the ministry say?", "said"),
        ("What did Quill tell state television?", "said"),
        ("When will Quill and Tamm see each other again?", "fact"),
    ],
)
def test_what_only_looks_like_a_verb_of_saying_asks_for_no_words(question: str, form: str) -> None:
    assert understand(question).form == form


def test_a_body_with_an_and_in_its_name_is_one() -> None:
    known = ["the Fish and Whale Board", "Ada Quill", "Quill and Tamm", "Bo Tamm"]
    assert whole_names(("the Fish", "Whale Board"), known) == ("the Fish and Whale Board",)
    assert whole_names(("Ada Quill", "the Fish", "Whale Board"), known) == (
        "Ada Quill",
        "the Fish and Whale Board",
    )
    assert whole_names(("Quill", "Tamm"), known) == ("Quill", "Tamm")
    assert whole_names((), known) == ()
    assert whole_names(("Quill",), ["the", *known]) == ("Quill",)  # a speaker without a name


@pytest.mark.parametrize(
    ("question", "topic", "anything"),
    [
        ("What did Quill tell reporters?", (), True),
        ("What did Quill tell the court about the quotas?", ("quota",), False),
        ("What did Quill tell Tamm?", ("tamm",), False),
        ("What did Quill say?", (), True),
    ],
)
def test_to_whom_it_is_said_is_no_topic(
    question: str, topic: tuple[str, ...], anything: bool
) -> None:
    found = understand(question)
    assert (found.topic, found.asks_for_anything_said) == (topic, anything)


@pytest.mark.parametrize(
    ("question", "form", "topic"),
    [
        ("What Did Quill Say About The Quotas?", "said", ("quota",)),
        ("What did Quill tell reporters about the report?", "said", ("report",)),
        ("What did Quill tell the press secretary?", "said", ("press", "secretari")),
        ("What do Quill and Tamm say about the match?", "both-said", ("match",)),
        ("Did Quill deny saying that?", "said", ()),
        ("What did Quill hear voters say?", "fact", ("quill", "hear", "voter")),
    ],
)
def test_words_are_what_they_are_in_their_place(
    question: str, form: str, topic: tuple[str, ...]
) -> None:
    found = understand(question)
    assert (found.form, found.topic) == (form, topic)
