"""Whose words a sentence holds, by the statements on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from indexes import Span, Statement

_NEAR = 160
"""Characters between two statements of one run at most: the words that report the second."""

_ENOUGH = 10
"""Characters of a statement in the sentence that reports it, from which that one holds it."""


class Ledger:
    """The statements of some documents."""

    def __init__(self, statements: Iterable[tuple[int, Statement]]) -> None:
        """Keep statements, given in reading order, each with its document's number."""
        self._of: dict[int, list[Statement]] = defaultdict(list)
        self._spread: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._runs_of: dict[tuple[int, frozenset[str]], list[Span]] = {}
        for document, statement in statements:
            self._of[document].append(statement)
            within = _union(statement.content)
            self._spread[document].append((within.start, within.end))

    def statements(self, document: int) -> Sequence[Statement]:
        """The statements of one document, in reading order."""
        return self._of.get(document, ())

    def speaker_of(self, document: int, sentence: Span, asked: Collection[str] = ()) -> str | None:
        """Who says the most of a sentence; None when it reports nobody, or nobody sure.

        Those who are asked for come first ("Asked by reporters whether …, Quill said no"), unless
        somebody else reports them.
        """
        said: dict[str, set[int]] = defaultdict(set)
        theirs: set[str] = set()
        for statement in self.statements_in(document, sentence):
            if statement.speaker:
                said[statement.speaker] |= _shared(statement, sentence)
                if statement.speaker in asked and statement.within is None:
                    theirs.add(statement.speaker)
        return max(theirs or said, key=lambda speaker: len(said[speaker]), default=None)

    def said_by(self, speakers: Collection[str], document: int, sentence: Span) -> bool:
        """Tell whether a sentence reports words of one of these speakers."""
        return any(s.speaker in speakers for s in self.statements_in(document, sentence))

    def cues(self, document: int, sentence: Span) -> list[Span]:
        """The words that report what a sentence holds, which may stand in another one."""
        return [s.cue for s in self.statements_in(document, sentence) if s.cue]

    def words_of(
        self, speakers: Collection[str], document: int, sentence: Span
    ) -> tuple[list[Span], list[Span]]:
        """What these speakers say in a sentence, and what they say in the run around it.

        A run is made of statements that follow each other with nobody else's between them; the
        words that report them belong to it.
        """
        own = [s for s in self.statements_in(document, sentence) if s.speaker in speakers]
        said = [
            Span(max(piece.start, sentence.start), min(piece.end, sentence.end))
            for statement in own
            for piece in statement.content
            if piece.overlaps(sentence)
        ]
        key = document, frozenset(speakers)
        if key not in self._runs_of:
            self._runs_of[key] = self._runs(speakers, document)
        runs = [run for run in self._runs_of[key] if run.overlaps(sentence)]
        return said, [_union([sentence, *runs])] if own else []

    def statements_in(self, document: int, sentence: Span) -> list[Statement]:
        """The statements that a sentence holds much of."""
        near = zip(self._of.get(document, ()), self._spread.get(document, ()), strict=True)
        return [
            s
            for s, (start, end) in near
            if start < sentence.end and sentence.start < end and _holds(s, sentence)
        ]

    def _runs(self, speakers: Collection[str], document: int) -> list[Span]:
        runs: list[list[Span]] = []
        before: Statement | None = None
        for statement in self._of.get(document, ()):
            if not statement.speaker:
                continue  # "Asked why …": a question put to him does not end what he says
            if statement.speaker in speakers:
                place = _union(
                    [*statement.content, *filter(None, (statement.cue, statement.source))]
                )
                follows = before is not None and before.speaker in speakers
                if follows and place.start - runs[-1][-1].end <= _NEAR:
                    runs[-1].append(place)
                else:
                    runs.append([place])
            before = statement
        return [_union(run) for run in runs]


def _union(spans: Sequence[Span]) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _shared(statement: Statement, sentence: Span) -> set[int]:
    """The places of a sentence's characters that a statement has, too."""
    return {
        at
        for piece in statement.content
        for at in range(max(piece.start, sentence.start), min(piece.end, sentence.end))
    }


def _holds(statement: Statement, sentence: Span) -> bool:
    """Tell whether a sentence holds much of a piece of a statement, or a piece much of the sentence.

    A quotation goes on after the words that report it, so its first piece alone may be short; what a
    sentence has of one that it reports itself is enough.
    """
    shared = [
        (min(piece.end, sentence.end) - max(piece.start, sentence.start), len(piece))
        for piece in statement.content
    ]
    reports = statement.cue is not None and sentence.contains(statement.cue)
    return any(
        of > 0 and ((reports and of >= _ENOUGH) or of * 2 >= min(length, len(sentence)))
        for of, length in shared
    )
