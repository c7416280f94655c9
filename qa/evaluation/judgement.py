"""The strict judgement of an answer; pure functions.

**Right.** The strictest question that can be asked of an answer: a question that the documents do
not answer is right when it is declined. Any other is right when

* it is answered;
* each group of evidence has an alternative of which at least 60 % of the characters are cited;
* the answer says one alternative of each group that it must say, and nothing that it must not,
  letters' case, spacing and the form of quotation marks aside;
* every quotation is its document's ``text[start:end]``, character for character;
* it is concise: no more characters are cited than 2.5 times the evidence, or 400 more than it,
  whichever is larger, and the answer's text has at most 1,200.

**Evidence recall** of a question is the share of its groups that are cited; **citation precision**
the share of an answer's citations that share a character with any evidence, averaged over the
answers given to answerable questions. Source: ours; they transfer the citation recall and precision
of Gao et al., "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023), from a
model's opinion to known evidence.

**By characters**, evidence recall is the share of the evidence's characters that are cited, of each
group its best covered alternative; precision the share of the characters cited that are in any
evidence. Source: ours, after the character-level overlap of SQuAD-style span evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.evaluation.questions import Place, Question
from qa.evaluation.remarks import Remark, remark

COVERED = 0.6
"""Share of an alternative's characters that must be cited."""
LENGTH_FACTOR = 2.5
LENGTH_MARGIN = 400
"""Cited characters are at most the evidence times the factor, or plus the margin."""
LONGEST_ANSWER = 1200

_PLAIN_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})

Range = tuple[str, int, int]
"""Document, start, end."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer to one question is worth.

    Attributes:
        id, kind, answerable: the question's.
        predicted: whether there was an answer to judge; without one, it counts as declined.
        answered: whether it was answered.
        confidence: in [0, 1].
        right: the strict judgement.
        evidence_recall: in [0, 1]; None for an unanswerable question.
        citation_precision: in [0, 1], 0 without citations; None for an unanswerable question.
        character_recall, character_precision: the same by characters; None for an unanswerable
            question, and where the evidence has no place; precision also for one without citations.
        exact: whether each quotation is its document's text.
        why: what is wrong, a remark for each fault.
    """

    id: str
    kind: str
    answerable: bool
    predicted: bool
    answered: bool
    confidence: float
    right: bool
    evidence_recall: float | None
    citation_precision: float | None
    character_recall: float | None
    character_precision: float | None
    exact: bool
    why: tuple[Remark, ...] = ()


def judge(question: Question, answer: Answer | None, texts: Mapping[str, str]) -> Judgement:
    """Judge the answer to a question.

    Args:
        question: with the evidence.
        answer: what was answered; None counts as declined with confidence 0.
        texts: the texts of all documents by name.
    """
    citations = answer.citations if answer else ()
    exact = all(
        c.document in texts and texts[c.document][c.start : c.end] == c.quote for c in citations
    )
    why = [] if exact else [remark("inexact")]
    answered = answer is not None and answer.answered
    recall = precision = None
    by_characters: tuple[float | None, float | None] = (None, None)
    if question.answerable:
        cited = [(c.document, c.start, c.end) for c in citations]
        groups = [ranges(group, texts, question.documents) for group in question.evidence]
        found = [_is_cited(group, joined(cited)) for group in groups]
        recall = sum(found) / len(found) if found else 0.0
        precision = _precision(cited, joined(r for group in groups for r in group))
        by_characters = _by_characters(groups, joined(cited))
        if not answered:
            why.append(remark("declined"))
        if not all(found):
            why.append(remark("evidence-cited", found=sum(found), of=len(found)))
        why += _of_irrelevant_documents(question, cited)
        why += _wrong_words(question, answer.text if answer else "")
        why += _too_long(groups, joined(cited), answer.text if answer else "")
    elif answered:
        why.append(remark("answered"))
    return Judgement(
        id=question.id,
        kind=question.kind,
        answerable=question.answerable,
        predicted=answer is not None,
        answered=answered,
        confidence=answer.confidence if answer else 0.0,
        right=not why if question.answerable else not answered,
        evidence_recall=recall,
        citation_precision=precision,
        character_recall=by_characters[0],
        character_precision=by_characters[1],
        exact=exact,
        why=tuple(why),
    )


