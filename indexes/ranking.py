"""Passages that meaning and words proposed, in one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexes.encoder import Vectors
from indexes.fusion import fuse, order
from indexes.passages import Passage
from indexes.records import StoredPassage
from indexes.store import Store

WEIGHTS = np.array([0.8, 1.0, 0.8])
"""Of a passage's own vector, of BM25, and of its best sentence's vector; how they were found is not on record."""
_SAME = 0.97
"""Cosine at which two passages of near-duplicates are the same one."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that a search found.

    Attributes:
        id: the passage's number in the index.
        document: the document's name.
        document_number: the document's number in the index.
        passage: its sentences and their places.
        score: fused, higher is better; comparable only within one search.
        dense: inner product of query and passage, in [-1, 1].
        bm25: of the full-text search, 0 if it did not find the passage.
        sentence_scores: (sentences,) inner product of query and each sentence.
        also_in: names of documents that have nearly the same passage, and are left out for it.
    """

    id: int
    document: str
    document_number: int
    passage: Passage
    score: float
    dense: float
    bm25: float
    sentence_scores: Vectors
    also_in: tuple[str, ...] = ()


def ranked(
    store: Store,
    vector: Vectors,
    nearest: Mapping[int, float],
    matching: Mapping[int, float],
    limit: int,
) -> list[RankedPassage]:
    """Rank the passages that two searches proposed.

    Args:
        store: where they are.
        vector: (dimension,) the query's.
        nearest: passages near it in meaning, by number.
        matching: those that share words with it, each with its BM25.
        limit: how many passages at most.

    Returns:
        Passages, best first, each content once; ties in reading order.
    """
    found = store.passages(sorted({*nearest, *matching}))
    if not found:
        return []
    sentence_scores = [stored.sentence_vectors @ vector for stored in found]
    dense = np.array([stored.vector @ vector for stored in found], dtype=np.float64)
    bm25 = np.array([matching.get(stored.id, 0.0) for stored in found])
    best = np.array([scores.max(initial=-1.0) for scores in sentence_scores], dtype=np.float64)
    scores = fuse(np.array([dense, bm25, best]), WEIGHTS)
    groups = store.groups(sorted({stored.document for stored in found}))

    def passage(i: int, stored: StoredPassage, also: Sequence[int]) -> RankedPassage:
        return RankedPassage(
            stored.id, groups[stored.document][0], stored.document, stored.passage, float(scores[i]),
            float(dense[i]), float(bm25[i]), sentence_scores[i], tuple(groups[n][0] for n in also),
        )  # fmt: skip

    best_first = [int(i) for i in order(scores)]
    kept = _once([found[i] for i in best_first], groups, limit)
    return [passage(best_first[at], found[best_first[at]], also) for at, also in kept.items()]


def _once(
    ranked: Sequence[StoredPassage], groups: Mapping[int, tuple[str, int]], limit: int
) -> dict[int, list[int]]:
    """Leave out passages that a near-duplicate of their document has too, and ranks better with.

    Returns:
        The places in ``ranked`` of the passages to keep, at most ``limit``, each with the numbers of
        the documents that repeat it.
    """
    kept: dict[int, list[int]] = {}
    for at, passage in enumerate(ranked):
        same = next(
            (
                earlier
                for earlier in kept
                if groups[ranked[earlier].document][1] == groups[passage.document][1]
                and ranked[earlier].document != passage.document
                and float(ranked[earlier].vector @ passage.vector) >= _SAME
            ),
            None,
        )
        if same is not None:
            kept[same].append(passage.document)
        elif len(kept) < limit:
            kept[at] = []
    return kept
