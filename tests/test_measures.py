"""Each measure against an implementation of its own: scikit-learn, ir-measures, definitions by hand."""

from __future__ import annotations

import itertools
import math

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import f1_score, ndcg_score, precision_score, recall_score, roc_auc_score

from qa.answer import Answer, AnswerSentence, Citation
from qa.evaluation import citing, intervals, statistics, wording
from qa.evaluation.measures import MEASURES, measure
from qa.evaluation.outcomes import Columns, Outcome
from qa.evaluation.ranking import measure_ranking

CONFIDENCES = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]) | st.floats(0, 1), st.booleans()),
    min_size=1,
    max_size=40,
)


def once(statistic: statistics.Statistic, questions: int) -> float:
    return float(statistic(np.ones((1, questions)))[0])


def outcome(
    number: int, *, answerable: bool, answered: bool, confidence: float, right: bool
) -> Outcome:
    return Outcome(
        str(number), "", "", answerable, answered, confidence, right, (), {"right": float(right)}
    )


@given(CONFIDENCES)
def test_auroc_agrees_with_scikit_learn(pairs: list[tuple[float, bool]]) -> None:
    confidence = np.array([c for c, _ in pairs])
    positive = np.array([float(p) for _, p in pairs])
    got = once(statistics.auroc(confidence, positive), len(pairs))
    if positive.min() == positive.max():
        assert math.isnan(got)
    else:
        assert got == pytest.approx(roc_auc_score(positive, confidence))


@given(CONFIDENCES)
def test_calibration_error_is_the_gap_bin_by_bin(pairs: list[tuple[float, bool]]) -> None:
    expected = 0.0
    for number in range(10):
        inside = [(c, p) for c, p in pairs if min(int(c * 10), 9) == number]
        if inside:
            gap = sum(c for c, _ in inside) / len(inside) - sum(p for _, p in inside) / len(inside)
            expected += abs(gap) * len(inside) / len(pairs)
    confidence, happened = np.array([[c, float(p)] for c, p in pairs]).T
    assert once(statistics.calibration_error(confidence, happened), len(pairs)) == pytest.approx(
        expected
    )


@given(CONFIDENCES)
def test_risk_over_coverage_is_the_mean_over_all_orders_of_ties(
    pairs: list[tuple[float, bool]],
) -> None:
    pairs = pairs[:6]
    areas = []
    for order in itertools.permutations(pairs):
        if [c for c, _ in order] == sorted((c for c, _ in order), reverse=True):
            losses = np.cumsum([float(wrong) for _, wrong in order])
            areas.append(np.mean(losses / np.arange(1, len(order) + 1)))
    confidence, loss = np.array([[c, float(p)] for c, p in pairs]).T
    got = once(statistics.area_under_risk_coverage(confidence, loss), len(pairs))
    assert got == pytest.approx(np.mean(areas))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_declining_agrees_with_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    columns = Columns()
    for number, (answerable, answered) in enumerate(pairs):
        columns.add(
            outcome(number, answerable=answerable, answered=answered, confidence=0.5, right=True)
        )
    measures = measure(columns)
    truth, declined = [not a for a, _ in pairs], [not b for _, b in pairs]
    for name, score in (("precision", precision_score), ("recall", recall_score), ("f1", f1_score)):
        got = measures[f"decline_{name}"].value
        expected = score(truth, declined, zero_division=math.nan)
        assert (math.isnan(expected) and got is None) or got == pytest.approx(expected)


@given(st.sets(st.sampled_from("abcdefghijkl"), min_size=1), st.permutations("abcdefghijkl"))
def test_ranking_agrees_with_its_definitions_and_scikit_learn(
    relevant: set[str], ranked: list[str]
) -> None:
    ranked = ranked[:10]
    got = measure_ranking(dict.fromkeys(relevant, 1), ranked)
    assert got["recall@5"] == pytest.approx(len(relevant & set(ranked[:5])) / len(relevant))
    assert got["recall@10"] == pytest.approx(len(relevant & set(ranked)) / len(relevant))
    first = next((rank for rank, name in enumerate(ranked, 1) if name in relevant), None)
    assert got["mrr"] == pytest.approx(1 / first if first else 0.0)
    names = [*ranked, *sorted(set("abcdefghijkl") - set(ranked))]
    truth = [[float(name in relevant) for name in names]]
    assert got["ndcg@10"] == pytest.approx(
        ndcg_score(truth, [list(range(len(names), 0, -1))], k=10)
    )


def test_graded_documents_agree_with_ir_measures_over_many_queries() -> None:
    queries = {
        "1": ({"a": 2, "b": 1}, ["b", "x", "a"]),
        "2": ({"c": 1}, ["x", "y"]),
        "3": ({"d": 3}, ["d"]),
    }
    judged = [
        ir_measures.Qrel(q, d, g) for q, (grades, _) in queries.items() for d, g in grades.items()
    ]
    run = [
        ir_measures.ScoredDoc(q, d, -n)
        for q, (_, names) in queries.items()
        for n, d in enumerate(names)
    ]
    together = ir_measures.calc_aggregate([ir_measures.nDCG @ 10, ir_measures.RR], judged, run)
    apart = [measure_ranking(grades, names) for grades, names in queries.values()]
    assert np.mean([one["ndcg@10"] for one in apart]) == pytest.approx(
        together[ir_measures.nDCG @ 10]
    )
    assert np.mean([one["mrr"] for one in apart]) == pytest.approx(together[ir_measures.RR])


