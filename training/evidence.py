"""Fit the weights of ``qa/evidence.json``: ``python -m training.evidence SET… --out evidence.json``.

A SET is ``QUESTIONS.jsonl=ARTICLES``. Every question is searched and
read by the product itself; a sentence counts as evidence when it shares most of itself, or of the
evidence, with a gold one. One model ranks the sentences of a question, a second one, on questions,
says whether the articles answer; both are judged by cross-validation over articles.

The joint reader was trained on ``squad/`` and ``clapnq/``: with ``--readers`` each of their questions
is read by the one of four readers that did not see its article (``training.reader --without``).
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from indexes import Span
from qa.assistant import Assistant
from qa.evaluation import Place, Question, QuestionSet
from qa.evidence import (
    BESIDE_FEATURES,
    CONFIDENCE_FEATURES,
    Candidate,
    Logistic,
    Vocabulary,
    beside_row,
    confidence_row,
    features,
)
from qa.question import Question as Understood
from qa.question import understand
from qa.readers.extractive import ExtractiveReader
from qa.readers.joint import JointReader
from qa.selection import LOOKED_AT
from training.data import ASKED, FOLDS, question_folds
from training.written import WRITTEN, folds

_log = logging.getLogger("training.evidence")
_STRENGTH = 0.1  # inverse of the L2 penalty, features standardised
_DECAY = 0.003  # L2 penalty of the ranking


@dataclass
class Asked:
    """A question with all that was found for it."""

    article: str
    answerable: bool
    rows: NDArray[np.float64]
    gold: NDArray[np.bool_]
    scored: list[Candidate]
    asked: Understood
    vocabulary: Vocabulary


def ask(
    questions: Path, articles: Path, limit: int, readers: Sequence[JointReader] = ()
) -> list[Asked]:
    """Search and read for every question, each with the reader that did not see its article."""
    found, nothing = [], 0
    rows = list(QuestionSet.load(questions))
    named = {articles / name for row in rows for name in row.documents or ()}
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(folder)
        assistant.add(*(sorted(named) if all(row.documents for row in rows) else [articles]))
        own = ExtractiveReader(assistant.index)
        by_fold = [ExtractiveReader(assistant.index, lambda r=r: r) for r in readers]  # type: ignore[misc]
        fold_of = _folds_of(questions) if readers else {}
        rows = rows[:: max(1, len(rows) // limit)] if limit else rows
        for row in rows:
            reader = by_fold[fold_of[row.id]] if fold_of else own
            question = understand(row.question, tuple(row.history))
            looked = reader.find(question, assistant.index.numbers(row.documents))
            if not looked.scored:
                nothing += 1
                continue
            gold = np.array([_is_gold(candidate, row, assistant) for candidate in looked.scored])
            article = row.documents[0] if row.documents else looked.scored[0].document
            found.append(
                Asked(
                    article, row.answerable, np.array([c.row for c in looked.scored]), gold, looked.scored,
                    looked.question or question, looked.vocabulary,
                )
            )  # fmt: skip
    _log.info("%s: nothing is found for %d questions, which are left out", questions, nothing)
    return found


def _folds_of(questions: Path) -> dict[str, int]:
    """Which fold each question is about, of a set that readers are trained on; {} for another."""
    if questions.name == WRITTEN.name:
        return folds()
    return question_folds(questions) if questions.parent.name in ASKED else {}


def _is_gold(candidate: Candidate, row: Question, assistant: Assistant) -> bool:
    for group in row.evidence:
        for alternative in group:
            for document, span in _places(alternative, assistant):
                shared = min(span.end, candidate.span.end) - max(span.start, candidate.span.start)
                if document == candidate.document and shared * 10 >= 6 * min(
                    len(span), len(candidate.span)
                ):
                    return True
    return False


def _places(alternative: str | Place, assistant: Assistant) -> list[tuple[str, Span]]:
    if isinstance(alternative, Place):
        return [(alternative.document, Span(alternative.start, alternative.end))]
    texts = {d.name: assistant.document(d.name).text for d in assistant.documents()}
    return [
        (name, Span(text.find(alternative), text.find(alternative) + len(alternative)))
        for name, text in texts.items()
        if alternative in text
    ]


def fit(rows: NDArray[np.float64], gold: NDArray[np.bool_], names: tuple[str, ...]) -> Logistic:
    """Fit a logistic model on standardised features, and give the weights for features as they are."""
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)

    def weigh(used: NDArray[np.bool_]) -> NDArray[np.float64]:
        model.fit(((rows - mean) / scale)[:, used], gold)
        return np.asarray(model.coef_[0])

    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    weights = _with_signs(weigh, names) / scale
    return Logistic(weights, float(model.intercept_[0] - weights @ mean))


def fit_ranking(
    questions: list[tuple[NDArray[np.float64], NDArray[np.bool_]]], names: tuple[str, ...]
) -> Logistic:
    """Fit weights that put evidence before the other sentences of its own question.

    The chance that a sentence is the evidence is a softmax over all those found for its question
    (McFadden's conditional logit, 1974); the score is then made a probability by Platt's scaling.

    Args:
        questions: of each, (sentences, features) and which sentences are evidence, at least one.
        names: of the features.
    """
    every = np.concatenate([rows for rows, _ in questions])
    mean, scale = every.mean(axis=0), np.maximum(every.std(axis=0), 1e-3)
    standard = [torch.tensor((rows - mean) / scale, dtype=torch.float64) for rows, _ in questions]
    evidence = [torch.tensor(gold) for _, gold in questions]

    def weigh(used: NDArray[np.bool_]) -> NDArray[np.float64]:
        chosen = torch.tensor(used)
        weights = torch.zeros(int(used.sum()), dtype=torch.float64, requires_grad=True)
        optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

        def loss() -> torch.Tensor:
            optimiser.zero_grad()
            misses = [
                -torch.logsumexp(torch.log_softmax(rows[:, chosen] @ weights, 0)[gold], 0)
                for rows, gold in zip(standard, evidence, strict=True)
            ]
            total = torch.stack(misses).mean() + _DECAY * (weights**2).sum()
            total.backward()  # type: ignore[no-untyped-call]  # torch's own
            return total

        optimiser.step(loss)  # type: ignore[arg-type]  # a tensor is a float here
        return weights.detach().numpy()

    weights = _with_signs(weigh, names) / scale
    gold = np.concatenate([gold for _, gold in questions])
    platt = LogisticRegression(C=1e3).fit((every @ weights)[:, None], gold)
    slope = float(platt.coef_[0][0])
    return Logistic(weights * slope, float(platt.intercept_[0]))


def _with_signs(
    weigh: Callable[[NDArray[np.bool_]], NDArray[np.float64]], names: tuple[str, ...]
) -> NDArray[np.float64]:
    """Weights of all features, fitted with those only that come out the right way round.

    Every feature is made so that more of it means a better answer, "unknown" so that less does. One
    that comes out the other way round has learned a quirk of the set: it is left out, and the rest
    fitted again.
    """
    signs = np.array([-1 if name == "unknown" else 1 for name in names])
    used = np.ones(len(names), dtype=bool)
    while True:
        weights = np.zeros(len(names))
        weights[used] = weigh(used)
        wrong = weights * signs < 0
        if not wrong.any():
            return weights
        used &= ~wrong


def fit_both(asked: list[Asked]) -> tuple[Logistic, Logistic]:
    """Fit the sentence model, then the confidence model on what it scores."""
    usable = [a for a in asked if a.answerable and a.gold.any()]
    sentence = fit_ranking(
        [(a.rows, a.gold) for a in usable],
        features(asked[0].asked),
    )
    answerable = np.array([a.answerable for a in asked])
    return sentence, fit(_question_rows(asked, sentence), answerable, CONFIDENCE_FEATURES)


def fit_beside(asked: list[Asked], sentence: Logistic) -> Logistic:
    """Fit what says whether a sentence belongs to the answer beside the best one."""
    rows, gold = [], []
    for one in asked:
        if one.answerable and one.asked.form == "fact":
            ranked = sorted(
                zip(_rescored(one, sentence), one.gold, strict=True),
                key=lambda pair: -pair[0].logit,
            )
            best, *others = ranked[: 1 + LOOKED_AT]
            rows += [beside_row(best[0], other) for other, _ in others]
            gold += [is_gold for _, is_gold in others]
    return fit(np.array(rows), np.array(gold), BESIDE_FEATURES)


def _rescored(one: Asked, sentence: Logistic) -> list[Candidate]:
    logits = sentence(one.rows)
    return [replace(c, logit=float(logit)) for c, logit in zip(one.scored, logits, strict=True)]


def _question_rows(asked: list[Asked], sentence: Logistic) -> NDArray[np.float64]:
    return np.array([
        _confidence_row(one, _rescored(one, sentence)) for one in asked
    ])  # fmt: skip


def _confidence_row(one: Asked, scored: list[Candidate]) -> NDArray[np.float64]:
    return confidence_row(one.asked, one.vocabulary, scored)


@dataclass(frozen=True)
class Judgement:
    """How questions were read and doubted by weights fitted on other articles.

    Attributes:
        first: (questions,) whether the best sentence is evidence.
        chances: (questions,) the confidence that the articles answer.
        answerable: (questions,) whether they do.
    """

    first: NDArray[np.bool_]
    chances: NDArray[np.float64]
    answerable: NDArray[np.bool_]

    def measures(self) -> dict[str, float]:
        """The figures of docs/evidence.md; the calibration error is expected, over ten bins."""
        bins = np.minimum((self.chances * 10).astype(int), 9)
        error = sum(
            abs(self.chances[bins == b].mean() - self.answerable[bins == b].mean())
            * (bins == b).mean()
            for b in set(bins)
        )
        return {
            "questions": len(self.chances),
            "best_sentence_is_evidence": round(float(self.first[self.answerable].mean()), 3),
            "auroc": round(float(roc_auc_score(self.answerable, self.chances)), 3),
            "expected_calibration_error": round(float(error), 3),
        }


def cross_validate(asked: list[Asked]) -> Judgement:
    """Judge each question by weights fitted on other articles, in five folds."""
    groups = [a.article for a in asked]
    first, chances = np.zeros(len(asked), dtype=bool), np.zeros(len(asked))
    folds = GroupKFold(n_splits=min(5, len(set(groups))))
    for train, test in folds.split(asked, groups=groups):  # type: ignore[arg-type]  # a list will do
        sentence, confidence = fit_both([asked[i] for i in train])
        held = [asked[i] for i in test]
        chances[test] = 1 / (1 + np.exp(-confidence(_question_rows(held, sentence))))
        first[test] = [bool(a.gold[np.argmax(sentence(a.rows))]) for a in held]
    return Judgement(first, chances, np.array([a.answerable for a in asked]))


def collect(
    sets: Sequence[str], limit: int, readers: Sequence[JointReader]
) -> dict[str, list[Asked]]:
    """Search and read for the questions of sets, by the form that the product weighs them by."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    for part in sets:
        questions, articles = map(Path, part.split("="))
        found = ask(questions, articles, limit, readers)
        for one in found:
            # The product weighs a question by its own form, whatever set it comes from.
            asked["said" if one.asked.form == "said" else "fact"].append(one)
        _log.info("%s: %d questions", questions, len(found))
    return asked


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The command line that this and ``training.ablation`` share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", help="QUESTIONS.jsonl=ARTICLES")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--limit",
        type=int,
        default=0,
        help="about so many questions of a set, evenly taken; 0 for all",
    )
    parser.add_argument(
        "--readers", type=Path, nargs=FOLDS, default=(), metavar="ONNX",
        help="readers trained without fold 0, 1, 2 and 3",
    )  # fmt: skip
    return parser


def _table(model: Logistic, names: tuple[str, ...]) -> dict[str, object]:
    weights = zip(names, model.weights, strict=True)
    return {
        "weights": {name: round(float(w), 5) for name, w in weights if w},
        "bias": round(model.bias, 5),
    }


def main() -> None:
    """Read the command line, fit, judge and write."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = arguments(__doc__).parse_args()
    asked = collect(given.sets, given.limit, [JointReader(path) for path in given.readers])
    data = {}
    for form, rows in asked.items():
        _log.info("%s: %s", form, cross_validate(rows).measures())
        sentence, confidence = fit_both(rows)
        data[form] = {
            "sentence": _table(sentence, features(rows[0].asked)),
            "confidence": _table(confidence, CONFIDENCE_FEATURES),
        }
        if form == "fact":
            data["beside"] = {"sentence": _table(fit_beside(rows, sentence), BESIDE_FEATURES)}
    given.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
