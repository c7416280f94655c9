"""Questions with passages and their evidence, to train the joint reader on.

An example is a question, a passage of whole sentences, and which of them are evidence: none, when
the passage does not answer. Sources: ``reading/`` (SQuAD, SQuADShifts, QED), ``selqa/``,
``polnear/train``, and ``squad/`` and ``clapnq/``. The product is measured on these last two as well:
for that, readers are trained without one of four folds of their articles each, and asked about that
fold. On ``polnear/dev`` no reader is trained.
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from indexes.documents import Span
from indexes.sentences import paragraphs, sentences
from indexes.words import content_terms

ASKED = ("squad", "clapnq")
"""Sets that are trained on and measured on, in folds."""
FOLDS = 4
"""Folds of the articles, of which each reader leaves one out."""

_LONGEST_TITLE = 200
"""Characters beyond which a first line is none."""


@dataclass(frozen=True)
class Article:
    """What a passage comes from: a name that is nobody else's, and the title that it is read with."""

    name: str
    title: str

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        """The article of a text, which begins with its title."""
        first = text.lstrip().split("\n", 1)[0].strip()
        return cls(name, first if len(first) <= _LONGEST_TITLE else "")


@dataclass(frozen=True)
class Rival:
    """A passage that does not answer: its text, its sentences, and where it comes from."""

    text: str
    spans: tuple[Span, ...]
    article: Article


@dataclass(frozen=True)
class Example:
    """A question on a passage.

    Attributes:
        question: as asked.
        text: the passage.
        spans: its sentences.
        evidence: the numbers of the sentences that answer; empty when it does not answer.
        answer: the answer's characters, or None.
        article: which the passage comes from.
        whole: the text that the passage was cut from.
        answering: every sentence of that text that answers, also those outside the passage.
        news: whether it comes from news.
        rivals: passages that come up for the question and do not answer it, likeliest first
            (training/rivals.py).
        paired: whether its near misses were written too (training/contrasts.py, training/reports.py), and
            none is to be made.
    """

    question: str
    text: str
    spans: tuple[Span, ...]
    evidence: tuple[int, ...]
    answer: Span | None
    article: Article
    whole: str = ""
    answering: tuple[str, ...] = ()
    news: bool = False
    rivals: tuple[Rival, ...] = ()
    paired: bool = False

    def of_rival(self, rival: Rival) -> Example:
        """Ask the same of a passage that does not answer."""
        return dataclasses.replace(
            self,
            text=rival.text,
            spans=rival.spans,
            article=rival.article,
            evidence=(),
            answer=None,
        )


def load(folder: Path, *, longest: int, seed: int = 0) -> list[Example]:
    """Read every example below ``folder``, passages of at most about ``longest`` characters."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    found = [*_reading(folder / "reading", longest, draw), *_selqa(folder / "selqa", longest, draw)]
    return [*found, *_polnear(folder / "polnear" / "train", longest, draw)]


def load_asked(
    folder: Path, *, longest: int, seed: int = 0, without: int | None = None
) -> list[Example]:
    """Read ``squad/`` and ``clapnq/``, without one fold of their articles (None: all of them).

    Articles go to the folds in turns, in order of name.
    """
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    found = []
    for name in ASKED:
        fold_of = _article_folds(folder / name)
        found += [
            e for e in _asked(folder / name, longest, draw)
            if without is None or fold_of[e.article.name] != without
        ]  # fmt: skip
    return found


def question_folds(questions: Path) -> dict[str, int]:
    """Which fold of the articles each question of a set of ``ASKED`` is about, by its id."""
    fold_of = _article_folds(questions.parent)
    return {row["id"]: fold_of[_article(row)] for row in rows_of(questions)}


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article_folds(folder: Path) -> dict[str, int]:
    names = sorted(file.name for file in (folder / "articles").iterdir())
    return {name: number % FOLDS for number, name in enumerate(names)}


def _article(row: dict[str, Any]) -> str:
    """The article that a question is about: one that nothing answers was asked of one too."""
    name: str = row["paragraph"]["document"] if "paragraph" in row else row["documents"][0]
    return name


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of a text, paragraph by paragraph, as the product cuts them."""
    return tuple(span for paragraph in paragraphs(text) for span in sentences(text, paragraph))


