"""Misspelt names in a question: what "Quil" said is what Quill said.

A word that no article on record has, and that is no common word either, is read as a name that the
articles have and that one slip of the keyboard turns into it. Other words are put right only where two
letters changed places: "slurs" are no "slums". The answer says how the question was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from indexes import Index
from indexes.words import STOP_WORDS, plain, stem
from qa.question import without_titles

_WORD = re.compile(r"(?<![\w’'])[^\W\d_]{5,24}(?![^\W_]|[’'][^\W_]{2})")
_BEFORE, _AFTER = re.compile(r"(?:([^\W\d_]+) )?$"), re.compile(r"(?: ([^\W\d_]+))?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS = ("", "e", "s", "ed", "ing", "y")
_LONG = 7
"""Letters from which a word that is no name is put right: shorter ones turn into each other, "signer", "singer"."""
_LIKELIEST, _DOCUMENTS = 6, 8
"""How many of the words that may be meant are looked up, each in so many documents."""


def corrected(text: str, index: Index, is_common: Callable[[str], bool]) -> str:
    """Put a question's misspelt words right; all others stay as they are.

    Args:
        text: the question.
        index: what is on record.
        is_common: whether a lower-case word is a common one, which is meant as it is written.
    """
    any_case = text == text.lower()

    def right(match: re.Match[str]) -> str:
        word = match.group()
        if _is_meant(word, index, is_common):
            return word
        before, after = _BEFORE.search(text, 0, match.start()), _AFTER.match(text, match.end())
        beside = [found[1] or "" for found in (before, after) if found]
        return _right(word, beside, index, named=word[0].isupper() or any_case)

    return _WORD.sub(right, text)


def _is_meant(word: str, index: Index, is_common: Callable[[str], bool]) -> bool:
    lower = plain(word)
    root = stem(lower)
    return (
        word.isupper()  # NAACP
        or lower in STOP_WORDS
        or bool(index.store.on_record([root]))
        or any(is_common(form) for form in (lower, *(root + ending for ending in _ENDINGS)))
    )


def _right(word: str, beside: list[str], index: Index, *, named: bool) -> str:
    """The word on record that is one slip away, or the word itself; of several, the commonest."""
    stems = {slip: stem(plain(slip)) for slip in _slips(word)}
    counts = index.store.on_record(sorted(set(stems.values())))
    likely = sorted((-counts[root], slip) for slip, root in stems.items() if root in counts)
    for _, slip in likely[:_LIKELIEST]:
        swapped = len(word) >= _LONG and sorted(slip) == sorted(word)
        if not (named or swapped):
            continue  # whatever the articles have, it would stay
        written = _as_written(slip, stems[slip], beside, index)
        if written[:1].isupper() and named:
            return written
        if written and swapped:
            return slip
    return word


def _as_written(slip: str, root: str, beside: list[str], index: Index) -> str:
    """A word as the articles mostly write it; "" where none has it beside the question's other names.

    "Ada Quil" is not Bo Quill, unless there is an Ada Quill.
    """
    numbers = index.store.documents_with([root], _DOCUMENTS)
    texts = [_without_accents(index.document(number).text) for number in numbers]
    found = Counter(
        match.group()
        for text in texts
        for match in re.finditer(rf"\b{slip}\b", text, re.IGNORECASE)
    )
    if not found:
        return ""
    written = found.most_common(1)[0][0]
    before, after = (word if _is_name(word) else "" for word in beside)
    together = re.compile(rf"\b{before}\s*{slip}\s*{after}\b", re.IGNORECASE)
    return written if any(together.search(text) for text in texts) else ""


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _is_name(word: str) -> bool:
    """Tell a name beside a name from the title before it."""
    return (
        word[:1].isupper()
        and plain(word) not in STOP_WORDS
        and without_titles(f"{word} {word}x") != f"{word}x"
    )


def _slips(word: str) -> Iterator[str]:
    """The words of which one slip makes this one; the first letter is seldom wrong.

    Source: Damerau, A technique for computer detection and correction of spelling errors (1964): four of
    five misspellings are one letter too many, too few, wrong, or two that changed places.
    """
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]
            yield word[:i] + letter + word[i + 1 :]
    yield from (word + letter for letter in _LETTERS)
