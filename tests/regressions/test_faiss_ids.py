"""A passage keeps its number, and no other ever gets it.

llama-index-vector-stores-faiss 0.7.0 numbers new vectors by how many there are. Add A, B, C; remove
A; add D; ask for C: it answers D.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexes import Document, Index
from indexes.clusters import exact
from indexes.encoder import Vectors
from indexes.vector_file import Seal
from indexes.vectors import Base, VectorIndex

TEXTS = {
    "a": "Glaciers in the valley shrank again last summer.",
    "b": "The orchestra plays three symphonies in May.",
    "c": "Copper prices rose sharply after the mine closed.",
    "d": "A new bakery opened beside the railway station.",
}


def _ids(index: Index) -> dict[str, list[int]]:
    return {name: index.store.passage_ids([number]) for name, number in index.store.names().items()}


def test_remove_then_add_never_reuses_an_id_and_every_query_finds_its_own(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for name in "abc":
        index.add(Document(name, TEXTS[name], name))
    index.save()
    before = _ids(index)
    index.remove("a")
    index.add(Document("d", TEXTS["d"], "d"))
    after = _ids(index)
    assert not set(before["a"]) & set(after["d"])
    assert after["c"] == before["c"]
    for name in "bcd":
        assert index.search(TEXTS[name], 1)[0].document == name
        nearest = index.vectors.search(index.encoder.encode_query(TEXTS[name]), 1)
        assert list(nearest) == after[name]


def _over(ids: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
    index = exact(vectors.shape[1])
    index.add_with_ids(vectors, ids)
    nothing = np.empty(0, dtype=np.int64)
    base = Base(index, Seal("", 1, int(ids.max()), 0))
    return VectorIndex(1, base, base.seal.last, nothing, vectors[:0], nothing)


def test_inner_products_are_numpys() -> None:
    draw = np.random.default_rng(3)
    vectors = draw.normal(size=(200, 32)).astype(np.float16).astype(np.float32)
    ids = np.arange(1000, 1200, dtype=np.int64)
    query = draw.normal(size=32).astype(np.float32)
    found = _over(ids, vectors).search(query, 7)
    products = vectors @ query
    best = np.argsort(-products)[:7]
    assert list(found) == [int(ids[i]) for i in best]
    np.testing.assert_allclose(list(found.values()), products[best], rtol=1e-4)


def test_a_scoped_search_sees_only_its_scope() -> None:
    vectors = np.eye(8, dtype=np.float32)
    index = _over(np.arange(8, dtype=np.int64), vectors)
    assert set(index.search(vectors[0], 8, np.array([3, 5], dtype=np.int64))) == {3, 5}
