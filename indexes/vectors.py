"""FAISS over the passages' vectors: derived from the store, and made again whenever in doubt.

The file carries the store's generation and a checksum; it is written beside its place, flushed to
disk and renamed, so that a reader sees the old file or the new one. Passages keep the store's own
ids (llama-index's FAISS stores number by position, and hand out a removed passage's number again).
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.encoder import Vectors

FILE = "passages.faiss"
_MAGIC = b"onrecord-faiss-1"
_HEADER = struct.Struct("<16sq32s")  # magic, generation, SHA-256 of the rest

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """An immutable snapshot of all passage vectors.

    Attributes:
        generation: the store's generation that it mirrors.
        faiss: exact inner product over float16, by the store's ids.
    """

    generation: int
    faiss: Any

    @classmethod
    def build(cls, generation: int, ids: NDArray[np.int64], vectors: Vectors) -> VectorIndex:
        """Index (n, d) vectors under (n,) ids."""
        import faiss

        width = vectors.shape[1] if len(ids) else 1
        # The store keeps float16, so the quantiser loses nothing.
        flat = faiss.IndexScalarQuantizer(
            width, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        index = faiss.IndexIDMap2(flat)
        if len(ids):
            flat.train(vectors)
            index.add_with_ids(vectors, ids)
        return cls(generation, index)

    def __len__(self) -> int:
        return int(self.faiss.ntotal)

    def search(
        self, query: Vectors, limit: int, among: NDArray[np.int64] | None = None
    ) -> dict[int, float]:
        """Find the passages nearest to a (d,) query: id → inner product, highest first.

        Args:
            query: (d,) float32, L2-normalised.
            limit: how many at most.
            among: only passages of these ids.
        """
        if not len(self) or limit < 1:
            return {}
        import faiss

        faiss.omp_set_num_threads(
            1
        )  # waking a pool costs more than such a search; searches run side by side
        params: Any = None
        if among is not None:
            params = faiss.SearchParameters()
            params.sel = faiss.IDSelectorBatch(among)
        scores, ids = self.faiss.search(query[None, :], min(limit, len(self)), params=params)
        return {int(i): float(s) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0}

    def save(self, folder: Path) -> None:
        """Write the file at once, or leave the old one; failing is no harm, for it can be rebuilt.

        One writer at a time: the caller sees to that.
        """
        import faiss

        body = faiss.serialize_index(self.faiss).tobytes()
        beside = folder / f"{FILE}.new"
        try:
            with beside.open("wb") as file:
                file.write(_HEADER.pack(_MAGIC, self.generation, hashlib.sha256(body).digest()))
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(folder / FILE)
        except OSError as error:
            _log.warning(
                "The vector file could not be written (%s); it will be rebuilt when next needed.",
                error,
            )
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)

    @classmethod
    def load(cls, folder: Path, generation: int) -> VectorIndex | None:
        """Read the file; None if it is missing, of another generation, or damaged."""
        try:
            data = (folder / FILE).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("The vector file cannot be read (%s); rebuilding it.", error)
            return None
        fault = _fault(data)
        if fault:
            _log.warning("The vector file is damaged (%s); rebuilding it from the database.", fault)
            return None
        _, found, _ = _HEADER.unpack_from(data)
        if found != generation:
            return None
        import faiss

        return cls(
            generation, faiss.deserialize_index(np.frombuffer(data, np.uint8, offset=_HEADER.size))
        )


def _fault(data: bytes) -> str | None:
    if len(data) < _HEADER.size:
        return "it is too short"
    magic, _, checksum = _HEADER.unpack_from(data)
    if magic != _MAGIC:
        return "it is not onrecord's"
    if hashlib.sha256(memoryview(data)[_HEADER.size :]).digest() != checksum:
        return "its checksum does not match"
    return None