def ranges(
    group: Sequence[str | Place], texts: Mapping[str, str], scope: Sequence[str] | None = None
) -> list[Range]:
    """Where the alternatives of a group stand: words at their first place in each document.

    Args:
        group: the alternatives.
        texts: the documents' texts by name.
        scope: the documents in which words are looked for; None for all.
    """
    found: list[Range] = []
    for alternative in group:
        if isinstance(alternative, Place):
            found.append((alternative.document, alternative.start, alternative.end))
            continue
        names = [name for name in scope if name in texts] if scope else texts
        places = ((name, texts[name].find(alternative)) for name in names)
        found += [(name, at, at + len(alternative)) for name, at in places if at >= 0]
    return found


def joined(pieces: Iterable[Range]) -> list[Range]:
    """Unite ranges that overlap or touch, in order of document and place."""
    united: list[Range] = []
    for document, start, end in sorted(pieces):
        if united and united[-1][0] == document and start <= united[-1][2]:
            united[-1] = (document, united[-1][1], max(end, united[-1][2]))
        else:
            united.append((document, start, end))
    return united


def shared(one: Range, others: Iterable[Range]) -> int:
    """How many characters of a range lie in others, which must not overlap each other."""
    document, start, end = one
    return sum(max(0, min(end, e) - max(start, s)) for d, s, e in others if d == document)


def _length(pieces: Iterable[Range]) -> int:
    return sum(end - start for _, start, end in pieces)


def _is_cited(group: Iterable[Range], cited: Sequence[Range]) -> bool:
    return any(shared(one, cited) >= COVERED * (one[2] - one[1]) for one in group)


def _precision(cited: Sequence[Range], evidence: Sequence[Range]) -> float:
    return sum(shared(one, evidence) > 0 for one in cited) / len(cited) if cited else 0.0


def _by_characters(
    groups: Sequence[Sequence[Range]], cited: Sequence[Range]
) -> tuple[float | None, float | None]:
    """Recall and precision by characters; None where there is nothing to take a share of."""
    best = [
        max(group, key=lambda one: (shared(one, cited) / (one[2] - one[1]), one[1] - one[2]))
        for group in groups
        if group
    ]
    wanted = joined(best)
    recall = sum(shared(one, cited) for one in wanted) / _length(wanted) if wanted else None
    every = joined(one for group in groups for one in group)
    if not cited or not every:
        return recall, None
    return recall, sum(shared(one, every) for one in cited) / _length(cited)


def _of_irrelevant_documents(question: Question, cited: Sequence[Range]) -> list[Remark]:
    relevant = question.relevant_documents
    if not relevant or any(relevant.get(document, 0) > 0 for document, _, _ in cited):
        return []
    return [remark("irrelevant")]


def plain(text: str) -> str:
    """Fold what two ways of writing the same words differ in: case, spacing, quotation marks."""
    return " ".join(text.translate(_PLAIN_MARKS).lower().split())


def _wrong_words(question: Question, text: str) -> list[Remark]:
    said = plain(text)
    missing = [
        group for group in question.answer_contains if not any(plain(a) in said for a in group)
    ]
    unwanted = [words for words in question.answer_excludes if plain(words) in said]
    why = []
    if missing:
        words = "; ".join(" | ".join(group) for group in missing)
        why.append(remark("words-missing", words=words))
    if unwanted:
        why.append(remark("words-unwanted", words="; ".join(unwanted)))
    return why


def _too_long(groups: Iterable[Sequence[Range]], cited: Sequence[Range], text: str) -> list[Remark]:
    needed = sum(min((_length([one]) for one in group), default=0) for group in groups)
    length = _length(cited)
    if (
        length <= max(LENGTH_FACTOR * needed, needed + LENGTH_MARGIN)
        and len(text) <= LONGEST_ANSWER
    ):
        return []
    return [remark("not-concise", cited=length, said=len(text))]
