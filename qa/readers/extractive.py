"""The extractive reader: answers made of the documents' own sentences, without a language model."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from indexes import Document, Index, RankedPassage, Span
from indexes.words import content_terms, words
from qa.asking import REPORTING, is_description, is_group
from qa.evidence import Candidate, Vocabulary, candidates, confidence
from qa.imprint import IMPRINT
from qa.ledger import Ledger
from qa.question import Question, last_names, of_one_side
from qa.readers.imprint import asked_of, imprint
from qa.readers.joint import JointReader, Reading, joint_reader
from qa.readers.overview import leads, voices
from qa.selection import continued, in_reading_order, select
from qa.speakers import described, matching

Stage = Literal["searching", "reading", "writing", "answered"]
"""The steps on the way to an answer."""

READ = 6
"""How many passages are read for a question, at most."""
_READ_OF_A_SIDE = 3
"""How many of them for each side of a comparison, in which its speaker's words are put first."""
_AT_ONCE = 2
"""How many of them are read before it is asked whether to read on."""
_SURE = 2.0
"""Log-odds, by the reader, that a passage answers, beyond which no further one is read for a fact."""
_UNLIKELY, _TRIED = -0.5, 4
"""Log-odds that none of so many passages reaches where further ones answer no more either: of 234 such
questions of SQuAD, ClapNQ and news, one was answered from the fifth or sixth."""
_EACH = 2
"""How many sentences of each side are set beside the other's."""
_ACT = 0.25
"""Share of the best sentence's probability that one with the act asked for, "denied" say, needs to come before it."""
_BESIDE_NAME = 7
"""Words from a name within which a word of saying may be of what the named one said."""
_QUOTES = re.compile("[“”\"„«»‘]|''")
_PRESENTED_IN = 20
"""How many articles are searched for whom a description means."""
_LOOKED_AT = 40
"""How many passages are searched for a speaker's statements."""


@dataclass(slots=True)
class Findings:
    """What reading found, before it is put into an answer.

    Attributes:
        question: the question as it was read, which may be as one of fact.
        scored: the sentences that may answer: all of those read or, for a speaker's words, those
            that report them.
        vocabulary: how rare the question's words are on record.
        chosen: the sentences that answer, in reading order; empty when there are none to choose from.
        confidence: probability that the articles answer.
        nearest: the best passages, as their best sentences, for a refusal to point at.
        speakers: who says each of the sentences chosen or nearest.
        silent: the names asked for that are on record nowhere in scope.
        documents: the documents concerned, by number.
        ledger: their statements.
        timings_ms: milliseconds by stage.
    """

    question: Question | None = None
    scored: list[Candidate] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary.empty)
    chosen: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0
    nearest: list[Candidate] = field(default_factory=list)
    speakers: dict[tuple[int, Span], str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    documents: dict[int, Document] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=lambda: Ledger(()))
    timings_ms: dict[str, float] = field(default_factory=dict)


