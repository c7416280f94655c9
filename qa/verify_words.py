"""Sentences as the words that verification weighs, and the words that change what a sentence claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexes.words import STOP_WORDS, plain, stem

_TOKEN = re.compile(
    r"[$€£¥%]"
    r"|(?:[^\W\d_]\.){2,}"  # initials
    r"|(?<![\w.,])[-−+]?\d++(?:[.,]\d++)*+(?:st|nd|rd|th|s)?(?![^\W\d_])"  # numbers
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*"
    r"|\d+"
    r"|[.!?;](?=[\s”\"’)]|$)"
)
_PERCENT = re.compile(r"\bper ?cent\b")
_ENDS = frozenset(".!?;")
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    word: f"{tens}0"
    for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)
}


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without cannot nt hardly barely".split()
)
"""Words that turn a sentence round; as many must stand on both sides."""

HEDGES = {
    **{word: word for word in _stems(
        """if unless whether alleged allegedly reportedly supposedly apparently possibly perhaps maybe likely unlikely
        almost nearly expect plan propose hope want try attempt fail refuse threaten promise intend seek urge
        consider believe think suspect doubt deny reject fear claim suggest offer demand ask vow pledge warn
        accuse lack rule dismiss aim wish predict thought sought meant supposed rumour rumor false falsely
        untrue wrong wrongly""",
    )},
    "will": "will", "would": "will", "shall": "shall", "should": "shall", "may": "may", "might": "may",
    "could": "can", "must": "must",
}  # fmt: skip
"""Words that make less of a claim than a fact; the same ones must stand on both sides."""

_LEADING_IN = frozenset({"whether", "if", "how", "why"})
_MODAL = frozenset("will would shall should may might could must can".split())

TELLING = frozenset(
    """before after until since above below under over against more less fewer most least only first second third
    last up down all both half quarter dozen hundred thousand million billion trillion by from because despite
    instead except unlike""".split()
)
"""Small words that carry a claim: none may stand in a sentence that its quotation does not have."""

NEUTRAL = _stems(
    "say said tell told state add note explain comment remark write wrote written declare announce report reply "
    "accord spoke"
)
"""Verbs that report and do no more: one may stand for the other."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared.

    Attributes:
        key: what it is compared by: its stem, or a number's value.
        weighs: whether it says something, and so must stand in what is to carry it.
        is_number: whether it is a number.
        ends: whether it is a mark that ends a sentence.
    """

    key: str
    weighs: bool = False
    is_number: bool = False
    ends: bool = False


def in_words(text: str) -> list[Word]:
    """Read a text as words."""
    found: list[Word] = []
    for match in _TOKEN.finditer(_PERCENT.sub("%", text)):
        found.append(_word(match.group(), begins=not found or found[-1].ends))
    return found


def _word(token: str, *, begins: bool) -> Word:
    if token in _ENDS:
        return Word(token, ends=True)
    lower = token.lower().replace("’", "'")
    if lower in NEGATIONS or lower.endswith("n't"):
        return Word("not")
    if token[-1].isdigit() or token.lstrip("-−+")[0].isdigit() or lower in _NUMBER_WORDS:
        value = lower.replace(",", "").replace("−", "-")
        return Word(_NUMBER_WORDS.get(lower, value), weighs=True, is_number=True)
    if not token[0].isalpha():
        return Word(token, weighs=True)
    bare = "".join(plain(token).split()).replace(".", "")
    light = bare in STOP_WORDS or bare in _MODAL
    # "US" is no "us", and in mid-sentence "May" no "may".
    named = len(bare) > 1 and (token.isupper() or (token[0].isupper() and not begins))
    return Word(stem(bare), weighs=not light or named or bare in TELLING)


def negations(words: Sequence[Word]) -> int:
    """Count the words that turn a sentence round."""
    return sum(word.key == "not" for word in words)


def hedges(words: Sequence[Word]) -> frozenset[str]:
    """The words that make less of a claim than a fact."""
    return frozenset(HEDGES[word.key] for word in words if word.key in HEDGES)


def reporting(words: Sequence[Word]) -> frozenset[str]:
    """The words by which somebody is reported to say something, or a clause hangs on another one."""
    return frozenset(word.key for word in words) & (NEUTRAL | _LEADING_IN)


def aligned(claim: Sequence[Word], evidence: Sequence[Word]) -> list[int]:
    """Find the longest common subsequence of two texts' words.

    Returns:
        The positions in ``evidence``, ascending.
    """
    ours = [word.key for word in claim]
    theirs = [(at, word.key) for at, word in enumerate(evidence)]
    longest = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1
                if ours[i] == theirs[j][1]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    found, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j][1]:
            found.append(theirs[j][0])
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def sentence_start(evidence: Sequence[Word], at: int) -> int:
    """The position of the first word of the sentence that a word stands in."""
    while at and not evidence[at - 1].ends:
        at -= 1
    return at


def conditions(evidence: Sequence[Word], at: int) -> frozenset[str]:
    """The words that make what comes before a word depend on what comes after it, in its sentence."""
    rest = list(evidence[at:])
    ends = next((i for i, word in enumerate(rest) if word.ends), len(rest))
    return frozenset(word.key for word in rest[:ends]) & {"if", "unless", "provid"}


def is_led_in(evidence: Sequence[Word], at: int) -> bool:
    """Tell whether a "that" stands before a word, with only light words between: its clause hangs on another."""
    while at and not (evidence[at - 1].weighs or evidence[at - 1].ends):
        at -= 1
        if evidence[at].key == "that":
            return True
    return False


def numbers_agree(claim: Sequence[Word], evidence: Sequence[Word], within: int = 3) -> bool:
    """Tell whether each number counts the same thing: the word after it stands near it in both."""
    there = [word for word in evidence if word.weighs]
    ours = [word for word in claim if word.weighs]
    known = {word.key for word in there}
    for at, word in enumerate(ours[:-1]):
        counted = ours[at + 1].key
        if word.is_number and counted in known:
            near = (
                there[max(i - within, 0) : i + within + 1]
                for i, other in enumerate(there)
                if other.key == word.key
            )
            if not any(counted in {other.key for other in part} for part in near):
                return False
    return True
