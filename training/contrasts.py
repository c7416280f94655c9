"""Questions written in pairs, one that a passage answers and one that it does not: ``training/contrasts.jsonl``.

Both are on the passage's subject and in words like its own, so that only reading it tells them apart.
Large language models wrote them, with the passages before them. A line is a passage with its questions;
it points into ``reading/`` or an article of ``polnear/train``, so that no text is quoted. Source of the
idea: Gardner et al., Evaluating models' local decision boundaries via contrast sets (2020).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexes.documents import Span
from training.data import Example, rows_of, sentences_of

CONTRASTS = Path(__file__).with_name("contrasts.jsonl")


def load_contrasts(data: Path) -> Iterator[Example]:
    """Read the questions, each on its whole passage; no twin is to be made of them."""
    contexts: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(CONTRASTS):
        if "line" in row:
            file = row["file"]
            contexts.setdefault(file, list(rows_of(data / "reading" / file)))
            at = contexts[file][row["line"]]
            text, title = at["context"], at["title"]
        else:
            title = row["file"]
            article = (data / "polnear" / "train" / "articles" / title).read_text(encoding="utf-8")
            text = article[row["start"] : row["end"]]
        spans = tuple(sentences_of(text))
        for asked in row["questions"]:
            places = [Span(*place) for place in asked["evidence"]]
            evidence = tuple(
                i for i, span in enumerate(spans) if any(span.overlaps(place) for place in places)
            )
            yield Example(
                asked["question"], text, spans, evidence,
                Span(*asked["answer"]) if "answer" in asked else None, title, text,
                tuple(spans[i].of(text) for i in evidence), paired=True,
            )  # fmt: skip
