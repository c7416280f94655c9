"""Whose words a sentence holds, by the statements on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexes import Span, Statement
from qa.evidence import Candidate

_TURNS_ELSEWHERE = re.compile(
    r"\b(?:also|separately|meanwhile|in addition|additionally|besides|turning to|asked (?:about|whether)|as for)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_MOST_CONTINUED = 3


@dataclass(frozen=True, slots=True)
class Ledger:
    """The statements of some documents, in reading order, each with its document's number."""

    statements: Sequence[tuple[int, Statement]]

    def speaker_of(self, document: int, sentence: Span) -> str | None:
        """Who says the most of a sentence; None when it reports nobody, or nobody sure."""
        shares = {
            statement.speaker: _shared(statement, sentence)
            for number, statement in self.statements
            if number == document and statement.speaker and _holds(statement, sentence)
        }
        return max(shares, key=lambda speaker: shares[speaker]) if shares else None

    def said_by(self, speakers: Iterable[str], document: int, sentence: Span) -> bool:
        """Tell whether a sentence reports words of one of these speakers."""
        wanted = frozenset(speakers)
        return any(
            number == document and statement.speaker in wanted and _holds(statement, sentence)
            for number, statement in self.statements
        )


def _shared(statement: Statement, sentence: Span) -> int:
    return sum(
        max(0, min(piece.end, sentence.end) - max(piece.start, sentence.start))
        for piece in statement.content
    )


def _holds(statement: Statement, sentence: Span) -> bool:
    """Tell whether a sentence holds much of a statement, or a statement much of the sentence."""
    length = sum(len(piece) for piece in statement.content)
    shared = _shared(statement, sentence)
    return shared * 2 >= min(length, len(sentence)) and shared > 0


def continued(
    chosen: Sequence[Candidate], said: Sequence[Candidate], texts: dict[int, str]
) -> list[Candidate]:
    """The statements that go on about the same thing without naming it.

    A run of adjacent statements of one speaker belongs together: one that follows a chosen one
    directly, names nothing new and does not say that it turns elsewhere, is about the same.

    Args:
        chosen: sentences that are about the topic.
        said: all of the speaker's sentences, in reading order.
        texts: the documents' texts by number.
    """
    found: list[Candidate] = []
    picked = {(c.document_number, c.span) for c in chosen}
    ordered = sorted(said, key=lambda c: (c.document_number, c.span))
    for before, after in pairwise(ordered):
        if (before.document_number, before.span) not in picked or (
            after.document_number,
            after.span,
        ) in picked:
            continue
        text = texts[after.document_number]
        gap = text[before.span.end : after.span.start]
        if before.document_number != after.document_number or gap.strip():
            continue
        sentence = after.span.of(text)
        known = " ".join(
            c.span.of(text) for c in [*chosen, *found] if c.document_number == after.document_number
        )
        new_names = [name for name in _NAME.findall(sentence) if name not in known]
        if new_names or _TURNS_ELSEWHERE.search(sentence) or len(found) >= _MOST_CONTINUED:
            continue
        found.append(after)
        picked.add((after.document_number, after.span))
    return found
