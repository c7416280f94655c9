"""Index: documents in, ranked passages out. The one thing that the rest of the world imports."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Literal

import numpy as np

from indexes.clusters import Ids
from indexes.documents import Document, Original, Span, well_formed
from indexes.encoder import Encoder, Vectors, load_encoder
from indexes.errors import DocumentError, IndexStoreError, ModelError
from indexes.mirror import EXACT_UP_TO, Mirror
from indexes.model_files import DEFAULT_MODEL
from indexes.passages import encoded, split
from indexes.ranking import RankedPassage, ranked
from indexes.records import DocumentSummary, History, passage_columns
from indexes.sentences import paragraphs
from indexes.speech import find_statements
from indexes.statements import Statement
from indexes.store import Store
from indexes.vectors import VectorIndex
from indexes.words import content_terms

CANDIDATES = 40
"""How many passages each kind of search proposes."""
_BY_MEANING = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="meaning")
"""Searches by meaning, beside which the asking thread searches by words."""


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a document that was put on record.

    Attributes:
        name: the name under which it is stored.
        kind: added; replaced, the version that was read from its source before; or known, because its
            content is there already.
    """

    name: str
    kind: Literal["added", "replaced", "known"]


class Index:
    """A folder of documents that can be searched.

    Readers see an immutable snapshot of the vectors; one writer at a time adds or removes.
    """

    def __init__(
        self, folder: Path, *, encoder: str = DEFAULT_MODEL, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        """Open the index in a folder, made when missing.

        Args:
            folder: where it is.
            encoder: the embedding model's name.
            exact_up_to: passages up to which a query is compared with every vector; beyond, with those
                of the nearest clusters.

        Raises:
            IndexStoreError: if the folder or its database cannot be used.
            ModelError: if the index was made with another embedding model.
        """
        self.folder = folder
        self.store = Store(folder)
        self._encoder_name = encoder
        self._mirror = Mirror(folder, self.store, exact_up_to=exact_up_to)
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
                f"The index in {self.folder} was made with other weights of {encoder.name}; use those, or "
                "change it to these with `onrecord reembed`.",
                encoder.name,
            )
        return encoder

    def _check_encoder_name(self) -> None:
        known = self.store.meta("encoder")
        if known is not None and known != self._encoder_name:
            raise ModelError(
                f"The index in {self.folder} was made with the model {known}, not {self._encoder_name}; set "
                f"ONRECORD_ENCODER={known}, or change it to this model with `onrecord reembed`.",
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
        put = self.put(document)
        return None if put.kind == "known" else put.name

    def put(
        self,
        document: Document,
        *,
        original: Original | None = None,
        added: str | None = None,
        history: History | None = None,
    ) -> Put:
        """Put a document on record, in the place of what was read from its source before.

        Args:
            document: the document.
            original: the file as it came, to be kept beside the text.
            added: when it was added, ISO 8601; now, if not given.
            history: the copies and revisions that an export noted of it.

        Raises:
            DocumentError: if nothing in it can be read.
            IndexStoreError: if it cannot be written.
        """
        before = None if document.source is None else self.store.at_source(document.source)
        if (there := self.store.has_content(document.id)) is not None:
            return self._put_copy(document, there, before)
        passages = split(document)
        if not passages:
            raise DocumentError(
                f"{document.name} has no sentence to read; nothing was added.", document.name
            )
        vectors = encoded(passages, document.text, self.encoder)
        rows = [passage_columns(p, v) for p, v in zip(passages, vectors, strict=True)]
        spans = [sentence.span for passage in passages for sentence in passage.sentences]
        statements = find_statements(document.text, spans, paragraphs(document.text, document.body))
        names = _names_for(document)
        first = self._name_of(before) or next(names)
        try:
            _, name = self.store.add(
                dataclasses.replace(document, name=first), passages, rows, statements,
                original=original, names=names, replaces=before, added=added,
                model=self.encoder.sha256, history=history,
            )  # fmt: skip
        except DocumentError:
            if (there := self.store.has_content(document.id)) is None:
                raise
            return self._put_copy(document, there, None)  # another process was first
        return Put(name, "added" if before is None else "replaced")

    def _name_of(self, number: int | None) -> str | None:
        """The name of a document, unless another process has removed it meanwhile."""
        try:
            return None if number is None else self.store.document(number)[1].name
        except DocumentError:
            return None

    def _put_copy(self, document: Document, there: str, before: int | None) -> Put:
        """Note that the document of a name is found at another source, too."""
        number = self.store.number(there)
        if before is not None and before != number:
            names = chain(filter(None, [self._name_of(before)]), _names_for(document))
            self.store.add_alias(names, there, document.source, replaces=before)
            return Put(there, "replaced")
        if before is None and not self._is_noted(document, there, number):
            self.store.add_alias(_names_for(document), there, document.source)
        return Put(there, "known")

    def _is_noted(self, document: Document, there: str, number: int | None) -> bool:
        """Tell whether a copy is known by its source; one without is by the first name it may have."""
        if document.source is not None:
            return self.store.is_alias(document.source, there)
        named = map(self.store.number, _names_for(document))
        return next(n for n in named if n in (number, None)) is not None

    def remove(self, name: str) -> None:
        """Remove a document, and all that was made of it.

        Raises:
            DocumentError: if there is none of this name.
        """
        self.store.remove(name)
        self._mirror.save(purge=True)

    def save(self) -> None:
        """Let the vector file take in what was added, if it is much."""
        self._mirror.save()

    def documents(self) -> list[DocumentSummary]:
        """List the documents in the order in which they were added."""
        return self.store.documents()

    def document(self, name: str | int) -> Document:
        """Read a document by its name, or its number.

        Raises:
            DocumentError: if there is none.
        """
        return self.store.document(name)[1]

    def original(self, name: str) -> Original | None:
        """The file that a document's text was taken out of, if there is one.

        Raises:
            DocumentError: if there is no document of this name.
        """
        return self.store.original(self.store.document(name)[0])

    def paragraphs(self, name: str) -> list[Span]:
        """The places of a document's paragraphs, in reading order."""
        document = self.document(name)
        return list(_paragraphs(document.text, document.body))

    def numbers(self, names: Iterable[str] | None) -> list[int] | None:
        """The numbers of some documents; None stands for all.

        Raises:
            DocumentError: if one of the names is not in the index.
        """
        if names is None:
            return None
        found = [(name, self.store.number(name)) for name in names]
        for name, number in found:
            if number is None:
                raise DocumentError(
                    f"There is no document named {name} in the index; `onrecord list` shows the names.",
                    name,
                )
        return [number for _, number in found if number is not None]

    # ---- search

    @property
    def vectors(self) -> VectorIndex:
        """The passages' vectors, as of now."""
        return self._mirror.snapshot

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

        Raises:
            ModelError: if the index has been changed to another embedding model meanwhile.
        """
        if not self.exists or not query.strip():
            return []
        query, encoder = well_formed(query), self.encoder
        with self.store.snapshot():
            self.store.expect_model(encoder.sha256)
            among = (
                None
                if documents is None
                else np.array(self.store.passage_ids(documents), dtype=np.int64)
            )
            by_meaning = _BY_MEANING.submit(_nearest, encoder, self.vectors, query, among)
            try:
                matching = self.store.bm25(content_terms(query), CANDIDATES, documents)
            finally:
                vector, nearest = by_meaning.result()
            return ranked(self.store, vector, nearest, matching, limit)

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all that this thread reads within see one state of the index."""
        return self.store.snapshot()

    def statements(
        self, *, speakers: Sequence[str] | None = None, documents: Sequence[int] | None = None
    ) -> list[tuple[int, Statement]]:
        """Statements in reading order, each with its document's number."""
        return self.store.statements(speakers=speakers, documents=documents)

    # ---- health

    def faults(self) -> list[str]:
        """Look for damage in the database and for vectors that do not mirror it."""
        found = self.store.faults()
        if not found and len(self.vectors) != self.store.count:
            found.append("the vector file does not mirror the database")
        return found

    @property
    def exists(self) -> bool:
        """Whether the index holds any document."""
        return self.store.holds_any

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def _nearest(
    encoder: Encoder, vectors: VectorIndex, query: str, among: Ids | None
) -> tuple[Vectors, dict[int, float]]:
    """A query's vector, and the passages nearest to it; reads nothing of the store."""
    vector = encoder.encode_query(query)
    return vector, vectors.search(vector, CANDIDATES, among)


@lru_cache(maxsize=4)
def _paragraphs(text: str, start: int) -> tuple[Span, ...]:
    """Split a text once: a long article is asked for its paragraphs again and again while it is read."""
    return tuple(paragraphs(text, start))


def _names_for(document: Document) -> Iterator[str]:
    """What a document may be called, best first: its own name, then with its folders, then numbered."""
    yield document.name
    parts = Path(document.source or document.name).parts
    for depth in range(2, len(parts)):
        yield "/".join(parts[-depth:])
    for number in count(2):
        yield f"{document.name} ({number})"


__all__ = ["Index", "IndexStoreError", "Put", "RankedPassage"]
