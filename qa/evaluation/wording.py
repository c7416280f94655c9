"""An answer's words against reference answers, by SQuAD's definitions.

Source: Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text" (EMNLP 2016),
section 6.1: words are compared without case, punctuation and articles; F1 is of the bags of words;
of several references the best counts. What is compared is the short answer where one leads, else the
whole sentences, of which an exact match is rare and F1 falls with the words around the answer;
``contains`` looks at the whole sentences always.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = dict.fromkeys(map(ord, string.punctuation))
_MARKS = str.maketrans("’‘“”–—", "''\"\"--")


@dataclass(frozen=True, slots=True)
class Wording:
    """How an answer's words compare with the references, each in [0, 1], the best reference counting."""

    exact_match: float
    token_f1: float
    contains: float


def compare(answer: str, references: Sequence[str], *, short: str | None = None) -> Wording:
    """Compare an answer's words with each reference.

    Args:
        answer: the whole answer; "" stands for none.
        references: what it is compared with.
        short: the short answer, which exact match and F1 are of where there is one.

    Raises:
        ValueError: if there is no reference.
    """
    whole = normalised(answer).split()
    given = whole if short is None else normalised(short).split()
    wanted = [normalised(reference).split() for reference in references]
    if not wanted:
        raise ValueError("there is no reference answer to compare with")
    return Wording(
        exact_match=float(any(given == words for words in wanted)),
        token_f1=max(token_f1(given, words) for words in wanted),
        contains=float(any(_has(whole, words) for words in wanted)),
    )


def words_of(answer: Answer) -> str:
    """What an answer says, without the numbers of its citations; nothing when declined."""
    return " ".join(sentence.text for sentence in answer.sentences)


def normalised(text: str) -> str:
    """Lower case, without punctuation, articles and further white space.

    Typographic quotation marks and dashes, which SQuAD's texts do not have, count as the plain ones.
    """
    bare = text.lower().translate(_MARKS).translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def token_f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    """The harmonic mean of precision and recall over two bags of words; two empty ones are alike."""
    if not given or not wanted:
        return float(not given and not wanted)
    common = (Counter(given) & Counter(wanted)).total()
    return 2 * common / (len(given) + len(wanted))


def _has(given: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether the words stand in an answer, side by side and whole."""
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(given)} "
