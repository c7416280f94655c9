"""A made-up corpus of any size, the same for the same seed.

Its words are as unevenly spread as those of real texts, and its vectors cluster as those of real texts
do. No model is asked for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexes.documents import Document, Span
from indexes.encoder import PassageVectors, Vectors, normalised
from indexes.passages import Passage, Sentence
from indexes.records import PassageColumns, passage_columns
from indexes.words import STOP_WORDS

PASSAGES = 10
"""Passages of a document."""
SENTENCES, WORDS = 6, 25
"""Sentences of a passage and words of a sentence: about 1,000 characters, as passages are cut."""
DIMENSION = 384
_VOCABULARY = 150_000
_STOP_SHARE = 0.45
"""Of the words of English prose that are stop words, about."""
_OWN_SHARE = 0.3
"""Of the other words that belong to the document, and are repeated in it: rare words come in bursts."""
_OWN_WORDS = 40
_TOPICS, _SUBTOPICS = 300, 30
_BATCH = 200
_OF_A_BATCH = 10


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document with all that is made of one.

    Attributes:
        document: its text, six sentences a paragraph, a passage each.
        passages: their places.
        rows: their places and vectors, as they are stored.
    """

    document: Document
    passages: list[Passage]
    rows: list[PassageColumns]


@dataclass(frozen=True, slots=True)
class MadeQuery:
    """A query: words of one passage, and a vector near that passage's.

    Attributes:
        text: what is asked.
        vector: (d,) float32, L2-normalised.
        document: the name of the passage's document.
    """

    text: str
    vector: Vectors
    document: str


