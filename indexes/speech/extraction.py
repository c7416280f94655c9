"""Who said what: the statements of a text, each with its speaker, cue and exact content.

Quotations are found by their marks, then taken out of the sentence (a placeholder stands for each),
so that the parser sees the plain sentence around them; cue verbs, nouns and "according to" of
``cues`` are then looked up in the parse. Only sentences that hold a mark or a cue are parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.direct import quoted
from indexes.speech.drafts import Draft
from indexes.speech.frames import (
    CUE_WORD,
    Frame,
    Part,
    frames_of,
    joined_by_colons,
    load_parser,
    prepared,
    sentences_of,
)
from indexes.speech.indirect import reported
from indexes.speech.labels import labelled, labels
from indexes.speech.language import is_english
from indexes.speech.places import Places
from indexes.speech.quotations import CLOSE_MARKS, OPEN_MARKS, WORD, Quotation, find_quotations
from indexes.speech.references import Earlier
from indexes.speech.speakers import Speakers
from indexes.statements import Statement, StatementKind

if TYPE_CHECKING:
    from spacy.language import Language

_SAMPLE = 20_000
"""Characters from the start of a text by which its language is told."""
_NEAR = 6
"""How many statements back one is looked for that holds another, or goes before it."""


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
    if not is_english(text, Span(0, min(len(text), _SAMPLE))):
        return []
    headed = labels(text, paragraphs)
    dealt = sentences_of(sentences, paragraphs)
    quotations = [find_quotations(text, paragraph) for paragraph in paragraphs]
    parts = [Part(*part) for part in zip(paragraphs, dealt, quotations, strict=True)]
    drafts = [
        labelled(text, *headed[part.span.start], part.span, part.quotations)
        for part in parts
        if part.span.start in headed
    ]
    eager = _is_full_of_speech(text)
    frames = (
        frame
        for number, part in enumerate(joined_by_colons(text, parts, apart=headed.keys()))
        if part.span.start not in headed
        for frame in frames_of(text, part, number, eager=eager)
    )
    first = next(frames, None)
    if first is not None:
        drafts.extend(_read_all(text, chain([first], frames), nlp or load_parser()))
    if not drafts:
        return []
    _run_on(text, drafts, sentences, [q for quotes in quotations for q in quotes])
    whole = [q.span for quotes in quotations for q in quotes if q.whole]
    return _finished(text, drafts, Speakers(text, sentences, whole))


def _is_full_of_speech(text: str) -> bool:
    """Tell news, in which stance counts too, from other prose: a cue or a quotation often."""
    words = said = 0
    for match in CUE_WORD.finditer(text):
        words += 1
        said += match.group().lower() in cues.PLAIN
    return said * 250 > words


def _read_all(text: str, frames: Iterable[Frame], nlp: Language) -> Iterator[Draft]:
    """Parse the frames, a few at a time, and read what each reports."""
    before: Draft | None = None
    number = -1
    parsed = nlp.pipe(((prepared(nlp, f), f) for f in frames), as_tuples=True, batch_size=64)
    for doc, frame in parsed:
        places = Places(text, frame, doc)
        drafts, reporting = quoted(places, before if frame.number - number <= 1 else None)
        others = [
            draft
            for token in doc
            if token.i not in places.quote_at
            for draft in reported(places, token, reporting.get(token.i))
        ]
        if before is not None and drafts and places.quotes[0][0] == 0:
            _take_up(before, drafts[0])
        before = drafts[-1] if drafts else max(_outermost(others), key=_last_place, default=None)
        number = frame.number
        yield from drafts
        yield from others


def _outermost(drafts: Sequence[Draft]) -> list[Draft]:
    """Those that no other reports: of "Quill said that critics had foretold it", what Quill said."""
    return [
        draft
        for draft in drafts
        if not any(
            span.contains(draft.cue)
            for other in drafts
            if other is not draft and draft.cue is not None
            for span in other.content
        )
    ]


def _take_up(before: Draft, draft: Draft) -> None:
    """Give the open quotations of the paragraphs before the speaker that is named at last."""
    waiting: Draft | None = before
    while waiting is not None and waiting.open and waiting.reference is None:
        waiting.reference, waiting.guessed = draft.reference, True
        waiting = waiting.after


def _last_place(draft: Draft) -> tuple[int, int]:
    return min(draft.content).start, -max(draft.content).end


def _run_on(
    text: str, drafts: Sequence[Draft], sentences: Sequence[Span], quotations: Sequence[Quotation]
) -> None:
    """Let what is reported run to the end of a quotation that begins in its sentence and goes on in the next ones.

    He said that the dike "has a leak. It will hold."
    """
    ends = [sentence.end for sentence in sentences]

    def end_of_sentence(at: int) -> int:
        number = bisect_right(ends, at)
        return ends[number] if number < len(ends) else len(text)

    running: dict[int, Span] = {}
    for quotation in quotations:
        span = quotation.span
        end = end_of_sentence(span.start)
        single = text[span.start] in "'‘" and text[span.start : span.start + 2] != "''"
        closes = not span.of(text).rstrip(CLOSE_MARKS)[-1:].isspace()  # 'it was not "at all" so'
        if closes and quotation.closed and not single and WORD.search(text, end, span.end):
            running[end] = span
    for draft in drafts:
        for number, piece in enumerate(draft.content):
            end = end_of_sentence(piece.start)
            span = running.get(end, Span(0, 0))
            begins = piece.start <= span.start + 2 and span.start < piece.end
            outside = draft.cue is None or not span.contains(draft.cue)
            if begins and outside and not WORD.search(text, piece.end, end):
                draft.content[number] = Span(piece.start, max(piece.end, span.end))


def _finished(text: str, drafts: Sequence[Draft], speakers: Speakers) -> list[Statement]:
    """Resolve the speakers, in the order of the text."""
    statements: list[Statement] = []
    seen: set[tuple[Span, ...]] = set()
    spoken: dict[int, tuple[str, float]] = {}
    for draft in sorted(drafts, key=_last_place):
        content = tuple(sorted(s for s in set(draft.content) if WORD.search(text, s.start, s.end)))
        if not content or content in seen:
            continue
        seen.add(content)
        speaker, score = "", 0.1
        outer = _outer(statements, draft.cue)
        if draft.reference is not None:
            holder = _outer(statements, draft.reference.span)
            place = min(*content, draft.reference.span)
            speaker, score = speakers.resolve(
                draft.reference,
                content=content,
                outer=holder.speaker if holder else "",
                previous=_earlier(
                    [s for s in statements[-_NEAR:] if s.within is None and s.speaker], place
                ),
                last=_earlier(statements[-1:], place),
            )
            score *= 0.7 if draft.guessed else 1.0
        elif draft.after is not None:
            speaker, score = spoken.get(id(draft.after), ("", 0.1))
            score *= draft.follows
        spoken[id(draft)] = speaker, score
        source = draft.reference.span if draft.reference and not draft.guessed else None
        kind = _kind(text, content)
        within = outer.speaker if outer else None
        statements.append(
            Statement(content, draft.cue, source, speaker, kind, round(score, 3), within)
        )
    return statements


def _earlier(statements: Sequence[Statement], place: Span) -> Earlier:
    """The last of some statements, and how far it ended before a place."""
    if not statements:
        return Earlier()
    since = place.start - max(span.end for span in statements[-1].content)
    return Earlier(statements[-1].speaker, max(0, since))


def _outer(statements: Sequence[Statement], place: Span | None) -> Statement | None:
    """Find the innermost recent statement whose content holds a place."""
    if place is None:
        return None
    for statement in reversed(statements[-_NEAR:]):
        if any(span.contains(place) for span in statement.content):
            return statement
    return None


def _kind(text: str, content: Sequence[Span]) -> StatementKind:
    pieces = [span.of(text) for span in content]
    if all(p[0] in OPEN_MARKS and p.rstrip(".,;:")[-1:] in tuple(CLOSE_MARKS) for p in pieces):
        return "direct"
    return "mixed" if any(mark in p for p in pieces for mark in '“"«') else "indirect"
