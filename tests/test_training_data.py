"""What the reader is trained on, and what is kept from it to measure on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training import written
from training.data import load_asked, question_halves
from training.written import load_written

_SENTENCES = (
    "The Marigold sank in 1911.",
    "Nobody raised it.",
    "The harbour was closed for a week.",
)


def _write(folder: Path, name: str, articles: list[str]) -> None:
    (folder / name / "articles").mkdir(parents=True)
    rows = []
    for article in articles:
        text = " ".join(_SENTENCES)
        (folder / name / "articles" / article).write_text(text, encoding="utf-8")
        start = text.index("1911")
        place = {"document": article, "start": start, "end": start + 4}
        where = {"document": article, "start": 0, "end": len(text)}
        about = {"paragraph": where} if name == "squad" else {"documents": [article]}
        rows += [
            {
                "id": f"{article}-when",
                "question": "When did it sink?",
                "evidence": [[place]],
                **about,
            },
            {"id": f"{article}-who", "question": "Who raised the Tulip?", "evidence": [], **about},
        ]
    lines = "\n".join(map(json.dumps, rows))
    (folder / name / "questions.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets of a few articles each."""
    _write(tmp_path, "squad", ["a.txt", "b.txt", "c.txt"])
    _write(tmp_path, "clapnq", ["d.txt", "e.txt"])
    return tmp_path


def test_a_half_that_is_left_out_is_never_read(data: Path) -> None:
    everything = load_asked(data, longest=900)
    assert {example.title for example in everything} == {f"{letter}.txt" for letter in "abcde"}
    read = [{e.title for e in load_asked(data, longest=900, without=half)} for half in (0, 1)]
    assert read[0] & read[1] == set()
    assert read[0] | read[1] == {example.title for example in everything}
    for name in ("squad", "clapnq"):
        for asked, half in question_halves(data / name / "questions.jsonl").items():
            assert asked.partition("-")[0] not in read[half]


def test_evidence_is_the_sentence_with_the_answer_and_a_refusal_has_none(data: Path) -> None:
    for example in load_asked(data, longest=900):
        cited = [example.spans[i].of(example.text) for i in example.evidence]
        assert cited in ([], [_SENTENCES[0]])
        assert bool(cited) == example.question.startswith("When")
        if example.answer:
            assert example.answer.of(example.text) == "1911"


def test_a_question_written_for_news_is_read_with_its_evidence_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(f"The {name} sank. Nobody raised it." for name in ("Marigold", "Tulip", "Rose"))
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    start = text.index("The Tulip")
    place = {"document": "a.txt", "start": start, "end": start + len("The Tulip sank.")}
    rows = [
        {"id": "w1", "question": "What befell the Tulip?", "history": [], "documents": ["a.txt"],
         "evidence": [[place]]},
        {"id": "w2", "question": "Who raised the Rose?", "history": [], "documents": ["b.txt"], "evidence": []},
    ]  # fmt: skip
    file = tmp_path / "written.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(written, "WRITTEN", file)
    assert written.halves() == {"w1": 0, "w2": 1}
    every = list(load_written(tmp_path, longest=30))
    cited = {e.spans[i].of(e.text) for e in every for i in e.evidence}
    assert cited == {"The Tulip sank."}
    assert {bool(e.evidence) for e in every if e.title == "a.txt"} == {True, False}
    assert not any(e.evidence for e in every if e.title == "b.txt")
    assert {e.title for e in load_written(tmp_path, longest=30, without=0)} == {"b.txt"}


def test_the_written_questions_are_of_all_kinds_and_point_into_their_articles() -> None:
    lines = written.WRITTEN.read_text(encoding="utf-8").strip().split("\n")
    rows = [json.loads(line) for line in lines]
    assert {"attribution", "fact", "list", "why", "contrast", "follow-up", "unanswerable"} == {
        row["kind"] for row in rows
    }
    places = [place for row in rows for group in row["evidence"] for place in group]
    assert all(0 <= place["start"] < place["end"] for place in places)
    assert all(row["answerable"] == bool(row["evidence"]) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