class ExtractiveReader:
    """Finds the sentences of an index that answer a question."""

    def __init__(self, index: Index, joint: Callable[[], JointReader] = joint_reader) -> None:
        """Keep the index, and how to load the reader's model when it is first needed."""
        self._index = index
        self._joint = joint

    def warm_up(self) -> None:
        """Load the reader's model."""
        self._joint()

    def is_common(self, word: str) -> bool:
        """Tell whether a lower-case word is one that the reader's model knows whole."""
        return self._joint().is_common(word)

    def find(
        self,
        question: Question,
        documents: Sequence[int] | None,
        on_stage: Callable[[Stage], None] = lambda _: None,
        read: int = READ,
    ) -> Findings:
        """Search, read and choose.

        Args:
            question: the question, understood.
            documents: numbers of the documents it is scoped to; None for all.
            on_stage: told "searching" and "reading" as each begins.
            read: how many passages are read, at most.
        """
        findings = Findings()
        on_stage("searching")
        if question.form in ("overview", "voices", *IMPRINT):
            return self._as_a_whole(question, documents, findings)
        with timed(findings, "search"):
            known = self._index.store.speakers(documents) if question.speakers else {}
            matched = {
                name: matching(name, known) or self._described(name, documents)
                for name in question.speakers
            }
            silent = [name for name, speakers in matched.items() if not speakers]
            question = _or_of_fact(question, silent)
            findings.silent = tuple(name for name in silent if not is_group(name))
            findings.question = question
            passages = self._search(question, documents, matched, findings, read)
        on_stage("reading")
        with timed(findings, "read"):
            self._read(question, passages, matched, findings)
            if findings.scored:
                self._choose(question, matched, documents, findings)
            self._name_speakers(findings)
        return findings

    @staticmethod
    def _name_speakers(findings: Findings) -> None:
        for candidate in [*findings.chosen, *findings.nearest]:
            place = candidate.document_number, candidate.span
            if speaker := findings.ledger.speaker_of(*place):
                findings.speakers[place] = speaker

    def _as_a_whole(
        self, question: Question, documents: Sequence[int] | None, findings: Findings
    ) -> Findings:
        """Say what the articles are about, who is quoted in them, or what they say of themselves."""
        with timed(findings, "search"):
            findings.question = question
            if question.form in IMPRINT:
                numbers = asked_of(self._index, question, documents)
                findings.documents = {number: self._index.document(number) for number in numbers}
                findings.chosen = imprint(findings.documents, question.form)
            else:
                whole = leads if question.form == "overview" else voices
                findings.chosen = whole(self._index, documents)
                numbers = sorted({c.document_number for c in findings.chosen})
                findings.documents = {number: self._index.document(number) for number in numbers}
                findings.ledger = Ledger(self._index.statements(documents=numbers))
            findings.scored = findings.chosen
            findings.confidence = max((c.probability for c in findings.chosen), default=0.0)
        self._name_speakers(findings)
        return findings

    def _described(self, name: str, documents: Sequence[int] | None) -> list[str]:
        """The speaker whom the articles present as "the harbour master", say."""
        if not is_description(name):
            return []
        numbers = self._index.store.documents_with(content_terms(name), _PRESENTED_IN, documents)
        texts = {number: self._index.document(number).text for number in numbers}
        return described(
            name, ((texts[n], said) for n, said in self._index.statements(documents=numbers))
        )

    def _search(
        self,
        question: Question,
        documents: Sequence[int] | None,
        matched: dict[str, list[str]],
        findings: Findings,
        read: int,
    ) -> list[RankedPassage]:
        """Find the passages to read: such as report the words that are asked for, for each side some."""
        findings.vocabulary = Vocabulary.of(*self._index.store.frequencies(question.topic))
        speakers = [speaker for side in matched.values() for speaker in side]
        theirs = question.form != "fact" and bool(speakers)
        if question.form == "said" and theirs:
            documents = self._index.store.documents_of(speakers, documents)
        limit = _LOOKED_AT if theirs else read
        passages = self._index.search(question.query, limit, documents=documents)
        if theirs:
            ledger = self._ledger(passages, speakers)
            reporting = [p for p in passages if _reports(p, speakers, ledger)]
            passages = [*reporting, *(p for p in passages if p not in reporting)][:read]
        numbers = {p.document_number for p in passages}
        findings.documents = {number: self._index.document(number) for number in numbers}
        findings.ledger = self._ledger(passages)
        return passages

    def _ledger(
        self, passages: Sequence[RankedPassage], speakers: Sequence[str] | None = None
    ) -> Ledger:
        """The statements of the documents in which passages stand, of some speakers or of all."""
        numbers = sorted({p.document_number for p in passages})
        return Ledger(self._index.statements(speakers=speakers, documents=numbers))

    def _read(
        self,
        question: Question,
        passages: Sequence[RankedPassage],
        matched: dict[str, list[str]],
        findings: Findings,
    ) -> None:
        """Score the sentences of the passages, and keep those that may answer."""
        if not passages:
            return

        speakers = [speaker for side in matched.values() for speaker in side]
        readings = self._readings(question, passages, findings)
        scored = candidates(
            question, findings.vocabulary, passages[: len(readings)], findings.documents, readings,
            lambda document, sentence: findings.ledger.words_of(speakers, document, sentence),
        )  # fmt: skip
        findings.nearest = _best_of_each_passage(scored)
        if question.form == "said":
            theirs = [c for c in scored if _is_theirs(c, speakers, findings)]
            maybe = [c for c in scored if _may_be_theirs(c, question, speakers, findings)]
            scored = theirs if theirs and question.asks_for_anything_said else maybe
        elif findings.silent:
            scored = [c for c in scored if _tells_of(findings.silent, c, findings)]
        findings.scored = scored

    def _readings(
        self, question: Question, passages: Sequence[RankedPassage], findings: Findings
    ) -> list[Reading]:
        """Read the passages; for a single fact, until one surely answers, or none is likely to."""

        def shown(ranked: RankedPassage) -> tuple[str, list[Span]]:
            whole = ranked.passage.span
            places = [
                Span(s.span.start - whole.start, s.span.end - whole.start)
                for s in ranked.passage.sentences
            ]
            return whole.of(findings.documents[ranked.document_number].text), places

        one_will_do = question.form == "fact" and question.answer_type != "list"
        step = _AT_ONCE if one_will_do else len(passages)
        readings: list[Reading] = []
        for start in range(0, len(passages), step):
            likeliest = max((reading.answers for reading in readings), default=0.0)
            if likeliest > _SURE or (start >= _TRIED and likeliest < _UNLIKELY):
                break
            together = [shown(ranked) for ranked in passages[start : start + step]]
            readings += self._joint().read(question.text, together)
        return readings

    def _choose(
        self,
        question: Question,
        matched: dict[str, list[str]],
        documents: Sequence[int] | None,
        findings: Findings,
    ) -> None:
        """Choose the sentences, and say how sure they answer."""
        if question.form == "both-said":
            findings.chosen = in_reading_order(self._sides(question, documents, findings))
        else:
            findings.scored = _of_the_act(question, findings)
            findings.chosen = select(question, findings.scored)
        if question.form == "said":
            texts = {number: document.text for number, document in findings.documents.items()}
            speakers = [speaker for side in matched.values() for speaker in side]
            said = [c for c in findings.scored if _is_theirs(c, speakers, findings)]
            more = continued(question, findings.chosen, said, texts)
            findings.chosen = in_reading_order([*findings.chosen, *more])
        if findings.chosen:
            findings.confidence = confidence(question, findings.vocabulary, findings.scored)

    def _sides(
        self, question: Question, documents: Sequence[int] | None, findings: Findings
    ) -> list[Candidate]:
        """Each side's own words on what is compared, and what tells of both where that is likeliest to answer.

        That the two clashed is what was asked.
        """
        best = max(findings.scored, key=lambda c: c.logit)
        chosen = [best] if _names_all(question.speakers, best, findings) else []
        for speaker in question.speakers:
            of_theirs = of_one_side(question, speaker)
            side = self.find(of_theirs, documents, read=_READ_OF_A_SIDE)
            findings.documents |= side.documents
            chosen += sorted(side.chosen, key=lambda c: -c.logit)[:_EACH]
        findings.ledger = Ledger(self._index.statements(documents=sorted(findings.documents)))
        once = {(c.document_number, c.span): c for c in reversed(chosen or [best])}
        return list(once.values())


