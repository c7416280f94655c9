"""From what reading found to an Answer: verbatim sentences, numbered citations, or a refusal that says why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexes import Document
from indexes.words import CAPITAL, stem, words
from qa.answer import Answer, AnswerSentence, Citation
from qa.evidence import FEATURES, Candidate
from qa.framing import framed
from qa.imprint import IMPRINT
from qa.inventory import INVENTORY
from qa.naming import is_group
from qa.question import Question
from qa.readers.findings import Findings
from qa.refusal import Cause, Refusal

_SHORT = ("person", "name", "number", "date", "place")
_SURE = 1.0
"""Log-odds of the words against "no answer" from which an answer leads with them: on SQuAD .83 of such are right."""
_UNSAID_BY_FORM: Mapping[str, Cause] = {
    "byline": "unsigned", "published": "undated", "publisher": "unsourced", "title": "untitled",
}  # fmt: skip
_LIGHT = frozenset(
    """took take taken takes place last next first happen happened happens occur occurred want wants wanted know known
    think thinks like likes kind sort way ways much thing things really ignore""".split()
)
"""Words of a question whose absence explains no refusal."""
_NAME = re.compile(rf"(?<!^)(?<![.!?“\"] )\b{CAPITAL}[\w-]+(?: {CAPITAL}[\w-]+)*")


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
    as_asked = " ".join(asked.split())
    interpreted = question.text if question.text not in (as_asked, framed(as_asked)) else None
    confidence = round(findings.confidence, 4)
    if not findings.chosen or findings.confidence < threshold:
        why = refusal(question, findings, on_record)
        return Answer(
            question=asked,
            interpreted_as=interpreted,
            answered=False,
            confidence=confidence,
            text=str(why),
            refusal=why,
            nearest=citations(findings.nearest, findings, names),
        )
    cited = citations(findings.chosen, findings, names)
    sentences = tuple(AnswerSentence(text=flat(c.quote), citations=(c.number,)) for c in cited)
    short = _short(question, findings)
    lead = f"**{flat(short)}** — " if short else ""
    return Answer(
        question=asked,
        interpreted_as=interpreted,
        answered=True,
        confidence=confidence,
        text=lead + " ".join(f"{flat(c.quote)} [{c.number}]" for c in cited),
        short=short,
        sentences=sentences,
        citations=cited,
    )


def _short(question: Question, findings: Findings) -> str | None:
    """The few words that answer, where the reader is sure of them and they are of the kind asked for."""
    if question.form in IMPRINT:
        first, *others = findings.chosen
        of_line = not others and len(first.short) < len(first.span)
        return first.short.of(findings.documents[first.document_number].text) if of_line else None
    if question.form != "fact" or question.answer_type not in _SHORT:
        return None
    best = max(findings.chosen, key=lambda c: c.logit)
    words = best.short.of(findings.documents[best.document_number].text)
    sure = best.row[FEATURES.index("span")] >= _SURE
    return words if sure and best.apt else None


def flat(quote: str) -> str:
    """A quotation on one line, for reading; the citation keeps it as it stands."""
    return " ".join(quote.split())


def refusal(question: Question, findings: Findings, on_record: Sequence[str]) -> Refusal:
    """Why the articles do not say, from the facts at hand."""
    if question.form in INVENTORY:
        return Refusal(cause="none-named")
    if not findings.documents:
        return Refusal(cause="nothing-near")
    if findings.told:
        return Refusal(cause="nothing-more")
    if question.form in IMPRINT:
        stated = [getattr(document, question.form) for document in findings.documents.values()]
        return Refusal(
            cause=_UNSAID_BY_FORM[question.form],
            names=tuple(dict.fromkeys(filter(None, stated)))[:3],
        )
    if findings.silent and question.form != "fact":
        others = tuple(on_record)
        return Refusal(cause="not-on-record", names=findings.silent, others=others)
    missing = _missing_words(question, findings)
    if missing:
        return Refusal(cause="unused-words", names=tuple(missing))
    somebody = tuple(name for name in question.speakers if not is_group(name))
    # Of "the harbour master", whom no article presents so, nobody can tell whether he is on record.
    found = (findings.question or question).form == "said"
    if question.form == "said" and somebody and found:
        return Refusal(cause="not-about-this", names=somebody)
    named = _named(question, findings)
    if named:
        name, times = named
        wanted = question.answer_type
        return Refusal(cause="named-only", names=(name,), times=times, wanted=wanted)
    return Refusal(cause="near")


def _named(question: Question, findings: Findings) -> tuple[str, int] | None:
    """The question's longest name that the articles found have, and how often they have it."""
    texts = [document.text for document in findings.documents.values()]
    # Not a set: names of one length would come in another order in each process.
    names = sorted(dict.fromkeys(_NAME.findall(question.text)), key=len, reverse=True)
    for name in names:
        whole = re.compile(rf"\b{re.escape(name)}\b")
        if times := sum(len(whole.findall(text)) for text in texts):
            return name, times
    return None


def _missing_words(question: Question, findings: Findings) -> list[str]:
    """The question's own words, as it writes them, that no document has."""
    unknown = findings.vocabulary.unknown
    found = []
    for raw in question.text.split():
        bare = raw.strip("?.,;:!\"'“”‘’()")
        plain = words(bare)
        if plain and stem(plain[0]) in unknown and plain[0] not in _LIGHT:
            found.append(bare.removesuffix("’s").removesuffix("'s"))
    return list(dict.fromkeys(found))[:3]


def citations(
    candidates: Sequence[Candidate], findings: Findings, names: Mapping[int, str]
) -> tuple[Citation, ...]:
    """Cite sentences, numbered from 1 in the order given."""
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
