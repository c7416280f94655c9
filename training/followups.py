"""Fit ``qa/followups.json``: ``python -m training.followups REWRITES… --out qa/followups.json``.

REWRITES are JSON lines as in ``../shared/rewrites``: a question, the questions and answers before
it, perhaps a topic, and its self-contained form. Half of the conversations, by a hash of what they
are about, are fitted on; the other half is only judged. Conversations on news, made up here from
made-up names, are fitted on too, so that nothing is added to them that is not asked for.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import logging
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from qa.followup_additions import FEATURES, Asked, Trees, added
from qa.followup_words import FEMALE, MALE
from qa.followups import remembered, understood

_log = logging.getLogger("training.followups")
_MADE = 400
_STOP = frozenset(
    """a an the of to in on at for by with and or is are was were be been do does did has have had it its this
    that these those there he she they him her them his their what which who whom whose when where why how s""".split()
)


@dataclass(frozen=True)
class Turn:
    """A follow-up with its gold form.

    Attributes:
        source: the set it comes from.
        about: what its conversation is about; conversations about the same are kept together.
        history: what was said before it.
        question: as asked.
        gold: its self-contained form.
    """

    source: str
    about: str
    history: tuple[str, ...]
    question: str
    gold: str


@dataclass(frozen=True)
class Case:
    """A follow-up, read by the product, with the share of each candidate that the gold form adds."""

    turn: Turn
    asked: Asked
    shares: list[float]


def load(path: Path) -> list[Turn]:
    """Read a set; a conversation with a topic is taken without it, with its title, and with all."""
    turns = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        topic = row.get("topic", [])
        about = topic[0] if topic else re.split(r"_\d+$|<::>", row["id"])[0]
        for length in range(len(topic) + 1):
            source = path.stem + ("", "+title", "+title+section")[length]
            history = (*topic[:length], *row["history"])
            turns.append(Turn(source, about, history, row["question"], row["rewrite"]))
    return turns


def unseen(turn: Turn) -> bool:
    """Tell whether a conversation is in the half that is only judged."""
    return hashlib.sha256(f"0:{turn.about}".encode()).digest()[0] % 2 == 1


def words(text: str) -> list[str]:
    """Cut into words as ``shared/tools/rewrites.py`` does."""
    return re.findall(r"[\w']+", text.lower().replace("’", "'").replace("'s", " 's"))


def full(text: str) -> collections.Counter[str]:
    """Count the words that are not function words."""
    return collections.Counter(w for w in words(text) if w.strip("'") not in _STOP)


def made_up(count: int, seed: int) -> Iterator[Turn]:
    """Make conversations on news up."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    nouns = "report treaty ceasefire strike bridge budget verdict plan ferry tax vaccine pipeline".split()
    kinds = "harbour border grain island winter northern coastal railway mountain river".split()

    def surname() -> str:
        parts = (
            "Bra",
            "Tel",
            "Mor",
            "Var",
            "Kes",
            "Lin",
            "Dro",
            "Hal",
            "Pem",
            "Sul",
            "Or",
            "Gar",
            "Fen",
        )
        ends = (
            "vik",
            "mann",
            "ow",
            "esco",
            "ton",
            "berg",
            "ley",
            "ard",
            "ini",
            "dow",
            "ski",
            "quist",
        )
        return draw.choice(parts) + draw.choice(ends)

    for number in range(count):
        a, b, c = surname(), surname(), surname()
        given = draw.choice(sorted(MALE | FEMALE)).capitalize()
        he = "he" if given.lower() in MALE else "she"
        him, his = {"he": ("him", "his"), "she": ("her", "her")}[he]
        anyone, anyones = draw.choice([("he", "him"), ("she", "her")])
        thing = f"the {draw.choice(kinds)} {draw.choice(nouns)}"
        named = f"the {surname()} {draw.choice(('report', 'treaty', 'Pact', 'Prize', 'bridge'))}"
        say = draw.choice(["say about", "think of", "tell reporters about"])
        said = f"What did {a} {say} {b}?"
        on = f"What did {a} {say} {thing}?"
        met = f"Did {a} meet {b}{draw.choice(['', ' in 2015', ' on Friday'])}?"
        both = f"{a} and {b}"
        dialogues = [
            (said, f"And what did {c} say about {anyones}?", f"What did {c} say about {b}?"),
            (said, f"Why did {anyone} say that?", f"Why did {a} say that?"),
            (said, f"When was {anyone} arrested?", f"When was {b} arrested?"),
            (said, f"Did {c} agree with {anyones}?", f"Did {c} agree with {b}?"),
            (said, f"Where is {anyone} now?", f"Where is {b} now?"),
            (said, f"What did {c} say?", f"What did {c} say?"),
            (said, f"Who is {c}?", f"Who is {c}?"),
            (on, f"And what did {c} say about it?", f"What did {c} say about {thing}?"),
            (on, f"Did {anyone} support it?", f"Did {a} support {thing}?"),
            (on, "When was it announced?", f"When was {thing} announced?"),
            (on, "How much will it cost?", f"How much will {thing} cost?"),
            (on, f"Who won the {surname()} Prize?", None),
            (f"Who is {given} {b}?", f"When was {he} detained?", f"When was {given} {b} detained?"),
            (f"Who is {given} {b}?", f"What is {his} job?", f"What is {given} {b}'s job?"),
            (f"Who is {given} {b}?", f"What did {a} say about {him}?", f"What did {a} say about {given} {b}?"),
            (f"Did {a} read {named}?", f"What did {anyone} say about it?", f"What did {a} say about {named}?"),
            (f"What is {named}?", "Who signed it?", f"Who signed {named}?"),
            (f"What is {named}?", "What are the benefits?", f"What are the benefits of {named}?"),
            (f"What is {named}?", f"What did {c} say about {thing}?", None),
            (met, "What did they discuss?", f"What did {both} discuss?"),
            (met, "Who else attended it?", f"Who else attended the meeting between {both}?"),
            (met, f"What did {anyone} say?", f"What did {a} say?"),
            (met, f"When did {c} resign?", None),
            (met, f"How many people live in {surname()}?", None),
        ]  # fmt: skip
        first, question, gold = draw.choice(dialogues)
        answers = [
            f"{a} said on Tuesday that {b} had done well. [1]",
            f"{surname()} told reporters about {thing}. [1]",
        ]
        history = [first]
        if draw.random() < 0.3:
            history = [f"Who is {surname()}?", *history]
        if draw.random() < 0.4 and first in (said, on):
            history.append(answers[first == on])
        yield Turn("made-up", f"made-up {number}", tuple(history), question, gold or question)


