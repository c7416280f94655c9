"""Quotations: each goes to the cue that reports it, or to the statement that it goes on from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.drafts import Draft
from indexes.speech.indirect import source_of
from indexes.speech.places import Places, cue_span
from indexes.speech.references import Reference
from indexes.speech.subjects import RELATIVES, named_beside, speaks, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNATURE = re.compile(
    r"[ \u00a0]*(?P<apart>\n\s*)?(?:—|–|―|--?)[ \u00a0]*"
    r"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}?(?<![^\W\d_]{3}\.))(?P<end>,|\.?\s*(?:\n|$))"
)
_FARTHEST = 45
"""Words between a quotation and its cue at most."""
_AUXILIARY = frozenset("be is was are were been 's ’s has have had do does did".split())


def quoted(places: Places, before: Draft | None) -> tuple[list[Draft], dict[int, Draft]]:
    """Give each whole quotation to its cue, or to the statement that it goes on from.

    Args:
        places: a parsed frame.
        before: the last statement of the paragraph before, if that has any.

    Returns:
        The statements in order, and which of them each cue's token reports.
    """
    drafts: list[Draft] = []
    reporting: dict[int, Draft] = {}
    last_end = -1
    for number, (first, last, quotation) in enumerate(places.quotes):
        cue = _cue_of(places, first, last)
        if cue is not None and cue.i in reporting:
            reporting[cue.i].content.append(quotation.span)
        elif cue is None and number and first <= last_end + 1:
            # “…,” he said. “…” and “…” “…”: nothing stands between the two.
            drafts[-1].content.append(quotation.span)
        else:
            draft = Draft([quotation.span], quoted=True)
            if cue is not None:
                draft.cue = cue_span(places, cue)
                draft.reference = places.reference(_subject(places, cue, first), cue)
                reporting[cue.i] = draft
            else:
                _attribute(places, draft, first, drafts[-1] if drafts else before)
            drafts.append(draft)
        drafts[-1].open = not quotation.closed
        sentence = (cue or places.doc[last]).sent
        last_end = max(last, sentence.end - 1)
    return drafts, reporting


def _cue_of(places: Places, first: int, last: int) -> Token | None:
    """Find the word that reports a quotation: the one that leads it in goes before one behind it."""
    before = _cue_before(places, first)
    if before is not None and before.dep_ != "advcl" and places.doc[first - 1].text in (",", ":"):
        return before
    return _cue_after(places, last) or before


def _subject(places: Places, cue: Token, first: int) -> Token | None:
    """Find who says a quotation that a cue reports; a headline starts with who says it."""
    subject = source_of(cue) or subject_of(cue, places.quote_at)
    if subject is None and places.doc[first - 1].text == ":":
        return next((t for t in cue.sent if t.tag_ == "NNP" and t.i < first), None)
    return subject


def _attribute(places: Places, draft: Draft, first: int, before: Draft | None) -> None:
    """Find whose a quotation without a cue is: signed, led in, or gone on from the one before."""
    signed = _signed(places.text, draft.content[0].end)
    if signed is not None:
        draft.reference = signed
    elif first > 0:
        draft.reference = _led_in(places, first)
        draft.guessed = True
    if draft.reference is None and before is not None:
        draft.after = before
        draft.follows = 0.9 if before.open else 0.6 if before.quoted else 0.5


def _signed(text: str, end: int) -> Reference | None:
    """Name who signs a quotation: “…” — Jane Roe."""
    match = _SIGNATURE.match(text, end)
    if match is None or (" " not in match["name"] and not (match["apart"] and match["end"] != ",")):
        return None
    name = Span(*match.span("name"))
    last = Span(text.rfind(" ", name.start, name.end) + 1 or name.start, name.end)
    return Reference(name, (last,), name)


def _led_in(places: Places, first: int) -> Reference | None:
    """Name who speaks in the sentence before a quotation that stands alone, or else its subject."""
    sentence = places.doc[first - 1].sent
    verbs = [
        t for t in sentence if t.tag_[:2] == "VB" and t.i < first and t.i not in places.quote_at
    ]
    aside = (t for t in verbs if t.dep_ == "parataxis" and _may_quote(t))
    root = next(aside, sentence.root)  # "The dike would hold, she said, and so would the lock."
    if root.i in places.quote_at and places.doc[first - 1].text == ":":
        own = (t for t in reversed(verbs) if any(map(_may_speak, t.children)))
        root = next(own, root)
    if root.i not in places.quote_at:
        return places.reference(subject_of(root, places.quote_at), root)
    if places.doc[first - 1].text == ":" and sentence[0].tag_ == "NNP":
        # A headline, which has no verb or none that the parser knows: it starts with who says it.
        name = sentence[0]
        while name.i + 1 < first - 1 and places.doc[name.i + 1].tag_ == "NNP":
            if name.dep_ != "compound":
                break
            name = places.doc[name.i + 1]
        return places.reference(name, places.doc[first - 1])
    return _opening(places, sentence.start, first - 1) if not verbs else None


def _opening(places: Places, start: int, colon: int) -> Reference | None:
    """Name who opens what leads a quotation in without a verb: "HARBOUR BOARD, in a letter: “…”"."""
    if places.doc[colon].text != ":":
        return None
    end = next(i for i in range(start, colon + 1) if places.doc[i].text in (",", "(", ":"))
    named = any(token.text[0].isupper() for token in places.doc[start + 1 : end])
    if end == start or not (named or places.doc[start].is_upper):
        return None
    name = places.span(start, end - 1)
    return Reference(name, (places.span(end - 1, end - 1),), name)


def _may_speak(subject: Token) -> bool:
    return subject.dep_ == "nsubj" and (subject.lower_ in ("he", "she") or speaks(subject))


def _cue_after(places: Places, last: int) -> Token | None:
    """Find the verb that reports a quotation from behind: …, he said."""
    doc = places.doc
    at = last + 1
    if at >= len(doc) or doc[at].text in (".", "?", "!"):
        return None
    other: Token | None = None
    for token in doc[at : at + _FARTHEST]:
        if token.i in places.quote_at or token.text in (".", ";", ":"):
            break
        if token.lower_ == "according":
            return token
        if not token.tag_.startswith("VB") or _is_relative(token):
            continue
        if _may_quote(token) and token.dep_ not in ("relcl", "acl"):
            return token
        if other is None and _tells(places, token):
            other = token
    # …, Oliver barked: a comma, a name and a verb need no table.
    return other if doc[at].text == "," else None


def _may_quote(verb: Token) -> bool:
    known = cues.CUE_VERBS.get(verb.lower_)
    return known is not None and "q" in known.ways


def _is_relative(verb: Token) -> bool:
    """Tell the verb of "who …" and "that …"."""
    return any(c.lower_ in RELATIVES and c.dep_ == "nsubj" for c in verb.children)


def _tells(places: Places, verb: Token) -> bool:
    """Tell a finite verb that somebody does, other than to be or to have."""
    if verb.tag_ in ("VB", "VBG") or verb.lower_ in _AUXILIARY:
        return False
    own = any(c.dep_ == "nsubj" and c.i not in places.quote_at for c in verb.children)
    return own or named_beside(verb, places.quote_at) is not None


def _cue_before(places: Places, first: int) -> Token | None:
    """Find the verb that leads a quotation in: He said, … or As he put it: …."""
    doc = places.doc
    if first == 0:
        return None
    colon = doc[first - 1].text == ":"
    found: Token | None = None
    for token in reversed(doc[max(0, first - _FARTHEST) : first]):
        if token.i in places.quote_at or (token.text in ".?!;" and token.i < first - 1):
            break
        if token.text in ".?!;":
            return None
        if found is None and token.lower_ == "according":
            return token
        if not token.tag_.startswith("VB"):
            continue
        if found is None and _leads(places, token, colon=colon):
            return token
        if _may_quote(token):
            found = token
            if subject_of(token, places.quote_at) is not None:
                break
    if found is None and colon:
        root = doc[first - 1].sent.root
        return root if root.i < first and root.i not in places.quote_at else None
    return found


def _leads(places: Places, verb: Token, *, colon: bool) -> bool:
    """Tell a main verb before a colon, or that of "as …", whatever it is: Quill fired back: …."""
    if any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        return _tells(places, verb)
    main = verb.dep_ == "ROOT" or (verb.head.i in places.quote_at and verb.dep_ != "advcl")
    return colon and main and _tells(places, verb)
