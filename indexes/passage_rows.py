"""The table of passages: rows by number, and their vectors in the order of numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexes.database import Database
from indexes.encoder import Vectors
from indexes.records import StoredPassage, stored_passages


class PassageRows(Database):
    """The passages of a store."""

    def passages_of(self, document: int) -> list[StoredPassage]:
        """Read a document's passages in reading order."""
        return self.passages(self.passage_ids([document]))

    def passage_ids(self, documents: Sequence[int], limit: int = -1) -> list[int]:
        """The numbers of the passages of some documents; of many, the first ``limit``."""
        rows = self._rows(
            "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?",
            json.dumps(list(documents)), limit,
        )  # fmt: skip
        return [number for (number,) in rows]

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Read passages by number, in the order asked for."""
        rows = self._rows(
            "SELECT id, document, sentences, vector, sentence_vectors FROM passages"
            " WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
        found = {stored.id: stored for stored in stored_passages(rows)}
        return [found[number] for number in ids if number in found]

    # ---- for what is derived

    @property
    def last_passage(self) -> int:
        """The highest number that a passage ever had; numbers are never used again."""
        rows = self._rows("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return rows[0][0] if rows else 0

    def vectors_after(self, number: int, most: int) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
        """Read the vectors of later passages, at most so many at once: (n,) numbers, (n, d) float32."""
        while rows := self._rows(
            "SELECT id, vector FROM passages WHERE id > ? ORDER BY id LIMIT ?", number, most
        ):
            number = rows[-1][0]
            joined = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").astype(np.float32)
            yield np.array([n for n, _ in rows], dtype=np.int64), joined.reshape(len(rows), -1)

    def removed_since(self, generation: int) -> NDArray[np.int64]:
        """The sorted numbers of the passages that were removed after a generation."""
        rows = self._rows(
            "SELECT passage FROM removed WHERE generation > ? ORDER BY passage", generation
        )
        return np.array([number for (number,) in rows], dtype=np.int64)
