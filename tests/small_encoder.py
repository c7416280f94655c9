"""A deterministic embedding model that needs no file: words hashed into 32 dimensions."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from indexes.documents import Span
from indexes.encoder import PassageVectors, Vectors, normalised
from indexes.model_files import DEFAULT_MODEL
from indexes.words import terms


class SmallEncoder:
    """Texts that share words are near each other; by another name it is another model."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self.sha256 = "0" * 64 if name == DEFAULT_MODEL else f"{zlib.crc32(name.encode()):064x}"
        self.dimension = 32 if name == DEFAULT_MODEL else 24

    def encode_passages(
        self, passages: Sequence[tuple[str, Sequence[Span]]]
    ) -> Iterator[PassageVectors]:
        for text, spans in passages:
            rows = [self.encode_query(span.of(text)) for span in spans]
            yield PassageVectors(self.encode_query(text), np.array(rows))

    def encode_query(self, query: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for term in terms(query):
            vector[zlib.crc32(term.encode()) % self.dimension] += 1
        return normalised(vector)