@pytest.mark.parametrize(
    ("answer", "references", "expected"),
    [
        ("The Marigold.", ["marigold"], (1, 1, 1)),
        (
            "In March, the inquiry ended",
            ["March"],
            (0, 0.4, 1),
        ),  # in march inquiry ended: P 1/4, R 1
        ("a an the", ["the"], (1, 1, 0)),  # nothing is left of either
        ("", ["March"], (0, 0, 0)),
        ("14 trawlers", ["14", "fourteen trawlers"], (0, 2 / 3, 1)),
        ("marchers marched", ["march"], (0, 0, 0)),
        ("“It’s over”", ["it's over"], (1, 1, 1)),
        ("new york new york", ["new york"], (0, 2 / 3, 1)),
    ],
)
def test_wording_follows_squads_definitions(
    answer: str, references: list[str], expected: tuple[float, float, float]
) -> None:
    got = wording.compare(answer, references)
    assert (got.exact_match, got.token_f1, got.contains) == pytest.approx(expected)


def test_exact_match_and_f1_are_of_the_short_answer_and_containment_of_the_whole() -> None:
    got = wording.compare("The line carried 340 passengers in March.", ["340"], short="340")
    assert (got.exact_match, got.token_f1, got.contains) == (1, 1, 1)
    got = wording.compare("The line carried 340 passengers in March.", ["March"], short="340")
    assert (got.exact_match, got.token_f1, got.contains) == (0, 0, 1)


def answer_of(sentences: list[tuple[str, list[int]]], quotes: list[str]) -> Answer:
    return Answer(
        question="?", answered=True, confidence=1, text="",
        sentences=tuple(AnswerSentence(text=t, citations=tuple(n)) for t, n in sentences),
        citations=tuple(
            Citation(number=n, document="a", title="a", start=0, end=len(q), quote=q, document_id="0")
            for n, q in enumerate(quotes, 1)
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentences", "quotes", "recall", "precision"),
    [
        ([("A said b.", [1])], ["A said\nb."], 1, 1),  # spacing aside
        ([("A said b. C left.", [1, 2])], ["A said b.", "C left."], 1, 1),  # needed together
        ([("A said b.", [1, 2])], ["A said b.", "C left."], 1, 0.5),  # the second one is not needed
        ([("A said b.", [1]), ("D came.", [2])], ["A said b.", "C left."], 0.5, 0.5),
    ],
)
def test_citations_follow_alces_definitions(
    sentences: list[tuple[str, list[int]]], quotes: list[str], recall: float, precision: float
) -> None:
    got = citing.support(answer_of(sentences, quotes))
    assert got is not None
    assert (got.recall, got.precision) == (recall, precision)


def test_a_refusal_has_no_citations_to_measure() -> None:
    assert citing.support(Answer(question="?", answered=False, confidence=0, text="No.")) is None


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    random = np.random.default_rng(3)
    covered = 0
    for seed in range(200):
        values = (random.random(60) < 0.7).astype(float)
        found = intervals.intervals({"mean": statistics.mean(values)}, 60, seed=seed)["mean"]
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.7 <= found.high
    assert 0.89 <= covered / 200 <= 0.99


def test_intervals_are_the_same_for_a_seed_and_never_certain_where_all_agree() -> None:
    values = {"mean": statistics.mean(np.array([0.0, 1.0, 1.0, 0.5] * 9))}
    assert intervals.intervals(values, 36) == intervals.intervals(values, 36)
    assert intervals.intervals(values, 36) != intervals.intervals(values, 36, seed=1)
    every = intervals.share(36, 36)
    low = binomtest(36, 36).proportion_ci(method="wilson").low
    assert (every.value, every.high) == (1.0, 1.0)
    assert every.low == pytest.approx(low)


def test_what_is_perfect_and_no_mean_has_no_interval() -> None:
    columns = Columns()
    for number, answerable in enumerate([True, False] * 6):
        confidence = 0.9 if answerable else 0.1
        columns.add(
            outcome(
                number,
                answerable=answerable,
                answered=answerable,
                confidence=confidence,
                right=True,
            )
        )
    measures = measure(columns)
    for name, value in (("confidence_auroc", 1.0), ("decline_f1", 1.0), ("aurc", 0.0)):
        assert measures[name].interval == intervals.Interval(value, None, None)
    assert measures["decline_recall"].interval == intervals.share(6, 6)


def test_a_difference_is_told_from_chance() -> None:
    before = np.array([1.0] * 30 + [0.0] * 30)
    after = np.array([1.0] * 28 + [0.0] * 2 + [1.0] * 20 + [0.0] * 10)
    found = intervals.difference(
        statistics.mean(before), statistics.mean(after), 60, (before, after)
    )
    assert found is not None
    assert found.change == pytest.approx(0.3)
    assert found.low < 0.3 < found.high
    assert found.p == pytest.approx(binomtest(20, 22).pvalue)
    assert found.is_significant
    same = intervals.difference(statistics.mean(before), statistics.mean(before), 60)
    assert same is not None
    assert (same.p, same.is_significant) == (1.0, False)


def test_a_large_difference_without_pairs_is_significant_by_the_bootstrap() -> None:
    random = np.random.default_rng(0)
    before = random.random(200) / 2
    found = intervals.difference(statistics.mean(before), statistics.mean(before + 0.1), 200)
    assert found is not None
    assert (found.test, found.is_significant) == ("paired bootstrap", True)


def test_every_measure_says_what_it_means_and_where_it_comes_from() -> None:
    assert len({one.name for one in MEASURES}) == len(MEASURES) >= 20
    for one in MEASURES:
        assert one.meaning.endswith(".")
        assert len(one.source) > 5
