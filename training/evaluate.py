"""Measure readers on what they never saw: ``python -m training.evaluate A.onnx B.onnx --data FOLDER``.

``squad/``: the right sentence of the right paragraph, and whether the paragraph answers.
``clapnq/`` and ``polnear/dev``: the same over all passages of the question's document, as the product
cuts them; a document answers as much as its best passage. Every file sees the same questions, one
passage at a time as in the product, and stands beside counting shared words.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from indexes.documents import Document, Span
from indexes.passages import split
from indexes.words import content_terms
from training.data import Article, Example, sentences_of
from training.model import Batches

_SETS = ("squad", "clapnq", "polnear/dev")
_RESAMPLES = 1000

Reading = tuple[NDArray[np.float32], float]
Read = Callable[[Example], Reading]
"""Scores the sentences of a passage, and how well the whole answers; higher is better."""


@dataclass(frozen=True)
class Asked:
    """A question with the passages it is asked of.

    Attributes:
        passages: the passages, their gold left out.
        places: where each passage starts in its document.
        gold: what must be found: groups of alternatives; empty when the document does not answer.
        article: which the question is about; resampled as a whole, as its questions are alike.
    """

    passages: tuple[Example, ...]
    places: tuple[int, ...]
    gold: tuple[tuple[Span, ...], ...]
    article: str


@dataclass(frozen=True)
class Outcome:
    """How a reader did on one question.

    Attributes:
        first: whether its best sentence is evidence; None when there is none.
        found: the share of the evidence among its best three sentences; None when there is none.
        answers, best: its logit that the best passage answers, and that of its best sentence.
        answerable: whether the document answers.
    """

    first: bool | None
    found: float | None
    answers: float
    best: float
    answerable: bool
    article: str


def questions(folder: Path, limit: int, seed: int) -> list[Asked]:
    """Read a question set, or a random part of it."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").open(encoding="utf-8")]
    if limit and limit < len(rows):
        rows = random.Random(seed).sample(rows, limit)  # noqa: S311 - not for secrets
    return list(_asked(rows, folder / "articles"))


def _asked(rows: Sequence[dict[str, Any]], articles: Path) -> Iterator[Asked]:
    cut: dict[tuple[str, int, int], list[tuple[str, tuple[Span, ...], int]]] = {}
    texts: dict[str, str] = {}
    for row in rows:
        paragraph = row.get("paragraph")
        name = paragraph["document"] if paragraph else row["documents"][0]
        whole = (name, paragraph["start"], paragraph["end"]) if paragraph else (name, 0, -1)
        if whole not in cut:
            texts[name] = (articles / name).read_text(encoding="utf-8")
            cut[whole] = _passages(texts[name], whole)
        article = Article.of(name, texts[name])
        gold = tuple(tuple(Span(e["start"], e["end"]) for e in group) for group in row["evidence"])
        passages = tuple(
            Example(row["question"], text, spans, (), None, article)
            for text, spans, _ in cut[whole]
        )
        yield Asked(passages, tuple(place for *_, place in cut[whole]), gold, name)


def _passages(text: str, whole: tuple[str, int, int]) -> list[tuple[str, tuple[Span, ...], int]]:
    """A paragraph as it is, a document as the product cuts it: texts, sentences, starts."""
    name, start, end = whole
    if end >= 0:
        return [(text[start:end], tuple(sentences_of(text[start:end])), start)]
    found = []
    for passage in split(Document(name, text, name)):
        span = passage.span
        places = tuple(
            Span(s.span.start - span.start, s.span.end - span.start) for s in passage.sentences
        )
        found.append((span.of(text), places, span.start))
    return found


