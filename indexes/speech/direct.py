"""Quotations: each goes to the cue that reports it, or to the statement that it goes on from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.drafts import Draft
from indexes.speech.places import Places, cue_span
from indexes.speech.speakers import Reference
from indexes.speech.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNATURE = re.compile(
    r"[ \u00a0]*(?:—|–|―|--?)[ \u00a0]*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}?)"
    r"(?=,|\.?\s*(?:\n|$))"
)


def quoted(places: Places, before: Draft | None) -> tuple[list[Draft], dict[int, Draft]]:
    """Give each whole quotation to its cue, or to the statement that it goes on from."""
    drafts: list[Draft] = []
    reporting: dict[int, Draft] = {}
    last_end = -1
    for number, (first, last, quotation) in enumerate(places.quotes):
        cue = _cue_after(places, last) or _cue_before(places, first)
        if cue is not None and cue.i in reporting:
            reporting[cue.i].content.append(quotation.span)
        elif cue is None and number and first <= last_end + 1:
            # “…,” he said. “…” and “…” “…”: nothing stands between the two.
            drafts[-1].content.append(quotation.span)
        else:
            draft = Draft([quotation.span], quoted=True)
            if cue is not None:
                draft.cue = cue_span(places, cue)
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


def _led_in(places: Places, first: int) -> Reference | None:
    """Name the subject of the sentence before a quotation that stands alone."""
    root = places.doc[first - 1].sent.root
    if root.i in places.quote_at:
        return None
    return places.reference(subject_of(root, places.quote_at), root)


def _cue_after(places: Places, last: int) -> Token | None:
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


def _cue_before(places: Places, first: int) -> Token | None:
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
