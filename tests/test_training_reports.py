"""The invented reports that the reader is trained on, and how they are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from training import reports
from training.reports import REPORTS, load_reports, read_report

_REPORT = """# Mill shut
1| The mill at Aby shut in 1911.
2| “It was cold,” said Ada Quill.

3| Boris Tamm owned it.
==
A| What did Quill say of the mill?| 2
F| When was the mill shut?| 1/3
N| What did Tamm say of the mill?| -
U| Who owned the mill? >> Since when?| -
"""


def test_a_report_is_read_to_the_character(tmp_path: Path) -> None:
    file = tmp_path / "a01.txt"
    file.write_text(_REPORT, encoding="utf-8")
    text, asked = read_report(file)
    told = (
        "The mill at Aby shut in 1911.",
        "“It was cold,” said Ada Quill.",
        "Boris Tamm owned it.",
    )
    assert text == f"Mill shut\n\n{told[0]} {told[1]}\n\n{told[2]}"
    assert [q.kind for q in asked] == ["A", "F", "N", "U"]
    cited = [[[place.of(text) for place in group] for group in q.evidence] for q in asked]
    assert cited == [[[told[1]]], [[told[0], told[2]]], [], []]
    assert (asked[3].history, asked[3].question) == (("Who owned the mill?",), "Since when?")


@pytest.mark.parametrize(
    "line", ["A| What?", "A| What?| 7", "A| What?| x", "A sentence", "Ax| What?| 1"]
)
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a01.txt"
    file.write_text(f"{_REPORT}{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a01\.txt: A"):
        read_report(file)
    file.write_text(f"{line}\n{_REPORT}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a01\.txt: A"):
        read_report(file)


def test_a_number_is_one_sentences_and_the_headline_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "a01.txt"
    file.write_text(_REPORT.replace("3| Boris", "2| Boris"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a01\.txt: 2"):
        read_report(file)
    file.write_text(_REPORT.replace("# Mill shut\n", ""), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a01\.txt: 1"):
        read_report(file)


def test_passages_that_answer_and_such_as_come_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a01.txt").write_text(_REPORT, encoding="utf-8")
    monkeypatch.setattr(reports, "REPORTS", tmp_path)
    read = list(load_reports(longest=60))
    cited = {(e.question, e.spans[i].of(e.text)) for e in read for i in e.evidence}
    assert ("What did Quill say of the mill?", "“It was cold,” said Ada Quill.") in cited
    assert not any("Tamm say" in question for question, _ in cited)
    assert any(not e.evidence for e in read if e.question == "What did Quill say of the mill?")
    assert {e.article.title for e in read} == {"Mill shut"}
    assert all(e.news and e.paired for e in read)


def test_the_reports_are_whole_and_their_questions_do_not_tell_which_is_answered() -> None:
    asked = [(file.name, q) for file in sorted(REPORTS.glob("*.txt")) for q in read_report(file)[1]]
    assert len({name for name, _ in asked}) >= 200
    assert {q.kind for _, q in asked} == reports.KINDS
    assert not any(q.evidence for _, q in asked if q.kind == "N")
    assert all(q.evidence for _, q in asked if q.kind in "ACFLW")
    assert len({(name, q.history, q.question) for name, q in asked}) == len(asked)
    alone = [(name, q) for name, q in asked if not q.history]
    answered = np.array([bool(q.evidence) for _, q in alone])
    words = CountVectorizer(binary=True, min_df=3).fit_transform(q.question for _, q in alone)
    told = cross_val_predict(
        LogisticRegression(C=0.1, max_iter=300), words, answered, groups=[name for name, _ in alone],
        cv=GroupKFold(3), method="decision_function",
    )  # fmt: skip
    assert roc_auc_score(answered, told) < 0.6
