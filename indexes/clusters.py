"""FAISS indexes: one compares a query with every vector, one with those of the nearest clusters.

The second keeps eight bits a component and looks into as many clusters as it takes to find what the
first would find; how many that is, is measured when it is made. What it proposes is scored again by
the vectors that the store keeps.

Source: Jégou, Douze and Schmid, "Product Quantization for Nearest Neighbor Search" (PAMI 2011), for
inverted lists; Johnson, Douze and Jégou, "Billion-scale similarity search with GPUs" (2017), for FAISS.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.encoder import Vectors, normalised

Ids = NDArray[np.int64]
FaissIndex = Any
"""One of FAISS's; what types it has do not fit what it takes."""

_LISTS_PER_ROOT = 2
"""Clusters for each of the square root of the vectors: to compare with the centres costs as much as with the rest."""
_SAMPLE_PER_LIST = 40
_PROBES = 96
"""Made-up queries by which recall is measured."""
_NEAREST = 10
_PROPOSED = 40
_MOST = 0.9
"""Share of all vectors above which asking for some is like asking for all."""
_RECALL = 0.99
"""Share of the ten nearest that are to be among the forty proposed."""


def library() -> Any:  # noqa: ANN401 - a module
    """FAISS, loaded when it is first needed."""
    import faiss

    return faiss


def exact(dimension: int) -> FaissIndex:
    """An empty index that compares with every vector; the store keeps float16, so it loses nothing."""
    faiss = library()

    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexIDMap2(
        faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    )


def sample_size(count: int) -> int:
    """How many vectors are wanted for finding clusters among ``count``."""
    return min(count, _lists(count) * _SAMPLE_PER_LIST)


def clustered(count: int, sample: Vectors, batches: Iterable[tuple[Ids, Vectors]]) -> FaissIndex:
    """An index that compares with the vectors of the nearest clusters.

    Args:
        count: how many vectors there will be, about.
        sample: (n, d) float32 of them.
        batches: all of them with their ids.
    """
    faiss = library()

    faiss.omp_set_num_threads(os.cpu_count() or 1)
    dimension = sample.shape[1]
    centres = faiss.IndexFlatIP(dimension)
    lists = min(_lists(count), len(sample))
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.min_points_per_centroid = 1  # it warns below 39 on the standard output
    index.train(sample)
    wanted = _Nearest(sample)
    for ids, vectors in batches:
        index.add_with_ids(vectors, ids)
        wanted.see(ids, vectors)
    index.nprobe = next(
        (probes for probes in _growing(lists) if wanted.recall(index, probes) >= _RECALL), lists
    )
    return index


def propose(
    index: FaissIndex, query: Vectors, limit: int, sieve: NDArray[np.bool_] | None
) -> list[tuple[int, float]]:
    """The ids and inner products of the nearest vectors, best first.

    Args:
        index: one of the two kinds.
        query: (d,) float32, L2-normalised.
        limit: how many at most.
        sieve: whether each id, from 0 on, is asked for; None for all.
    """
    faiss = library()

    if not index.ntotal:
        return []
    # Waking a pool costs more than such a search; searches run side by side.
    faiss.omp_set_num_threads(1)
    ivf = faiss.try_extract_index_ivf(index)
    params = (
        faiss.SearchParameters() if ivf is None else faiss.SearchParametersIVF(nprobe=ivf.nprobe)
    )
    if sieve is not None:
        bits = np.packbits(sieve, bitorder="little")
        params.sel = faiss.IDSelectorBitmap(bits)
        if ivf is not None:
            # What is asked for may lie in few clusters: the fewer there are, the more are looked into.
            share = max(np.count_nonzero(sieve), 1) / index.ntotal
            params.nprobe = min(ivf.nlist, int(ivf.nprobe * (1 if share > _MOST else 4 / share)))
    scores, ids = index.search(query[None, :], min(limit, index.ntotal), params=params)
    return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]


def _lists(count: int) -> int:
    return max(1, int(_LISTS_PER_ROOT * count**0.5))


def _growing(most: int) -> Iterable[int]:
    probes = 8
    while probes < most:
        yield probes
        probes += probes // 2


class _Nearest:
    """What made-up queries should find, gathered while the vectors go by.

    A question is farther from the passage that answers it than passages are from each other, and
    what is between them lies in no cluster: so each query is a passage's vector mixed with what
    several others, added and taken away, have left.
    """

    def __init__(self, sample: Vectors) -> None:
        draw = np.random.default_rng(0)
        others = sample[draw.integers(len(sample), size=(8, _PROBES))]
        signs = draw.choice([-1, 1], size=(8, _PROBES, 1))
        passages = sample[draw.integers(len(sample), size=_PROBES)]
        self._queries = normalised(0.6 * passages + 0.8 * normalised((signs * others).sum(axis=0)))
        self._scores = np.full((_PROBES, _NEAREST), -np.inf, dtype=np.float32)
        self._ids = np.full((_PROBES, _NEAREST), -1, dtype=np.int64)

    def see(self, ids: Ids, vectors: Vectors) -> None:
        scores = np.concatenate([self._scores, self._queries @ vectors.T], axis=1)
        numbers = np.concatenate([self._ids, np.broadcast_to(ids, (_PROBES, len(ids)))], axis=1)
        best = np.argpartition(-scores, _NEAREST - 1, axis=1)[:, :_NEAREST]
        self._scores = np.take_along_axis(scores, best, axis=1)
        self._ids = np.take_along_axis(numbers, best, axis=1)

    def recall(self, index: FaissIndex, probes: int) -> float:
        params = library().SearchParametersIVF(nprobe=probes)
        _, found = index.search(self._queries, _PROPOSED, params=params)
        there = [np.isin(wanted, got).mean() for wanted, got in zip(self._ids, found, strict=True)]
        return float(np.mean(there))
