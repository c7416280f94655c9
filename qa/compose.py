"""From what reading found to an Answer: verbatim sentences, numbered citations, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexes import Document
from indexes.words import stem, words
from qa.answer import Answer, AnswerSentence, Citation
from qa.evidence import Candidate
from qa.question import Question
from qa.readers.extractive import Findings


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
    return Answer(
        question=asked,
        interpreted_as=interpreted,
        answered=True,
        confidence=confidence,
        text=" ".join(f"{flat(c.quote)} [{c.number}]" for c in citations),
        sentences=sentences,
        citations=citations,
    )


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
        return f"The articles do not say: they never mention {joined([f'“{word}”' for word in missing], 'or')}."
    if question.form == "said":
        return f"The articles do not say: {joined(question.speakers)} is on record in them, but not about this."
    return "The articles do not say, though they come near the question."


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
