"""Who does what in a parse: a verb's subject, the words that name it, and what a relative refers to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from indexes.speech import cues, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVES = frozenset({"who", "which", "that", "whom"})
_LOOSE = frozenset({"npadvmod", "appos", "ROOT", "dep", "nmod"})
"""What the parser makes of a subject that it does not see as one."""
_MODIFIES = frozenset("WP WDT DT VBG VBN CD JJ".split())
"""What starts the words between commas that follow a name: who …, the mayor …, 43, …."""
_MEDIA = frozenset(
    "e e-mail email fax letter mail message phone post radio sms telephone text video".split()
)
"""What one is told by, and not by whom; of "e-mail" the parser takes the letter."""
_WIDEST = 30
"""Words between commas at most."""
_DEEPEST = 6
"""Steps up the parse after which the search for a subject ends."""


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
        by = next((c for c in agent.children if c.dep_ == "pobj"), None)
        return None if by is not None and _is_a_medium(by) else by
    own = [c for c in children if c.dep_ == "nsubj"]
    if own:
        return min(own, key=lambda c: abs(c.i - cue.i))
    before = cue.doc[cue.i - 1] if cue.i else cue
    if before.tag_ == "PRP$":
        return before
    if before.tag_ == "POS" and before.i:
        return before.head if before.head.i < cue.i else cue.doc[before.i - 1]
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in children):
        return None
    if not cue.tag_.startswith("VB"):
        return _owner(cue, children, hidden, steps)
    beside = named_beside(cue, hidden)
    if beside is not None:
        return beside
    return _inherited(cue, hidden, steps)


def _is_a_medium(agent: Token) -> bool:
    """Tell how somebody was told, "by phone", from by whom: "by the post", "by his letter"."""
    bare = not any(child.dep_ in ("det", "poss") for child in agent.children)
    return bare and agent.text in _MEDIA


def _owner(
    noun: Token, children: Sequence[Token], hidden: Container[int], steps: int
) -> Token | None:
    """Find whose claim a noun reports: X's claim, the claim by X, X made the claim."""
    owner = next((c for c in children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    by = next((c for c in children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
    if by is not None:
        return next((c for c in by.children if c.dep_ == "pobj"), None)
    if noun.dep_ in ("dobj", "pobj", "conj", "attr", "dative", "acomp"):
        return subject_of(noun.head, hidden, steps - 1)
    if noun.dep_ == "prep":
        return _above(noun, hidden, steps)
    return None


def _inherited(verb: Token, hidden: Container[int], steps: int) -> Token | None:
    """Find the subject that a verb without its own takes from the words above it."""
    head = verb.head
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "relcl") and not _has_aux(verb):
        return None  # "when asked …", "a plan called …": somebody else's doing
    if verb.dep_ == "xcomp":
        frame = cues.CUE_VERBS.get(head.lower_)
        told = next((c for c in head.children if c.dep_ in ("dobj", "dative")), None)
        if told is not None and frame is not None and frame.ways & set("ai"):
            return told
    elif verb.dep_ in ("acl", "relcl") and not head.tag_.startswith("VB"):
        if verb.tag_ == "VBG":
            return _participants(verb, hidden, steps)
        if verb.dep_ == "relcl":
            return None
        return _owner(head, list(head.children), hidden, steps - 1)
    if head.i != verb.i and head.i not in hidden:
        return _above(verb, hidden, steps)
    return _beside(verb, hidden)


def _participants(verb: Token, hidden: Container[int], steps: int) -> Token | None:
    """Find who a participle says something of: the critics saying …, gave a talk, saying …."""
    noun = verb.head
    if noun.dep_ not in ("dobj", "pobj", "attr") or speaks(noun):
        return noun
    if verb.doc[verb.i - 1].text == "," or noun.lower_ in cues.VOICES:
        return _owner(noun, list(noun.children), hidden, steps - 1) or noun
    return noun


def speaks(noun: Token) -> bool:
    """Tell a word for people, by the table or a capital, from one for things."""
    word = noun.lower_.removesuffix("s")
    return noun.tag_[:3] == "NNP" or word in lexicon.CALLINGS


def named_beside(verb: Token, hidden: Container[int]) -> Token | None:
    """Find a subject that the parser missed by where it stands.

    It follows the verb right after a quotation (…, added Quill), or comes right before it, alone
    or with words between commas (Quill, the mayor, said).
    """
    doc = verb.doc
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or _has_aux(verb) or verb.i < 1:
        return None
    before = doc[verb.i - 1]
    if before.lower_ == "old" and verb.i > 3 and doc[verb.i - 3].lower_ == "year":
        return before  # "…, the 58-year-old said"
    if before.text == "," and verb.i > 1 and verb.i - 2 in hidden:
        return _noun_after(verb, hidden)
    if verb.tag_ != "VBN" or verb.i - 2 in hidden or verb.dep_ == "ROOT":
        named = before.tag_ in ("NNP", "NNPS", "PRP") and before.dep_ not in ("pobj", "dobj")
        if named and before.i not in hidden:
            return before
    return _before_commas(verb, hidden) if before.text == "," else None


def _noun_after(verb: Token, hidden: Container[int]) -> Token | None:
    doc, end = verb.doc, verb.sent.end
    after = doc[verb.i + 1] if verb.i + 1 < end else verb
    if after.i in hidden or after.tag_ not in ("NNP", "NNPS", "PRP", "DT", "NN", "NNS", "PRP$"):
        return None
    while after.head.tag_[:2] == "NN" and after.head.i > after.i:
        after = after.head
    return after if after.tag_ not in ("DT", "PRP$") else None


def _before_commas(verb: Token, hidden: Container[int]) -> Token | None:
    """Find the noun before the words between commas that stand before a verb."""
    doc = verb.doc
    for i in range(verb.i - 2, max(verb.sent.start, verb.i - _WIDEST), -1):
        if i in hidden:
            return None
        opens = doc[i].text == "," and doc[i + 1].tag_ in _MODIFIES
        if opens and doc[i - 1].tag_ in ("NNP", "NNPS", "NN", "NNS", "PRP") and i - 1 not in hidden:
            return doc[i - 1]
    return None


def _above(token: Token, hidden: Container[int], steps: int) -> Token | None:
    if token.head.i in hidden or token.head.i == token.i:
        return _beside(token, hidden)
    return subject_of(token.head, hidden, steps - 1)


def _has_aux(verb: Token) -> bool:
    return any(c.dep_ == "aux" for c in verb.children)


def _beside(verb: Token, hidden: Container[int]) -> Token | None:
    """Find the subject of a verb that the parser gave none: a noun after it, or one before."""
    doc, sentence = verb.doc, verb.sent
    after = doc[verb.i + 1] if verb.i + 1 < sentence.end else verb
    named = after.text[0].isupper() and after.lower_ not in lexicon.NOT_NAMES
    if after.i not in hidden and after.i != verb.i and (named or after.tag_ in ("PRP", "DT")):
        while after.head.tag_[:2] == "NN" and after.head.i > after.i:
            after = after.head
        # "… said the evidence would show": what is said begins with a subject of its own.
        told = after.dep_ in ("nsubj", "nsubjpass") and after.head.dep_ == "ccomp"
        if not told or after.head.head.i != verb.i:
            return after if after.tag_[:2] != "DT" else None
    for i in range(verb.i - 1, max(sentence.start, verb.i - 40) - 1, -1):
        token = doc[i]
        if token.i in hidden:
            continue
        if token.dep_ == "nsubj" or (token.tag_ == "NNP" and token.dep_ in _LOOSE):
            return token
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
    while last > subject.i and not any(map(str.isalnum, doc[last].text)):
        last -= 1
    while first < subject.i and not any(map(str.isalnum, doc[first].text)):
        first += 1
    return first, last


def antecedent(subject: Token) -> Token:
    """Return the noun that "who" stands for, or the word itself."""
    if subject.lower_ in RELATIVES and subject.head.dep_ == "relcl":
        noun = subject.head.head
        apposed = noun.dep_ == "appos" and noun.head.tag_ == "NNP" and noun.tag_ != "NNP"
        return noun.head if apposed else noun  # "Ada Quill, the mayor, who …"
    return subject


def joined(token: Token) -> Iterator[Token]:
    """Yield the words that "and" joins to one."""
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from joined(child)
