"""Questions on invented news reports: ``training/reports/``.

A large language model invented the reports and wrote the questions: what one of several people says on one
of several things, facts, comparisons, and near misses in the report's own words. Most questions have a twin
alike in wording, which is answered where they are not. In a file each line is a numbered sentence, a blank line
begins a paragraph, and behind ``==`` each line is a question: its kind, the question (behind ``>>`` one that
follows another), and the numbers of the sentences that answer it, of which ``7/15`` say the same.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexes.documents import Span
from qa.followups import self_contained
from training.data import Article, Example
from training.written import of_an_article

REPORTS = Path(__file__).with_name("reports")
KINDS = frozenset("ACFLNUW")
_SENTENCE = re.compile(r"(\d+)\| *(.+)")
_QUESTIONS = "\n==\n"


@dataclass(frozen=True)
class Asked:
    """A question on a report.

    Attributes:
        kind: a letter of ``KINDS``: attribution, contrast, fact, list, none (nothing answers), follow-up, why.
        question: as asked.
        history: the questions before it.
        evidence: what must be cited; of each, the places that say the same.
    """

    kind: str
    question: str
    history: tuple[str, ...]
    evidence: tuple[tuple[Span, ...], ...]


def read_report(file: Path) -> tuple[str, list[Asked]]:
    """The text of a report, headline first, and its questions.

    Raises:
        ValueError: a line has another form, or a sentence another one's number; the message names file and line.
    """
    told, _, questions = file.read_text(encoding="utf-8").partition(_QUESTIONS)
    text, gap, places = "", "", dict[int, Span]()
    for line in told.splitlines():
        sentence = _SENTENCE.fullmatch(line)
        if sentence and text and int(sentence[1]) not in places:
            text += gap
            places[int(sentence[1])] = Span(len(text), len(text) + len(sentence[2]))
            text, gap = text + sentence[2], " "
        elif line.startswith("# ") and not text:
            text, gap = line.removeprefix("# "), "\n\n"
        elif line:
            raise ValueError(f"{file.name}: {line}")
        else:
            gap = "\n\n"
    return text, [_asked(line, places, file.name) for line in questions.splitlines() if line]


def _asked(line: str, places: dict[int, Span], name: str) -> Asked:
    try:
        kind, put, cited = (part.strip() for part in line.split("|"))
        *history, question = (part.strip() for part in put.split(">>"))
        groups = [] if cited == "-" else [group.split("/") for group in cited.split()]
        evidence = tuple(tuple(places[int(number)] for number in group) for group in groups)
    except (ValueError, KeyError) as error:
        raise ValueError(f"{name}: {line}") from error
    if kind not in KINDS:
        raise ValueError(f"{name}: {line}")
    return Asked(kind, question, tuple(history), evidence)


def load_reports(*, longest: int, seed: int = 0) -> Iterator[Example]:
    """Read the questions, each with passages that answer it and one that does not, or that only come near."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    for file in sorted(REPORTS.glob("*.txt")):
        text, questions = read_report(file)
        article = Article.of(file.name, text)
        for asked in questions:
            question = self_contained(asked.question, asked.history)
            gold = [place for group in asked.evidence for place in group]
            for example in of_an_article(question, text, gold, article, longest, draw):
                yield dataclasses.replace(example, paired=True)
