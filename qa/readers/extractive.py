"""The extractive reader: answers made of the documents' own sentences, without a language model."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from indexes import Document, Index, RankedPassage, Span
from qa.evidence import Candidate, Vocabulary, candidates, confidence_row, sigmoid, weights
from qa.ledger import Ledger, continued
from qa.question import Question
from qa.readers.joint import joint_reader
from qa.selection import in_reading_order, select
from qa.speakers import matching

READ = 4
"""How many passages are read for a question."""
_LOOKED_AT = 40
"""How many passages are searched for a speaker's statements."""


@dataclass(slots=True)
class Findings:
    """What reading found, before it is put into an answer.

    Attributes:
        chosen: the sentences that answer, in reading order; empty when there are none to choose from.
        confidence: probability that the articles answer.
        nearest: the best passages, as their best sentences, for a refusal to point at.
        speakers: who says each of the sentences chosen or nearest.
        silent: the names asked for that are on record nowhere in scope.
        unknown: the question's words that occur nowhere in the index.
        documents: the documents concerned, by number.
        timings_ms: milliseconds by stage.
    """

    chosen: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0
    nearest: list[Candidate] = field(default_factory=list)
    speakers: dict[tuple[int, Span], str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    documents: dict[int, Document] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)


class ExtractiveReader:
    """Finds the sentences of an index that answer a question."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def find(
        self,
        question: Question,
        documents: Sequence[int] | None,
        on_stage: Callable[[str], None] = lambda _: None,
    ) -> Findings:
        """Search, read and choose.

        Args:
            question: the question, understood.
            documents: numbers of the documents it is scoped to; None for all.
            on_stage: told "searching" and "reading" as each begins.
        """
        findings = Findings()
        on_stage("searching")
        started = time.perf_counter()
        known = self._index.store.speakers(documents) if question.speakers else {}
        matched = {name: matching(name, known) for name in question.speakers}
        findings.silent = tuple(name for name, speakers in matched.items() if not speakers)
        passages = self._passages(
            question, documents, [s for group in matched.values() for s in group]
        )
        findings.documents = {
            p.document_number: self._index.document(p.document_number) for p in passages
        }
        ledger = Ledger(self._index.statements(documents=list(findings.documents)))
        if question.form == "said" and not findings.silent:
            passages = _with_words_of(matched[question.speakers[0]], passages, ledger) or passages
        passages = passages[:READ]
        vocabulary = self._vocabulary(question)
        findings.unknown = tuple(vocabulary.unknown)
        findings.timings_ms["search"] = (time.perf_counter() - started) * 1000
        on_stage("reading")
        started = time.perf_counter()
        scored = self._read(question, vocabulary, passages, findings.documents)
        if scored:
            self._choose(question, vocabulary, scored, matched, ledger, findings)
        for candidate in [*findings.chosen, *findings.nearest]:
            if speaker := ledger.speaker_of(candidate.document_number, candidate.span):
                findings.speakers[candidate.document_number, candidate.span] = speaker
        findings.timings_ms["read"] = (time.perf_counter() - started) * 1000
        return findings

    def warm_up(self) -> None:
        """Load the reader's model."""
        joint_reader()

    def _passages(
        self, question: Question, documents: Sequence[int] | None, speakers: Sequence[str]
    ) -> list[RankedPassage]:
        """Search; for a speaker's words, among the documents in which that speaker is on record."""
        if question.form == "said" and speakers:
            statements = self._index.statements(speakers=speakers, documents=documents)
            documents = sorted({number for number, _ in statements})
            return self._index.search(question.text, _LOOKED_AT, documents=documents)
        return self._index.search(question.text, READ, documents=documents)

    def _vocabulary(self, question: Question) -> Vocabulary:
        return Vocabulary.of(*self._index.store.frequencies(question.topic))

    def _read(
        self,
        question: Question,
        vocabulary: Vocabulary,
        passages: Sequence[RankedPassage],
        documents: dict[int, Document],
    ) -> list[Candidate]:
        def shown(ranked: RankedPassage) -> tuple[str, list[Span]]:
            span = ranked.passage.span
            places = [
                Span(s.span.start - span.start, s.span.end - span.start)
                for s in ranked.passage.sentences
            ]
            return span.of(documents[ranked.document_number].text), places

        if not passages:
            return []
        readings = joint_reader().read(question.text, [shown(ranked) for ranked in passages])
        return candidates(question, vocabulary, passages, documents, readings)

    def _choose(
        self,
        question: Question,
        vocabulary: Vocabulary,
        scored: list[Candidate],
        matched: dict[str, list[str]],
        ledger: Ledger,
        findings: Findings,
    ) -> None:
        """Choose the sentences, and say how sure they answer."""
        findings.nearest = _best_of_each_passage(scored)
        if question.form == "said" and (question.strict or not findings.silent):
            speakers = [speaker for group in matched.values() for speaker in group]
            scored = [c for c in scored if ledger.said_by(speakers, c.document_number, c.span)]
            if not scored:
                return
        chosen = select(question, scored)
        if question.form == "said":
            texts = {number: document.text for number, document in findings.documents.items()}
            chosen = in_reading_order([*chosen, *continued(chosen, scored, texts)])
        if question.form == "both-said":
            chosen = in_reading_order(
                list(dict.fromkeys([*chosen, *_one_of_each(scored, matched, ledger)]))
            )
        findings.chosen = chosen
        row = confidence_row(question, vocabulary, scored)
        findings.confidence = sigmoid(float(weights().confidence(row[None, :])[0]))


def _with_words_of(
    speakers: Sequence[str], passages: Sequence[RankedPassage], ledger: Ledger
) -> list[RankedPassage]:
    return [
        ranked
        for ranked in passages
        if any(
            ledger.said_by(speakers, ranked.document_number, s.span)
            for s in ranked.passage.sentences
        )
    ]


def _one_of_each(
    scored: Sequence[Candidate], matched: dict[str, list[str]], ledger: Ledger
) -> list[Candidate]:
    """Each side's best sentence, where it has one."""
    sides = []
    for speakers in matched.values():
        own = [c for c in scored if ledger.said_by(speakers, c.document_number, c.span)]
        if own:
            sides.append(max(own, key=lambda c: c.logit))
    return sides


def _best_of_each_passage(scored: Sequence[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in scored:
        if candidate.passage not in best or candidate.logit > best[candidate.passage].logit:
            best[candidate.passage] = candidate
    return sorted(best.values(), key=lambda c: -c.logit)[:3]
