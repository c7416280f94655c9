"""The extractive reader: answers made of the documents' own sentences, without a language model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from indexes import Index, RankedPassage
from qa.confidence import confidence
from qa.evidence import Candidate, Vocabulary, candidates
from qa.imprint import IMPRINT
from qa.inventory import INVENTORY
from qa.ledger import Ledger
from qa.naming import is_unnamed
from qa.question import Question, of_one_side
from qa.readers.asked_for import AskedFor, may_be_named, whose_words
from qa.readers.findings import Findings, Stage, timed
from qa.readers.imprint import asked_of, author, imprint
from qa.readers.inventory import listed
from qa.readers.joint import JointReader, joint_reader
from qa.readers.overview import leads, voices
from qa.readers.passages import read_passages, second_look
from qa.readers.people import names_asked_about
from qa.readers.whose import (
    is_signature,
    is_the_authors,
    is_theirs,
    may_be_theirs,
    names_all,
    of_the_act,
    says_nothing,
    tells_of,
)
from qa.selection import in_reading_order, select
from qa.sides import Side, select_sides

READ = 6
"""How many passages are read for a question, at most."""
_READ_OF_A_SIDE = 3
"""How many of them for each side of a comparison, in which its speaker's words are put first."""
_LOOKED_AT = 40
"""How many passages are searched for a speaker's statements."""
_AS_A_WHOLE: Mapping[str, Callable[[Index, Sequence[int] | None], list[Candidate]]] = {
    "overview": leads,
    "voices": voices,
    **{kind: partial(listed, kind=kind) for kind in INVENTORY},
}
"""How forms of question that name no topic are answered."""


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
        if question.form in (*_AS_A_WHOLE, *IMPRINT):
            return self._as_a_whole(question, documents, findings)
        with timed(findings, "search"):
            asked = whose_words(self._index, question, documents)
            findings.by_author, findings.asked_for = asked.by_author, asked.everybody
            if asked.question.form == "overview":
                return self._as_a_whole(asked.question, asked.documents, findings)
            findings.question = asked.question
            findings.silent = tuple(name for name in asked.silent if not is_unnamed(name))
            findings.unmet = asked.unmet
            passages = self._search(asked, findings, read)
        on_stage("reading")
        with timed(findings, "read"):
            self._read(asked, passages, findings)
            if findings.scored:
                self._choose(asked, findings)
            self._name_speakers(findings)
        alone = asked.form == "both-said" and len(findings.chosen) < 2
        if alone and all(may_be_named(self._index, name, documents) for name in asked.silent):
            # One sentence sets nobody against anybody: what answers may be in nobody's words.
            return self.find(replace(question, form="fact", speakers=()), documents, read=read)
        return findings

    @staticmethod
    def _name_speakers(findings: Findings) -> None:
        for candidate in [*findings.chosen, *findings.nearest]:
            place = candidate.document_number, candidate.span
            speaker = findings.ledger.speaker_of(*place, findings.asked_for)
            if not speaker and findings.by_author and is_the_authors(candidate, findings):
                speaker = author(findings.documents[candidate.document_number])
            if speaker:
                findings.speakers[place] = speaker

    def _as_a_whole(
        self, question: Question, documents: Sequence[int] | None, findings: Findings
    ) -> Findings:
        """Say what the articles are about, whom they quote, what they name, or what they say of themselves."""
        with timed(findings, "search"):
            findings.question = question
            if question.form in IMPRINT:
                numbers = asked_of(self._index, question, documents)
                findings.documents = {number: self._index.document(number) for number in numbers}
                findings.chosen = imprint(findings.documents, question.form)
            else:
                findings.chosen = _AS_A_WHOLE[question.form](self._index, documents)
                numbers = sorted({c.document_number for c in findings.chosen})
                findings.documents = {number: self._index.document(number) for number in numbers}
                findings.ledger = Ledger(self._index.statements(documents=numbers))
            findings.scored = findings.chosen
            findings.confidence = max((c.probability for c in findings.chosen), default=0.0)
        self._name_speakers(findings)
        return findings

    def _search(self, asked: AskedFor, findings: Findings, read: int) -> list[RankedPassage]:
        """Find the passages to read: such as report the words that are asked for, for each side some."""
        question, documents, speakers = asked.question, asked.documents, asked.everybody
        findings.vocabulary = Vocabulary.of(*self._index.store.frequencies(question.topic))
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

    def _read(self, asked: AskedFor, passages: Sequence[RankedPassage], findings: Findings) -> None:
        """Score the sentences of the passages, and keep those that may answer."""
        if not passages:
            return
        question, speakers = asked.question, asked.everybody
        findings.names = cache(
            lambda number: names_asked_about(
                question, speakers, findings.documents[number], findings.ledger.statements(number)
            )
        )
        readings = read_passages(
            question, passages, findings.documents, self._joint(), findings.names
        )
        scored = candidates(
            question, findings.vocabulary, passages[: len(readings)], findings.documents, readings,
            lambda document, sentence: findings.ledger.words_of(speakers, document, sentence), findings.names,
        )  # fmt: skip
        findings.nearest = _best_of_each_passage(scored)
        if question.form == "said":
            scored = [c for c in scored if not is_signature(c, findings)]
            scored = [c for c in scored if not says_nothing(c, findings)] or scored
            theirs = [c for c in scored if is_theirs(c, speakers, findings)]
            maybe = [c for c in scored if may_be_theirs(c, question, speakers, findings)]
            scored = theirs if theirs and question.asks_for_anything_said else maybe
        elif findings.by_author:
            scored = [c for c in scored if is_the_authors(c, findings)]
        elif findings.silent:
            scored = [c for c in scored if tells_of(findings.silent, c, findings)]
        findings.scored = [c for c in scored if not _is_told(c, question, findings)]
        findings.told = len(findings.scored) < len(scored)

    def _choose(self, asked: AskedFor, findings: Findings) -> None:
        """Choose the sentences, and say how sure they answer."""
        question, heard = asked.question, findings.scored
        if question.form == "both-said":
            findings.chosen = in_reading_order(self._sides(question, asked.documents, findings))
        else:
            findings.scored = of_the_act(question, findings)
            findings.chosen = select(question, findings.scored, heard)
        if findings.chosen:
            best = max(findings.scored, key=lambda c: c.logit)
            again = self.look_again(question, best, findings)
            findings.confidence = confidence(
                question,
                findings.vocabulary,
                findings.scored,
                again,
                unmet=bool(findings.unmet),
            )

    def look_again(self, question: Question, sentence: Candidate, findings: Findings) -> float:
        """Log-odds, on a second look, that what stands around a sentence answers."""
        number = sentence.document_number
        document, names = findings.documents[number], findings.names(number)
        return second_look(question, sentence, document, self._joint(), names)

    def _sides(
        self, question: Question, documents: Sequence[int] | None, findings: Findings
    ) -> list[Candidate]:
        """Each side's own words on what is compared, and what tells of both where that is likeliest to answer.

        That the two clashed is what was asked.
        """
        whole = {(c.document_number, c.span): c.logit for c in findings.scored}
        unread = min(whole.values())
        best = max(findings.scored, key=lambda c: c.logit)
        both = [best] if names_all(question.speakers, best, findings) else []
        sides = [
            self.find(of_one_side(question, speaker), documents, read=_READ_OF_A_SIDE)
            for speaker in question.speakers
        ]
        chosen = select_sides(
            [Side(side.chosen, side.scored) for side in sides],
            lambda c: whole.get((c.document_number, c.span), unread),
        )
        for side in sides:
            findings.documents |= side.documents
        findings.ledger = Ledger(self._index.statements(documents=sorted(findings.documents)))
        once = {(c.document_number, c.span): c for c in [*(chosen or [best]), *both]}
        return list(once.values())


def _is_told(candidate: Candidate, question: Question, findings: Findings) -> bool:
    """Tell whether an earlier answer has a sentence, where more than that is asked for."""
    quote = candidate.span.of(findings.documents[candidate.document_number].text)
    return any(" ".join(quote.split()) in turn for turn in question.told)


def _reports(ranked: RankedPassage, speakers: Sequence[str], ledger: Ledger) -> bool:
    return any(
        ledger.said_by(speakers, ranked.document_number, sentence.span)
        for sentence in ranked.passage.sentences
    )


def _best_of_each_passage(scored: Sequence[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in scored:
        if candidate.passage not in best or candidate.logit > best[candidate.passage].logit:
            best[candidate.passage] = candidate
    return sorted(best.values(), key=lambda c: -c.logit)[:3]
