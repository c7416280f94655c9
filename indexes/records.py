"""What the store hands out, and the form in which rows hold it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from indexes.documents import Document, Span
from indexes.encoder import PassageVectors, Vectors
from indexes.passages import Passage, Sentence
from indexes.statements import Statement, StatementKind


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the library.

    Attributes:
        name, title, byline, published, source: as in Document.
        words: how many words the article has.
        added: when it was added, ISO 8601 in UTC.
        speakers: how many different speakers are on record in it.
        statements: how many statements it has.
        publisher, language, unread: as in Document.
        twin: the name of the document that it nearly repeats, if there is one.
        original: the suffix of the file that is kept beside the text, if one is.
    """

    name: str
    title: str
    byline: str | None
    published: str | None
    source: str | None
    words: int
    added: str
    speakers: int
    statements: int
    publisher: str | None = None
    language: str | None = None
    twin: str | None = None
    unread: str = ""
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed when a new version of a document replaced the one before.

    Attributes:
        document: the document's name.
        at: when, ISO 8601 in UTC.
        gone: the sentences that it no longer has, in the order of the old text.
        new: the sentences that it did not have before, in the order of the new text.
    """

    document: str
    at: str
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @classmethod
    def of(cls, row: tuple[object, ...]) -> Revision:
        """Read a revision back from its row."""
        document, at, gone, new = cast(tuple[str, str, str, str], row)
        return cls(document, at, tuple(json.loads(gone)), tuple(json.loads(new)))


@dataclass(frozen=True, slots=True)
class History:
    """What an export notes beside a document.

    Attributes:
        aliases: the names and sources of its copies.
        revisions: when it changed, which sentences went, and which came; oldest first.
    """

    aliases: Sequence[tuple[str, str | None]]
    revisions: Sequence[tuple[str, Sequence[str], Sequence[str]]]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as it is stored.

    Attributes:
        id: its number in the index, never used again.
        document: its document's number.
        places: (sentences, 3) int32: paragraph, start, end.
        vector: (d,) float32, L2-normalised.
        sentence_vectors: (sentences, d) float32.
    """

    id: int
    document: int
    places: NDArray[np.int32]
    vector: Vectors
    sentence_vectors: Vectors

    @property
    def passage(self) -> Passage:
        """The sentences and their places."""
        return passage_at(self.places)


COLUMNS = (
    "id, name, text, title, byline, published, source, body, publisher, language, pages, unread"
)
"""Of a document's row, as ``document_of`` reads them."""


def document_of(row: tuple[object, ...]) -> tuple[int, Document]:
    """Read a document back, with its number."""
    number, name, text, title, *rest, body, publisher, language, pages, unread = cast(
        tuple[Any, ...], row
    )
    byline, published, source = rest
    return number, Document(
        name, to_text(text), title, byline, published, source, body, publisher, language,
        tuple(json.loads(pages)), unread,
    )  # fmt: skip


def to_text(blob: object) -> str:
    """Read stored text back, as it was; in an index of before it may have lone surrogates."""
    return cast(bytes, blob).decode("utf-8", "surrogatepass")


PassageColumns = tuple[bytes, bytes, bytes]
"""A passage's row but for its numbers: places, vector, sentence vectors."""


def passage_columns(passage: Passage, vectors: PassageVectors) -> PassageColumns:
    """A passage as the columns of its row.

    Sentences are (n, 3) int32: paragraph, start, end. The passage's vector is float16. A sentence's
    vector is its largest component over 127 as float32, then each component over that as int8.
    """
    places = np.array(
        [[s.paragraph, s.span.start, s.span.end] for s in passage.sentences], dtype="<i4"
    )
    scales = np.abs(vectors.sentences).max(axis=1, keepdims=True).astype("<f4") / 127
    scales[scales == 0] = 1
    levels = np.rint(vectors.sentences / scales).astype(np.int8)
    rows = np.concatenate([scales.view(np.int8), levels], axis=1)
    return places.tobytes(), vectors.passage.astype("<f2").tobytes(), rows.tobytes()


def places_of(blob: bytes) -> NDArray[np.int32]:
    """Read (sentences, 3) places back from their column."""
    return np.frombuffer(blob, "<i4").reshape(-1, 3)


def passage_at(places: NDArray[np.int32]) -> Passage:
    """The passage whose sentences stand at (sentences, 3) places."""
    return Passage(
        tuple(Sentence(Span(start, end), paragraph) for paragraph, start, end in places.tolist())
    )


def stored_passages(rows: Sequence[tuple[object, ...]]) -> list[StoredPassage]:
    """Read passages back from their rows: number, document, and the columns above.

    All vectors are unpacked at once: to do it passage by passage takes a quarter of a query's time.
    """
    if not rows:
        return []
    columns: Any = zip(*rows, strict=True)
    numbers, documents, places, vectors, sentence_rows = columns
    sentences = [places_of(blob) for blob in places]
    passages = np.frombuffer(b"".join(vectors), "<f2").astype(np.float32).reshape(len(rows), -1)
    table = np.frombuffer(b"".join(sentence_rows), np.int8).reshape(-1, 4 + passages.shape[1])
    levels = table[:, 4:] * table[:, :4].copy().view("<f4")
    ends = np.cumsum([len(of_passage) for of_passage in sentences])
    return [
        StoredPassage(number, document, of_passage, vector, levels[end - len(of_passage) : end])
        for number, document, of_passage, vector, end in zip(
            numbers, documents, sentences, passages, ends, strict=True
        )
    ]


def statement_row(document: int, s: Statement) -> tuple[object, ...]:
    """A statement as the columns of its row."""
    content = json.dumps([[span.start, span.end] for span in s.content])
    cue = (s.cue.start, s.cue.end) if s.cue else (None, None)
    source = (s.source.start, s.source.end) if s.source else (None, None)
    return document, s.speaker, s.kind, s.score, content, *cue, *source, s.within


def statement(row: tuple[object, ...]) -> tuple[int, Statement]:
    """Read a statement back, with its document's number."""
    document, speaker, kind, score, content, *rest, within = row
    cue_start, cue_end, source_start, source_end = cast(list[int | None], rest)
    return cast(int, document), Statement(
        content=tuple(Span(a, b) for a, b in json.loads(cast(str, content))),
        cue=None if cue_start is None or cue_end is None else Span(cue_start, cue_end),
        source=None
        if source_start is None or source_end is None
        else Span(source_start, source_end),
        speaker=cast(str, speaker),
        kind=cast(StatementKind, kind),
        score=cast(float, score),
        within=cast(str | None, within),
    )
