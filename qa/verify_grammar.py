"""Whether the main verb of a sentence is asserted in a quotation too, of the same subject.

"Quill denied that the port was closed" has every word of "The port was closed", in order; but there
the closing depends on the denial. So the quotation's verb must be its main verb, or one that is
asserted beside it: joined to it by "and", or in a clause that tells more about a noun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexes.speech.frames import load_parser
from indexes.words import stem, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASSERTED = frozenset({"ROOT", "conj", "relcl", "acl", "appos"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BE = frozenset("am is are was were be been being ’s 's".split())
_RELATIVE = frozenset("who which that whom".split())


def asserts(claim: str, evidence: str, *, whole: bool) -> bool:
    """Tell whether what a text mainly says is asserted in another.

    Args:
        claim: a sentence, or what it reports as said.
        evidence: the words that are to carry it.
        whole: whether the claim must be a sentence, with a finite verb.
    """
    nlp = load_parser()
    ours, theirs = nlp(" ".join(claim.split())), nlp(" ".join(evidence.split()))
    root = next((token for token in ours if token.dep_ == "ROOT" and token.is_alpha), None)
    if root is None or (whole and not _is_finite(root)):
        return False
    return any(_is_same(root, token) for token in theirs if _is_asserted(token))


def _is_finite(root: Token) -> bool:
    helped = any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in root.children
    )
    return root.tag_ in _FINITE or helped


def _is_asserted(token: Token) -> bool:
    """Tell whether nothing that a token hangs on takes its assertion back."""
    while token.dep_ != "ROOT":
        is_verb = token.pos_ in ("VERB", "AUX")
        complement = token.dep_ == "acl" and any(child.dep_ == "mark" for child in token.children)
        if is_verb and (token.dep_ not in _ASSERTED or complement):
            return False
        token = token.head
    return True


def _is_same(ours: Token, theirs: Token) -> bool:
    if _key(ours) != _key(theirs) or _is_passive(ours) != _is_passive(theirs):
        return False
    subject = _subject(ours)
    return subject is None or _names_same(subject, _subject(theirs))


def _names_same(ours: Token, theirs: Token | None) -> bool:
    return theirs is not None and (
        _key(ours) == _key(theirs) or (ours.pos_ == "PRON" and theirs.pos_ == "PRON")
    )


def _subject(verb: Token) -> Token | None:
    """The word that a verb is said of."""
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if own is not None and not (own.lower_ in _RELATIVE and verb.dep_ == "relcl"):
        return own
    if verb.dep_ in ("relcl", "acl"):
        return verb.head
    return _subject(verb.head) if verb.dep_ == "conj" else None


def _is_passive(verb: Token) -> bool:
    helped = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    return helped or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _key(token: Token) -> str:
    if token.lower_ in _BE:
        return "be"
    plain = words(token.text)
    return stem(plain[0]) if plain else token.lower_
