"""Sentences as the words that verification weighs, and the words that change what a sentence claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexes.words import STOP_WORDS, plain, stem

_TOKEN = re.compile(
    r"[$€£¥%]|(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])|[^\W\d_]+(?:[’'][^\W\d_]+)*"
    r"|\d+|[.!?;](?=[\s”\"’)]|$)"
)
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
        accuse lack rule dismiss aim wish predict supposed rumour rumor false falsely untrue wrong wrongly""",
    )},
    "will": "will", "would": "will", "shall": "shall", "should": "shall", "may": "may", "might": "may",
    "could": "can", "must": "must",
}  # fmt: skip
"""Words that make less of a claim than a fact; the same ones must stand on both sides."""

TELLING = frozenset(
    """before after until since above below under over against more less fewer most least only first second third
    last up down all both half quarter dozen hundred thousand million billion trillion""".split()
)
"""Small words that carry a claim: none may stand in a sentence that its quotation does not have."""

NEUTRAL = _stems("say tell state add note explain comment remark write declare announce report reply accord")
"""Verbs that report and do no more: one may stand for the other."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared.

    Attributes:
        key: what it is compared by: its stem, or a number's value.
        weighs: whether it says something; the others are neither needed nor counted.
        strict: whether it is a name, a number, a sign or one of `TELLING`, and so must agree.
        is_number: whether it is a number.
        ends: whether it is a mark that ends a sentence.
    """

    key: str
    weighs: bool
    strict: bool
    is_number: bool = False
    ends: bool = False


def in_words(text: str) -> list[Word]:
    """Read a text as words."""
    text = re.sub(r"\bper ?cent\b", "%", text)
    return [_word(match.group()) for match in _TOKEN.finditer(text)]


def _word(token: str) -> Word:
    if token in _ENDS:
        return Word(token, weighs=False, strict=False, ends=True)
    lower = token.lower().replace("’", "'")
    if lower in NEGATIONS or lower.endswith("n't"):
        return Word("not", weighs=False, strict=False)
    if token[0].isdigit() or lower in _NUMBER_WORDS:
        value = _NUMBER_WORDS.get(lower, lower.replace(",", ""))
        return Word(value, weighs=True, strict=True, is_number=True)
    if len(token) == 1 and not token.isalpha():
        return Word(token, weighs=True, strict=True)
    bare = "".join(plain(token).split()).replace(".", "")
    named = token[0].isupper() and (bare not in STOP_WORDS or (len(bare) > 1 and token.isupper()))
    telling = bare in TELLING
    modal = bare in HEDGES
    weighs = named or telling or (bare not in STOP_WORDS and not modal)
    return Word(stem(bare), weighs=weighs, strict=named or telling)


def negations(words: Sequence[Word]) -> int:
    """Count the words that turn a sentence round."""
    return sum(word.key == "not" for word in words)


def hedges(words: Sequence[Word]) -> frozenset[str]:
    """The words that make less of a claim than a fact."""
    return frozenset(HEDGES[word.key] for word in words if word.key in HEDGES)


def reporting(words: Sequence[Word]) -> frozenset[str]:
    """Whether anybody is reported to say something."""
    return frozenset(word.key for word in words) & NEUTRAL


def aligned(claim: Sequence[Word], evidence: Sequence[Word]) -> list[int]:
    """Find the longest common subsequence of two texts' words that weigh.

    Returns:
        The positions in ``evidence``, ascending.
    """
    ours = [word.key for word in claim if word.weighs]
    theirs = [(at, word.key) for at, word in enumerate(evidence) if word.weighs]
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


def around(evidence: Sequence[Word], positions: Sequence[int]) -> Sequence[Word]:
    """The words from the start of the first matched word's sentence to the last matched one."""
    start = positions[0]
    while start and not evidence[start - 1].ends:
        start -= 1
    return evidence[start : positions[-1] + 1]


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
