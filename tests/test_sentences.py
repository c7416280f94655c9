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
