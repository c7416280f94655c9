"""Search by words: FTS5, whose words are stems made here, and BM25.

To score every passage that has some word of a question costs what the commonest word does: a
microsecond for each of its passages, a third of a second in a million. So beyond some number of
matches only the question's rarer words find passages; all of its words then score those found.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexes.passage_rows import PassageRows
from indexes.records import to_text
from indexes.words import stem, words

MATCHES = 6_000
"""Passages that may be scored for a query, about."""
_IN_SCOPE = 200
"""Passages of a scope up to which all of them are scored, whatever the words are."""
_TWICE = 2
"""How many times as many passages as asked for are found by rare words, to be scored by all."""
_STEADY = 100_000
"""Passages from which on a hundredth more or less does not change how common a word is."""
_KEPT = 20_000
"""Stems whose numbers of passages are remembered."""
_K1, _B = 1.2, 0.75


class FullText(PassageRows):
    """The full text of passages."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._counted: dict[
            str, tuple[int, int, int]
        ] = {}  # stem → generation, passages, those with it

    def bm25(
        self, stems: Sequence[str], limit: int, documents: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Full-text search for any of the stems: number of passage → BM25, higher is better.

        Args:
            stems: what to look for.
            limit: how many passages at most.
            documents: only in documents of these numbers; None for all.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009); SQLite FTS5's.
        """
        if not stems:
            return {}
        total, counts = self.frequencies(stems)
        if sum(counts.values()) <= MATCHES:
            return self._matching(stems, limit, documents, 0)
        in_scope = None if documents is None else self.passage_ids(documents, _IN_SCOPE + 1)
        if in_scope is not None and len(in_scope) <= _IN_SCOPE:
            found = in_scope
        else:
            found_by = _rare(counts)
            # A word too common for that finds the latest passages.
            common = sum(counts[term] for term in found_by)
            after = (
                0
                if documents is not None
                else int(self.last_passage * max(1 - MATCHES / common, 0))
            )
            found = list(self._matching(found_by, limit * _TWICE, documents, after))
        scores = self._scores(found, total, counts)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        return {number: scores[number] for number in best if scores[number] > 0}

    def documents_with(
        self, stems: Sequence[str], limit: int, documents: Sequence[int] | None = None
    ) -> list[int]:
        """The numbers of the first documents that have all of the stems in one passage.

        Args:
            stems: what to look for, one at least.
            limit: how many documents at most.
            documents: only of these numbers; None for all.
        """
        rows = self._rows(
            "SELECT DISTINCT document FROM passages"
            " WHERE id IN (SELECT rowid FROM full_text WHERE full_text MATCH ?1)"
            " AND (?2 IS NULL OR document IN (SELECT value FROM json_each(?2))) ORDER BY document LIMIT ?3",
            " AND ".join(f'"{term}"' for term in stems),
            None if documents is None else json.dumps(list(documents)),
            limit,
        )
        return [number for (number,) in rows]

    def _matching(
        self, stems: Sequence[str], limit: int, documents: Sequence[int] | None, after: int
    ) -> dict[int, float]:
        # Stems are letters and digits only, and quoted: a question cannot reach FTS5's own syntax.
        match = " OR ".join(f'"{term}"' for term in stems)
        # The plus keeps SQLite from matching anew for each passage of the scope.
        scope = "" if documents is None else (
            " AND +rowid IN (SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)))"
        )  # fmt: skip
        rows = self._rows(
            "SELECT rowid, -bm25(full_text) FROM full_text WHERE full_text MATCH ? AND rowid > ?"  # noqa: S608 - scope is a constant
            f"{scope} ORDER BY rank LIMIT ?",
            match, after, *([] if documents is None else [json.dumps(list(documents))]), limit,
        )  # fmt: skip
        return dict(rows)

    def _scores(
        self, numbers: Sequence[int], total: int, counts: dict[str, int]
    ) -> dict[int, float]:
        """BM25 of some passages, out of their texts, as FTS5 has it."""
        _, all_words = self._totals()
        initials = {term[0] for term in counts}  # a stem begins as its word does
        rarity = {
            term: max(math.log((total - count + 0.5) / (count + 0.5)), 1e-6)
            for term, count in counts.items()
        }
        scores: dict[int, float] = {}
        for number, text in self._texts(numbers):
            spoken = words(text)
            found = [stem(word) for word in spoken if word[0] in initials]
            long = _K1 * (1 - _B + _B * len(spoken) * total / all_words)
            scores[number] = sum(
                rarity[term] * (times := found.count(term)) * (_K1 + 1) / (times + long)
                for term in counts
            )
        return scores

    def _texts(self, numbers: Sequence[int]) -> list[tuple[int, str]]:
        rows = self._rows(
            "SELECT id, document, sentences FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            json.dumps(list(numbers)),
        )
        documents = dict(
            self._rows(
                "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(sorted({document for _, document, _ in rows})),
            )
        )
        texts = {number: to_text(blob) for number, blob in documents.items()}
        places = {number: np.frombuffer(sentences, "<i4") for number, _, sentences in rows}
        return [
            (number, texts[document][places[number][1] : places[number][-1]])
            for number, document, _ in rows
        ]

    def frequencies(self, stems: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many passages there are, and in how many of them each stem occurs.

        To count a common word's passages takes milliseconds, so what was counted is kept.
        """
        total, _ = self._totals()
        generation = self.generation
        if len(self._counted) > _KEPT:
            self._counted.clear()
        counts: dict[str, int] = {}
        for term in stems:
            known = self._counted.get(term)
            if known is None or not _holds(known, generation, total):
                rows = self._rows("SELECT doc FROM vocabulary WHERE term = ?", term)
                known = self._counted[term] = (generation, total, rows[0][0] if rows else 0)
            counts[term] = known[2]
        return total, counts

    def on_record(self, stems: Sequence[str]) -> dict[str, int]:
        """Which of many stems occur, and in how many passages; for words that are seldom asked for again."""
        rows = self._rows(
            "SELECT term, doc FROM json_each(?) CROSS JOIN vocabulary ON term = value",
            json.dumps(list(stems)),
        )
        return dict(rows)

    @property
    def count(self) -> int:
        """How many passages there are."""
        return self._totals()[0]

    def _totals(self) -> tuple[int, int]:
        """How many passages there are, and how many words they have: FTS5 keeps both in its first row."""
        rows = self._rows("SELECT block FROM full_text_data WHERE id = 1")
        total, spoken = _numbers(rows[0][0]) if rows and rows[0][0] else (0, 0)
        return total, max(spoken, 1)


def _rare(counts: dict[str, int]) -> list[str]:
    """The stems by which passages are found: the rarest, as many as may be, and at least one."""
    there = sorted((term for term in counts if counts[term]), key=lambda term: counts[term])
    matches = np.cumsum([counts[term] for term in there])
    return there[: max(1, int(np.searchsorted(matches, MATCHES, side="right")))]


def _holds(known: tuple[int, int, int], generation: int, total: int) -> bool:
    then, passages, _ = known
    return then == generation or (passages >= _STEADY and abs(total - passages) * 100 <= passages)


def _numbers(blob: bytes) -> list[int]:
    """Read SQLite's numbers of variable length: seven bits a byte, highest first, up to one without the top bit."""
    numbers = [0]
    for byte in blob:
        numbers[-1] = numbers[-1] << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(0)
    return numbers[:-1]
