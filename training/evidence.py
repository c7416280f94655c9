"""Fit the weights of ``qa/evidence.json``: ``python -m training.evidence SET… --out evidence.json``.

A SET is ``QUESTIONS.jsonl=ARTICLES``, or ``…@WEIGHT`` where its questions shall count otherwise than one each, or
``…@WEIGHT/DOUBT`` where they shall count otherwise again for the confidence.
Every question is searched and
read by the product itself; a sentence counts as evidence when it shares most of itself, or of the
evidence, with a gold one. One model ranks the sentences of a question, a second one, on questions,
says whether the articles answer, a third one which sentences belong beside the best; the first two are judged by
cross-validation over articles.

The joint reader was trained on ``squad/``, ``clapnq/`` and the written questions: with ``--readers`` each of their
questions is read by the one of four readers that did not see its article (``training.reader --without``), or by the
one given.
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
from qa.beside import BESIDE_FEATURES, beside_rows
from qa.confidence import CONFIDENCE_FEATURES, confidence_row
from qa.evaluation import Place, Question, QuestionSet
from qa.evidence import Candidate, Vocabulary, features
from qa.question import Question as Understood
from qa.question import understand
from qa.readers.extractive import ExtractiveReader
from qa.readers.findings import Findings
from qa.readers.joint import JointReader
from qa.selection import LOOKED_AT
from qa.weights import Logistic
from training.data import ASKED, FOLDS, question_folds
from training.written import WRITTEN, folds

_log = logging.getLogger("training.evidence")
_STRENGTH = 0.1  # inverse of the L2 penalty, features standardised
_DECAY = 0.003  # L2 penalty of the ranking
_AGAIN = 5
"""How many of a question's likeliest sentences are looked at again: with other weights, another is the best."""


@dataclass
class Asked:
    """A question with all that was found for it.

    Attributes:
        article: which article it is about.
        answerable: whether that answers it.
        rows: (sentences, features) what is known of each sentence found.
        gold: (sentences,) whether each is evidence.
        scored: the sentences.
        asked: the question, understood.
        vocabulary: how rare its words are.
        again: (sentences,) what a second look at each gives.
        weight: how much it counts for the ranking, and for what belongs beside the best.
        doubt: how much it counts for the confidence.
    """

    article: str
    answerable: bool
    rows: NDArray[np.float64]
    gold: NDArray[np.bool_]
    scored: list[Candidate]
    asked: Understood
    vocabulary: Vocabulary
    again: list[float]
    weight: float = 1.0
    doubt: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """A set of questions, the articles that they are about, and how much each question counts (see ``Asked``)."""

    questions: Path
    articles: Path
    weight: float
    doubt: float

    @classmethod
    def of(cls, given: str) -> Source:
        """Read ``QUESTIONS.jsonl=ARTICLES@WEIGHT/DOUBT``."""
        questions, _, rest = given.partition("=")
        articles, _, counts = rest.partition("@")
        weight, _, doubt = counts.partition("/")
        return cls(Path(questions), Path(articles), float(weight or 1), float(doubt or weight or 1))


def ask(
    source: Source,
    limit: int,
    readers: Sequence[JointReader] = (),
    held_out: tuple[str, ...] = (),
) -> list[Asked]:
    """Search and read for every question, each with the reader that did not see its article."""
    questions, articles = source.questions, source.articles
    found, nothing = [], 0
    rows = [row for row in QuestionSet.load(questions) if not row.id.startswith(held_out)]
    named = {articles / name for row in rows for name in row.documents or ()}
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant.open(folder)
        assistant.add(*(sorted(named) if all(row.documents for row in rows) else [articles]))
        own = ExtractiveReader(assistant.index)
        by_fold = [ExtractiveReader(assistant.index, lambda r=r: r) for r in readers]  # type: ignore[misc]
        fold_of = _folds_of(questions) if readers else {}
        rows = rows[:: max(1, len(rows) // limit)] if limit else rows
        for row in rows:
            reader = by_fold[fold_of[row.id] % len(by_fold)] if fold_of else own
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
                    _second_looks(looked.question or question, looked, reader), source.weight, source.doubt,
                )
            )  # fmt: skip
    _log.info("%s: nothing is found for %d questions, which are left out", questions, nothing)
    return found


def _second_looks(question: Understood, looked: Findings, reader: ExtractiveReader) -> list[float]:
    likeliest = sorted(looked.scored, key=lambda c: -c.logit)[:_AGAIN]
    return [
        reader.look_again(question, c, looked) if c in likeliest else c.passage_answers
        for c in looked.scored
    ]


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


def fit(
    rows: NDArray[np.float64],
    gold: NDArray[np.bool_],
    counts: NDArray[np.float64],
    names: tuple[str, ...],
    signed: bool = True,
) -> Logistic:
    """Fit a logistic model on standardised features, and give the weights for features as they are.

    ``counts`` is how much each row counts; unless ``signed``, a feature may speak against it, too.
    """
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)

    def weigh(used: NDArray[np.bool_]) -> NDArray[np.float64]:
        model.fit(((rows - mean) / scale)[:, used], gold, sample_weight=counts)
        return np.asarray(model.coef_[0])

    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    every = np.ones(len(names), dtype=bool)
    weights = (_with_signs(weigh, names) if signed else weigh(every)) / scale
    return Logistic(weights, float(model.intercept_[0] - weights @ mean))


