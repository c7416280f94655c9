"""Keeping the vectors that are searched in step with the store.

To add a document costs what the document costs: the file stays as it is, and later passages are read
from the store beside it. When much has happened since, the file takes it in; when there is twice as
much as when it was clustered, it is made anew.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexes import vector_file
from indexes.clusters import FaissIndex, clustered, exact, sample_size
from indexes.encoder import Vectors
from indexes.store import Store
from indexes.vector_file import Seal
from indexes.vectors import BATCH, Base, VectorIndex

EXACT_UP_TO = 50_000
"""Passages up to which a query is compared with every vector."""
_LATER = 1_000
"""Passages that may come or go before the file takes them in; of a large one, a fiftieth."""
_RUNS = 200


class Mirror:
    """The vector file of a store, and the snapshot of it that readers share."""

    def __init__(self, folder: Path, store: Store, *, exact_up_to: int = EXACT_UP_TO) -> None:
        """Mirror a store in a folder's vector file.

        Args:
            folder: where the file is.
            store: what it mirrors.
            exact_up_to: passages up to which a query is compared with every vector.
        """
        self._folder = folder
        self._store = store
        self._exact_up_to = exact_up_to
        self._snapshot: VectorIndex | None = None
        self._lock = threading.Lock()

    @property
    def snapshot(self) -> VectorIndex:
        """The vectors of the store's present state, as this thread sees it, or of a later one.

        What a reader of an earlier state does not see yet, the store leaves out.
        """
        with self._lock, self._store.snapshot():
            generation, lineage = self._store.generation, self._store.lineage
            before = self._snapshot
            if before is not None and before.base.seal.lineage != lineage:
                before = None
            if before is None or before.generation < generation:
                base = before.base if before is not None else self._read()
                now = VectorIndex.over(base, self._store, before) if base is not None else None
                if now is None or _is_much(len(now.recent) + len(now.gone), len(now)):
                    base = self._made(anew=now is None)
                    self._write(base, wait=False)
                    now = VectorIndex.over(base, self._store)
                self._snapshot = before = now
            return before

    def save(self, *, purge: bool = False) -> None:
        """Let the file take in what happened since it was written, if that is much.

        Args:
            purge: whether what was removed must leave the file at once, be it ever so little.
        """
        if self._is_far_behind(purge=purge):
            base = self._made()
            self._write(base, wait=True)
            now = VectorIndex.over(base, self._store)
            with self._lock:
                self._snapshot = now

    def _is_far_behind(self, *, purge: bool) -> bool:
        seal = vector_file.read_seal(self._folder)
        if seal is None or seal.lineage != self._store.lineage:
            return True
        gone = len(self._store.removed_since(seal.generation))
        return (purge and gone > 0) or _is_much(
            self._store.last_passage - seal.last + gone, self._store.count
        )

    def _read(self) -> Base | None:
        found = vector_file.read(self._folder, self._store.lineage)
        return None if found is None else Base(*found)

    def _write(self, base: Base, *, wait: bool) -> None:
        """Write the file while nobody else writes, unless somebody wrote a later one."""
        with self._store.alone(wait=wait) as is_alone:
            there = vector_file.read_seal(self._folder)
            is_later = (
                there is None
                or there.lineage != base.seal.lineage
                or there.generation < base.seal.generation
            )
            if is_alone and is_later and base.seal.lineage == self._store.lineage:
                vector_file.write(self._folder, base.index, base.seal)

    def _made(self, *, anew: bool = False) -> Base:
        """A base of the store's present state, out of the file where that will do."""
        store = self._store
        with store.snapshot():  # of one lineage with the file: vectors of two models do not mix
            found = None if anew else vector_file.read(self._folder, store.lineage, mapped=False)
            count = store.count
            seal = Seal(store.lineage, store.generation, store.last_passage, 0)
            if found is not None and found[0].ntotal and found[1].generation <= seal.generation:
                index, before = found
                is_exact = before.trained == 0
                if (
                    count <= self._exact_up_to
                    if is_exact
                    else self._exact_up_to < count < 2 * before.trained
                ):
                    return Base(_taken_in(index, before, store), seal.after(before.trained))
            if count <= self._exact_up_to:
                return Base(_compared_with_all(store), seal)
            sample = np.concatenate(list(_sample(store, sample_size(count))))
            index = clustered(count, sample, store.vectors_after(0, BATCH))
            return Base(index, seal.after(count))


def _is_much(happened: int, passages: int) -> bool:
    return happened > max(_LATER, passages // 50)


def _compared_with_all(store: Store) -> FaissIndex:
    index = None
    for ids, vectors in store.vectors_after(0, BATCH):
        index = index or exact(vectors.shape[1])
        index.add_with_ids(vectors, ids)
    return index or exact(1)


def _taken_in(index: FaissIndex, before: Seal, store: Store) -> FaissIndex:
    """The index without what has gone since it was sealed, and with what has come."""
    index.remove_ids(store.removed_since(before.generation))
    for ids, vectors in store.vectors_after(before.last, BATCH):
        index.add_with_ids(vectors, ids)
    return index


def _sample(store: Store, size: int) -> Iterator[Vectors]:
    """Vectors from all over the store, in runs, which are quicker to read than single ones."""
    each = -(-size // _RUNS)
    for start in np.linspace(0, max(store.last_passage - each, 0), _RUNS).astype(int):
        for _, vectors in store.vectors_after(int(start), each):
            yield vectors
            break