def read(turns: Sequence[Turn]) -> list[Case]:
    """Let the product read every question."""
    cases = []
    for turn in turns:
        asked = understood(turn.question, remembered(turn.history))
        has = full(asked.resolved)
        missing = full(turn.gold) - has
        shares = []
        for one in asked.found:
            own = full(one.text) - has
            shares.append((own & missing).total() / own.total() if own else 0.0)
        cases.append(Case(turn, asked, shares))
    return cases


def fit(cases: Sequence[Case], seed: int = 0) -> Trees:
    """Fit the trees to which candidates the gold forms add."""
    rows = np.array([one.row for case in cases for one in case.asked.found])
    shares = np.array([share for case in cases for share in case.shares])
    model = GradientBoostingClassifier(
        n_estimators=150, learning_rate=0.1, max_depth=4, min_samples_leaf=30, subsample=0.5,
        max_features=0.3, random_state=seed,
    )  # fmt: skip
    part = (shares > 0) & (shares < 1)
    x = np.concatenate([rows, rows[part]])
    y = np.concatenate([shares > 0, np.zeros(part.sum(), bool)])
    weight = np.concatenate([np.where(part, shares, 1.0), 1 - shares[part]])
    model.fit(x, y, sample_weight=weight)
    prior = model.init_.class_prior_
    return Trees(
        float(np.log(prior[1] / prior[0])),
        tuple(_nodes(one[0].tree_, model.learning_rate) for one in model.estimators_),
    )


def _nodes(tree: object, rate: float) -> tuple[tuple[float, ...], ...]:
    t = tree
    return tuple(
        (int(f), round(float(cut), 4), int(left), int(right)) if left >= 0 else (round(float(value[0][0]) * rate, 5),)
        for f, cut, left, right, value in zip(
            t.feature, t.threshold, t.children_left, t.children_right, t.value, strict=True  # type: ignore[attr-defined]  # scikit-learn's Tree has no types
        )
    )  # fmt: skip


def chances(trees: Trees, case: Case) -> list[float]:
    """Weigh the candidates of a question."""
    return [trees(one.row) for one in case.asked.found]


@dataclass(frozen=True)
class Judged:
    """How well questions were written out, as ``shared/tools/rewrites.py`` has it."""

    questions: int
    added_recall: float
    added_precision: float
    left_alone: float


def judge(pairs: Sequence[tuple[Turn, str]]) -> Judged:
    """Judge the written forms."""
    right = gained = wanted = 0
    alone = []
    for turn, text in pairs:
        gold, got = full(turn.gold) - full(turn.question), full(text) - full(turn.question)
        right, gained, wanted = (
            right + (gold & got).total(),
            gained + got.total(),
            wanted + gold.total(),
        )
        if words(turn.gold) == words(turn.question):
            alone.append(words(text) == words(turn.question))
    return Judged(
        len(pairs), round(right / max(1, wanted), 3), round(right / max(1, gained), 3),
        round(sum(alone) / max(1, len(alone)), 3),
    )  # fmt: skip


def out_of_fold(cases: Sequence[Case], folds: int = 4) -> list[list[float]]:
    """Weigh every case by trees fitted on the conversations of the other folds."""
    result: list[list[float]] = [[] for _ in cases]
    groups = [case.turn.about for case in cases]
    for train, test in GroupKFold(n_splits=folds).split(cases, groups=groups):  # type: ignore[arg-type]  # a list will do
        trees = fit([cases[i] for i in train])
        for i in test:
            result[i] = chances(trees, cases[i])
    return result


def report(turns: Sequence[Turn], texts: Sequence[str]) -> None:
    """Log how each set fares."""
    for source in dict.fromkeys(turn.source for turn in turns):
        pairs = [(t, text) for t, text in zip(turns, texts, strict=True) if t.source == source]
        _log.info("%s: %s", source, judge(pairs))


def main() -> None:
    """Read the command line, fit, judge and write."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rewrites", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    turns = [turn for path in given.rewrites for turn in load(path)]
    fitted = read([*(turn for turn in turns if not unseen(turn)), *made_up(_MADE, seed=0)])
    held = read([turn for turn in turns if unseen(turn)])
    _log.info("By trees fitted on the other conversations of the same half:")
    weighed = out_of_fold(fitted)
    report(
        [c.turn for c in fitted], [added(c.asked, w) for c, w in zip(fitted, weighed, strict=True)]
    )
    trees = fit(fitted)
    data = {"features": FEATURES, "bias": round(trees.bias, 5), "trees": trees.trees}
    given.out.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    _log.info("On the unseen half, by the rules alone:")
    report([c.turn for c in held], [c.asked.resolved for c in held])
    _log.info("On the unseen half:")
    report([c.turn for c in held], [added(c.asked, chances(trees, c)) for c in held])


if __name__ == "__main__":
    main()