def fit_ranking(asked: Sequence[Asked], names: tuple[str, ...]) -> Logistic:
    """Fit weights that put evidence before the other sentences of its own question.

    The chance that a sentence is the evidence is a softmax over all those found for its question
    (McFadden's conditional logit, 1974); the score is then made a probability by Platt's scaling.

    Args:
        asked: questions, with a sentence at least that is evidence.
        names: of the features.
    """
    every = np.concatenate([one.rows for one in asked])
    mean, scale = every.mean(axis=0), np.maximum(every.std(axis=0), 1e-3)
    standard = [torch.tensor((one.rows - mean) / scale, dtype=torch.float64) for one in asked]
    evidence = [torch.tensor(one.gold) for one in asked]
    counts = torch.tensor([one.weight for one in asked], dtype=torch.float64)

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
            mean_miss = (torch.stack(misses) * counts).sum() / counts.sum()
            total = mean_miss + _DECAY * (weights**2).sum()
            total.backward()  # type: ignore[no-untyped-call]  # torch's own
            return total

        optimiser.step(loss)  # type: ignore[arg-type]  # a tensor is a float here
        return weights.detach().numpy()

    weights = _with_signs(weigh, names) / scale
    gold = np.concatenate([one.gold for one in asked])
    each = np.concatenate([np.full(len(one.gold), one.weight) for one in asked])
    platt = LogisticRegression(C=1e3).fit((every @ weights)[:, None], gold, sample_weight=each)
    slope = float(platt.coef_[0][0])
    return Logistic(weights * slope, float(platt.intercept_[0]))


def _with_signs(
    weigh: Callable[[NDArray[np.bool_]], NDArray[np.float64]], names: tuple[str, ...]
) -> NDArray[np.float64]:
    """Weights of all features, fitted with those only that come out the right way round.

    Every feature is made so that more of it means a better answer, "unknown" and "heading" so that less does. One
    that comes out the other way round has learned a quirk of the set: it is left out, and the rest
    fitted again.
    """
    signs = np.array([-1 if name in ("unknown", "heading") else 1 for name in names])
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
    sentence = fit_ranking(usable, features(asked[0].asked))
    answerable = np.array([a.answerable for a in asked])
    counts = np.array([a.doubt for a in asked])
    rows = _question_rows(asked, sentence)
    return sentence, fit(rows, answerable, counts, CONFIDENCE_FEATURES)


def fit_beside(asked: list[Asked], sentence: Logistic) -> Logistic:
    """Fit what says whether a sentence belongs to the answer beside the best one."""
    rows, gold, counts = [], [], []
    for one in asked:
        scored = sorted(
            zip(_rescored(one, sentence), one.gold, strict=True), key=lambda pair: -pair[0].logit
        )
        best, *others = scored
        if one.answerable and others:
            described = beside_rows(one.asked, best[0], [other for other, _ in others])
            rows += list(described[:LOOKED_AT])
            gold += [is_gold for _, is_gold in others[:LOOKED_AT]]
            counts += [one.weight] * len(others[:LOOKED_AT])
    return fit(np.array(rows), np.array(gold), np.array(counts), BESIDE_FEATURES, signed=False)


def _rescored(one: Asked, sentence: Logistic) -> list[Candidate]:
    logits = sentence(one.rows)
    return [replace(c, logit=float(logit)) for c, logit in zip(one.scored, logits, strict=True)]


def _question_rows(asked: list[Asked], sentence: Logistic) -> NDArray[np.float64]:
    return np.array([
        _confidence_row(one, _rescored(one, sentence)) for one in asked
    ])  # fmt: skip


def _confidence_row(one: Asked, scored: list[Candidate]) -> NDArray[np.float64]:
    best = int(np.argmax([candidate.logit for candidate in scored]))
    return confidence_row(one.asked, one.vocabulary, scored, one.again[best])


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
    sets: Sequence[str], limit: int, readers: Sequence[JointReader], held_out: Sequence[str] = ()
) -> dict[str, list[Asked]]:
    """Search and read for the questions of sets, by the form that the product weighs them by."""
    asked: dict[str, list[Asked]] = defaultdict(list)
    for part in sets:
        source = Source.of(part)
        found = ask(source, limit, readers, tuple(held_out))
        for one in found:
            # The product weighs a question by its own form, whatever set it comes from.
            asked["said" if one.asked.form == "said" else "fact"].append(one)
        _log.info("%s: %d questions", source.questions, len(found))
    return asked


def arguments(description: str | None) -> argparse.ArgumentParser:
    """The command line that this and ``training.ablation`` share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sets", nargs="+", help="QUESTIONS.jsonl=ARTICLES, …@WEIGHT or …@WEIGHT/DOUBT"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--limit",
        type=int,
        default=0,
        help="about so many questions of a set, evenly taken; 0 for all",
    )
    parser.add_argument(
        "--readers", type=Path, nargs="+", default=(), metavar="ONNX",
        help=f"{FOLDS} readers trained without fold 0, 1, 2 and 3, or one trained without any",
    )  # fmt: skip
    parser.add_argument(
        "--held-out", nargs="+", default=(), metavar="PREFIX",
        help="leave out questions whose ids begin so",
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
    readers = [JointReader(path) for path in given.readers]
    asked = collect(given.sets, given.limit, readers, given.held_out)
    data = {}
    for form, rows in asked.items():
        _log.info("%s: %s", form, cross_validate(rows).measures())
        sentence, confidence = fit_both(rows)
        data[form] = {
            "sentence": _table(sentence, features(rows[0].asked)),
            "confidence": _table(confidence, CONFIDENCE_FEATURES),
            "beside": _table(fit_beside(rows, sentence), BESIDE_FEATURES),
        }
    given.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
