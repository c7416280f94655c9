"""What the reader is trained on, and what is kept from it to measure on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.data import load_asked, question_halves

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
