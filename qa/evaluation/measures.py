"""The strict judgement of an answer, and the measures of many; pure functions.

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

**Confidence AUROC** is the probability that an answerable question gets a higher confidence than an
unanswerable one, ties counting half. Source: Hanley and McNeil, "The Meaning and Use of the Area
under a Receiver Operating Characteristic (ROC) Curve" (Radiology 143, 1982), by the ranks of Mann
and Whitney (1947).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qa.answer import Answer
from qa.evaluation.questions import Place, Question

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
        exact: whether each quotation is its document's text.
        why: what is wrong, a line for each fault.
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
    exact: bool
    why: tuple[str, ...] = ()


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
    why = [] if exact else ["a quote is not its document's text[start:end]"]
    answered = answer is not None and answer.answered
    recall = precision = None
    if question.answerable:
        cited = [(c.document, c.start, c.end) for c in citations]
        groups = [_ranges(group, texts) for group in question.evidence]
        found = [_is_cited(group, joined(cited)) for group in groups]
        recall = sum(found) / len(found) if found else 0.0
        precision = _precision(cited, joined(r for group in groups for r in group))
        if not answered:
            why.append("declined, but the articles say")
        if not all(found):
            why.append(f"evidence cited {sum(found)}/{len(found)}")
        why += _wrong_words(question, answer.text if answer else "")
        why += _too_long(groups, joined(cited), answer.text if answer else "")
    elif answered:
        why.append("answered, but the articles do not say")
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
        exact=exact,
        why=tuple(why),
    )


def _ranges(group: Sequence[str | Place], texts: Mapping[str, str]) -> list[Range]:
    """Where the alternatives of a group stand: words at their first place in each document."""
    ranges: list[Range] = []
    for alternative in group:
        if isinstance(alternative, Place):
            ranges.append((alternative.document, alternative.start, alternative.end))
            continue
        places = ((name, text.find(alternative)) for name, text in texts.items())
        ranges += [(name, at, at + len(alternative)) for name, at in places if at >= 0]
    return ranges


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Unite ranges that overlap or touch, in order of document and place."""
    united: list[Range] = []
    for document, start, end in sorted(ranges):
        if united and united[-1][0] == document and start <= united[-1][2]:
            united[-1] = (document, united[-1][1], max(end, united[-1][2]))
        else:
            united.append((document, start, end))
    return united


def _shared(one: Range, ranges: Iterable[Range]) -> int:
    """How many characters of a range lie in others, which must not overlap each other."""
    document, start, end = one
    return sum(max(0, min(end, e) - max(start, s)) for d, s, e in ranges if d == document)


def _length(ranges: Iterable[Range]) -> int:
    return sum(end - start for _, start, end in ranges)


def _is_cited(group: Iterable[Range], cited: Sequence[Range]) -> bool:
    return any(_shared(one, cited) >= COVERED * (one[2] - one[1]) for one in group)


def _precision(cited: Sequence[Range], evidence: Sequence[Range]) -> float:
    return sum(_shared(one, evidence) > 0 for one in cited) / len(cited) if cited else 0.0


def plain(text: str) -> str:
    """Fold what two ways of writing the same words differ in: case, spacing, quotation marks."""
    return " ".join(text.translate(_PLAIN_MARKS).lower().split())


def _wrong_words(question: Question, text: str) -> list[str]:
    said = plain(text)
    missing = [
        group for group in question.answer_contains if not any(plain(a) in said for a in group)
    ]
    unwanted = [words for words in question.answer_excludes if plain(words) in said]
    why = []
    if missing:
        why.append("missing: " + "; ".join(" | ".join(group) for group in missing))
    if unwanted:
        why.append("must not say: " + "; ".join(unwanted))
    return why


def _too_long(groups: Iterable[Sequence[Range]], cited: Sequence[Range], text: str) -> list[str]:
    needed = sum(min((_length([one]) for one in group), default=0) for group in groups)
    length = _length(cited)
    if (
        length <= max(LENGTH_FACTOR * needed, needed + LENGTH_MARGIN)
        and len(text) <= LONGEST_ANSWER
    ):
        return []
    return [f"not concise: {length} characters cited, {len(text)} in the answer"]


@dataclass(frozen=True, slots=True)
class KindMeasures:
    """The measures of one kind of question: how many, and the share that is right."""

    questions: int
    right: float


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a run; a measure of nothing is None. Shares and the AUROC are in [0, 1].

    Attributes:
        questions: how many were asked.
        predicted: how many got an answer, declined or not.
        answerable: how many the documents answer.
        unanswerable: how many they do not.
        right: the share of right answers.
        right_answerable: among the answerable.
        right_unanswerable: among the unanswerable: declined when it should be.
        evidence_recall: mean over the answerable.
        citation_precision: mean over the answerable that were answered.
        exact_quotes: the share of answers whose quotations are all exact.
        confidence_auroc: how well confidence tells the answerable from the others.
        by_kind: broken down, in order of the kinds' names.
    """

    questions: int
    predicted: int
    answerable: int
    unanswerable: int
    right: float | None
    right_answerable: float | None
    right_unanswerable: float | None
    evidence_recall: float | None
    citation_precision: float | None
    exact_quotes: float | None
    confidence_auroc: float | None
    by_kind: Mapping[str, KindMeasures] = field(default_factory=lambda: MappingProxyType({}))

    def as_dict(self) -> dict[str, object]:
        """The measures for JSON, rounded to four places."""
        shares = (
            "right",
            "right_answerable",
            "right_unanswerable",
            "evidence_recall",
            "citation_precision",
            "exact_quotes",
            "confidence_auroc",
        )
        return {
            "questions": self.questions,
            "predicted": self.predicted,
            **{name: _rounded(getattr(self, name)) for name in shares},
            "by_kind": {kind: _rounded(one.right) for kind, one in self.by_kind.items()},
        }


def aggregate(judgements: Sequence[Judgement]) -> Measures:
    """Measure a run."""
    yes = [j for j in judgements if j.answerable]
    no = [j for j in judgements if not j.answerable]
    kinds: dict[str, list[bool]] = {}
    for j in judgements:
        kinds.setdefault(j.kind, []).append(j.right)
    return Measures(
        questions=len(judgements),
        predicted=sum(j.predicted for j in judgements),
        answerable=len(yes),
        unanswerable=len(no),
        right=_mean([j.right for j in judgements]),
        right_answerable=_mean([j.right for j in yes]),
        right_unanswerable=_mean([j.right for j in no]),
        evidence_recall=_mean([j.evidence_recall or 0.0 for j in yes]),
        citation_precision=_mean([j.citation_precision or 0.0 for j in yes if j.answered]),
        exact_quotes=_mean([j.exact for j in judgements]),
        confidence_auroc=auroc([j.confidence for j in yes], [j.confidence for j in no]),
        by_kind=MappingProxyType(
            {
                kind: KindMeasures(len(kinds[kind]), sum(kinds[kind]) / len(kinds[kind]))
                for kind in sorted(kinds)
            }
        ),
    )


def auroc(positive: Iterable[float], negative: Iterable[float]) -> float | None:
    """The probability that a positive outranks a negative, ties counting half; O(n log n).

    Returns:
        In [0, 1]; None if one of the two is empty.
    """
    below, above = sorted(negative), list(positive)
    if not below or not above:
        return None
    halves = sum(bisect_left(below, p) + bisect_right(below, p) for p in above)
    return 0.5 * halves / (len(above) * len(below))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
