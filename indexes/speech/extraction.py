"""Who said what: the statements of a text, each with its speaker, cue and exact content.

Quotations are found by their marks, then taken out of the sentence (a placeholder stands for each),
so that the parser sees the plain sentence around them; cue verbs, nouns and "according to" of
``cues`` are then looked up in the parse. Only sentences that hold a mark or a cue are parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.direct import quoted
from indexes.speech.drafts import Draft
from indexes.speech.frames import (
    CUE_WORD,
    Frame,
    frames_of,
    load_parser,
    prepared,
    sentences_of,
)
from indexes.speech.indirect import reported
from indexes.speech.labels import labelled, labels
from indexes.speech.places import Places
from indexes.speech.quotations import CLOSE_MARKS, OPEN_MARKS, find_quotations
from indexes.speech.speakers import Speakers
from indexes.statements import Statement, StatementKind

if TYPE_CHECKING:
    from spacy.language import Language


def find_statements(
    text: str,
    sentences: Sequence[Span],
    paragraphs: Sequence[Span],
    *,
    nlp: Language | None = None,
) -> list[Statement]:
    """Find who said what in a text.

    Args:
        text: a document's text.
        sentences: its sentences, in order; none crosses a paragraph's end.
        paragraphs: its paragraphs, in order.
        nlp: the spaCy pipeline (tagger and parser) to use in place of the default one, which is
            loaded when the first sentence with speech is met.

    Returns:
        The statements in the order of the text. Spans are exact, and none is empty.
    """
    frames: list[Frame] = []
    drafts: list[Draft] = []
    by_paragraph = sentences_of(sentences, paragraphs)
    eager = _is_full_of_speech(text)
    headed = labels(text, paragraphs)
    quotations = [find_quotations(text, paragraph) for paragraph in paragraphs]
    for paragraph, inside, quotes in zip(paragraphs, by_paragraph, quotations, strict=True):
        label = headed.get(paragraph.start)
        if label is not None:
            drafts.append(labelled(text, *label, paragraph, quotes))
        else:
            frames.extend(frames_of(text, paragraph, inside, quotes, eager=eager))
    if frames:
        nlp = nlp or load_parser()
        docs = (prepared(nlp, frame) for frame in frames)
        before: Draft | None = None
        for frame, doc in zip(frames, nlp.pipe(docs, batch_size=64), strict=True):
            read = _read(Places(text, frame, doc), before)
            before = read[-1] if read else None
            drafts.extend(read)
    if not drafts:
        return []
    whole = [q.span for quotes in quotations for q in quotes if q.whole]
    return _finished(text, drafts, Speakers(text, sentences, whole))


def _is_full_of_speech(text: str) -> bool:
    """Tell news, in which stance counts too, from other prose: a cue or a quotation often."""
    words = said = 0
    for match in CUE_WORD.finditer(text):
        words += 1
        said += match.group().lower() in cues.PLAIN
    return said * 250 > words


def _read(places: Places, before: Draft | None) -> list[Draft]:
    """Return the statements of one frame, in the order of the text."""
    drafts, reporting = quoted(places, before)
    for token in places.doc:
        if token.i not in places.quote_at:
            drafts.extend(reported(places, token, reporting.get(token.i)))
    return sorted(drafts, key=lambda d: (min(d.content).start, -max(d.content).end))


def _finished(text: str, drafts: Sequence[Draft], speakers: Speakers) -> list[Statement]:
    """Resolve the speakers, in the order of the text."""
    statements: list[Statement] = []
    seen: set[tuple[Span, ...]] = set()
    for draft in sorted(drafts, key=lambda d: (min(d.content).start, -max(d.content).end)):
        content = tuple(sorted(span for span in set(draft.content) if span))
        if not content or content in seen:
            continue
        seen.add(content)
        speaker, score = "", 0.1
        previous = statements[-1] if statements else None
        if draft.reference is not None:
            outer = _outer(statements, draft.reference.span)
            speaker, score = speakers.resolve(
                draft.reference,
                outer=outer.speaker if outer else "",
                previous=previous.speaker if previous else "",
            )
            score *= 0.7 if draft.guessed else 1.0
        elif draft.follows and previous is not None:
            speaker, score = previous.speaker, previous.score * draft.follows
        source = draft.reference.span if draft.reference and not draft.guessed else None
        kind = _kind(text, content)
        statements.append(Statement(content, draft.cue, source, speaker, kind, round(score, 3)))
    return statements


def _outer(statements: Sequence[Statement], place: Span) -> Statement | None:
    """Find the innermost recent statement whose content holds a place."""
    for statement in reversed(statements[-6:]):
        if any(span.contains(place) for span in statement.content):
            return statement
    return None


def _kind(text: str, content: Sequence[Span]) -> StatementKind:
    pieces = [span.of(text) for span in content]
    if all(p[0] in OPEN_MARKS and p.rstrip(".,;:")[-1:] in tuple(CLOSE_MARKS) for p in pieces):
        return "direct"
    return "mixed" if any(mark in p for p in pieces for mark in '“"«') else "indirect"
