"""Evidence deletion: is an answer there because of what it cites?

The cited sentences are taken out of their articles, the articles are read anew, and the question is
asked again: the answer must change or be declined. Then as many other sentences are taken out
instead, drawn with a seed, and the answer must stay. An answer of verbatim quotations cannot come
back without its sentences unless the article repeats them, so that the first rate tests the
construction; the second tells whether answers hang on what has nothing to do with them.

Source: the erasure of Li, Monroe and Jurafsky, "Understanding Neural Networks through Representation
Erasure" (2016), and comprehensiveness and sufficiency of DeYoung et al., "ERASER: A Benchmark to
Evaluate Rationalized NLP Models" (ACL 2020), done to the documents.
"""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from indexes.documents import Document, Span
from indexes.errors import DocumentError
from qa.answer import Answer
from qa.assistant import Assistant
from qa.evaluation.intervals import SEED, Interval, share
from qa.evaluation.judgement import plain
from qa.evaluation.questions import Question
from qa.evaluation.runner import Run

MOST_ASKED = 100
"""Answered questions that are tested; of more, so many are drawn."""
_SPACE = re.compile(r"[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Deletion:
    """What came of the test.

    Attributes:
        changed: the share of answers that changed or were declined without their evidence.
        declined: the share that were declined without it.
        stayed: the share that stayed without other sentences.
        questions: how many answers lost their evidence.
        others: how many of them had other sentences to lose.
    """

    changed: Interval
    declined: Interval
    stayed: Interval
    questions: int
    others: int


def delete_evidence(
    run: Run, assistant: Assistant, progress: Callable[[int, int], None] | None = None
) -> Deletion:
    """Test the answers of a run, on a copy of the assistant's index.

    Args:
        run: a run of this assistant.
        assistant: is left as it is.
        progress: told how many questions are done, and how many there are.
    """
    chance = random.Random(SEED)  # noqa: S311 - a draw that can be repeated, not a secret
    drawn = _drawn(run, chance)
    changed = declined = stayed = others = 0
    with _copy(assistant) as laboratory:
        for done, (question, answer) in enumerate(drawn, start=1):
            cited, free = laboratory.sentences(answer)
            without = laboratory.ask(question, cited)
            changed += not _same(answer, without)
            declined += without is None or not without.answered
            count = sum(len(spans) for spans in cited.values())
            if drawn_others := _some(free, count, chance):
                others += 1
                stayed += _same(answer, laboratory.ask(question, drawn_others))
            if progress:
                progress(done, len(drawn))
    total = len(drawn)
    return Deletion(
        share(changed, total), share(declined, total), share(stayed, others), total, others
    )


def _drawn(run: Run, chance: random.Random) -> list[tuple[Question, Answer]]:
    """The answered questions, or as many of them as are tested, in order."""
    answered = [number for number, outcome in enumerate(run.outcomes()) if outcome.answered]
    chosen = set(chance.sample(answered, min(MOST_ASKED, len(answered))))
    return [
        (question, answer)
        for number, (question, _, answer) in enumerate(run.details())
        if number in chosen
    ]


def _same(before: Answer, after: Answer | None) -> bool:
    """Whether two answers quote the same words, wherever these stand now."""

    def quotes(answer: Answer) -> set[str]:
        return {plain(citation.quote) for citation in answer.citations}

    return after is not None and quotes(before) == quotes(after)


def _some(
    free: Mapping[str, Sequence[Span]], count: int, chance: random.Random
) -> dict[str, list[Span]]:
    every = [(name, span) for name, spans in sorted(free.items()) for span in spans]
    chosen: dict[str, list[Span]] = {}
    for name, span in chance.sample(every, min(count, len(every))):
        chosen.setdefault(name, []).append(span)
    return chosen


class _Laboratory:
    """A copy of an index in which articles lose sentences, and get them back."""

    def __init__(self, original: Assistant, copy: Assistant) -> None:
        self._original, self._copy = original, copy
        self._changed: set[str] = set()

    def sentences(self, answer: Answer) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
        """The sentences that an answer cites, and all others of the articles that it cites."""
        cited: dict[str, list[Span]] = {}
        free: dict[str, list[Span]] = {}
        for name in dict.fromkeys(citation.document for citation in answer.citations):
            number, document = self._original.index.store.document(name)
            places = [Span(c.start, c.end) for c in answer.citations if c.document == name]
            for passage in self._original.index.store.passages_of(number):
                for sentence in passage.passage.sentences:
                    touched = any(sentence.span.overlaps(place) for place in places)
                    (cited if touched else free).setdefault(document.name, []).append(sentence.span)
        return cited, {name: sorted(set(spans)) for name, spans in free.items()}

    def ask(self, question: Question, without: Mapping[str, Sequence[Span]]) -> Answer | None:
        """Ask with some sentences gone; None when nothing is left of an article that was asked for."""
        for name in sorted(self._changed - without.keys()):
            self._put(name, self._original.document(name))
        for name, spans in without.items():
            document = self._original.document(name)
            self._put(name, replace(document, text=_cut(document.text, spans)))
        self._changed = set(without)
        scope = [self._original.document(name).name for name in question.documents or ()]
        try:
            return self._copy.ask(question.question, scope or None, question.history)
        except DocumentError:
            return None

    def _put(self, name: str, document: Document) -> None:
        index = self._copy.index
        if name in index.store.names():
            index.remove(name)
        try:
            index.add(document)
        except DocumentError:  # no sentence is left in it
            return
        index.save()


def _cut(text: str, spans: Sequence[Span]) -> str:
    """Take ranges out of a text, each with the spaces behind it."""
    kept, at = [], 0
    for span in sorted(spans):
        kept.append(text[at : max(at, span.start)])
        match = _SPACE.match(text, span.end)
        at = max(at, match.end() if match else span.end)
    return "".join([*kept, text[at:]])


@contextmanager
def _copy(assistant: Assistant) -> Iterator[_Laboratory]:
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = assistant.index.store.path
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(Path(folder) / path.name)) as target,
        ):
            source.backup(target)
        copy = Assistant.open(folder, settings=assistant.settings)
        try:
            yield _Laboratory(assistant, copy)
        finally:
            copy.close()
