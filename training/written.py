"""Questions that were written for news articles: ``training/written.jsonl``.

They are of all kinds, mostly in other words than the article's, and a quarter of them nothing
answers. A large language model wrote them, with the articles before it. A line is a question as
`qa.evaluation` reads it; its evidence are places in an article of ``polnear/train``, so that no
article is quoted.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from indexes.documents import Span
from indexes.words import content_terms
from qa.followups import self_contained
from training.data import FOLDS, Article, Example, cropped, rows_of, sentences_of

WRITTEN = Path(__file__).with_name("written.jsonl")
_PASSAGES = 2
"""Passages that a question is read with, each cut around its evidence, or around what comes near."""


def folds() -> dict[str, int]:
    """Which fold of the articles each question is about, by its id.

    Articles take turns in the order of the file, at whose end new ones are written: none changes its fold.
    """
    rows = list(rows_of(WRITTEN))
    names = list(dict.fromkeys(row["documents"][0] for row in rows))
    return {row["id"]: names.index(row["documents"][0]) % FOLDS for row in rows}


def load_written(
    articles: Path, *, longest: int, seed: int = 0, without: int | None = None
) -> Iterator[Example]:
    """Read the questions, without those about one fold of the articles (None: all of them).

    Each comes with passages that answer and one that does not, or with such as only come near.
    """
    draw, fold_of = random.Random(seed), folds()  # noqa: S311 - not for secrets
    for row in rows_of(WRITTEN):
        if fold_of[row["id"]] == without:
            continue
        name = row["documents"][0]
        text = (articles / name).read_text(encoding="utf-8")
        question = self_contained(row["question"], tuple(row["history"]))
        gold = [Span(e["start"], e["end"]) for group in row["evidence"] for e in group]
        article = Article.of(name, text)
        yield from of_an_article(question, text, gold, article, longest, draw)


def of_an_article(
    question: str,
    text: str,
    gold: Sequence[Span],
    article: Article,
    longest: int,
    draw: random.Random,
) -> Iterator[Example]:
    """Passages of an article for a question: two that answer and one that does not, or two that only come near.

    Args:
        question: one that stands alone.
        text: the article's.
        gold: all places of the article that answer; none where it does not.
        article: the same, as its passages name it.
        longest: characters of a passage, about.
        draw: where the passages are cut.
    """
    spans = sentences_of(text)
    asked = set(content_terms(question))
    near = sorted(
        (span for span in spans if not any(span.overlaps(place) for place in gold)),
        key=lambda span: -len(asked & _terms(span.of(text))),
    )
    around = (
        [gold] * _PASSAGES + [near[:1]] if gold else [near[i : i + 1] for i in range(_PASSAGES)]
    )
    for places in around:
        made = places and cropped(
            question, text, spans, places, article, longest, draw, news=True, gold=gold
        )
        if made:
            yield dataclasses.replace(made, answer=None)


@lru_cache(maxsize=4096)
def _terms(sentence: str) -> frozenset[str]:
    return frozenset(content_terms(sentence))
