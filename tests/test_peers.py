"""The pure parts of the comparison with other systems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.peers import Asked, choose, is_within, percentile, table


def test_percentiles_lie_between_neighbours() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile([7.0], 95) == 7.0


def test_an_answer_counts_when_each_group_is_in_the_first_characters() -> None:
    passages = ["The strike ended on\nMonday.", "Quill spoke."]
    assert is_within(passages, 300, [["on monday"], ["Tamm", "quill"]])
    assert is_within(passages, 300, [["monday. quill"]]), "passages are shown one after another"
    assert not is_within(passages, 300, [["Monday"], ["Tamm"]])
    assert not is_within(passages, 25, [["Monday."]])


def test_only_answerable_questions_that_stand_alone_are_drawn(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Quill spoke. Tamm did not.", encoding="utf-8")
    place = {"document": "a.txt", "start": 0, "end": 12}
    base = {"question": "Who?", "answerable": True, "evidence": [[place]]}
    rows = [
        {**base, "id": "place"},
        {**base, "id": "words", "question": "Which?", "answer_contains": [["Tamm", "Mr Tamm"]]},
        {**base, "id": "follow-up", "history": ["Who spoke?"]},
        {**base, "id": "other", "evidence": [[{**place, "document": "b.txt"}]]},
        {"id": "no", "question": "When?", "answerable": False},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    drawn = choose(path, [article], 10, 0)
    assert sorted(drawn, key=lambda one: one.question) == [
        Asked("Which?", [["Tamm", "Mr Tamm"]]),
        Asked("Who?", [["Quill spoke."]]),
    ]
    assert choose(path, [article], 10, 0) == drawn, "the same seed draws the same"
    with pytest.raises(SystemExit, match="no answerable question"):
        choose(path, [], 10, 0)


def test_the_table_shows_ratios_where_both_were_measured() -> None:
    ours = {
        "threads": "one",
        "ingest_cpu_s": 6.0,
        "statements_cpu_s": 2.0,
        "ingest_without_statements_cpu_s": 4.0,
        "answer_p50_ms": 40.0,
    }
    theirs = {"threads": "two", "ingest_cpu_s": 8.0}
    other = {"threads": "three", "ingest_cpu_s": 24.0}
    lines = table({"onrecord": ours, "One": theirs, "Other": other}).splitlines()
    assert lines[0].split() == ["onrecord", "One", "ratio", "Other", "ratio"]
    rows = {line[:32].strip(): line[32:].split() for line in lines[1:-3]}
    assert rows["ingest, CPU s"] == ["6.0", "8.0", "0.75", "24.0", "0.25"]
    assert rows["without it"] == ["4.0", "–", "0.50", "–", "0.17"]
    assert rows["whole answer, p50 ms"] == ["40.0", "–", "–"]
    assert lines[-3:] == ["onrecord: one", "One: two", "Other: three"]