def cropped(
    question: str, text: str, spans: Sequence[Span], answers: Sequence[Span], article: Article, longest: int,
    draw: random.Random, *, news: bool = False, gold: Sequence[Span] | None = None,
) -> Example | None:  # fmt: skip
    """Cut a passage out of a longer text: whole sentences around the answers, which lie anywhere in it.

    ``gold`` is the evidence where it is something else than what the passage is cut around.
    """
    hit = [i for i, span in enumerate(spans) if any(span.overlaps(answer) for answer in answers)]
    if not spans or (answers and not hit):
        return None
    budget = draw.randint(longest // 2, longest)
    first = last = draw.choice(hit) if hit else draw.randrange(len(spans))
    while True:
        sides = [
            side for side in (-1, 1) if 0 <= (first - 1 if side < 0 else last + 1) < len(spans)
        ]
        sides = [s for s in sides if _reach(spans, first - (s < 0), last + (s > 0)) <= budget]
        if not sides:
            break
        side = draw.choice(sides)
        first, last = first - (side < 0), last + (side > 0)
    start, end = spans[first].start, spans[last].end
    kept = tuple(Span(s.start - start, s.end - start) for s in spans[first : last + 1])
    if gold is not None:
        hit = [i for i, span in enumerate(spans) if any(span.overlaps(g) for g in gold)]
        answers = gold
    inside = [a for a in answers if start <= a.start and a.end <= end]
    answer = Span(inside[0].start - start, inside[0].end - start) if inside else None
    return Example(
        question,
        text[start:end],
        kept,
        tuple(i - first for i in hit if first <= i <= last),
        answer,
        article,
        text,
        tuple(spans[i].of(text) for i in hit),
        news,
    )


def _reach(spans: Sequence[Span], first: int, last: int) -> int:
    return spans[last].end - spans[first].start


def _reading(folder: Path, longest: int, draw: random.Random) -> Iterator[Example]:
    for file in sorted(folder.glob("*.jsonl")):
        for row in rows_of(file):
            spans, article = sentences_of(row["context"]), Article(row["title"], row["title"])
            for asked in row["questions"]:
                answers = [Span(a, b) for a, b in asked["answers"] if b > a][:1]
                made = cropped(
                    asked["question"], row["context"], spans, answers, article, longest, draw
                )
                if made:
                    yield made


def _selqa(folder: Path, longest: int, draw: random.Random) -> Iterator[Example]:
    for file in sorted(folder.glob("*.json")):
        for row in json.loads(file.read_text(encoding="utf-8")):
            text, spans = "", []
            for candidate in row["candidates"]:
                spans.append(Span(len(text), len(text) + len(candidate)))
                text += candidate + " "
            answers = [spans[i] for i in row["answers"]]
            article = Article(row["article"], row["article"])
            made = cropped(row["question"], text, spans, answers, article, longest, draw)
            if made:
                yield dataclasses.replace(made, answer=None)


def _polnear(folder: Path, longest: int, draw: random.Random) -> Iterator[Example]:
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted((folder / "articles").iterdir())
    }
    cut = {name: sentences_of(text) for name, text in texts.items()}
    for row in rows_of(folder / "questions.jsonl"):
        name = row["documents"][0]
        text, spans = texts[name], cut[name]
        article = Article.of(name, text)
        gold = [Span(e["start"], e["end"]) for group in row["evidence"] for e in group[:1]]
        if not gold:
            # A trap: the topic is somebody else's. The passage that has it most is the hardest.
            topic = set(content_terms(row["question"]))
            near = max(
                range(len(spans)),
                key=lambda i: len(topic & set(content_terms(spans[i].of(text)))),
                default=0,
            )
            made = cropped(
                row["question"], text, spans, [spans[near]], article, longest, draw, news=True
            )
            made = made and dataclasses.replace(made, evidence=(), answering=())
        else:
            made = cropped(row["question"], text, spans, gold, article, longest, draw, news=True)
        if made:
            yield dataclasses.replace(made, answer=None)


def _asked(folder: Path, longest: int, draw: random.Random) -> Iterator[Example]:
    """Read a set of questions that people asked of articles; an answer may need several sentences."""
    texts = {
        file.name: file.read_text(encoding="utf-8") for file in (folder / "articles").iterdir()
    }
    for row in rows_of(folder / "questions.jsonl"):
        paragraph, name = row.get("paragraph"), _article(row)
        start, end = (paragraph["start"], paragraph["end"]) if paragraph else (0, len(texts[name]))
        text = texts[name][start:end]
        gold = [
            Span(e["start"] - start, e["end"] - start)
            for group in row["evidence"]
            for e in group[:1]
        ]
        article = Article.of(name, texts[name])
        made = cropped(row["question"], text, sentences_of(text), gold, article, longest, draw)
        if made:
            # Only SQuAD's evidence is the answer itself.
            yield made if paragraph else dataclasses.replace(made, answer=None)
