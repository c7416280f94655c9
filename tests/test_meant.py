"""Whom pronouns mean, and the names that the reader is given for them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexes import Document, Span
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements, people_meant
from indexes.statements import Statement
from qa.question import understand
from qa.readers.joint import Shown
from qa.readers.people import names_asked_about


def _statements(text: str) -> list[Statement]:
    blocks = paragraphs(text)
    return find_statements(text, [s for b in blocks for s in sentences(text, b)], blocks)


def _meant(text: str) -> list[tuple[str, str]]:
    found = people_meant(text, _statements(text))
    assert all(place == Span(place.start, place.end) for place, _ in found)
    return [(place.of(text), name) for place, name in found]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (  # who speaks is a man, and the woman was named before
            "Mary Tamm was held at the border. Her family calls it a mistake.\n\nJohn Quill says her case is open.",
            [("her", "Mary Tamm")],
        ),
        (  # one who is quoted calls himself "I"
            "Peter Tamm left at noon. “He was ill,” John Quill said.",
            [("He", "Peter Tamm")],
        ),
        ("John Quill met Peter Tamm. His car was late.", [("His", "John Quill")]),  # the subject's
        ("Nobody met Peter Tamm. John Quill's father saw that he was ill.", []),  # either
        ("The mayor said that he was ill.", []),  # nobody is named
        ("John Quill said that he was ill.", [("he", "John Quill")]),
        ("“I am ill,” he said of John Quill.", []),  # who says it is left to the statements
    ],
)
def test_whom_a_pronoun_plainly_means(text: str, meant: list[tuple[str, str]]) -> None:
    assert _meant(text) == meant


_HELD = "Mary Tamm was held at the border.\n\nJohn Quill says her case is open, and that he told her so."


@pytest.mark.parametrize(
    ("question", "speakers", "read"),
    [
        (
            "What did Quill say about Tamm?", ["John Quill"],
            "John Quill says Tamm’s case is open, and that he told Tamm so.",
        ),
        (
            "What did Quill say about the border?", ["John Quill"],
            "John Quill says her case is open, and that he told her so.",
        ),
        (
            "What has Tamm said?", ["Mary Tamm"],
            "John Quill says her case is open, and that he told her so.",
        ),
    ],
)  # fmt: skip
def test_the_reader_is_given_the_names_of_those_asked_about(
    question: str, speakers: list[str], read: str
) -> None:
    document = Document("a.txt", _HELD, "a.txt")
    names = names_asked_about(understand(question), speakers, document, _statements(_HELD))
    seen = Span(_HELD.index("John Quill"), len(_HELD))
    written, places = Shown("", _HELD, [seen], seen, names).written()
    assert written == read
    assert len(places) == len(written)
    assert "".join(dict.fromkeys(place.of(_HELD) for place in places if len(place) > 1)) in (
        "her",
        "",
    )
    # What is not replaced stands where it is read.
    assert all(place.of(_HELD) == written[i] for i, place in enumerate(places) if len(place) == 1)


def test_a_book_is_read_as_it_stands() -> None:
    text = f"{_HELD} " + "Nobody came. " * 4000
    document = Document("a.txt", text, "a.txt")
    asked = understand("What did Quill say about Tamm?")
    assert names_asked_about(asked, ["John Quill"], document, _statements(_HELD)) == ()


_BITS = [
    "Mary Tamm",
    "John Quill",
    "her",
    "He",
    "his",
    "said",
    "“",
    "”",
    ". ",
    "\n\n",
    ", ",
    "\u0130",
    "😀",
    "é",
]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.sampled_from(_BITS) | st.text(max_size=4), max_size=60).map(" ".join))
def test_names_are_read_in_any_text_and_every_character_has_its_place(text: str) -> None:
    statements = _statements(text)
    names = people_meant(text, statements)
    ends = [0, *(place.end for place, _ in names)]
    assert all(end <= place.start for end, (place, _) in zip(ends, names, strict=False))
    whole = Span(0, len(text))
    written, places = Shown("", text, [whole], whole, names).written()
    assert len(written) == len(places)
    assert [place.start for place in places] == sorted(place.start for place in places)
    assert sum(len(name) - len(place) for place, name in names) == len(written) - len(text)


@pytest.mark.parametrize(("between", "told"), [(2, False), (12, True)])
def test_the_minister_who_speaks_far_from_the_name_is_given_it(between: int, told: bool) -> None:
    first = "Foreign Minister Ada Quill came to the harbour. Quill said that it was cold."
    rain = " The rain went on all day." * between
    text = f"{first}{rain}\n\nThe minister said that the boats had left."
    document = Document("a.txt", text, "a.txt")
    names = names_asked_about(
        understand("What did Quill say about the boats?"),
        ["Ada Quill"],
        document,
        _statements(text),
    )
    place = Span(text.index("The minister"), text.index("The minister") + len("The minister"))
    assert names == ([(place, "Quill")] if told else [])
