"""Whose words a sentence may be, and whether it reports what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexes.speech.lexicon import BODIES, FIRST_NAMES, ORGANISATIONS
from indexes.words import CAPITAL, content_terms, words
from qa.asking import REPORTING
from qa.evidence import QUOTATION_MARKS, Candidate
from qa.naming import DESCRIPTION, is_description
from qa.question import Question, last_names
from qa.readers.findings import Findings

_ACT = 0.25
"""Share of the best sentence's probability that one with the act asked for, "denied" say, needs to come before it."""
_BESIDE_NAME = 7
"""Words from a name within which a word of saying may be of what the named one said."""
_FIRST_PERSON = frozenset({"I", "we", "We"})


_SIGNATURE = re.compile(rf"[\W_]*{CAPITAL}[\w’'-]*\.?(?:\s+{CAPITAL}[\w’'-]*\.?){{1,4}}")


def is_signature(candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence is only the name below a letter, which says nothing: "— Ada Quill"."""
    text = candidate.span.of(findings.documents[candidate.document_number].text)
    return bool(_SIGNATURE.fullmatch(text.strip())) and not QUOTATION_MARKS.search(text)


def says_nothing(candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence is a word that says nothing alone: "No."."""
    text = candidate.span.of(findings.documents[candidate.document_number].text)
    return len(words(text)) < 2 and not content_terms(text)


def is_theirs(candidate: Candidate, speakers: Sequence[str], findings: Findings) -> bool:
    """Tell whether a sentence reports words of one of these speakers."""
    return findings.ledger.said_by(speakers, candidate.document_number, candidate.span)


def is_the_authors(candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence is the article's own: it holds no statement but what its author says as "I" or "we"."""
    text = findings.documents[candidate.document_number].text
    said = findings.ledger.statements_in(candidate.document_number, candidate.span)
    return all(s.source and not s.speaker and s.source.of(text) in _FIRST_PERSON for s in said)


def may_be_theirs(
    candidate: Candidate, question: Question, speakers: Sequence[str], findings: Findings
) -> bool:
    """Tell whether a sentence reports their words, tells what is asked for of them, or is on record as nobody's.

    "Quill denied it" tells of a denial. "The minister" may be one of them; Tamm is not, nor are the police.
    What is nobody's must tell that he said something, quote, go on from another, or answer well as it
    reads; of what he thinks, naming him will do.
    Of somebody of whom no words are on record it must tell that he said something.
    """
    if is_theirs(candidate, speakers, findings):
        return True
    told = _words(candidate, findings)
    names = last_names(question.speakers)
    named = [i for i, word in enumerate(told) if word in names]
    if any(question.act & set(told[i + 1 : i + 4]) for i in named):
        return True
    speaker = findings.ledger.speaker_of(candidate.document_number, candidate.span)
    if speaker is not None:
        body = _is_a_body(speaker) and _are_people(speakers, candidate.document_number, findings)
        return is_description(speaker) and not body
    near = (told[max(0, i - _BESIDE_NAME) : i + _BESIDE_NAME] for i in named)
    tells_of_saying = any(not REPORTING.isdisjoint(beside) for beside in near)
    if findings.silent:
        return tells_of_saying
    text = candidate.span.of(findings.documents[candidate.document_number].text)
    tells = tells_of_saying if question.strict else bool(named)
    return tells or candidate.leans or candidate.reads_well or bool(QUOTATION_MARKS.search(text))


def _is_a_body(description: str) -> bool:
    described = DESCRIPTION.fullmatch(description.strip())
    return described is not None and described["head"] in BODIES | ORGANISATIONS


def _are_people(speakers: Sequence[str], number: int, findings: Findings) -> bool:
    """Tell whether each of them has a first name, or is "he" or "she" where he speaks."""
    text = findings.documents[number].text
    said = findings.ledger.statements(number)
    spoken = {s.speaker for s in said if s.source and s.source.of(text).lower() in ("he", "she")}
    return bool(speakers) and all(
        name in spoken or (" " in name and name.split()[0].lower() in FIRST_NAMES)
        for name in speakers
    )


def of_the_act(question: Question, findings: Findings) -> list[Candidate]:
    """The sentences that report what the question asks for, a denial say, where one comes near.

    A question that names no topic asks for nothing else. Why somebody denies something he may say without
    the word.
    """
    if not question.act or question.answer_type == "reason":
        return findings.scored
    those = [c for c in findings.scored if question.act & _reporting(c, findings)]
    floor = _ACT * max(c.probability for c in findings.scored)
    near = any(c.probability >= floor for c in those)
    return those if near or not question.topic else findings.scored


def _reporting(candidate: Candidate, findings: Findings) -> set[str]:
    """The words of a sentence, and those that report what it quotes, wherever they stand."""
    number = candidate.document_number
    text = findings.documents[number].text
    cues = findings.ledger.cues(number, candidate.span)
    return {*_words(candidate, findings), *(word for cue in cues for word in words(cue.of(text)))}


def _words(candidate: Candidate, findings: Findings) -> list[str]:
    return words(candidate.span.of(findings.documents[candidate.document_number].text))


def names_all(names: Sequence[str], candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence names all of them, by their last words."""
    return last_names(names) <= set(_words(candidate, findings))


def tells_of(names: Sequence[str], candidate: Candidate, findings: Findings) -> bool:
    """Tell whether a sentence names one of them, or in nobody's words goes on about one or answers well as it reads."""
    told = _words(candidate, findings)
    if not last_names(names).isdisjoint(told):
        return True
    may_be_of_one = candidate.leans or candidate.reads_well
    place = candidate.document_number, candidate.span
    return may_be_of_one and findings.ledger.speaker_of(*place) is None
