"""Questions written in pairs, one that is answered and one that is not: ``training/contrasts.jsonl``.

Both are on the same subject and in words like the text's own, so that only reading it tells them apart.
Large language models wrote them, with the text before them. A line is a passage, or a whole article, with
its questions; it points into ``reading/`` or an article of ``polnear/train``, so that no text is quoted.
Source of the idea: Gardner et al., Evaluating models' local decision boundaries via contrast sets (2020).
"""

from __future__ import annotations

import dataclasses
import functools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexes.documents import Span
from training.data import Article, Example, rows_of, sentences_of
from training.written import of_an_article

CONTRASTS = Path(__file__).with_name("contrasts.jsonl")


def load_contrasts(data: Path, *, longest: int, seed: int = 0) -> Iterator[Example]:
    """Read the questions; no twin is to be made of them.

    One on a passage comes with the whole of it, one on an article with passages of about ``longest`` characters.
    """
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    contexts = functools.cache(lambda file: list(rows_of(data / "reading" / file)))
    for row in rows_of(CONTRASTS):
        if "line" in row:
            at: dict[str, Any] = contexts(row["file"])[row["line"]]
            text, article = at["context"], Article(at["title"], at["title"])
        else:
            file = data / "polnear" / "train" / "articles" / row["file"]
            whole = file.read_text(encoding="utf-8")
            text, article = whole[row.get("start") : row.get("end")], Article.of(row["file"], whole)
        all_of_it = "line" not in row and "start" not in row
        for asked in row["questions"]:
            places = [Span(*place) for place in asked["evidence"]]
            words = Span(*asked["answer"]).of(text) if "answer" in asked else ""
            made = (
                of_an_article(asked["question"], text, places, article, longest, draw)
                if all_of_it
                else [_on_all_of(text, article, asked["question"], places)]
            )
            yield from (_answered_by(words, example) for example in made)


def _on_all_of(text: str, article: Article, question: str, places: list[Span]) -> Example:
    spans = sentences_of(text)
    evidence = tuple(
        i for i, span in enumerate(spans) if any(span.overlaps(place) for place in places)
    )
    answering = tuple(spans[i].of(text) for i in evidence)
    return Example(question, text, spans, evidence, None, article, text, answering)


def _answered_by(words: str, example: Example) -> Example:
    """The example, with where in its evidence the few words stand that answer."""
    at = [
        example.text.find(words, example.spans[i].start, example.spans[i].end)
        for i in example.evidence
    ]
    found = next((Span(i, i + len(words)) for i in at if words and i >= 0), None)
    return dataclasses.replace(example, answer=found, paired=True)
