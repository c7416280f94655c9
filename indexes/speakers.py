"""The people of a text: which names, titles and pronouns are one person.

A rule-based coreference for who-said-what: names are found by their capitals over the whole text,
joined by surname and first name, and pronouns go to the most salient person who fits.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexes.documents import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_DEEPEST = 6
"""Steps up the parse after which the search for a subject ends."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The words that name a speaker.

    Attributes:
        span: all of the words.
        heads: the head word of each one named ("Lavrov" and "Pompeo" of a joint statement); for
            "who", that of the noun that it stands for.
        apposed: words that stand beside the head for the same one.
    """

    span: Span
    heads: tuple[Span, ...]
    apposed: tuple[Span, ...] = ()


class Speakers:
    """The people and groups of one text."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self._text = text

    def resolve(
        self, reference: Reference, *, outer: str = "", previous: str = ""
    ) -> tuple[str, float]:
        """Return the canonical name of a reference and how sure it is."""
        return reference.span.of(self._text), 0.5


def subject_of(cue: Token, hidden: Container[int], steps: int = _DEEPEST) -> Token | None:
    """Find the word that names who says what a verb or noun reports.

    Args:
        cue: the verb or noun.
        hidden: tokens that stand for quotations, which say nothing themselves.
        steps: how far up the parse to look.
    """
    if steps == 0:
        return None
    children = [c for c in cue.children if c.i not in hidden]
    agent = next((c for c in children if c.dep_ == "agent"), None)
    if agent is not None:
        return next((c for c in agent.children if c.dep_ == "pobj"), None)
    own = [c for c in children if c.dep_ == "nsubj"]
    if own:
        return min(own, key=lambda c: abs(c.i - cue.i))
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in children):
        return None
    if not cue.tag_.startswith("VB"):
        owner = next((c for c in children if c.dep_ == "poss"), None)
        if owner is not None:
            return owner
        by = next((c for c in children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        if by is not None:
            return next((c for c in by.children if c.dep_ == "pobj"), None)
        if cue.dep_ in ("dobj", "pobj", "conj"):
            return subject_of(cue.head, hidden, steps - 1)
        return None
    return _inherited(cue, hidden, steps)


def _inherited(verb: Token, hidden: Container[int], steps: int) -> Token | None:
    """Find the subject that a verb without its own takes from the words above it."""
    head = verb.head
    if head is verb or head.i in hidden:
        return _beside(verb, hidden)
    if verb.dep_ == "xcomp":
        told = next((c for c in head.children if c.dep_ == "dobj"), None)
        return told or subject_of(head, hidden, steps - 1)
    if verb.dep_ in ("acl", "relcl"):
        if head.tag_.startswith("VB"):
            return subject_of(head, hidden, steps - 1)
        return head if verb.tag_ == "VBG" else None
    if verb.dep_ in ("conj", "advcl", "ccomp", "pcomp", "prep", "dep"):
        return subject_of(head, hidden, steps - 1)
    return None


def _beside(verb: Token, hidden: Container[int]) -> Token | None:
    """Find a noun right beside a verb that the parser left without a subject."""
    doc = verb.doc
    for i, step in ((verb.i + 1, 1), (verb.i - 1, -1)):
        if 0 <= i < len(doc) and i not in hidden and doc[i].tag_[:2] in ("NN", "PR", "DT"):
            noun = doc[i]
            while noun.head.i not in (verb.i, noun.i) and noun.head.tag_[:2] == "NN" and step > 0:
                noun = noun.head
            return noun
    return None


def phrase(subject: Token, cue: Token | None, hidden: Container[int]) -> tuple[int, int]:
    """Return the first and last token of a subject's words, on its own side of the cue."""
    first, last = subject.i, subject.i
    low = subject.left_edge.i
    high = subject.right_edge.i
    if cue is not None:
        low = max(low, cue.i + 1) if cue.i < subject.i else low
        high = min(high, cue.i - 1) if cue.i > subject.i else high
    while first > low and first - 1 not in hidden:
        first -= 1
    while last < high and last + 1 not in hidden:
        last += 1
    doc = subject.doc
    while last > subject.i and not doc[last].text[-1].isalnum():
        last -= 1
    while first < subject.i and not doc[first].text[-1].isalnum():
        first += 1
    return first, last


def antecedent(subject: Token) -> Token:
    """Return the noun that "who" stands for, or the word itself."""
    if subject.lower_ in _RELATIVES and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def joined(token: Token) -> Iterator[Token]:
    """Yield the words that "and" joins to one."""
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from joined(child)
