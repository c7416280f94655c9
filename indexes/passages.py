"""Passages: what is retrieved. Also the only place that makes llama-index nodes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexes.documents import Document, Span
from indexes.sentences import paragraphs, sentences

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

    from indexes.encoder import Encoder, PassageVectors

PASSAGE_CHARACTERS = 1000
"""Longest passage, unless one sentence is longer: about 220 word pieces, what the models read best."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document.

    Attributes:
        span: its place in the document's text.
        paragraph: its paragraph's number in the document, from 0.
    """

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences that are read together: a paragraph, or short adjacent ones."""

    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)


def split(document: Document) -> list[Passage]:
    """Cut a document into passages: every sentence is in exactly one, in reading order.

    Short paragraphs join their neighbours, long ones are cut between sentences into even parts.
    """
    passages: list[Passage] = []
    waiting: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(document.text, document.body)):
        block = [Sentence(span, number) for span in sentences(document.text, paragraph)]
        if waiting and block[-1].span.end - waiting[0].span.start > PASSAGE_CHARACTERS:
            passages.append(Passage(tuple(waiting)))
            waiting = []
        waiting += block
        if _length(waiting) > PASSAGE_CHARACTERS:
            *full, waiting = _even_parts(waiting)
            passages += [Passage(tuple(part)) for part in full]
    if waiting:
        passages.append(Passage(tuple(waiting)))
    return passages


def _length(block: Sequence[Sentence]) -> int:
    return block[-1].span.end - block[0].span.start


def _even_parts(block: Sequence[Sentence]) -> list[list[Sentence]]:
    """Cut a long run of sentences into the fewest parts that fit, of like length."""
    count = -(-_length(block) // PASSAGE_CHARACTERS)
    target = _length(block) / count
    parts: list[list[Sentence]] = [[]]
    for sentence in block:
        part = parts[-1]
        if part and (
            sentence.span.end - part[0].span.start > PASSAGE_CHARACTERS
            or part[-1].span.end - part[0].span.start >= target
        ):
            parts.append([])
        parts[-1].append(sentence)
    return parts


def encoded(passages: Sequence[Passage], text: str, encoder: Encoder) -> Iterator[PassageVectors]:
    """Encode a document's passages, in order.

    Args:
        passages: some or all of the document's.
        text: the document's.
        encoder: what to encode them with.
    """

    def relative(passage: Passage) -> tuple[str, list[Span]]:
        start = passage.span.start
        spans = [Span(s.span.start - start, s.span.end - start) for s in passage.sentences]
        return passage.span.of(text), spans

    return encoder.encode_passages([relative(passage) for passage in passages])


def to_node(document: Document, span: Span, *, passage_id: int) -> TextNode:
    """Make the llama-index node of a passage; its offsets are exact, in code points."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    return TextNode(
        id_=f"passage-{passage_id}",
        text=span.of(document.text),
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata={"document": document.name, "title": document.title},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document.id)},
    )
