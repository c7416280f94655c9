"""What the reader is trained on, and what is kept from it to measure on."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from indexes import Span
from qa.readers.joint import MODEL, JointReader, Shown
from training import contrasts, overlap, written
from training.contrasts import load_contrasts
from training.data import FOLDS, Article, Example, load_asked, question_folds, sentences_of
from training.loss import ranking_loss
from training.model import Batches, Reader
from training.overlap import unmeasured
from training.reader import beside_rivals, mixed
from training.rivals import with_rivals
from training.twins import Twins
from training.weights import weights_of
from training.written import load_written

_ARTICLE = Article("a.txt", "The Marigold")
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


def test_a_fold_that_is_left_out_is_never_read(data: Path) -> None:
    everything = {example.article.name for example in load_asked(data, longest=900)}
    assert everything == {f"{letter}.txt" for letter in "abcde"}
    read = [
        {e.article.name for e in load_asked(data, longest=900, without=fold)}
        for fold in range(FOLDS)
    ]
    # Each article is left out by one reader, and read by all of the others.
    assert sorted(title for titles in read for title in everything - titles) == sorted(everything)
    for name in ("squad", "clapnq"):
        for asked, fold in question_folds(data / name / "questions.jsonl").items():
            assert asked.partition("-")[0] not in read[fold]


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
    assert written.folds() == {"w1": 0, "w2": 1}
    every = list(load_written(tmp_path, longest=30))
    cited = {e.spans[i].of(e.text) for e in every for i in e.evidence}
    assert cited == {"The Tulip sank."}
    assert {bool(e.evidence) for e in every if e.article.name == "a.txt"} == {True, False}
    assert not any(e.evidence for e in every if e.article.name == "b.txt")
    assert {e.article.name for e in load_written(tmp_path, longest=30, without=0)} == {"b.txt"}


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


def test_a_pair_of_questions_is_read_with_the_passage_that_answers_one_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "At Tamm the Marigold sank in 1911. Nobody raised it. The harbour was closed for a week."
    (tmp_path / "reading").mkdir()
    (tmp_path / "polnear" / "train" / "articles").mkdir(parents=True)
    lines = [json.dumps({"title": name, "context": text}) for name in ("Tulip", "Marigold")]
    (tmp_path / "reading" / "wiki.jsonl").write_text("\n".join(lines), encoding="utf-8")
    article = "A heading\n\n" + text
    (tmp_path / "polnear" / "train" / "articles" / "a.txt").write_text(article, encoding="utf-8")
    year = [text.index("1911"), text.index("1911") + 4]
    asked = [
        {"question": "When did the Marigold sink?", "evidence": [[0, 34]], "answer": year},
        {"question": "When was the Marigold built?", "evidence": []},
    ]
    start = article.index(text)
    rows = [
        {"file": "wiki.jsonl", "line": 1, "questions": asked},
        {"file": "a.txt", "start": start, "end": len(article), "questions": asked},
    ]
    file = tmp_path / "contrasts.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.setattr(contrasts, "CONTRASTS", file)
    read = list(load_contrasts(tmp_path, longest=900))
    assert [example.article.name for example in read] == ["Marigold", "Marigold", "a.txt", "a.txt"]
    assert {example.text for example in read} == {text}
    assert [example.evidence for example in read] == [(0,), ()] * 2
    assert [e.answer and e.answer.of(e.text) for e in read] == ["1911", None] * 2
    twins = Twins(read)
    assert not any(twins.of(read[0], random.Random(seed)) for seed in range(30))


def test_a_pair_of_questions_on_an_article_is_read_with_passages_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "At Tamm the Marigold sank in 1911."
    others = [f"The harbour of Tamm was closed for {n} weeks of the year." for n in range(30)]
    article = " ".join([*others[:15], told, *others[15:]])
    (tmp_path / "polnear" / "train" / "articles").mkdir(parents=True)
    (tmp_path / "polnear" / "train" / "articles" / "a.txt").write_text(article, encoding="utf-8")
    place, year = article.index(told), article.index("1911")
    asked = [
        {
            "question": "When did the Marigold sink?",
            "evidence": [[place, place + len(told)]],
            "answer": [year, year + 4],
        },
        {"question": "How long was the harbour of Tamm open?", "evidence": []},
    ]
    file = tmp_path / "contrasts.jsonl"
    file.write_text(json.dumps({"file": "a.txt", "questions": asked}), encoding="utf-8")
    monkeypatch.setattr(contrasts, "CONTRASTS", file)
    read = list(load_contrasts(tmp_path, longest=400))
    answered = [e for e in read if e.evidence]
    assert all(len(e.text) <= 400 and e.text in article and e.news and e.paired for e in read)
    assert {e.question for e in answered} == {asked[0]["question"]}
    assert {e.question for e in read if not e.evidence} == {q["question"] for q in asked}
    assert all(told in e.text and e.answer and e.answer.of(e.text) == "1911" for e in answered)
    assert all(e.spans[i].of(e.text) == told for e in answered for i in e.evidence)


def test_the_words_of_the_questions_in_pairs_do_not_tell_which_is_answered() -> None:
    rows = [json.loads(line) for line in contrasts.CONTRASTS.read_text("utf-8").splitlines()]
    asked = [(number, q) for number, row in enumerate(rows) for q in row["questions"]]
    answered = np.array([bool(q["evidence"]) for _, q in asked])
    words = CountVectorizer(binary=True, min_df=3).fit_transform(q["question"] for _, q in asked)
    told = cross_val_predict(
        LogisticRegression(C=0.1, max_iter=300), words, answered, groups=[n for n, _ in asked],
        cv=GroupKFold(3), method="decision_function",
    )  # fmt: skip
    assert roc_auc_score(answered, told) < 0.56


def test_the_questions_in_pairs_are_as_often_answered_as_not_and_none_is_there_twice() -> None:
    rows = [json.loads(line) for line in contrasts.CONTRASTS.read_text("utf-8").splitlines()]
    asked = [
        (row["file"], row.get("line", row.get("start")), q)
        for row in rows
        for q in row["questions"]
    ]
    assert len({(*where, q["question"]) for *where, q in asked}) == len(asked)
    assert 0.4 < sum(not q["evidence"] for *_, q in asked) / len(asked) < 0.6
    measured = {
        name
        for row in map(json.loads, Path("benchmarks/news.jsonl").read_text("utf-8").splitlines())
        for name in row["documents"]
    }
    assert not measured & {row["file"] for row in rows}


def test_a_text_that_is_measured_on_is_not_trained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("articles", "squad/articles", "clapnq/articles", "polnear/dev/articles"):
        (tmp_path / folder).mkdir(parents=True)
    told = " ".join(
        f"{n} boats left the harbour of Tamm in the year {1900 + n}." for n in range(40)
    )
    (tmp_path / "clapnq" / "articles" / "tamm.txt").write_text(told, encoding="utf-8")
    news = "Reporters of the Gazette went to Aby on Monday and found nobody there who knew of the strike."
    (tmp_path / "polnear" / "train" / "articles").mkdir(parents=True)
    (tmp_path / "polnear" / "train" / "articles" / "aby.txt").write_text(news, encoding="utf-8")
    (tmp_path / "news.jsonl").write_text('{"documents": ["aby.txt"]}', encoding="utf-8")
    monkeypatch.setattr(overlap, "_NEWS", tmp_path / "news.jsonl")
    part = told[300:700].upper().replace(" ", "\n")
    quoting = " ".join(f"The mayor had {n} reasons to speak at length." for n in range(30))
    texts = (part, news, f"{quoting} {told[300:380]}", quoting, "Short.")
    examples = [
        dataclasses.replace(_example("tulip", f"{n}?", ()), whole=text)
        for n, text in enumerate(texts)
    ]
    assert list(unmeasured(examples, tmp_path)) == examples[2:]


def test_sources_are_read_by_their_shares_and_all_of_each_before_any_again() -> None:
    pools = {
        name: [_example(name, f"{name} {i}?", ()) for i in range(20)]
        for name in ("tulip", "report", "bread")
    }
    drawn = mixed(pools, {"tulip": 3.0, "report": 1.0, "bread": 0.0}, random.Random(2))
    some = [next(drawn) for _ in range(400)]
    counted = {name: [e.question for e in some if e.article.name == name] for name in pools}
    assert 270 < len(counted["tulip"]) < 330
    assert not counted["bread"]
    for asked in (counted["tulip"], counted["report"]):
        assert all(len(set(asked[i : i + 20])) == 20 for i in range(0, len(asked) - 19, 20))


_LONG = (
    " It was a quiet year for the harbour, and little else was written down by the harbour master."
    * 3
)
_TEXTS = {
    "marigold": "The Marigold sank in 1911." + _LONG,
    "tulip": "The Tulip, which sank, was raised again by a crew of divers." + _LONG,
    "report": "A report on how the Marigold sank gives 1911 as the year." + _LONG,
    "bread": "Bakers asked for a lower tax on bread and flour." + _LONG,
}


def _example(name: str, question: str, evidence: tuple[int, ...], *, news: bool = False) -> Example:
    text = _TEXTS[name]
    spans = tuple(sentences_of(text))
    answering = tuple(spans[i].of(text) for i in evidence)
    answer = (
        Span(text.index("1911"), text.index("1911") + 4) if evidence and "1911" in text else None
    )
    return Example(
        question, text, spans, evidence, answer, Article(name, name), text, answering, news
    )


def test_a_rival_comes_up_for_the_question_and_does_not_answer_it() -> None:
    asked = [_example("marigold", "When was it that the Marigold sank?", (0,))]
    others = [_example(name, "Who?", ()) for name in ("tulip", "report", "bread")]
    rivals = [rival.text for rival in with_rivals([*asked, *others])[0].rivals]
    assert rivals[0] == _TEXTS["tulip"]
    assert sorted(rivals) == sorted([_TEXTS["tulip"], _TEXTS["bread"]])


def test_rivals_of_a_question_on_news_are_of_its_own_article() -> None:
    asked = [_example(name, "When did it sink?", (0,), news=True) for name in ("marigold", "tulip")]
    assert all(example.rivals == () for example in with_rivals(asked))


def test_a_question_is_read_beside_rivals_but_one_that_people_refused_alone() -> None:
    asked = [
        _example("marigold", "When did the Marigold sink?", (0,)),
        _example("bread", "Who sank?", ()),
    ]
    others = [_example(name, "Who?", ()) for name in ("tulip", "report")]
    answered, refused, *_ = with_rivals([*asked, *others])
    draw = random.Random(0)
    reads = [beside_rivals(answered, Twins([answered]), draw) for _ in range(40)]
    assert any(read[0] == answered for read in reads)
    same = [read for read in reads if read[0].question == answered.question]
    assert {len(read) for read in same} == {1, 2, 3}  # some are read alone
    assert all(len(read) == 1 for read in reads if read not in same)
    assert all(not passage.evidence for read in reads for passage in read[1:])
    assert all(len({passage.text for passage in read}) == len(read) for read in reads)
    assert beside_rivals(refused, Twins([refused]), draw) == [refused]


def test_the_sentences_of_all_passages_of_a_question_compete_and_of_no_other() -> None:
    gold, there = torch.zeros(3, 64), torch.zeros(3, 64)
    there[:, :2] = gold[0, 0] = gold[2, 1] = 1
    asked = torch.tensor([0, 0, 1])

    def loss(*raised: tuple[int, int]) -> float:
        logits = torch.zeros(3, 64)
        for place in raised:
            logits[place] = 5.0
        return float(ranking_loss(logits, gold, there, asked))

    even = (math.log(5) + math.log(3)) / 2  # four sentences or none; two or none
    assert loss() == pytest.approx(even, abs=1e-5)
    assert loss((0, 0)) < even < loss((1, 0))
    assert loss((1, 0)) == pytest.approx(loss((0, 1)), abs=1e-5)
    assert loss((0, 9)) == pytest.approx(even, abs=1e-5)
    nothing = float(ranking_loss(torch.full((3, 64), -20.0), gold * 0, there, asked))
    assert nothing == pytest.approx(0, abs=1e-5)


def test_a_twin_asks_for_something_else_by_one_change() -> None:
    text = "The harbour sold its ferries to the province in 1911. The village kept the boats."
    answered = Example(
        "Whom did the harbour sell the ferries?", text, tuple(sentences_of(text)), (0,), None, _ARTICLE, text
    )  # fmt: skip
    elsewhere = dataclasses.replace(
        answered, question="What did the village of Tamm keep of boats?"
    )
    kept = dataclasses.replace(answered, question="Which boats were kept?")
    twins, draw = Twins([answered, elsewhere, kept]), random.Random(4)
    made = [twins.of(answered, draw) for _ in range(300)]
    assert all(not twin.evidence and not twin.answer for twin in made if twin)
    asked = {twin.question for twin in made if twin} - {answered.question}
    # A word that the passage shares gives way to another of the same part of speech in the passage.
    assert "Whom did the village sell the ferries?" in asked
    assert "Whom did the harbour sell the boats?" in asked
    assert not any(
        "kept" in question for question in asked
    )  # of another part of speech than "sell"
    assert "Whom did the harbour not sell the ferries?" in asked


def test_a_twin_changes_whole_words() -> None:
    text = "The ferry for females sank in 1911."
    made = Example(
        "Did male or female passengers drown?", text, sentences_of(text), (0,), None, _ARTICLE, text
    )
    elsewhere = dataclasses.replace(made, question="Which ferry did Boris Tamm of Veere lose?")
    twins, draw = Twins([made, elsewhere]), random.Random(4)
    asked = {twin.question for twin in (twins.of(made, draw) for _ in range(300)) if twin}
    assert "Did female or female passengers drown?" in asked
    assert not any("fefemale" in question for question in asked)


def test_a_reader_that_was_exported_can_be_trained_on() -> None:
    weights = weights_of([MODEL])
    reader = Reader(attention="eager").eval()
    reader.load_state_dict(weights)  # every weight is there, under its name
    text = " ".join(_SENTENCES)
    spans = tuple(sentences_of(text))
    asked = Example("When did the Marigold sink?", text, spans, (0,), None, _ARTICLE, text)
    rows = Batches.tensors([Batches().rows(asked)])
    with torch.no_grad():
        sentences, answers, *_ = reader(rows["ids"], rows["types"], rows["owner"])
    shipped = JointReader().read(
        asked.question, [Shown(_ARTICLE.title, text, spans, Span(0, len(text)))]
    )[0]
    assert sentences[0, :3].tolist() == pytest.approx(shipped.sentences, abs=1.0)
    assert answers.item() == pytest.approx(shipped.answers, abs=1.0)


@pytest.mark.parametrize("title", ["The Marigold", "", "ferry " * 40])
def test_a_passage_is_laid_out_in_training_as_in_the_product(
    title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(_SENTENCES)
    spans, reader = sentences_of(text), JointReader()
    fed: dict[str, list[list[int]]] = {}

    class FedError(Exception):
        pass

    def run(_: object, feed: dict[str, np.ndarray]) -> None:
        fed.update({name: array.tolist() for name, array in feed.items()})
        raise FedError

    monkeypatch.setattr(reader, "_session", SimpleNamespace(run=run))
    with pytest.raises(FedError):
        reader.read("When did the Marigold sink?", [Shown(title, text, spans, Span(0, len(text)))])
    article = Article("a.txt", title)
    asked = Example("When did the Marigold sink?", text, tuple(spans), (0,), None, article, text)
    row = Batches().rows(asked)
    assert fed["input_ids"] == [row["ids"]]
    assert fed["token_type_ids"] == [row["types"]]
    assert fed["sentence_of_token"] == [row["owner"]]


def test_of_several_readers_the_mean_of_their_weights_is_taken(tmp_path: Path) -> None:
    files = [tmp_path / "one.pt", tmp_path / "other.pt"]
    for file, weight in zip(files, (1.0, 4.0), strict=True):
        torch.save({"model": {"ends.bias": torch.tensor([weight, 0.0])}}, file)
    assert weights_of(files)["ends.bias"].tolist() == [2.5, 0.0]


_MEETS = """
import sys, torch
from torch import distributed
from training.reader import together
number, meeting = int(sys.argv[1]), sys.argv[2]
distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=number, world_size=2)
weights = [torch.tensor([1.0 + number, 2.0]), torch.tensor([[10.0 * number]])]
over = [together(weights, over=False), together(weights, over=number == 1)]
print(weights[0].tolist(), weights[1].tolist(), over)
"""


def test_processes_that_train_together_take_the_mean_and_end_together(tmp_path: Path) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _MEETS, str(number), str(tmp_path / "meeting")],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[1],
            env={**os.environ, "GLOO_SOCKET_IFNAME": "lo"},
        )
        for number in (0, 1)
    ]
    told = [process.communicate(timeout=60)[0].decode().strip() for process in both]
    assert told == ["[1.5, 2.0] [[5.0]] [False, True]"] * 2
