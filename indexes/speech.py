"""Who said what: the statements of a text, each with its speaker, cue and exact content.

Quotations are found by their marks, then taken out of the sentence (a placeholder stands for each),
so that the parser sees the plain sentence around them; cue verbs, nouns and "according to" of
``cues`` are then looked up in the parse. Only sentences that hold a mark or a cue are parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexes import cues
from indexes.documents import Span
from indexes.frames import (
    CUE_WORD,
    Frame,
    frames_of,
    load_parser,
    prepared,
    sentences_of,
)
from indexes.quotations import (
    CLOSE_MARKS,
    OPEN_MARKS,
    Quotation,
    find_quotations,
)
from indexes.speakers import Reference, Speakers
from indexes.statements import Statement, StatementKind
from indexes.subjects import antecedent, joined, phrase, subject_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token


_AFTER_QUOTE = re.compile(r"[.,!?]?(?:[”\"]|'')")
_LABEL = re.compile(
    r"[\"“]?(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|[QA])(?: ?\([^()\n]{1,40}\))?:\s+(?=\S)"
)
_SIGNATURE = re.compile(
    r"[ \u00a0]*(?:—|–|―|--?)[ \u00a0]*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}?)"
    r"(?=,|\.?\s*(?:\n|$))"
)
_EMPTY = frozenset("it that this these those what which who whom whose them him her".split())
"""Words that say nothing when they are all that is reported."""
_PUNCTUATION = "“”„«»\"‘’'`.,;:!?…()[]-—– "


@dataclass(slots=True)
class _Draft:
    """A statement before its speaker is known."""

    content: list[Span]
    cue: Span | None = None
    reference: Reference | None = None
    follows: float = 0.0
    """How sure it is that the speaker is the one of the draft before; 0 when nothing says so."""
    quoted: bool = False
    open: bool = False
    """Whether its last quotation has no closing mark, so that the next paragraph goes on."""
    guessed: bool = False
    """Whether the reference is only the subject of the sentence before."""


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
    drafts: list[_Draft] = []
    by_paragraph = sentences_of(sentences, paragraphs)
    eager = _is_full_of_speech(text)
    labels = _labels(text, paragraphs)
    quotations = [find_quotations(text, paragraph) for paragraph in paragraphs]
    for paragraph, inside, quotes in zip(paragraphs, by_paragraph, quotations, strict=True):
        label = labels.get(paragraph.start)
        if label is not None:
            drafts.append(_labelled(text, *label, paragraph, quotes))
        else:
            frames.extend(frames_of(text, paragraph, inside, quotes, eager=eager))
    if frames:
        nlp = nlp or load_parser()
        docs = (prepared(nlp, frame) for frame in frames)
        before: _Draft | None = None
        for frame, doc in zip(frames, nlp.pipe(docs, batch_size=64), strict=True):
            read = _read(_Places(text, frame, doc), before)
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


def _labels(text: str, paragraphs: Sequence[Span]) -> dict[int, tuple[Span, int]]:
    """Find the paragraphs that a speaker's name and a colon open: "QUILL: …", "Tamm: …".

    A label counts when it stands for a question or an answer, or in capitals, or is repeated, or
    heads a quotation or the text; "Photo:" does none of these.
    """
    found: dict[int, re.Match[str]] = {}
    often: dict[str, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 90))
        if match is None or _is_no_label(match["label"]):
            continue
        often[match["label"]] = often.get(match["label"], 0) + 1
        if match["label"].isupper() or number == 0 or text[match.end()] in OPEN_MARKS:
            often[match["label"]] += 1
        found[paragraph.start] = match
    return {
        start: (Span(*match.span("label")), match.end())
        for start, match in found.items()
        if often[match["label"]] > 1
    }


def _is_no_label(label: str) -> bool:
    words = label.lower().split()
    return any(word in cues.NOT_LABELS for word in words) or words[0] in cues.NOT_NAMES - {"a"}


def _labelled(
    text: str, label: Span, start: int, paragraph: Span, quotes: Sequence[Quotation]
) -> _Draft:
    """Make the draft of a paragraph that a label opens."""
    whole = [q.span for q in quotes if q.span.start == start]
    content = whole[0] if whole and paragraph.end - whole[0].end < 3 else Span(start, paragraph.end)
    last = max(label.start, text.rfind(" ", label.start, label.end) + 1)
    head = Span(last, label.end)
    return _Draft([content], None, Reference(label, (head,), label), quoted=True)


class _Places:
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
        first, last = phrase(subject, cue, self.quote_at)
        referent = antecedent(subject)
        alike = [referent, *(c for c in joined(referent) if c.i not in self.quote_at)]
        beside = [a for c in referent.children if c.dep_ == "appos" for a in (c, *joined(c))]
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


def _read(places: _Places, before: _Draft | None) -> list[_Draft]:
    """Return the statements of one frame, in the order of the text."""
    drafts, reporting = _quoted(places, before)
    for token in places.doc:
        if token.i not in places.quote_at:
            drafts.extend(_reported(places, token, reporting.get(token.i)))
    return sorted(drafts, key=lambda d: (min(d.content).start, -max(d.content).end))


def _quoted(places: _Places, before: _Draft | None) -> tuple[list[_Draft], dict[int, _Draft]]:
    """Give each whole quotation to its cue, or to the statement that it goes on from."""
    drafts: list[_Draft] = []
    reporting: dict[int, _Draft] = {}
    last_end = -1
    for number, (first, last, quotation) in enumerate(places.quotes):
        cue = _cue_after(places, last) or _cue_before(places, first)
        if cue is not None and cue.i in reporting:
            reporting[cue.i].content.append(quotation.span)
        elif cue is None and number and first <= last_end + 1:
            # “…,” he said. “…” and “…” “…”: nothing stands between the two.
            drafts[-1].content.append(quotation.span)
        else:
            draft = _Draft([quotation.span], quoted=True)
            if cue is not None:
                draft.cue = _cue_span(places, cue)
                subject = subject_of(cue, places.quote_at)
                if subject is None and places.doc[first - 1].text == ":":
                    # A headline, which the parser cannot read: it starts with who says it.
                    subject = next((t for t in cue.sent if t.tag_ == "NNP" and t.i < first), None)
                draft.reference = places.reference(subject, cue)
                reporting[cue.i] = draft
            elif (signed := _signed(places.text, quotation.span.end)) is not None:
                draft.reference = signed
            elif first > 0:
                draft.reference = _led_in(places, first)
                draft.follows = 0.0 if draft.reference else 0.6
                draft.guessed = True
            elif before is not None and before.quoted:
                draft.follows = 0.9 if before.open else 0.6
            drafts.append(draft)
        drafts[-1].open = not quotation.closed
        sentence = (cue or places.doc[last]).sent
        last_end = max(last, sentence.end - 1)
    return drafts, reporting


def _signed(text: str, end: int) -> Reference | None:
    """Name who signs a quotation: “…” — Jane Roe."""
    match = _SIGNATURE.match(text, end)
    if match is None:
        return None
    name = Span(*match.span("name"))
    last = Span(text.rfind(" ", name.start, name.end) + 1 or name.start, name.end)
    return Reference(name, (last,), name)


def _led_in(places: _Places, first: int) -> Reference | None:
    """Name the subject of the sentence before a quotation that stands alone."""
    root = places.doc[first - 1].sent.root
    if root.i in places.quote_at:
        return None
    return places.reference(subject_of(root, places.quote_at), root)


def _cue_after(places: _Places, last: int) -> Token | None:
    """Find the verb that reports a quotation from behind: …, he said."""
    doc = places.doc
    at = last + 1
    if at >= len(doc) or doc[at].text in (".", "?", "!"):
        return None
    for token in doc[at : at + 45]:
        if token.i in places.quote_at or token.text in (".", ";", ":"):
            return None
        if token.lower_ in cues.CUE_VERBS and token.tag_.startswith("VB"):
            way = cues.CUE_VERBS[token.lower_].ways
            if "q" in way and token.dep_ not in ("relcl", "acl"):
                return token
    return None


def _cue_before(places: _Places, first: int) -> Token | None:
    """Find the verb that leads a quotation in: He said, … or As he put it: …."""
    doc = places.doc
    if first == 0:
        return None
    colon = doc[first - 1].text == ":"
    found: Token | None = None
    for token in reversed(doc[max(0, first - 40) : first]):
        if token.i in places.quote_at or (token.text in ".?!;" and token.i < first - 1):
            break
        if token.text in ".?!;":
            return None
        known = cues.CUE_VERBS.get(token.lower_)
        if known and "q" in known.ways and token.tag_.startswith("VB"):
            found = token
            if subject_of(token, places.quote_at) is not None:
                break
    if found is None and colon:
        root = doc[first - 1].sent.root
        return root if root.i < first and root.i not in places.quote_at else None
    return found


def _cue_span(places: _Places, cue: Token, preposition: Token | None = None) -> Span:
    """The words of a cue: the verb with its auxiliaries, adverbs and particle."""
    first = last = cue.i
    beside = {c.i for c in cue.children if c.dep_ in ("aux", "auxpass", "neg", "advmod", "prt")}
    while first - 1 in beside:
        first -= 1
    while last + 1 in beside and places.doc[last + 1].dep_ == "prt":
        last += 1
    if preposition is not None and preposition.i == last + 1:
        last += 1
    return places.span(first, last)


def _reported(places: _Places, token: Token, direct: _Draft | None) -> Iterator[_Draft]:
    """Yield what a word of the sentence reports, if it is a cue."""
    word = token.lower_
    if direct is not None:
        # A clause that the same cue reports beside the quotation belongs to the same statement.
        content = {i for c in token.children if c.dep_ == "ccomp" for i in _subtree(c)}
        if not content & places.quote_at.keys():
            spans = [_with_marks(places, span) for span in places.spans(content)]
            direct.content.extend(span for span in spans if len(span) > 12)
        return
    preposition: Token | None
    if token.tag_.startswith("VB") and word in cues.CUE_VERBS:
        content, preposition = _content(token, cues.CUE_VERBS[word])
    elif word in cues.NOUNS and token.tag_ in ("NN", "NNS"):
        content, preposition = _noun_content(token)
    elif word == "according":
        yield from _according(places, token)
        return
    else:
        return
    subject = subject_of(token, places.quote_at)
    taken = _subtree(subject) if subject is not None else set()
    spans = [_with_marks(places, span) for span in places.spans(content - taken - {token.i})]
    if any(span.of(places.text).lower() not in _EMPTY for span in spans):
        cue = _cue_span(places, token, preposition)
        yield _Draft(spans, cue, places.reference(subject, token))


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def _content(cue: Token, frame: cues.Frame) -> tuple[set[int], Token | None]:
    """Find the tokens that say what a verb reports, and the preposition that leads them in."""
    children = list(cue.children)
    if cue.dep_ == "parataxis" and "c" in frame.ways:
        return _subtree(cue.head) - _subtree(cue), None
    clauses = [c for c in children if c.dep_ == "ccomp" and frame.ways & set("cqs")]
    infinitives = [c for c in children if c.dep_ == "xcomp" and frame.ways & set("is")]
    objects = [c for c in children if c.dep_ in ("dobj", "dative")]
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    found: set[int] = set()
    for clause in clauses:
        found |= _subtree(clause)
    for infinitive in infinitives:
        found |= _subtree(infinitive)
    prepositions = [c for c in children if c.dep_ == "prep"]
    if "s" in frame.ways:
        for c in (*objects, *passive, *(c for c in children if c.dep_ in ("oprd", "acomp"))):
            found |= _subtree(c)
        for c in prepositions:
            if c.lower_ in ("as", "of", "for"):
                found |= _subtree(c)
        return found, None
    if found and passive and frame.ways & set("ic"):
        return found | _subtree(passive[0]), None
    if "o" in frame.ways and not found:
        for c in (*objects, *passive):
            found |= _subtree(c)
    if not found:
        for c in prepositions:
            if c.lower_ in frame.prepositions:
                return _subtree(c) - {c.i}, c
    return found, None


def _noun_content(noun: Token) -> tuple[set[int], Token | None]:
    """Find what a noun reports: X's claim that …, criticism of …."""
    for c in noun.children:
        if c.dep_ in ("acl", "ccomp") and any(g.dep_ in ("mark", "aux") for g in c.children):
            return _subtree(c), None
    return set(), None


def _according(places: _Places, token: Token) -> Iterator[_Draft]:
    """Yield what is so "according to" somebody: the rest of its clause."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None:
        return
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        return
    head = token.head
    while head.tag_[:2] not in ("VB", "MD") and head.head.i != head.i:
        head = head.head
    content = _subtree(head) - _subtree(token)
    spans = [_with_marks(places, span) for span in places.spans(content)]
    if spans:
        yield _Draft(spans, places.span(token.i, to.i), places.reference(source, token))


def _with_marks(places: _Places, span: Span) -> Span:
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


def _finished(text: str, drafts: Sequence[_Draft], speakers: Speakers) -> list[Statement]:
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
