"""Paragraphs and sentences, with exact offsets.

A paragraph is a line, or a block of hard-wrapped lines. A sentence is never cut in two, and a
short quotation stays with the words around it: “We read it. There is no proof,” he said. is one
sentence here, because quoting half of it would quote nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import syntok.segmenter
import syntok.tokenizer

from indexes.documents import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BLOCK_GAP = re.compile(
    r"(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])[^\S\n\r]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])"
)
_STARTS_ANEW = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d+[.)]\s|>|\|)")
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_TITLE = re.compile(
    r"\b(?:Gov|Rep|Sen|Lt|Gen|Col|Maj|Capt|Sgt|Cpl|Cmdr|Adm|Rev|Hon|Prof|Dr|Mr|Mrs|Ms|Msgr|Amb|Atty|Supt|Det|Insp|Engr|Cllr)s?\.\s*$"
    r"|\b(?:Pres|Sec|(?<!, )Del)\.\s*$"
)
"""A title that a name follows, though syntok may end the sentence there."""
_GOES_ON = (
    (re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?)\.\s*$"), re.compile(r"\d")),
    (re.compile(r"\b[A-Z][A-Za-z.]{0,4}\.\s*$"), re.compile(r"(?:[—–]|--?)\s|\([A-Z][A-Za-z]*(?:-[A-Z][a-z]*\.?)?\)")),
)  # fmt: skip
"""Abbreviations, and what goes on with the sentence after them: "Sept. 9", "RENO, Nev. — The", "Jr. (D-Pa.)"."""
_OPENERS = "|".join(
    """A After An And As At But For From He Her His However I If In It Its No Nobody On She So Some That The Their
    Then There These They This Those We When While Yet You""".split()
)
_ENDS_BEFORE = re.compile(
    rf"""(?:(?<![\w.,])[$£€]?\d{{1,3}}\.\d\d\.\s+(?=[“"‘]?[A-Z])"""
    rf"""|\b(?:[ap]\.m|U\.[SKN]|D\.C|etc)\.\s+(?=[“"‘]?(?:{_OPENERS})\b(?!-)))"""
)
"""Where a sentence begins though syntok may go on: "ran it in 9.58. Nobody", "until 5 a.m. They"."""
_OPEN, _CLOSE = "“«„", "”»"
_QUOTED_AT_MOST = 320
"""Characters that a quotation of several sentences may have to be cited whole."""
_WRAPPED_WIDTHS = range(40, 101)
_LONGEST = 4000
"""Characters after which a text without sentence ends is cut at white space, to bound the work."""


def paragraphs(text: str, start: int = 0) -> list[Span]:
    """Find the paragraphs of ``text[start:]``, without the white space around them."""
    found: list[Span] = []
    for block in _blocks(text, start):
        if _is_hard_wrapped(text, block):
            found.append(_trimmed(text, block[0].start, block[-1].end))
        else:
            found.extend(block)
    return found


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Find the sentences of one paragraph; together they hold all of its visible characters.

    Source: boundaries by syntok (Leitner); quotations are kept together here.
    """
    found: list[Span] = []
    for piece in _bounded(text, paragraph):
        cuts = [piece.start + offset for offset in _boundaries(piece.of(text))]
        edges = [piece.start, *cuts, piece.end]
        found.extend(
            span for a, b in pairwise(edges) if (span := _trimmed(text, a, b)).start < span.end
        )
    return _with_quotations_whole(text, found)


def _blocks(text: str, start: int) -> Iterator[list[Span]]:
    """Yield the lines of each block between blank lines."""
    lines: list[Span] = []
    last_end = start
    for match in _LINE.finditer(text, start):
        line = _trimmed(text, *match.span())
        if line.start == line.end:
            continue
        if lines and _BLOCK_GAP.search(text, last_end, line.start):
            yield lines
            lines = []
        lines.append(line)
        last_end = line.end
    if lines:
        yield lines


def _is_hard_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Tell whether a block's line ends are only a margin: lines of like length, cut mid-sentence."""
    if len(lines) < 2 or any(_STARTS_ANEW.match(line.of(text)) for line in lines):
        return False
    body = lines[:-1]
    if not all(len(line) in _WRAPPED_WIDTHS for line in body):
        return False
    cut = sum(not _ENDS_A_SENTENCE.search(line.of(text)) for line in body)
    return cut * 2 > len(body)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + max(left, right))


def _bounded(text: str, paragraph: Span) -> Iterator[Span]:
    """Cut a paragraph without end at white space, so that the segmenter's work stays linear."""
    start = paragraph.start
    while paragraph.end - start > 25 * _LONGEST:
        cut = text.rfind(" ", start + 24 * _LONGEST, start + 25 * _LONGEST)
        cut = cut if cut > start else start + 25 * _LONGEST
        yield Span(start, cut)
        start = cut
    yield Span(start, paragraph.end)


def _boundaries(piece: str) -> list[int]:
    """Offsets in ``piece`` at which a new sentence starts."""
    tokens = syntok.tokenizer.Tokenizer(replace_not_contraction=False).tokenize(piece)
    found = [sentence[0].offset for sentence in syntok.segmenter.split(tokens) if sentence]
    kept = {cut for cut in found[1:] if not _is_within(piece, cut)}
    return sorted(kept | {match.end() for match in _ENDS_BEFORE.finditer(piece)})


def _is_within(piece: str, cut: int) -> bool:
    """Tell whether an abbreviation, not a sentence, ends before an offset."""
    start = max(0, cut - 20)
    return (
        piece[cut] in ",;"
        or bool(_TITLE.search(piece, start, cut))
        or any(
            before.search(piece, start, cut) and after.match(piece, cut)
            for before, after in _GOES_ON
        )
    )


def _with_quotations_whole(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join the sentences of a short quotation with the words that report it."""
    joined: list[Span] = []
    for group in _quotation_groups(text, spans):
        whole = Span(group[0].start, group[-1].end)
        if len(group) > 1 and len(whole) <= _QUOTED_AT_MOST and _is_reported(text, group):
            joined.append(whole)
        else:
            joined.extend(group)
    return joined


def _quotation_groups(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield runs of sentences that one quotation spans; a sentence outside is a run of one."""
    group: list[Span] = []
    depth = 0
    straight_open = False
    for span in spans:
        group.append(span)
        for character in span.of(text):
            if character in _OPEN:
                depth += 1
            elif character in _CLOSE:
                depth = max(0, depth - 1)
            elif character == '"':
                straight_open = not straight_open
        if depth == 0 and not straight_open:
            yield group
            group = []
    # A quotation that never closes in its paragraph joins nothing.
    for span in group:
        yield [span]


def _is_reported(text: str, group: Sequence[Span]) -> bool:
    """Tell whether words outside the quotation share its last sentence (…,” he said.)."""
    last = group[-1].of(text)
    close = max(last.rfind(mark) for mark in _CLOSE + '"')
    return any(character.isalpha() for character in last[close + 1 :])
