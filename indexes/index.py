"""Index: documents in, ranked passages out. The one thing that the rest of the world imports."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from indexes.documents import Document, Span
from indexes.encoder import Encoder, PassageVectors, Vectors, load_encoder
from indexes.errors import DocumentError, IndexStoreError, ModelError
from indexes.fusion import fuse, order
from indexes.model_files import DEFAULT_MODEL
from indexes.passages import Passage, split
from indexes.records import DocumentSummary, StoredPassage
from indexes.sentences import paragraphs
from indexes.speech import find_statements
from indexes.statements import Statement
from indexes.store import Store
from indexes.vectors import VectorIndex
from indexes.words import content_terms

WEIGHTS = np.array([0.8, 1.0, 0.8])
"""Of a passage's own vector, of BM25, and of its best sentence's vector; fitted by benchmarks/fusion.py."""
CANDIDATES = 40
"""How many passages each kind of search proposes."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that a search found.

    Attributes:
        id: the passage's number in the index.
        document: the document's name.
        document_number: the document's number in the index.
        passage: its sentences and their places.
        score: fused, higher is better; comparable only within one search.
        dense: inner product of query and passage, in [-1, 1].
        bm25: of the full-text search, 0 if it did not find the passage.
        sentence_scores: (sentences,) inner product of query and each sentence.
    """

    id: int
    document: str
    document_number: int
    passage: Passage
    score: float
    dense: float
    bm25: float
    sentence_scores: Vectors


class Index:
    """A folder of documents that can be searched.

    Readers see an immutable snapshot of the vectors; one writer at a time adds or removes.
    """

    def __init__(self, folder: Path, *, encoder: str = DEFAULT_MODEL) -> None:
        """Open the index in a folder, made when missing.

        Raises:
            IndexStoreError: if the folder or its database cannot be used.
            ModelError: if the index was made with another embedding model.
        """
        self.folder = folder
        self.store = Store(folder)
        self._encoder_name = encoder
        self._vectors: VectorIndex | None = None
        self._lock = threading.Lock()
        self._check_encoder_name()

    # ---- models

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model, loaded on first use.

        Raises:
            ModelError: if it cannot be loaded, or is not the one that the index was made with.
        """
        encoder = load_encoder(self._encoder_name)
        known = self.store.meta("encoder_sha256")
        if known is None:
            self.store.set_meta("encoder", encoder.name)
            self.store.set_meta("encoder_sha256", encoder.sha256)
            self.store.set_meta("dimension", str(encoder.dimension))
        elif known != encoder.sha256:
            raise ModelError(
                f"The index in {self.folder} was made with other weights of {encoder.name}; use those, or make a "
                "new index and add the documents again.",
                encoder.name,
            )
        return encoder

    def _check_encoder_name(self) -> None:
        known = self.store.meta("encoder")
        if known is not None and known != self._encoder_name:
            raise ModelError(
                f"The index in {self.folder} was made with the model {known}, not {self._encoder_name}; set "
                f"ONRECORD_ENCODER={known}, or choose another folder with --index and add the documents again.",
                self._encoder_name,
            )

    # ---- documents

    def add(self, document: Document) -> str | None:
        """Put a document on record; the vector file is brought up to date by ``save``.

        Returns:
            The name under which it was stored, made unique by its folder where two collide; None if
            its content is in the index already.

        Raises:
            DocumentError: if nothing in it can be read.
            IndexStoreError: if it cannot be written.
        """
        if (there := self.store.has_content(document.id)) is not None:
            if document.name not in self.store.numbers():
                self.store.add_alias(document.name, there)
            return None
        passages = split(document)
        if not passages:
            raise DocumentError(
                f"{document.name} has no sentence to read; nothing was added.", document.name
            )
        vectors = self._encode(document.text, passages)
        spans = [sentence.span for passage in passages for sentence in passage.sentences]
        statements = find_statements(document.text, spans, paragraphs(document.text, document.body))
        stored = dataclasses.replace(document, name=self._free_name(document))
        self.store.add(stored, passages, vectors, statements)
        return stored.name

    def remove(self, name: str) -> None:
        """Remove a document, and all that was made of it.

        Raises:
            DocumentError: if there is none of this name.
        """
        self.store.remove(name)
        self.save()

    def save(self) -> None:
        """Bring the vector file up to date with the store."""
        self.vectors.save(self.folder)

    def documents(self) -> list[DocumentSummary]:
        """List the documents in the order in which they were added."""
        return self.store.documents()

    def document(self, name: str | int) -> Document:
        """Read a document by its name, or its number.

        Raises:
            DocumentError: if there is none.
        """
        return self.store.document(name)[1]

    def paragraphs(self, name: str) -> list[Span]:
        """The places of a document's paragraphs, in reading order."""
        document = self.document(name)
        return paragraphs(document.text, document.body)

    def numbers(self, names: Iterable[str] | None) -> list[int] | None:
        """The numbers of some documents; None stands for all.

        Raises:
            DocumentError: if one of the names is not in the index.
        """
        if names is None:
            return None
        known = self.store.numbers()
        wanted = list(names)
        for name in wanted:
            if name not in known:
                raise DocumentError(
                    f"There is no document named {name} in the index; `onrecord list` shows the names.",
                    name,
                )
        return [known[name] for name in wanted]

    def _free_name(self, document: Document) -> str:
        taken = self.store.numbers()
        if document.name not in taken:
            return document.name
        parts = Path(document.source or document.name).parts
        for depth in range(2, len(parts)):
            name = "/".join(parts[-depth:])
            if name not in taken:
                return name
        number = 2
        while f"{document.name} ({number})" in taken:
            number += 1
        return f"{document.name} ({number})"

    def _encode(self, text: str, passages: Sequence[Passage]) -> list[PassageVectors]:
        def relative(passage: Passage) -> tuple[str, list[Span]]:
            start = passage.span.start
            spans = [Span(s.span.start - start, s.span.end - start) for s in passage.sentences]
            return passage.span.of(text), spans

        return list(self.encoder.encode_passages([relative(passage) for passage in passages]))

    # ---- search

    @property
    def vectors(self) -> VectorIndex:
        """The vectors of the store's present generation, from memory, the file, or made again."""
        generation = self.store.generation
        with self._lock:
            if self._vectors is None or self._vectors.generation != generation:
                self._vectors = VectorIndex.load(self.folder, generation)
            if self._vectors is None:
                self._vectors = VectorIndex.build(*self.store.vectors())
                self._vectors.save(self.folder)
            return self._vectors

    def search(
        self, query: str, limit: int = 10, *, documents: Sequence[int] | None = None
    ) -> list[RankedPassage]:
        """Rank passages for a query, by meaning and by words together.

        Args:
            query: a self-contained question, or keywords.
            limit: how many passages at most.
            documents: only in documents of these numbers; None for all.

        Returns:
            Passages, best first; ties in reading order.
        """
        vectors = self.vectors
        if not len(vectors) or not query.strip():
            return []
        vector = self.encoder.encode_query(query)
        among = (
            None
            if documents is None
            else np.array(self.store.passage_ids(documents), dtype=np.int64)
        )
        nearest = vectors.search(vector, CANDIDATES, among)
        matching = self.store.bm25(content_terms(query), CANDIDATES, documents)
        found = self.store.passages(sorted({*nearest, *matching}))
        if not found:
            return []
        sentence_scores = [stored.sentence_vectors @ vector for stored in found]
        dense = np.array([stored.vector @ vector for stored in found], dtype=np.float64)
        bm25 = np.array([matching.get(stored.id, 0.0) for stored in found])
        best = np.array([scores.max(initial=-1.0) for scores in sentence_scores], dtype=np.float64)
        scores = fuse(np.array([dense, bm25, best]), WEIGHTS)
        names = {number: name for name, number in self.store.names().items()}

        def ranked(i: int, stored: StoredPassage) -> RankedPassage:
            return RankedPassage(
                stored.id, names[stored.document], stored.document, stored.passage, float(scores[i]),
                float(dense[i]), float(bm25[i]), sentence_scores[i],
            )  # fmt: skip

        return [ranked(int(i), found[int(i)]) for i in order(scores)[:limit]]

    def statements(
        self, *, speakers: Sequence[str] | None = None, documents: Sequence[int] | None = None
    ) -> list[tuple[int, Statement]]:
        """Statements in reading order, each with its document's number."""
        return self.store.statements(speakers=speakers, documents=documents)

    # ---- health

    def faults(self) -> list[str]:
        """Look for damage in the database and for vectors that do not mirror it."""
        found = self.store.faults()
        if not found and len(self.vectors) != len(self.store.vectors()[1]):
            found.append("the vector file does not mirror the database")
        return found

    @property
    def exists(self) -> bool:
        """Whether the index holds any document."""
        return bool(self.store.names())

    def close(self) -> None:
        """Close the database."""
        self.store.close()


__all__ = ["Index", "IndexStoreError", "RankedPassage"]