def _or_of_fact(question: Question, silent: Sequence[str]) -> Question:
    """Read a question for words that are not on record as one of fact, where a fact may answer it, too.

    Views are told of people and of groups, and two sides are set apart by others.
    """
    groups = [name for name in silent if is_group(name)]
    nobody = len(silent) == len(question.speakers)
    told = nobody if question.form == "both-said" else groups or not question.strict
    if not silent or not told:
        return question
    terms = [term for name in groups for term in content_terms(name)]
    return replace(question, form="fact", topic=(*question.topic, *terms))


def _reports(ranked: RankedPassage, speakers: Sequence[str], ledger: Ledger) -> bool:
    return any(
        ledger.said_by(speakers, ranked.document_number, sentence.span)
        for sentence in ranked.passage.sentences
    )


def _is_theirs(candidate: Candidate, speakers: Sequence[str], findings: Findings) -> bool:
    return findings.ledger.said_by(speakers, candidate.document_number, candidate.span)


def _may_be_theirs(
    candidate: Candidate, question: Question, speakers: Sequence[str], findings: Findings
) -> bool:
    """Tell whether a sentence reports their words, tells what is asked for of them, or is on record as nobody's.

    "Quill denied it" tells of a denial. "The minister" may be one of them; Tamm is not. What is nobody's
    must tell that he said something, quote, or go on from another; of what he thinks, naming him will do.
    Of somebody of whom no words are on record it must tell that he said something.
    """
    if _is_theirs(candidate, speakers, findings):
        return True
    told = _words(candidate, findings)
    names = last_names(question.speakers)
    named = [i for i, word in enumerate(told) if word in names]
    if any(question.act & set(told[i + 1 : i + 4]) for i in named):
        return True
    speaker = findings.ledger.speaker_of(candidate.document_number, candidate.span)
    if speaker is not None:
        return is_description(speaker)
    near = (told[max(0, i - _BESIDE_NAME) : i + _BESIDE_NAME] for i in named)
    tells_of_saying = any(not REPORTING.isdisjoint(beside) for beside in near)
    if any(not is_description(name) for name in findings.silent):
        return tells_of_saying
    text = candidate.span.of(findings.documents[candidate.document_number].text)
    tells = tells_of_saying if question.strict else bool(named)
    return tells or candidate.leans or bool(_QUOTES.search(text))


