"""Indirect speech: what the verbs, nouns and "according to" of the table report in a parse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.drafts import Draft
from indexes.speech.places import Places, cue_span, subtree, with_marks
from indexes.speech.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_EMPTY = frozenset("it that this these those what which who whom whose them him her".split())
"""Words that say nothing when they are all that is reported."""
_LINKING = frozenset(
    "am are be been being is made make makes making remain remained remains was were".split()
)
"""Verbs between somebody and what he is: "was adamant", "made clear"."""
_NO_MIND = frozenset("it this that nobody few none".split())
"""Subjects of "clear" and its like who are nobody that says so."""
_COMPLEMENTS = frozenset(("acomp", "oprd", "ccomp"))
"""What the parser takes such an adjective for."""
_KNOWING = frozenset(("know", "knows", "knew", "known", "knowing"))
_ASKING = frozenset("how what when where which who whom whose why".split())
_BESIDE = frozenset(("prt", "advmod", "prep"))
"""What the parser takes the "out" of "ruled out" for."""


def reported(places: Places, token: Token, direct: Draft | None) -> Iterator[Draft]:
    """Yield what a word of the sentence reports, if it is a cue."""
    word = token.lower_
    if direct is not None:
        # A clause that the same cue reports beside the quotation belongs to the same statement.
        content = {i for c in token.children if c.dep_ == "ccomp" for i in subtree(c)}
        if not content & places.quote_at.keys():
            spans = [with_marks(places, span) for span in places.spans(content)]
            direct.content.extend(span for span in spans if len(span) > 12)
        return
    preposition: Token | None
    verb = token
    if token.tag_.startswith("VB") and word in cues.CUE_VERBS:
        content, preposition = _content(token, cues.CUE_VERBS[word])
    elif word in cues.NOUNS and token.tag_ in ("NN", "NNS"):
        content, preposition = _noun_content(token) or _behind_colon(token), None
    elif _is_of_mind(token):
        verb, content, preposition = token.head, _clause_behind(token), None
    elif word == "according":
        yield from _according(places, token)
        return
    else:
        return
    subject = subject_of(verb, places.quote_at)
    if verb is not token and (subject is None or subject.lower_ in _NO_MIND):
        return  # "it is clear that": to nobody in particular
    taken = subtree(subject) if subject is not None else set()
    spans = [with_marks(places, span) for span in places.spans(content - taken - {token.i})]
    if any(span.of(places.text).lower() not in _EMPTY for span in spans):
        cue = cue_span(places, verb, preposition)
        if verb is not token:
            cue = Span(cue.start, max(cue.end, places.span(token.i, token.i).end))
        yield Draft(spans, cue, places.reference(subject, token))


def _is_of_mind(token: Token) -> bool:
    """Tell "was adamant that" and "made clear that" from "was clear of the rocks"."""
    linked = token.dep_ in _COMPLEMENTS and token.head.lower_ in _LINKING
    made = token.head.lower_ in ("make", "makes", "made")
    return linked and token.lower_ in cues.ADJECTIVES and (token.lower_ != "clear" or made)


def _clause_behind(adjective: Token) -> set[int]:
    """What somebody is sure of: "was adamant that …", "made clear that …"."""
    beside = [c for c in (*adjective.children, *adjective.head.children) if c.i > adjective.i]
    clauses = [c for c in beside if c.dep_ == "ccomp" or any(map(_leads_in, c.children))]
    return subtree(clauses[0]) if clauses else set()


def _leads_in(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ in ("that", "whether")


def _content(cue: Token, frame: cues.Usage) -> tuple[set[int], Token | None]:
    """Find the tokens that say what a verb reports, and the preposition that leads them in."""
    children = list(cue.children)
    wish = next(filter(_is_wish, children), None) if "for" in frame.prepositions else None
    if wish is not None:
        return subtree(wish), None
    own = any(c.dep_ == "ccomp" and c.i > cue.i for c in children)
    if "c" in frame.ways and not own and (cue.dep_ == "parataxis" or _stands_beside(cue)):
        return subtree(cue.head) - subtree(cue), None
    if "p" in frame.ways:
        particles = [c for c in children if c.dep_ in _BESIDE and c.lower_ in frame.prepositions]
        if not particles:
            return set(), None
        behind = {i for c in particles for i in subtree(c) - {c.i}}
        if behind:  # the parser took "played down the damage" for a place
            next_to = particles[0].tag_ == "RP" and particles[0].i == cue.i + 1
            return (behind if next_to else set()), None
    clauses = [c for c in children if _is_clause(c) and frame.ways & set("cqsp")]
    if cue.lower_ in _KNOWING and not any(c.dep_ == "neg" for c in children):
        # Who knew where it was has not said so.
        clauses = [c for c in clauses if c.left_edge.lower_ not in _ASKING]
    infinitives = [c for c in children if c.dep_ == "xcomp" and frame.ways & set("is")]
    objects = [c for c in children if c.dep_ in ("dobj", "dative")]
    if not clauses and "a" in frame.ways:
        clauses = [c for one in objects for c in one.subtree if _is_told(c)]
    passive = [c for c in children if c.dep_ == "nsubjpass"]
    found: set[int] = set()
    for clause in clauses:
        found |= subtree(clause)
    for infinitive in infinitives:
        found |= subtree(infinitive)
    prepositions = [c for c in children if c.dep_ == "prep"]
    if "s" in frame.ways:
        for c in (*objects, *passive, *(c for c in children if c.dep_ in ("oprd", "acomp"))):
            found |= subtree(c)
        for c in prepositions:
            if c.lower_ in ("as", "of", "for"):
                found |= subtree(c)
        return found, None
    if found and passive and frame.ways & set("ic"):
        return found | subtree(passive[0]), None
    told = any(c.lower_ in cues.NUMBERED for c in (*objects, *passive))
    if (
        "n" in frame.ways
        and told
        and not found
        and _is_numbered([*children, *(c for o in objects for c in o.children)])
    ):
        return {i for c in (*objects, *passive, *prepositions) for i in subtree(c)}, None
    if frame.ways & set("op") and not found:
        for c in (*objects, *passive):
            found |= subtree(c)
    if not found:
        for c in prepositions:
            if c.lower_ in frame.prepositions:
                return subtree(c) - {c.i}, c
    return found, None


def _is_numbered(children: Sequence[Token]) -> bool:
    """Tell what is put "at 12"."""
    at = (c for c in children if c.dep_ == "prep" and c.lower_ == "at")
    return any(word.like_num for c in at for word in c.subtree)


def _stands_beside(cue: Token) -> bool:
    """Tell "…, Quill insisted" from a second thing that somebody did: nothing joins it to what comes before."""
    own = [c for c in cue.children if c.dep_ == "nsubj"]
    if cue.dep_ != "conj" or cue.head.i > cue.i or not own or own[0].i > cue.i:
        return False
    opening = own[0].left_edge.i
    said = any(c.dep_ in ("ccomp", "xcomp", "dobj") for c in cue.children)
    return not said and opening > 0 and cue.doc[opening - 1].text == ","


def _is_clause(child: Token) -> bool:
    """Tell a clause that is said; the parser takes "indicated only that …" for an adverb's.

    It is not what a colon leads in ("Quill took another view: the mayor had said too little"), nor what a
    semicolon behind it ends ("Oman says it was an illness; his family says he was beaten").
    """
    doc, behind = child.doc, child.right_edge.i + 1
    if child.i < child.head.i and behind < len(doc) and doc[behind].text in ":;":
        return False
    return child.dep_ == "ccomp" or (
        child.dep_ == "advcl"
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
    )


def _is_told(token: Token) -> bool:
    """Tell the clause that the parser hangs on the hearers: "told a briefing that the dam was safe"."""
    subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
    return (
        token.dep_ in ("relcl", "acl")
        and token.left_edge.lower_ == "that"
        and any(c.lower_ != "that" for c in subjects)
    )


def _is_wish(child: Token) -> bool:
    """Tell what is called for: "… for the mayor to resign"."""
    marks = {(c.dep_, c.lower_) for c in child.children}
    return child.dep_ == "advcl" and {("mark", "for"), ("aux", "to")} <= marks


def _noun_content(noun: Token) -> set[int]:
    """Find what a noun reports: X's claim that …, pledge to …."""
    for c in noun.children:
        if c.dep_ in ("acl", "ccomp") and any(g.dep_ in ("mark", "aux") for g in c.children):
            return subtree(c)
    return set()


