"""Questions that were written for news articles: ``training/written.jsonl``.

They are of all kinds, mostly in other words than the article's, and a quarter of them nothing
answers. A large language model wrote them, with the articles before it. A line is a question as
`qa.evaluation` reads it; its evidence are places in an article of ``polnear/train``, so that no
article is quoted.
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexes.documents import Span
from indexes.words import content_terms
from qa.followups import self_contained
from training.data import Example, cropped, sentences_of

WRITTEN = Path(__file__).with_name("written.jsonl")
_PASSAGES = 2
"""Passages that a question is read with, each cut around its evidence, or around what comes near."""


def halves() -> dict[str, int]:
    """Which half of the articles, 0 or 1, each question is about, by its id.

    Articles take turns in the order of the file, at whose end new ones are written: none changes its half.
    """
    rows = list(_rows())
    names = list(dict.fromkeys(row["documents"][0] for row in rows))
    return {row["id"]: names.index(row["documents"][0]) % 2 for row in rows}


def load_written(
    articles: Path, *, longest: int, seed: int = 0, without: int | None = None
) -> Iterator[Example]:
    """Read the questions, without those about one half of the articles (0 or 1; None: all).

    Each comes with passages that answer and one that does not, or with such as only come near.
    """
    draw, half_of = random.Random(seed), halves()  # noqa: S311 - not for secrets
    for row in _rows():
        if half_of[row["id"]] == without:
            continue
        name = row["documents"][0]
        text = (articles / name).read_text(encoding="utf-8")
        yield from _passages(row, text, name, longest, draw)


def _rows() -> Iterator[dict[str, Any]]:
    with WRITTEN.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _passages(
    row: dict[str, Any], text: str, name: str, longest: int, draw: random.Random
) -> Iterator[Example]:
    question = self_contained(row["question"], tuple(row["history"]))
    spans = sentences_of(text)
    gold = [Span(e["start"], e["end"]) for group in row["evidence"] for e in group]
    asked = set(content_terms(question))
    near = sorted(
        (span for span in spans if not any(span.overlaps(place) for place in gold)),
        key=lambda span: -len(asked & set(content_terms(span.of(text)))),
    )
    around = (
        [gold] * _PASSAGES + [near[:1]] if gold else [near[i : i + 1] for i in range(_PASSAGES)]
    )
    for places in around:
        made = places and cropped(
            question, text, spans, places, name, longest, draw, news=True, gold=gold
        )
        if made:
            yield dataclasses.replace(made, answer=None)
