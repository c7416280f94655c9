"""From what reading found to an Answer: verbatim sentences, numbered citations, or a refusal that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexes import Document
from indexes.words import stem, words
from qa.answer import Answer, AnswerSentence, Citation
from qa.evidence import FEATURES, Candidate, has_type
from qa.question import AnswerType, Question
from qa.readers.extractive import Findings

_SHORT = ("person", "number", "date", "place")
_SURE = 1.0
"""Log-odds of the words against "no answer" from which an answer leads with them: on SQuAD .83 of such are right."""
_NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_MISSED: Mapping[AnswerType, str] = {
    "person": "not the person asked for",
    "number": "give no number that answers this",
    "date": "give no date that answers this",
    "place": "give no place that answers this",
    "reason": "give no reason for this",
    "list": "list nothing of the kind",
    "any": "leave this open",
}


def compose(
    asked: str,
    question: Question,
    findings: Findings,
    *,
    threshold: float,
    on_record: Sequence[str],
    names: Mapping[int, str],
) -> Answer:
    """Make the answer.

    Args:
        asked: the question as it was asked.
        question: as it was understood.
        findings: what the reader found.
        threshold: confidence below which the answer is a refusal.
        names: the documents that the question is scoped to, by number, as the caller names them.
        on_record: names of others who are on record about the topic, for a refusal to name.
    """
    interpreted = question.text if question.text.strip() != asked.strip() else None
    confidence = round(findings.confidence, 4)
    if not findings.chosen or findings.confidence < threshold:
        return Answer(
            question=asked,
            interpreted_as=interpreted,
            answered=False,
            confidence=confidence,
            text=refusal(question, findings, on_record),
            nearest=_citations(findings.nearest, findings, names),
        )
    citations = _citations(findings.chosen, findings, names)
    sentences = tuple(AnswerSentence(text=flat(c.quote), citations=(c.number,)) for c in citations)
    short = _short(question, findings)
    lead = f"**{flat(short)}** — " if short else ""
    return Answer(
        question=asked,
        interpreted_as=interpreted,
        answered=True,
        confidence=confidence,
        text=lead + " ".join(f"{flat(c.quote)} [{c.number}]" for c in citations),
        short=short,
        sentences=sentences,
        citations=citations,
    )


def _short(question: Question, findings: Findings) -> str | None:
    """The few words that answer, where the reader is sure of them and they are of the kind asked for."""
    if question.form != "fact" or question.answer_type not in _SHORT:
        return None
    best = max(findings.chosen, key=lambda c: c.logit)
    words = best.short.of(findings.documents[best.document_number].text)
    sure = best.row[FEATURES.index("span")] >= _SURE
    return words if sure and has_type(question, f", {words}") > 0 else None


def flat(quote: str) -> str:
    """A quotation on one line, for reading; the citation keeps it as it stands."""
    return " ".join(quote.split())


def refusal(question: Question, findings: Findings, on_record: Sequence[str]) -> str:
    """One sentence that says why, from the facts at hand."""
    if not findings.documents:
        return "The articles do not say: nothing in them comes near this question."
    if findings.silent and question.form != "fact":
        verb = "is" if len(findings.silent) == 1 else "are"
        said = f"The articles do not say: {joined(findings.silent)} {verb} not on record in them"
        return f"{said}. On record about it: {joined(on_record)}." if on_record else f"{said}."
    missing = _missing_words(question, findings)
    if missing:
        # Not "never mention": they may well say "frozen" where the question says "freeze".
        noun = "word" if len(missing) == 1 else "words"
        quoted = joined([f"“{word}”" for word in missing], "or")
        return f"The articles do not say: they do not use the {noun} {quoted}."
    if question.form == "said" and question.speakers:
        return f"The articles do not say: {joined(question.speakers)} is on record in them, but not about this."
    named = _named(question, findings)
    if named:
        name, times = named
        often = "once" if times == 1 else f"{times} times"
        return f"The articles do not say: they name {name} {often}, but {_MISSED[question.answer_type]}."
    return "The articles do not say, though they come near the question."


def _named(question: Question, findings: Findings) -> tuple[str, int] | None:
    """The question's longest name that the articles found have, and how often they have it."""
    texts = [document.text for document in findings.documents.values()]
    names = sorted(set(_NAME.findall(question.text)), key=len, reverse=True)
    for name in names:
        whole = re.compile(rf"\b{re.escape(name)}\b")
        if times := sum(len(whole.findall(text)) for text in texts):
            return name, times
    return None


def joined(names: Sequence[str], conjunction: str = "and") -> str:
    """Join names as a sentence does: "A, B and C"."""
    *firsts, last = names
    return f"{', '.join(firsts)} {conjunction} {last}" if firsts else last


def _missing_words(question: Question, findings: Findings) -> list[str]:
    """The question's own words, as it writes them, that no document has."""
    unknown = findings.vocabulary.unknown
    found = []
    for raw in question.text.split():
        bare = raw.strip("?.,;:!\"'“”‘’()")
        plain = words(bare)
        if plain and stem(plain[0]) in unknown:
            found.append(bare.removesuffix("’s").removesuffix("'s"))
    return list(dict.fromkeys(found))[:3]


def _citations(
    candidates: Sequence[Candidate], findings: Findings, names: Mapping[int, str]
) -> tuple[Citation, ...]:
    return tuple(
        _citation(number, c, findings, names.get(c.document_number, c.document))
        for number, c in enumerate(candidates, start=1)
    )


def _citation(number: int, candidate: Candidate, findings: Findings, name: str) -> Citation:
    document: Document = findings.documents[candidate.document_number]
    return Citation(
        number=number,
        document=name,
        document_id=document.id,
        title=document.title,
        start=candidate.span.start,
        end=candidate.span.end,
        quote=candidate.span.of(document.text),
        speaker=findings.speakers.get((candidate.document_number, candidate.span)),
        page=document.page_at(candidate.span.start),
        score=round(candidate.probability, 4),
    )
