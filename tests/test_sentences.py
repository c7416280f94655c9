"""Where sentences end."""

from __future__ import annotations

import pytest

from indexes.sentences import paragraphs, sentences


@pytest.mark.parametrize(
    "whole",
    [
        "“It was a storm, and nothing else,” Rep. Ada Quill (D-Wis.) said Friday.",
        "Gov. Bo Tamm said that it would be improper to speak of it.",
        "The ship was met by Lt. Gov. Bo Tamm, Sens. Ada Quill and Ida Roos, and Capt. Jo Ek.",
        "Reps. Ada Quill and Bo Tamm left at 5 p.m. on Sept. 9.",
        "“It is a waste of time,” said Del. Ida Roos of the Outer Isles.",
        "The Isles are led by Pres. Ada Quill and Sec. Bo Tamm.",
        "The poll was held Feb. 11-15, as in Quill v. Tamm, No. 14-915.",
        "PORT ELLEN, Fla. (AP) — Ferries sailed again on Monday.",
        "PORT ELLEN, Calif. — “Nobody has asked me,” said Bo Tamm.",
        "ABY, N.C. - Nobody asked the old man, said Sen. Bo Tamm Jr. (D-Pa.), his neighbor.",
    ],
)
def test_a_title_does_not_end_the_sentence_before_its_name(whole: str) -> None:
    text = f"The Marigold sank. {whole} Nobody raised it."
    (paragraph,) = paragraphs(text)
    assert [span.of(text) for span in sentences(text, paragraph)] == [
        "The Marigold sank.",
        whole,
        "Nobody raised it.",
    ]


@pytest.mark.parametrize(
    "first",
    [
        "It was reported by the Associated Press.",
        "She was born in Dover, Del.",
        "They settled in Eau Claire, Wis.",
        "The rate fell in Dec.",
        "He asked for both, and she said No.",
        "She swam it in 58.05.",
        "The ferry left at 5 a.m.",
        "He sailed it to the U.S.",
    ],
)
def test_an_abbreviation_may_end_a_sentence(first: str) -> None:
    text = f"{first} The Marigold sank."
    (paragraph,) = paragraphs(text)
    assert [span.of(text) for span in sentences(text, paragraph)] == [first, "The Marigold sank."]
