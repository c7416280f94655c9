"""How well the search ranks what a question needs, before anything is read.

The measures are ir-measures' (MacAvaney, Macdonald and Ounis, "Streamlining Evaluation with
ir-measures", ECIR 2022), computed by trec_eval. What is ranked are passages, and relevant are, for
each alternative of the evidence, the passages that hold the most of it; where a set judges whole
documents, these are ranked by their first passage.

* ``recall@5``, ``recall@10``: the share of what is relevant among the first 5 and 10.
* ``mrr``: one over the rank of the first that is relevant, 0 when none is among the first 10.
  Source: Voorhees, "The TREC-8 Question Answering Track Report" (1999).
* ``ndcg@10``: gain discounted by rank, over the best that can be had. Source: Järvelin and
  Kekäläinen, "Cumulated Gain-based Evaluation of IR Techniques" (ACM TOIS 20, 2002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from qa.evaluation.judgement import Range, ranges, shared
from qa.evaluation.questions import Question

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.assistant import Assistant

DEPTH = 10
"""How many are ranked."""
_PASSAGES_FOR_DOCUMENTS = 80
RANKING_MEASURES = ("recall@5", "recall@10", "mrr", "ndcg@10")


def measure_ranking(relevant: Mapping[str, int], ranked: Sequence[str]) -> dict[str, float]:
    """Measure one ranking.

    Args:
        relevant: grades above 0 by name.
        ranked: names, best first.

    Returns:
        The measures by name, each in [0, 1]; empty where nothing is relevant.
    """
    import ir_measures

    if not relevant:
        return {}
    judged = [ir_measures.Qrel("q", name, grade) for name, grade in relevant.items()]
    run = [
        ir_measures.ScoredDoc("q", name, float(len(ranked) - at)) for at, name in enumerate(ranked)
    ]
    measures = _measures()
    found = dict.fromkeys(measures.values(), 0.0)
    for metric in ir_measures.iter_calc(list(measures), judged, run):
        found[measures[metric.measure]] = float(metric.value)
    return found


@cache
def _measures() -> dict[Any, str]:
    from ir_measures import RR, R, nDCG

    return dict(zip((R @ 5, R @ 10, RR, nDCG @ 10), RANKING_MEASURES, strict=True))


class Search:
    """The search of an assistant's index, as far as it can be measured."""

    def __init__(self, assistant: Assistant, texts: Mapping[str, str]) -> None:
        self._index = assistant.index
        self._texts = texts
        self._passages = lru_cache(maxsize=256)(self._passages_of)

    def measure(self, question: Question, answer: Answer) -> dict[str, float]:
        """Measure the search for a question as it was understood; empty without evidence."""
        if not question.answerable or not (question.evidence or question.relevant_documents):
            return {}
        by_documents = bool(question.relevant_documents)
        found = self._index.search(
            answer.interpreted_as or question.question,
            _PASSAGES_FOR_DOCUMENTS if by_documents else DEPTH,
            documents=self._index.numbers(question.documents),
        )
        if by_documents:
            ranked = list(dict.fromkeys(passage.document for passage in found))[:DEPTH]
            grades = {n: g for n, g in question.relevant_documents.items() if g > 0}
            return measure_ranking(self._by_own_names(grades), ranked)
        relevant = dict.fromkeys(self._relevant(question), 1)
        return measure_ranking(relevant, [str(passage.id) for passage in found])

    def _by_own_names(self, grades: Mapping[str, int]) -> dict[str, int]:
        """Grades by the names under which documents are stored, where some are known as copies."""
        stored = {number: name for name, number in self._index.store.names().items()}
        numbers = self._index.store.numbers()
        return {stored.get(numbers.get(name, -1), name): grade for name, grade in grades.items()}

    def _relevant(self, question: Question) -> list[str]:
        numbers = self._index.store.numbers()
        found: dict[str, None] = {}
        for group in question.evidence:
            for document, start, end in ranges(group, self._texts, question.documents):
                passages = self._passages(numbers[document]) if document in numbers else ()
                held = {name: shared(("", start, end), [("", a, b)]) for name, a, b in passages}
                most = max(held.values(), default=0)
                found.update((name, None) for name, length in held.items() if length == most > 0)
        return list(found)

    def _passages_of(self, document: int) -> tuple[Range, ...]:
        return tuple(
            (str(stored.id), stored.passage.span.start, stored.passage.span.end)
            for stored in self._index.store.passages_of(document)
        )