def judge(asked: Asked, read: Read) -> Outcome:
    """Read every passage of a question's document, and compare with the gold."""
    scored: list[tuple[float, Span]] = []
    answers = -np.inf
    for passage, place in zip(asked.passages, asked.places, strict=True):
        logits, whole = read(passage)
        answers = max(answers, whole)
        scored += [
            (float(logit), Span(s.start + place, s.end + place))
            for logit, s in zip(logits, passage.spans, strict=True)
        ]
    scored.sort(key=lambda pair: -pair[0])
    first = found = None
    if asked.gold:
        first = any(_hits(scored[0][1], group) for group in asked.gold)
        top = [span for _, span in scored[:3]]
        found = float(np.mean([any(_hits(s, group) for s in top) for group in asked.gold]))
    return Outcome(first, found, answers, scored[0][0], bool(asked.gold), asked.article)


def _hits(sentence: Span, group: Sequence[Span]) -> bool:
    return any(sentence.overlaps(span) for span in group)


def measures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Shares and areas under the curve, from 0 to 1."""
    answerable = [o.answerable for o in outcomes]
    return {
        "first sentence right": float(np.mean([o.first for o in outcomes if o.first is not None])),
        "evidence in first 3": float(np.mean([o.found for o in outcomes if o.found is not None])),
        "AUROC answers": float(roc_auc_score(answerable, [o.answers for o in outcomes])),
        "AUROC best sentence": float(roc_auc_score(answerable, [o.best for o in outcomes])),
    }


def intervals(outcomes: Sequence[Outcome], seed: int) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the measures, resampling whole articles."""
    articles: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        articles[outcome.article].append(outcome)
    groups = [articles[name] for name in sorted(articles)]
    draw = np.random.default_rng(seed)
    rows = []
    while len(rows) < _RESAMPLES:
        picked = [o for i in draw.integers(len(groups), size=len(groups)) for o in groups[i]]
        if len({o.answerable for o in picked}) == 2:
            rows.append(list(measures(picked).values()))
    low, high = np.quantile(np.array(rows), [0.025, 0.975], axis=0)
    names = measures(outcomes)
    return {name: (float(a), float(b)) for name, a, b in zip(names, low, high, strict=True)}


def by_words(passage: Example) -> Reading:
    """Score a sentence by how many of the question's words it has."""
    topic = set(content_terms(passage.question))
    shared = [len(topic & set(content_terms(s.of(passage.text)))) for s in passage.spans]
    return np.array(shared, dtype=np.float32), len(topic & set(content_terms(passage.text)))


def by_model(file: Path, threads: int) -> Read:
    """Score with an exported reader; a sentence that it does not reach comes last."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    batches = Batches()

    def read(passage: Example) -> Reading:
        batch = batches.tensors([batches.rows(passage)])
        names = {"input_ids": "ids", "token_type_ids": "types", "sentence_of_token": "owner"}
        feed = {name: batch[key].numpy() for name, key in names.items()}
        scores, answers = session.run(["sentence_logits", "answer_logit"], feed)
        logits = np.full(len(passage.spans), -12.0, dtype=np.float32)
        seen = np.flatnonzero(batch["there"][0].numpy())
        logits[seen] = scores[0][seen]
        return logits, float(answers[0])

    return read


def main() -> None:
    """Read the command line, measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="*", help="exported readers")
    parser.add_argument("--data", type=Path, required=True, help="folder with squad/, clapnq/, …")
    parser.add_argument("--limit", type=int, default=800, help="questions of a set; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    sets = {name: questions(given.data / name, given.limit, given.seed) for name in _SETS}
    readers: dict[str, Read] = {"words": by_words}
    readers |= {str(file): by_model(file, given.threads) for file in given.models}
    report: dict[str, dict[str, Any]] = {}
    for name, read in readers.items():
        for part, rows in sets.items():
            outcomes = [judge(asked, read) for asked in rows]
            ranges = intervals(outcomes, given.seed)
            report.setdefault(name, {})[part] = {
                "questions": len(rows),
                "answerable": sum(o.answerable for o in outcomes),
                **{
                    key: [round(v, 4) for v in (value, *ranges[key])]
                    for key, value in measures(outcomes).items()
                },
            }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
