"""Quotations by their marks: which stand alone, and which are only words of a sentence or a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexes.documents import Span
from indexes.speech import cues

MARKS = "“”„«»\"‘’'`"
_OPENING = re.compile(r"[“„«\"]|(?<!\S)”(?=\w)|''|``|(?<![\w’'])[‘'](?=[\w“$£€])")
_CLOSING = {
    "“": re.compile('[”"]'),
    "”": re.compile('[”"]'),
    "„": re.compile('[“”"]'),
    "«": re.compile("»"),
    '"': re.compile('["”]'),
    "''": re.compile("''"),
    "``": re.compile("''|``|\""),
    "‘": re.compile(r"[’'](?![\w’'])"),
    "'": re.compile(r"['’](?![\w’'])"),
}
_SINGLE_AT_MOST = 400
"""Characters after which a single mark that never closed is taken for an apostrophe."""
_PLURAL = re.compile(r"s[’'] \w")
_BETWEEN_PARAGRAPHS = 8
"""Characters between two paragraphs, of which the second is looked at."""
OPEN_MARKS, CLOSE_MARKS = "“”„«\"‘'`", "”“»\"’'"
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SMALL = frozenset("a an and at by for from in of on or s the to with".split())
_APPOSITION = re.compile(r"(?:[A-Z][\w.’'-]*,? ){1,5}(?:who|the|an?) ")
REPORTED_WITHIN = 140
"""Characters after a quotation in which its cue is looked for."""
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?]\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks.

    Attributes:
        span: from the opening mark past the closing one.
        whole: whether it stands as a sentence of its own, not as words of the sentence around it.
        closed: whether its closing mark is there.
    """

    span: Span
    whole: bool
    closed: bool


def find_quotations(text: str, paragraph: Span) -> list[Quotation]:
    """Find the quotations of a paragraph, outermost only, in order."""
    found: list[Quotation] = []
    at = paragraph.start
    while match := _OPENING.search(text, at, paragraph.end):
        mark = match.group()
        at = match.end()
        if not _opens(text, match.start(), at, paragraph):
            continue
        single = mark in "‘'"
        limit = min(paragraph.end, at + _SINGLE_AT_MOST) if mark == "'" else paragraph.end
        close = _close(text, mark, at, limit)
        if close is None and single and not (mark == "‘" and _next_opens(text, paragraph.end)):
            continue
        end = close.end() if close else paragraph.end
        if (close.start() if close else end) > at:
            span = Span(match.start(), end)
            whole = (
                close is None
                or _goes_on(text, found, span)
                or _is_whole(text, span, paragraph, single=single)
            )
            found.append(Quotation(span, whole, close is not None))
        at = end
    return found


def _close(text: str, mark: str, at: int, limit: int) -> re.Match[str] | None:
    """Find where a quotation closes; of single marks not at "the drivers’ union", where one behind it closes."""
    close = _CLOSING[mark].search(text, at, limit)
    while close is not None and mark in "‘'" and _PLURAL.match(text, close.start() - 1):
        opening = text.find(mark, close.end(), limit)
        later = _CLOSING[mark].search(text, close.end(), opening if opening >= 0 else limit)
        if later is None:
            break
        close = later
    return close


def _next_opens(text: str, at: int) -> bool:
    """Tell whether the next paragraph goes on with a quotation of single marks."""
    return text[at : at + _BETWEEN_PARAGRAPHS].lstrip()[:1] == "‘"


def _opens(text: str, start: int, end: int, paragraph: Span) -> bool:
    """Tell whether a mark may open a quotation: text follows it, and no letter stands before it."""
    if end >= paragraph.end or text[end].isspace():
        return False
    return start == paragraph.start or not text[start - 1].isalnum()


def _goes_on(text: str, found: Sequence[Quotation], span: Span) -> bool:
    """Tell the second half of a quotation that its cue (he said) splits."""
    if not found or not found[-1].whole or span.start - found[-1].span.end > 160:
        return False
    between = text[found[-1].span.end : span.start].strip()
    before = found[-1].span.of(text).rstrip(MARKS + " ")[-1:]
    return before in ",—–-" and between[-1:] in ",—–-" and not _SENTENCE_END.search(between)


def _is_whole(text: str, span: Span, paragraph: Span, *, single: bool) -> bool:
    """Tell a quotation that stands as a sentence from quoted words, titles and scare quotes."""
    inside = span.of(text).strip(MARKS + " ")
    words = WORD.findall(inside)
    before = text[max(paragraph.start, span.start - 60) : span.start].rstrip()
    after = text[span.end : min(paragraph.end, span.end + REPORTED_WITHIN)].lstrip()
    if not words:
        return False
    ends = inside[-1] in ".,?!…-—–" or (after[:1] in (",", ".", "") and not single)
    capital = next((c.isupper() or c.isdigit() for c in inside if c.isalnum()), False)
    if (
        not before
        or before[-1] in ".?!…"
        or (before[-1] in CLOSE_MARKS and before[-2:-1] in ".,?!")
    ):
        # At the start of a sentence only a title or a name goes on without a stop of its own.
        return ends and (capital or inside[0] in "…[." or reports(after))
    if before[-1] in ",:—–-":
        return capital and ends and (before[-1] == ":" or not _is_title(words))
    last = WORD.findall(before)[-1:] or [""]
    return capital and ends and last[0].lower() in cues.SPEECH and not _is_title(words)


def _is_title(words: Sequence[str]) -> bool:
    """Tell a short run of capitalised words: a work's title or a name."""
    heavy = [word for word in words if word.lower() not in _SMALL]
    return len(words) <= 7 and all(word[0].isupper() or word[0].isdigit() for word in heavy)


def reports(after: str) -> bool:
    """Tell whether the words after a quotation soon report it: …, he said; … Quill, the mayor, said."""
    most = 14 if _APPOSITION.match(after) else 6
    return any(word.lower() in cues.QUOTING for word in WORD.findall(after)[:most])
