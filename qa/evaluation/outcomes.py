"""What came of one question, and the columns in which those of a run are kept."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answer import Answer
from qa.evaluation import citing, wording
from qa.evaluation.judgement import judge, ranges
from qa.evaluation.questions import Question
from qa.evaluation.remarks import Remark

Column = NDArray[np.float64]
"""(questions,) float64; not a number where the measure does not apply to a question."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question.

    Attributes:
        id, kind, answerable: the question's.
        document: the document that its evidence, or else its scope, names first; "" for none.
        answered: whether it was answered.
        confidence: in [0, 1].
        right: the strict judgement.
        why: what is wrong, a remark for each fault.
        values: the measures that apply to it, by name, each in [0, 1].
        timings_ms: milliseconds by stage; ``total`` from question to answer.
    """

    id: str
    kind: str
    document: str
    answerable: bool
    answered: bool
    confidence: float
    right: bool
    why: tuple[Remark, ...]
    values: Mapping[str, float]
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """The outcome as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, line: str) -> Outcome:
        """Read ``to_json`` back."""
        return cls.from_fields(json.loads(line))

    def fields(self) -> dict[str, Any]:
        """The outcome as JSON's objects for a report, where what is wrong is said in English."""
        return {**asdict(self), "why": [str(one) for one in self.why]}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Outcome:
        """Read ``fields``, or those of ``to_json``, back, whatever else may be among them.

        Raises:
            KeyError: if one is missing.
            TypeError, ValueError: if one is of another kind.
        """
        return cls(
            id=str(fields["id"]),
            kind=str(fields["kind"]),
            document=str(fields["document"]),
            answerable=bool(fields["answerable"]),
            answered=bool(fields["answered"]),
            confidence=float(fields["confidence"]),
            right=bool(fields["right"]),
            why=tuple(Remark.read(one) for one in fields["why"]),
            values=_numbers(fields["values"]),
            timings_ms=_numbers(fields["timings_ms"]),
        )

    @property
    def reasons(self) -> str:
        """What is wrong, in a line of English."""
        return "; ".join(map(str, self.why))


def _numbers(fields: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in dict(fields).items()}


def outcome_of(
    question: Question,
    answer: Answer,
    texts: Mapping[str, str],
    *,
    ranking: Mapping[str, float],
    timings_ms: Mapping[str, float],
) -> Outcome:
    """Judge and measure one answer.

    Args:
        question: with its evidence.
        answer: what was answered.
        texts: the documents' texts by name.
        ranking: the measures of the search for it, by name.
        timings_ms: milliseconds by stage.
    """
    judged = judge(question, answer, texts)
    values = {"right": float(judged.right), "exact_quotes": float(judged.exact), **ranking}
    if question.answerable and question.evidence:
        values["character_recall"] = judged.character_recall or 0.0
        if judged.character_precision is not None:
            values["character_precision"] = judged.character_precision
        values["evidence_recall"] = judged.evidence_recall or 0.0
        if judged.answered:
            values["citation_precision"] = judged.citation_precision or 0.0
    if question.answerable and question.references:
        words = wording.compare(wording.words_of(answer), question.references, short=answer.short)
        values |= asdict(words)
    if supported := citing.support(answer):
        values["alce_recall"] = supported.recall
        values["alce_precision"] = supported.precision
    return Outcome(
        id=question.id,
        kind=question.kind,
        document=_document_of(question, texts),
        answerable=question.answerable,
        answered=judged.answered,
        confidence=judged.confidence,
        right=judged.right,
        why=judged.why,
        values=values,
        timings_ms=timings_ms,
    )


def _document_of(question: Question, texts: Mapping[str, str]) -> str:
    for group in question.evidence:
        for document, _, _ in ranges(group, texts, question.documents):
            return document
    return question.documents[0] if question.documents else ""


class Columns:
    """The outcomes of a run in a few numbers each: all that the measures need."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[float]] = {}
        self._names: dict[str, dict[str, int]] = {"kind": {}, "document": {}}
        self._groups: dict[str, array[int]] = {"kind": array("l"), "document": array("l")}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, outcome: Outcome) -> None:
        """Append one outcome."""
        self._put("answerable", float(outcome.answerable))
        self._put("answered", float(outcome.answered))
        self._put("confidence", outcome.confidence)
        for name, value in outcome.values.items():
            self._put(name, value)
        for stage, milliseconds in outcome.timings_ms.items():
            self._put(f"ms {stage}", milliseconds)
        for group, name in (("kind", outcome.kind), ("document", outcome.document)):
            names = self._names[group]
            self._groups[group].append(names.setdefault(name, len(names)))
        self._size += 1

    def _put(self, name: str, value: float) -> None:
        column = self._numbers.setdefault(name, array("d"))
        column.extend([math.nan] * (self._size - len(column)))
        column.append(value)

    def __getitem__(self, name: str) -> Column:
        """A column by the name of its measure, or answerable, answered or confidence."""
        column = self._numbers.get(name, array("d"))
        values = np.full(self._size, math.nan)
        values[: len(column)] = column
        return values

    def groups(self, by: str) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Yield each kind, or document, in order of name, with the rows of its questions."""
        numbers = np.array(self._groups[by], dtype=np.int64)
        for name, number in sorted(self._names[by].items()):
            yield name, np.flatnonzero(numbers == number)

    def stages(self) -> list[str]:
        """The stages that were timed, in order of time of first appearance."""
        return [name.removeprefix("ms ") for name in self._numbers if name.startswith("ms ")]

    def milliseconds(self, stage: str) -> Column:
        """How long a stage took for each question to which it came."""
        values = self[f"ms {stage}"]
        return values[~np.isnan(values)]