def _of_the_act(question: Question, findings: Findings) -> list[Candidate]:
    """The sentences that report what the question asks for, a denial say, where one comes near.

    A question that names no topic asks for nothing else.
    """
    of_the_act = [c for c in findings.scored if question.act & _reporting(c, findings)]
    floor = _ACT * max(c.probability for c in findings.scored)
    wanted = question.act and not question.topic
    near = any(c.probability >= floor for c in of_the_act)
    return of_the_act if wanted or near else findings.scored


def _reporting(candidate: Candidate, findings: Findings) -> set[str]:
    """The words of a sentence, and those that report what it quotes, wherever they stand."""
    number = candidate.document_number
    text = findings.documents[number].text
    cues = findings.ledger.cues(number, candidate.span)
    return {*_words(candidate, findings), *(word for cue in cues for word in words(cue.of(text)))}


def _words(candidate: Candidate, findings: Findings) -> list[str]:
    return words(candidate.span.of(findings.documents[candidate.document_number].text))


@contextmanager
def timed(findings: Findings, stage: str) -> Iterator[None]:
    """Note how long a stage took."""
    started = time.perf_counter()
    yield
    findings.timings_ms[stage] = (time.perf_counter() - started) * 1000


def _names_all(names: Sequence[str], candidate: Candidate, findings: Findings) -> bool:
    text = candidate.span.of(findings.documents[candidate.document_number].text)
    return all(name.split()[-1] in text for name in names)


def _tells_of(names: Sequence[str], candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence names one of them, or may go on about one in nobody's words."""
    told = _words(candidate, findings)
    if not last_names(names).isdisjoint(told):
        return True
    place = candidate.document_number, candidate.span
    return candidate.leans and findings.ledger.speaker_of(*place) is None


def _best_of_each_passage(scored: Sequence[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in scored:
        if candidate.passage not in best or candidate.logit > best[candidate.passage].logit:
            best[candidate.passage] = candidate
    return sorted(best.values(), key=lambda c: -c.logit)[:3]
