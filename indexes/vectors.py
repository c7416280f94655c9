"""The passages' vectors, searched through FAISS: derived from the store, and made again whenever in doubt.

A snapshot is a base, which is a file and never changes, and what happened since: the vectors of later
passages, held in memory, and the numbers of those that are gone. Passages keep the store's own ids
(llama-index's FAISS stores number by position, and hand out a removed passage's number again).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexes.clusters import FaissIndex, Ids, propose
from indexes.encoder import Vectors
from indexes.store import Store
from indexes.vector_file import Seal

BATCH = 20_000
"""Passages whose vectors are read at once."""


@dataclass(frozen=True, slots=True)
class Base:
    """An index of the vectors of one generation, and the seal that says of which."""

    index: FaissIndex
    seal: Seal


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """An immutable snapshot of all passage vectors.

    Attributes:
        generation: the store's generation that it mirrors.
        base: most of them.
        last: the highest number of a passage that was looked at.
        recent: (n,) numbers of the passages that came after the base.
        recent_vectors: (n, d) float32, theirs.
        gone: sorted numbers of passages that have gone since.
    """

    generation: int
    base: Base
    last: int
    recent: Ids
    recent_vectors: Vectors
    gone: Ids

    @classmethod
    def over(cls, base: Base, store: Store, before: VectorIndex | None = None) -> VectorIndex:
        """Bring a base up to the store's present state, from an earlier snapshot over it if there is one."""
        with store.snapshot():
            if before is None or before.base is not base:
                nothing = np.empty(0, dtype=np.int64)
                before = cls(
                    -1, base, base.seal.last, nothing, np.empty((0, 0), np.float32), nothing
                )
            gone = store.removed_since(base.seal.generation)
            batches = [
                (before.recent, before.recent_vectors),
                *store.vectors_after(before.last, BATCH),
            ]
            batches = [batch for batch in batches if len(batch[0])] or batches[:1]
            ids = np.concatenate([ids for ids, _ in batches])
            vectors = np.concatenate([vectors for _, vectors in batches])
            left = ~np.isin(ids, gone)
            last = max(before.last, store.last_passage)
            return cls(
                store.generation, base, last, ids[left], vectors[left], gone[gone <= base.seal.last]
            )

    def __len__(self) -> int:
        return int(self.base.index.ntotal) - len(self.gone) + len(self.recent)

    def search(self, query: Vectors, limit: int, among: Ids | None = None) -> dict[int, float]:
        """Find the passages nearest to a (d,) query: id → inner product, highest first.

        Args:
            query: (d,) float32, L2-normalised.
            limit: how many at most.
            among: only passages of these ids.
        """
        if limit < 1:
            return {}
        found = propose(self.base.index, query, limit, self._sieve(among))
        found += self._of_recent(query, limit, among)
        return dict(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit])

    def _sieve(self, among: Ids | None) -> NDArray[np.bool_] | None:
        if among is None and not len(self.gone):
            return None
        asked = np.full(self.base.seal.last + 1, among is None)
        if among is not None:
            asked[among[among <= self.base.seal.last]] = True
        asked[self.gone] = False
        return asked

    def _of_recent(self, query: Vectors, limit: int, among: Ids | None) -> list[tuple[int, float]]:
        if not len(self.recent):
            return []
        scores = self.recent_vectors @ query
        places = (
            np.arange(len(scores)) if among is None else np.flatnonzero(np.isin(self.recent, among))
        )
        best = places[np.argsort(-scores[places], kind="stable")[:limit]]
        return [(int(self.recent[i]), float(scores[i])) for i in best]
