"""Near-duplicates: wire copy, cross-posted articles, a page saved twice.

Which documents might be alike is found by MinHash in bands; whether they are is then counted exactly,
over runs of words. The first of its kind stands for the others, which point at it.

Source: Broder, "On the Resemblance and Containment of Documents" (SEQUENCES 1997).
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

_RUN = 3
"""Words in a run."""
_FEWEST = 20
"""Runs that a text must have before it can be called alike."""
_BANDS, _ROWS = 16, 4
"""At a resemblance of .7, 99 of 100 pairs share a band; at .3, 12 of 100, which are then counted."""
_ALIKE = 0.7
"""Share of all runs of two texts that both have."""
_CONTAINED = 0.9
"""Share of the shorter text's runs that the longer has, which may be twice as long."""
_CANDIDATES = 50

_WORD = re.compile(r"\w+")


def _runs(text: str) -> NDArray[np.uint64]:
    """The runs of words of a text, hashed, each once: (runs,) uint64."""
    words = [word.encode("utf-8", "replace") for word in _WORD.findall(text.casefold())]
    runs = map(b" ".join, zip(*(words[i:] for i in range(_RUN)), strict=False))
    return np.unique(np.fromiter(map(zlib.crc32, runs), dtype=np.uint64))


@cache
def _factors() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Of the hash functions; chosen once and for all, because their values are stored."""
    drawn = np.random.PCG64(20261125).random_raw(2 * _BANDS * _ROWS)
    return drawn[: _BANDS * _ROWS] | np.uint64(1), drawn[_BANDS * _ROWS :]


def _bands(runs: NDArray[np.uint64]) -> list[int]:
    """What each band of a text's MinHash signature hashes to, as SQLite's 64-bit integers."""
    factors, offsets = _factors()
    signature = np.array(
        [((factor * runs + offset) >> np.uint64(32)).min() for factor, offset in zip(factors, offsets, strict=True)],
        dtype=np.uint64,
    ).reshape(_BANDS, _ROWS)  # fmt: skip
    return [zlib.crc32(row.tobytes()) << 8 | number for number, row in enumerate(signature)]


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    both = len(np.intersect1d(one, other, assume_unique=True))
    shorter, longer = sorted((len(one), len(other)))
    return both >= _ALIKE * (shorter + longer - both) or (
        both >= _CONTAINED * shorter and shorter * 2 >= longer
    )


def mark(db: sqlite3.Connection, number: int, text: str) -> None:
    """Find which document a new one nearly repeats, and note it; within the caller's transaction."""
    runs = _runs(text)
    if len(runs) < _FEWEST:
        return
    bands = _bands(runs)
    candidates = db.execute(
        f"SELECT document, count(*) FROM bands WHERE hash IN ({','.join('?' * len(bands))})"  # noqa: S608 - only marks
        f" GROUP BY document ORDER BY count(*) DESC, document LIMIT {_CANDIDATES}",
        bands,
    ).fetchall()
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in bands])
    for candidate, _ in candidates:
        blob, twin = db.execute(
            "SELECT text, twin FROM documents WHERE id = ?", (candidate,)
        ).fetchone()
        if _alike(runs, _runs(blob.decode("utf-8", "surrogatepass"))):
            db.execute("UPDATE documents SET twin = ? WHERE id = ?", (twin or candidate, number))
            return


def unmark(db: sqlite3.Connection, number: int) -> None:
    """Before a document is removed: let the next of its kind stand for the others."""
    row = db.execute("SELECT min(id) FROM documents WHERE twin = ?", (number,)).fetchone()
    if row[0] is not None:
        db.execute("UPDATE documents SET twin = ? WHERE twin = ?", (row[0], number))
        db.execute("UPDATE documents SET twin = NULL WHERE id = ?", row)
