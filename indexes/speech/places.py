"""A parsed frame: from its tokens back to the places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.frames import Frame
from indexes.speech.quotations import Quotation
from indexes.speech.references import Reference
from indexes.speech.subjects import RELATIVES, antecedent, joined, phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AFTER_QUOTE = re.compile(r"[.,!?]?(?:[”\"]|'')")
_PUNCTUATION = "“”„«»\"‘’'`.,;:!?…()[]-—– "


class Places:
    """A parsed frame: from tokens back to places in the text."""

    def __init__(self, text: str, frame: Frame, doc: Doc) -> None:
        self.text = text
        self.doc = doc
        self._frame = frame
        self.quotes: list[tuple[int, int, Quotation]] = []
        self.quote_at: dict[int, int] = {}
        ends = {token.idx + len(token): token.i for token in doc}
        starts = {token.idx: token.i for token in doc}
        for start, end, quotation in frame.quotes:
            first, last = starts.get(start), ends.get(end)
            if first is not None and last is not None:
                for i in range(first, last + 1):
                    self.quote_at[i] = len(self.quotes)
                self.quotes.append((first, last, quotation))

    def span(self, first: int, last: int) -> Span:
        """Return the place of some tokens, from the first to the last."""
        a, b = self.doc[first], self.doc[last]
        start = self._frame.begin[a.idx]
        return Span(start, max(start, self._frame.finish[b.idx + len(b) - 1]))

    def spans(self, tokens: Iterable[int]) -> list[Span]:
        """Return the places of runs of tokens, without placeholders and outer punctuation."""
        runs: list[list[int]] = []
        for i in sorted(tokens):
            if i in self.quote_at:
                continue
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
        found: list[Span] = []
        for run in runs:
            kept = [i for i in run if self.doc[i].is_alpha or self.doc[i].text.strip(_PUNCTUATION)]
            if kept and (span := self.span(kept[0], kept[-1])):
                found.append(span)
        return found

    def reference(self, subject: Token | None, cue: Token | None) -> Reference | None:
        """Name the speaker by the words of a subject."""
        if subject is None or subject.i in self.quote_at:
            return None
        referent = antecedent(subject)
        if referent.i != subject.i and referent.lower_ in cues.VOICES:
            # "released a statement that denied it": the statement is somebody's.
            owner = subject_of(referent, self.quote_at)
            if owner is not None and owner.lower_ not in RELATIVES:
                return self.reference(owner, None)
        first, last = phrase(subject, cue, self.quote_at)
        alike = [referent, *(c for c in joined(referent) if c.i not in self.quote_at)]
        beside = [a for c in _apposed(referent) for a in (c, *joined(c))]
        place = self.span(first, last)
        if not place:
            return None
        words = place
        if referent.i != subject.i:
            words = self.span(min(referent.left_edge.i, referent.i), referent.i)
        return Reference(
            place,
            tuple(self.span(t.i, t.i) for t in alike),
            words,
            tuple(self.span(t.i, t.i) for t in beside),
        )


def _apposed(noun: Token) -> Iterator[Token]:
    """Yield what stands beside a noun for the same one; the parser may hang it on "its manager for Europe"."""
    yield from (c for c in noun.children if c.dep_ == "appos")
    for preposition in (c for c in noun.children if c.dep_ == "prep" and noun.tag_[:3] != "NNP"):
        for place in (c for c in preposition.children if c.dep_ == "pobj"):
            yield from (c for c in place.children if c.dep_ == "appos" and c.tag_[:3] == "NNP")


def cue_span(places: Places, cue: Token, preposition: Token | None = None) -> Span:
    """The words of a cue: the verb with its auxiliaries, adverbs and particle."""
    first = last = cue.i
    if cue.lower_ == "according":
        return places.span(first, last + 1)
    beside = {c.i for c in cue.children if c.dep_ in ("aux", "auxpass", "neg", "advmod", "prt")}
    while first - 1 in beside:
        first -= 1
    while last + 1 in beside and places.doc[last + 1].dep_ == "prt":
        last += 1
    if preposition is not None and preposition.i == last + 1:
        last += 1
    return places.span(first, last)


def with_marks(places: Places, span: Span) -> Span:
    """Take in the marks of a quotation that starts or ends a span."""
    text = places.text
    start, end = span.start, span.end
    inside = text[start:end]
    if start and text[start - 1] in '“"' and text[start - 1] not in inside[:1]:
        start -= 1
    match = _AFTER_QUOTE.match(text, end)
    if match and (inside.count("“") > inside.count("”") or text[start] in '“"' or '"' in inside):
        end = match.end()
    return Span(start, end)


def subtree(token: Token) -> set[int]:
    """The tokens that hang on one, itself among them."""
    return {t.i for t in token.subtree}