class SyntheticCorpus:
    """Documents and queries, drawn from a seed."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def documents(self, passages: int) -> Iterator[MadeDocument]:
        """Make documents of so many passages in all."""
        for batch, start in enumerate(range(0, passages // PASSAGES, _BATCH)):
            draw = np.random.default_rng([self._seed, 1, batch])
            count = min(_BATCH, passages // PASSAGES - start)
            words, vectors = self._words(draw, count), self._vectors(draw, count)
            for i in range(count):
                yield self._document(draw, f"made-{start + i}", words[i], vectors[i])

    def queries(self, passages: int, count: int) -> list[MadeQuery]:
        """Make queries, each for a passage among the first ``passages``."""
        draw = np.random.default_rng([self._seed, 2])
        queries: list[MadeQuery] = []
        while len(queries) < count:  # some of a batch, which is made for it as a whole
            start = int(draw.integers(passages // PASSAGES)) // _BATCH * _BATCH
            size = min(_BATCH, passages // PASSAGES - start)
            batch_draw = np.random.default_rng([self._seed, 1, start // _BATCH])
            words, vectors = self._words(batch_draw, size), self._vectors(batch_draw, size)
            for at in draw.integers(size, size=min(_OF_A_BATCH, count - len(queries))):
                passage = int(draw.integers(PASSAGES))
                spoken = [
                    self._lexicon[w] for w in words[at, passage].ravel() if w >= self._stop_count
                ]
                text = " ".join(draw.choice(spoken, size=int(draw.integers(3, 9)), replace=False))
                vector = self._near(draw, vectors[at, passage], 0.7)
                queries.append(MadeQuery(f"What about {text}?", vector, f"made-{start + at}"))
        return queries

    # ---- words

    @cached_property
    def _lexicon(self) -> list[str]:
        """Stop words, then invented words of two to four syllables, commonest first."""
        draw = np.random.default_rng([self._seed, 3])
        syllables = np.array(
            [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "l")]
        )
        invented: dict[str, None] = {}
        while len(invented) < _VOCABULARY:
            drawn = draw.choice(syllables, size=(_VOCABULARY, 4))
            lengths = draw.integers(2, 5, size=_VOCABULARY)
            invented |= dict.fromkeys(
                "".join(row[:length]) for row, length in zip(drawn.tolist(), lengths, strict=True)
            )
        return [*sorted(STOP_WORDS), *list(invented)[:_VOCABULARY]]

    @property
    def _stop_count(self) -> int:
        return len(STOP_WORDS)

    @cached_property
    def _cumulative(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of stop words and of others, by rank. Source: Mandelbrot, "An informational theory…" (1953)."""
        shares = [
            1 / (np.arange(n) + flat) for n, flat in ((self._stop_count, 2.7), (_VOCABULARY, 15))
        ]
        return tuple(np.cumsum(s) / s.sum() for s in shares)  # type: ignore[return-value]  # there are two

    def _words(self, draw: np.random.Generator, count: int) -> NDArray[np.int64]:
        """Draw (documents, passages, sentences, words) numbers of words."""
        shape = (count, PASSAGES, SENTENCES, WORDS)
        stops, others = self._cumulative
        own = np.searchsorted(others, draw.random((count, _OWN_WORDS)) ** 0.5)
        kinds = draw.random(shape)
        numbers = self._stop_count + np.searchsorted(others, draw.random(shape))
        picked = draw.integers(_OWN_WORDS, size=shape)
        burst = self._stop_count + np.take_along_axis(
            own, picked.reshape(count, -1), axis=1
        ).reshape(shape)
        numbers = np.where(kinds < _STOP_SHARE + (1 - _STOP_SHARE) * _OWN_SHARE, burst, numbers)
        return np.where(kinds < _STOP_SHARE, np.searchsorted(stops, draw.random(shape)), numbers)

    # ---- vectors

    @cached_property
    def _centres(self) -> Vectors:
        """(topics, subtopics, d): directions that share a topic's, which share one that all have."""
        draw = np.random.default_rng([self._seed, 4])
        common = self._directions(draw, (1, 1))
        topics = self._directions(draw, (_TOPICS, 1))
        return normalised(
            0.25 * common + 0.6 * topics + 0.75 * self._directions(draw, (_TOPICS, _SUBTOPICS))
        )

    @cached_property
    def _scales(self) -> Vectors:
        """(d,): how much each direction varies; a few vary much, as in real embeddings."""
        return (1 / np.sqrt(1 + np.arange(DIMENSION) / 60)).astype(np.float32)

    @cached_property
    def _noise(self) -> Vectors:
        return self._directions(np.random.default_rng([self._seed, 5]), (8192,))

    def _directions(self, draw: np.random.Generator, shape: tuple[int, ...]) -> Vectors:
        drawn = draw.standard_normal((*shape, DIMENSION), dtype=np.float32)
        return normalised(drawn * self._scales)

    def _vectors(self, draw: np.random.Generator, count: int) -> Vectors:
        """Draw (documents, passages, d) vectors: each near its document's, each of those near a centre."""
        centres = self._centres.reshape(-1, DIMENSION)[
            draw.integers(_TOPICS * _SUBTOPICS, size=count)
        ]
        documents = normalised(0.75 * centres + 0.66 * self._directions(draw, (count,)))
        return normalised(
            0.75 * documents[:, None] + 0.66 * self._directions(draw, (count, PASSAGES))
        )

    def _near(self, draw: np.random.Generator, vectors: Vectors, cosine: float) -> Vectors:
        noise = self._noise[draw.integers(len(self._noise), size=vectors.shape[:-1])]
        return normalised(cosine * vectors + np.float32(np.sqrt(1 - cosine**2)) * noise)

    # ---- documents

    def _document(
        self, draw: np.random.Generator, name: str, words: NDArray[np.int64], vectors: Vectors
    ) -> MadeDocument:
        pieces: list[str] = []
        passages: list[Passage] = []
        at = 0
        for number, passage in enumerate(words.tolist()):
            sentences = []
            for sentence in passage:
                text = f"{' '.join([self._lexicon[w] for w in sentence]).capitalize()}."
                pieces += [text, " "]
                sentences.append(Sentence(Span(at, at + len(text)), number))
                at += len(text) + 1
            pieces[-1] = "\n\n"
            at += 1
            passages.append(Passage(tuple(sentences)))
        near = self._near(draw, np.repeat(vectors[:, None], SENTENCES, axis=1), 0.8)
        document = Document(name, "".join(pieces[:-1]), name.capitalize(), source=f"/made/{name}")
        rows = [
            passage_columns(passage, PassageVectors(*pair))
            for passage, *pair in zip(passages, vectors, near, strict=True)
        ]
        return MadeDocument(document, passages, rows)
