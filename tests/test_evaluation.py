"""Question sets, the strict judgement against an oracle, and the runner with a fake assistant."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from evaluation_cases import FIRST, SECOND, TEXTS, FakeAssistant, answer_of, asked, cite, declined
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from indexes.errors import OnrecordError, QuestionSetError
from qa.answer import Answer, AnswerSentence, Citation
from qa.evaluation import Place, Question, QuestionSet, StoppedError, evaluate, judge
from qa.evaluation.judgement import Judgement, joined
from qa.evaluation.measures import measure
from qa.evaluation.outcomes import Columns, outcome_of
from qa.evaluation.reports import Report
from qa.evaluation.reports.terminal import layout


def written(path: Path, *rows: object) -> Path:
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )
    return path


ROW = {"id": "a", "kind": "fact", "question": "Who?", "answerable": True, "evidence": [[FIRST]]}


# ---- question sets


def test_a_set_is_read_as_it_is_written(tmp_path: Path) -> None:
    place = {"document": "harbour.txt", "start": 0, "end": 5}
    full = {
        **ROW,
        "history": ["What happened?", "Talks. [1]"],
        "documents": ["harbour.txt"],
        "evidence": [[FIRST, place], [SECOND]],
        "answer_contains": [["well", "good"]],
        "answer_excludes": ["again"],
        "paragraph": {"anything": "else"},
    }
    questions = QuestionSet.load(written(tmp_path / "set.jsonl", full, {**ROW, "id": "b"}))
    assert len(questions) == 2
    first, second = questions
    assert first.evidence == ((FIRST, Place(document="harbour.txt", start=0, end=5)), (SECOND,))
    assert first.history == ("What happened?", "Talks. [1]")
    assert first.documents == ("harbour.txt",)
    assert (second.history, second.documents, second.answer_excludes) == ((), None, ())
    assert [question.id for question in questions] == ["a", "b"], "it can be read again"


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    rows = [json.dumps({**ROW, "id": name}).encode() for name in "ab"]
    path.write_bytes(b"\xef\xbb\xbf" + rows[0] + b"\r\n\r\n  \n" + rows[1])
    assert [question.id for question in QuestionSet.load(path)] == ["a", "b"]


def test_an_empty_scope_is_no_scope() -> None:
    assert asked(documents=[]).documents is None


def test_all_broken_lines_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    place = {"document": "harbour.txt", "start": 9, "end": 3}
    lines: list[object] = [
        {**ROW, "answerable": "yes", "id": 7},
        {"id": "b", "question": " ", "answerable": True},
        {**ROW, "id": "c", "evidence": [[place, {"document": "x", "start": -1}]]},
        {**ROW, "id": "d", "evidence": [[]], "history": "What happened?"},
        {**ROW, "id": "e", "evidence": [["fine", 3]], "answer_excludes": [""]},
        ["not", "an", "object"],
    ]
    data = "\n".join(json.dumps(line) for line in lines).encode() + b'\n{"id": \n{"id": "\xff"}\n'
    path.write_bytes(data)
    with pytest.raises(QuestionSetError) as caught:
        QuestionSet.load(path)
    told = str(caught.value).splitlines()
    assert caught.value.path == str(path)
    assert told[0] == f"{path} is not a question set yet; correct this and try again:"
    assert told[1:] == [
        "  line 1, id: should be a string, not 7",
        '  line 1, answerable: should be a boolean, not "yes"',
        "  line 2, question: should not be empty",
        "  line 3, evidence[0][0]: should end after its start, not [9, 3)",
        "  line 3, evidence[0][1].start: should be greater than or equal to 0, not -1",
        "  line 3, evidence[0][1].end: is missing",
        '  line 4, history: should be a list, not "What happened?"',
        "  line 4, evidence[0]: should hold at least one alternative",
        "  line 5, evidence[0][1]: should be an object, not 3",
        "  line 5, answer_excludes[0]: should not be empty",
        '  line 6: should be an object, not ["not", "an", "object"]',
        "  line 7: is not JSON (EOF while parsing a value, column 6)",
        "  line 8: is not UTF-8 text (byte 9 of the line)",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"id": ', "line 1: is not JSON"),
        (b'{"id": "\xff"}', "line 1: is not UTF-8 text (byte 9 of the line)"),
        (b"[1]", "line 1: should be an object, not [1]"),
        (b"[" * 5000, "line 1: is not JSON"),
        (b'{"id": "\\ud800", "question": "?", "answerable": true}', "line 1: is not JSON"),
        (b"", "holds no question"),
        (b"\n \n", "holds no question"),
    ],
)
def test_a_file_that_is_no_set_is_told_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(data)
    with pytest.raises(QuestionSetError) as caught:
        QuestionSet.load(path)
    assert words in str(caught.value)


def test_an_id_may_not_come_twice(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match='line 3, id: "a" is the id of line 1 already'):
        QuestionSet.load(written(tmp_path / "set.jsonl", ROW, {**ROW, "id": "b"}, ROW))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="There is no question set"):
        QuestionSet.load(tmp_path / "none.jsonl")
    with pytest.raises(QuestionSetError, match="is not a BEIR folder"):
        QuestionSet.load(tmp_path)


def test_a_file_that_was_broken_after_loading_is_an_error(tmp_path: Path) -> None:
    questions = QuestionSet.load(written(tmp_path / "set.jsonl", ROW, {**ROW, "id": "b"}))
    written(tmp_path / "set.jsonl", ROW, {})
    with pytest.raises(QuestionSetError, match="line 2, id: is missing"):
        list(questions)


def test_a_large_set_streams(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    filler = ["x" * 2000]
    with path.open("w", encoding="utf-8") as file:
        for number in range(3000):
            file.write(json.dumps({**ROW, "id": str(number), "answer_excludes": filler}) + "\n")
    tracemalloc.start()
    try:
        questions = QuestionSet.load(path)
        assert sum(1 for _ in questions) == len(questions) == 3000
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 4
    finally:
        tracemalloc.stop()


# ---- the judgement


def why(judged: Judgement) -> tuple[str, ...]:
    """What is wrong, in the English of reports."""
    return tuple(map(str, judged.why))


def test_the_right_evidence_exactly_cited_is_right() -> None:
    got = judge(asked(evidence=[[FIRST], [SECOND]]), cite(FIRST, SECOND), TEXTS)
    assert got.right
    assert (got.evidence_recall, got.citation_precision, got.exact, got.why) == (1.0, 1.0, True, ())


def test_evidence_counts_from_sixty_percent_of_its_characters() -> None:
    question = asked(evidence=[[{"document": "harbour.txt", "start": 0, "end": 10}]])
    for end, right in ((5, False), (6, True)):
        assert judge(question, answer_of([("harbour.txt", 0, end)], ""), TEXTS).right is right


def test_evidence_may_be_covered_by_several_citations_but_no_character_counts_twice() -> None:
    question = asked(evidence=[[{"document": "harbour.txt", "start": 0, "end": 10}]])
    apart = [("harbour.txt", 0, 3), ("harbour.txt", 4, 7)]
    same = [("harbour.txt", 0, 4), ("harbour.txt", 1, 4)]
    assert judge(question, answer_of(apart, ""), TEXTS).right
    assert not judge(question, answer_of(same, ""), TEXTS).right


def test_words_that_stand_in_two_documents_may_be_cited_from_either() -> None:
    question = asked(evidence=[[SECOND]])
    assert judge(question, cite(SECOND, document="harbour.txt"), TEXTS).right
    assert judge(question, cite(SECOND, document="prize.txt"), TEXTS).right


def test_each_fault_of_an_answer_is_told() -> None:
    question = asked(
        evidence=[[FIRST], [SECOND]],
        answer_contains=[["in March", "in Spring"]],
        answer_excludes=["Happen  AGAIN"],
    )
    got = judge(question, cite("“It cannot happen again,” he said."), TEXTS)
    assert (got.right, got.evidence_recall, got.citation_precision) == (False, 0.0, 0.0)
    assert why(got) == (
        "evidence cited 0/2",
        "missing: in March | in Spring",
        "must not say: Happen  AGAIN",
    )


def test_quotation_marks_case_and_spacing_are_no_difference() -> None:
    question = asked(evidence=[[FIRST]], answer_contains=[["\"it  can't", "nothing"]])
    assert judge(question, cite(FIRST, text="“It\u00a0can’t"), TEXTS).right


def test_a_quotation_that_is_not_in_its_place_is_never_right() -> None:
    got = judge(
        asked(evidence=[[FIRST]]), answer_of([("harbour.txt", 0, 31)], "", wrong=True), TEXTS
    )
    assert not got.exact
    assert why(got) == ("a quote is not its document's text[start:end]",)
    assert not judge(asked(evidence=[[FIRST]]), answer_of([("else.txt", 0, 31)], ""), TEXTS).exact


def test_an_answer_is_concise() -> None:
    texts = {"long.txt": "x" * 3000}

    def answer(end: int, text: str = "") -> Answer:
        quote = Citation(
            number=1,
            document="long.txt",
            title="",
            start=0,
            end=end,
            quote="x" * end,
            document_id="0",
        )
        sentence = AnswerSentence(text="x", citations=(1,))
        return Answer(
            question="?",
            answered=True,
            confidence=1,
            text=text,
            sentences=(sentence,),
            citations=(quote,),
        )

    short = asked(evidence=[[{"document": "long.txt", "start": 0, "end": 100}]])
    long = asked(evidence=[[{"document": "long.txt", "start": 0, "end": 1000}]])
    assert judge(short, answer(500), texts).right
    assert why(judge(short, answer(501), texts)) == (
        "not concise: 501 characters cited, 0 in the answer",
    )
    assert judge(long, answer(2500), texts).right
    assert not judge(long, answer(2501), texts).right
    assert judge(short, answer(100, "y" * 1200), texts).right
    assert not judge(short, answer(100, "y" * 1201), texts).right


def test_an_unanswerable_question_is_right_when_declined() -> None:
    question = asked(answerable=False)
    assert judge(question, declined(), TEXTS).right
    got = judge(question, cite(FIRST), TEXTS)
    assert (got.right, why(got)) == (False, ("answered, but the articles do not say",))
    assert (got.evidence_recall, got.citation_precision) == (None, None)


def test_no_answer_counts_as_declined_for_nothing() -> None:
    got = judge(asked(evidence=[[FIRST]]), None, TEXTS)
    assert (got.predicted, got.confidence, got.exact) == (False, 0.0, True)
    assert why(got) == ("declined, but the articles say", "evidence cited 0/1")
    assert judge(asked(answerable=False), None, TEXTS).right


# ---- an oracle of its own: sets of characters instead of ranges

PLACES = st.sampled_from(sorted(TEXTS)).flatmap(
    lambda name: st.tuples(st.integers(0, len(TEXTS[name]) - 1), st.integers(1, 40)).map(
        lambda at: (name, at[0], min(at[0] + at[1], len(TEXTS[name])))
    )
)
PIECES = PLACES.map(lambda p: TEXTS[p[0]][p[1] : p[2]])
ALTERNATIVES = st.one_of(
    PIECES,
    PLACES.map(lambda p: {"document": p[0], "start": p[1], "end": p[2]}),
    st.just("not there"),
)
GROUPS = st.lists(st.lists(ALTERNATIVES, min_size=1, max_size=3), max_size=3)
WORDS = st.sampled_from(["quill", "Tamm did", 'again,"', "nobody", "prize"])
QUESTIONS = st.fixed_dictionaries(
    {
        "answerable": st.booleans(),
        "evidence": GROUPS,
        "kind": st.sampled_from(["", "fact", "why"]),
        "answer_contains": st.lists(st.lists(WORDS, min_size=1, max_size=2), max_size=2),
        "answer_excludes": st.lists(WORDS, max_size=1),
    }
)
ANSWERS = st.builds(
    lambda places, more, confidence, wrong: answer_of(
        places, " ".join([*(TEXTS[d][s:e] for d, s, e in places), more]), confidence, wrong
    ),
    st.lists(PLACES, max_size=4),
    st.sampled_from(["", "Quill", "x" * 1200]),
    st.sampled_from([0.0, 0.2, 0.5, 0.9]),
    st.sampled_from([False, False, False, True]),
)
SCORED = (
    "questions", "predicted", "right", "right_answerable", "right_unanswerable", "evidence_recall",
    "citation_precision", "exact_quotes", "confidence_auroc", "by_kind",
)  # fmt: skip
PAIRS = st.lists(st.tuples(QUESTIONS, st.one_of(ANSWERS, st.just(None))), max_size=6)


def oracle(question: Question, answer: Answer | None) -> tuple[bool, float, float]:
    """Right, evidence recall and citation precision, character by character."""
    if not question.answerable:
        return answer is None or not answer.answered, 0.0, 0.0

    def letters(document: str, start: int, end: int) -> frozenset[tuple[str, int]]:
        return frozenset((document, i) for i in range(start, end))

    def alternatives(group: tuple[str | Place, ...]) -> list[frozenset[tuple[str, int]]]:
        sets = []
        for one in group:
            if isinstance(one, Place):
                sets.append(letters(one.document, one.start, one.end))
            else:
                found = [(n, t.index(one)) for n, t in TEXTS.items() if one in t]
                sets += [letters(n, at, at + len(one)) for n, at in found]
        return sets

    citations = list(answer.citations) if answer else []
    cited = [letters(c.document, c.start, c.end) for c in citations]
    every = frozenset().union(*cited)
    gold = [alternatives(group) for group in question.evidence]
    hit = [any(len(s & every) * 5 >= 3 * len(s) for s in group) for group in gold]
    relevant = [any(c & s for group in gold for s in group) for c in cited]
    need = sum(min(len(s) for s in group) for group in gold if group)
    text = answer.text if answer else ""
    said = " ".join(text.lower().replace("“", '"').replace("”", '"').split())
    right = (
        bool(citations)
        and all(hit)
        and all(any(w.lower() in said for w in group) for group in question.answer_contains)
        and not any(w.lower() in said for w in question.answer_excludes)
        and all(TEXTS.get(c.document, "")[c.start : c.end] == c.quote for c in citations)
        and (len(every) <= 2.5 * need or len(every) <= need + 400)
        and len(text) <= 1200
    )
    recall = sum(hit) / len(hit) if hit else 0.0
    return right, recall, sum(relevant) / len(relevant) if relevant else 0.0


@given(PAIRS)
def test_judgements_and_measures_agree_with_the_oracle(
    pairs: list[tuple[dict[str, object], Answer | None]],
) -> None:
    rows = [(asked(id=str(i), **given), answer) for i, (given, answer) in enumerate(pairs)]
    judgements = [judge(question, answer, TEXTS) for question, answer in rows]
    expected = [oracle(question, answer) for question, answer in rows]
    for got, (right, recall, precision) in zip(judgements, expected, strict=True):
        assert got.right == right
        assert bool(got.why) != got.right or not got.answerable
        if got.answerable:
            assert (got.evidence_recall, got.citation_precision) == (recall, precision)

    def mean(values: Sequence[float]) -> float | None:
        return round(sum(values) / len(values), 4) if values else None

    both = list(zip(rows, expected, strict=True))
    yes = [(a, e) for (q, a), e in both if q.answerable]
    told = [(a, e) for (q, a), e in both if q.answerable and q.evidence]
    no = [(a, e) for (q, a), e in both if not q.answerable]
    ranks = [
        (p > n) + (p == n) / 2
        for p in (a.confidence if a else 0.0 for a, _ in yes)
        for n in (a.confidence if a else 0.0 for a, _ in no)
    ]
    columns = Columns()
    for question, answer in rows:
        given_answer = answer or declined(0.0)
        columns.add(outcome_of(question, given_answer, TEXTS, ranking={}, timings_ms={}))
    measured = measure(columns).as_dict()
    assert {name: measured[name] for name in SCORED} == {
        "questions": len(rows),
        "predicted": len(rows),
        "right": mean([e[0] for _, e in both]),
        "right_answerable": mean([e[0] for _, e in yes]),
        "right_unanswerable": mean([e[0] for _, e in no]),
        "evidence_recall": mean([e[1] for _, e in told]),
        "citation_precision": mean([e[2] for a, e in told if a and a.answered]),
        "exact_quotes": mean([j.exact for j in judgements]),
        "confidence_auroc": mean(ranks),
        "by_kind": {
            kind: mean([e[0] for (q, _), e in both if q.kind == kind])
            for kind in sorted({q.kind for q, _ in rows})
        },
    }


@given(st.lists(PLACES))
def test_joined_ranges_hold_the_same_characters_and_never_touch(
    ranges: list[tuple[str, int, int]],
) -> None:
    united = joined(ranges)
    letters = {(d, i) for d, s, e in ranges for i in range(s, e)}
    assert sorted(letters) == sorted((d, i) for d, s, e in united for i in range(s, e))
    assert all(a[0] != b[0] or a[2] < b[1] for a, b in itertools.pairwise(united))


# ---- the runner

SET = (
    {**ROW, "history": ["What happened?"], "documents": ["harbour.txt"]},
    {"id": "b", "kind": "unanswerable", "question": "When?", "answerable": False},
)


def fake() -> FakeAssistant:
    return FakeAssistant({"Who?": cite(FIRST), "When?": declined()})


def test_each_question_is_asked_with_its_history_and_its_documents(tmp_path: Path) -> None:
    assistant, done = fake(), list[int]()
    run = evaluate(
        assistant, QuestionSet.load(written(tmp_path / "set.jsonl", *SET)), progress=done.append
    )
    assert assistant.seen == [("Who?", ["harbour.txt"], ("What happened?",)), ("When?", None, ())]
    assert done == [1, 2]
    assert [outcome.id for outcome in run.outcomes()] == ["a", "b"]
    assert run.measures["right"].value == 1.0
    assert run.measures.latency_ms["total"].p50 >= 0


def test_predictions_are_the_answers_with_the_questions_ids(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    evaluate(fake(), QuestionSet.load(written(tmp_path / "set.jsonl", *SET)), predictions=out)
    expected = [
        cite(FIRST).model_copy(update={"id": "a", "question": "Who?"}),
        declined().model_copy(update={"id": "b", "question": "When?"}),
    ]
    lines = out.read_bytes().decode("utf-8").split("\n")
    assert lines == [*(answer.model_dump_json() for answer in expected), ""]
    assert [Answer.model_validate_json(line) for line in lines[:2]] == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "set.jsonl"]


def test_a_run_that_fails_leaves_earlier_predictions_as_they_were(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("earlier", encoding="utf-8")
    broken = FakeAssistant({"Who?": cite(FIRST)})
    with pytest.raises(OnrecordError, match="The model broke"):
        evaluate(broken, [asked(**SET[0]), asked(**SET[1])], predictions=out)
    assert out.read_text(encoding="utf-8") == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.jsonl.journal", "out.jsonl"]


class Interrupted(FakeAssistant):
    """Is stopped by its user at one question."""

    def ask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        if question == "When?":
            raise KeyboardInterrupt
        return super().ask(question, documents, history)


def test_a_stopped_run_goes_on_where_it_was_with_the_same_answers(tmp_path: Path) -> None:
    path = written(tmp_path / "set.jsonl", *SET)
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    evaluate(fake(), QuestionSet.load(path), predictions=whole)
    with pytest.raises(
        StoppedError, match="Stopped after 1 of 2 questions; the same command goes on"
    ):
        evaluate(Interrupted(fake().answers), QuestionSet.load(path), predictions=out)
    assert not out.exists()
    with (tmp_path / ".out.jsonl.journal").open("ab") as journal:
        journal.write(b'{"id": "b", "cut')  # the machine went down in the middle of a line
    assistant = fake()
    run = evaluate(assistant, QuestionSet.load(path), predictions=out)
    assert [question for question, _, _ in assistant.seen] == ["When?"]
    assert out.read_bytes() == whole.read_bytes()
    assert [outcome.id for outcome in run.outcomes()] == ["a", "b"]
    assert [answer.id for _, _, answer in run.details()] == ["a", "b"]
    assert not (tmp_path / ".out.jsonl.journal").exists()


def test_a_stopped_run_on_other_questions_is_not_gone_on_with(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(StoppedError):
        evaluate(Interrupted(fake().answers), [asked(**one) for one in SET], predictions=out)
    assistant = fake()
    evaluate(assistant, [asked(**SET[0])], predictions=out)
    assert len(assistant.seen) == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_a_stopped_run_of_what_may_be_another_answerer_is_not_gone_on_with(tmp_path: Path) -> None:
    class Unnamed:
        """Answers as a fake one, and does not say what it is."""

        def __init__(self, fake: FakeAssistant) -> None:
            self.ask, self.document, self.documents = fake.ask, fake.document, fake.documents

    questions, out = [asked(**one) for one in SET], tmp_path / "out.jsonl"
    with pytest.raises(StoppedError, match=r"Stopped after 1 of 2 questions\.$"):
        evaluate(Unnamed(Interrupted(fake().answers)), questions, predictions=out)
    evaluate(Unnamed(assistant := fake()), questions, predictions=out)
    assert len(assistant.seen) == 2
    with pytest.raises(StoppedError):
        evaluate(Interrupted(fake().answers), questions, predictions=out)
    other = fake()
    other.identity = "other"
    evaluate(other, questions, predictions=out)
    assert len(other.seen) == 2


def test_a_long_run_holds_a_few_numbers_a_question(tmp_path: Path) -> None:
    long = "x" * 20_000
    assistant = FakeAssistant({"Who?": declined().model_copy(update={"text": long})})
    path = written(tmp_path / "set.jsonl", *({**ROW, "id": str(n)} for n in range(600)))
    questions = QuestionSet.load(path)
    tracemalloc.start()
    try:
        evaluate(assistant, questions, predictions=tmp_path / "out.jsonl")
        assert tracemalloc.get_traced_memory()[1] < 600 * len(long) / 4
    finally:
        tracemalloc.stop()
        tracemalloc.clear_traces()


def test_predictions_that_cannot_be_written_are_told_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    assistant = fake()
    for out in (tmp_path, tmp_path / "none" / "out.jsonl"):
        with pytest.raises(OnrecordError, match="The predictions cannot be written to"):
            evaluate(assistant, [asked()], predictions=out)
    assert assistant.seen == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_told_in_a_sentence() -> None:
    with pytest.raises(OnrecordError, match="cannot be written to /dev/full"):
        evaluate(fake(), [asked()], predictions=Path("/dev/full"))


def test_predictions_may_go_into_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    evaluate(fake(), [asked()], predictions=pipe)
    assert json.loads(reader.communicate()[0])["id"] == "q"
    assert pipe.is_fifo()


def test_a_question_about_an_unknown_document_is_named_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    assistant = fake()
    path = written(tmp_path / "set.jsonl", *SET, {**ROW, "id": "c", "documents": ["gone.txt"]})
    with pytest.raises(
        QuestionSetError, match=r"line 3, documents: there is no document named gone.txt"
    ):
        evaluate(assistant, QuestionSet.load(path))
    with pytest.raises(QuestionSetError, match=r"gone.txt"):
        evaluate(assistant, [asked(documents=["gone.txt"])])
    assert assistant.seen == []


def test_the_table_shows_the_measures_and_a_row_for_each_kind() -> None:
    run = evaluate(fake(), [asked(**SET[0]), asked(**{**SET[1], "kind": "[odd]"})])
    console = Console(width=90, record=True, file=io.StringIO())
    console.print(layout(Report(run, TEXTS)))
    shown = console.export_text()
    for words in ("Right", "Evidence recall", "Citation precision", "Declined when it should be"):
        assert words in shown
    for words in ("Exact quotes", "AUROC", "p50 ms", "95 %", "fact", "[odd]", "1 question"):
        assert words in shown


def test_nothing_asked_is_nothing_measured() -> None:
    run = evaluate(fake(), [])
    assert run.measures["right"].value is None
    assert list(run.measures) == []


def test_evaluation_imports_no_heavy_library() -> None:
    code = (
        "import sys, qa.evaluation, qa.evaluation.reports.terminal\n"
        "print([m for m in ('torch', 'llama_index', 'gradio', 'spacy', 'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