def _behind_colon(noun: Token) -> set[int]:
    """Find what a colon leads in: Quill took another view: the mayor had said too little."""
    doc, sentence = noun.doc, noun.sent
    at = noun.i + 1
    if at + 1 >= sentence.end or doc[at].text != ":" or noun.dep_ not in ("dobj", "attr"):
        return set()
    clause = range(at + 1, sentence.end)
    return set(clause) if any(doc[i].dep_ == "nsubj" for i in clause) else set()


def source_of(cue: Token) -> Token | None:
    """Find who is meant by "according to …"."""
    if cue.lower_ != "according":
        return None
    to = next((c for c in cue.children if c.lower_ == "to"), None)
    return next((c for c in to.children if c.dep_ == "pobj"), None) if to else None


def _according(places: Places, token: Token) -> Iterator[Draft]:
    """Yield what is so "according to" somebody: the rest of its clause."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    source = source_of(token)
    if to is None or source is None:
        return
    head = token.head
    while head.tag_[:2] not in ("VB", "MD") and head.head.i != head.i:
        head = head.head
    content = subtree(head) - subtree(token)
    spans = [with_marks(places, span) for span in places.spans(content)]
    spans = [span for span in spans if span.of(places.text).lower() not in _EMPTY]
    if spans:
        yield Draft(spans, places.span(token.i, to.i), places.reference(source, token))
