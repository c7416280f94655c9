"""Question sets from articles, without a language model, for a person to review.

Who said what comes from the ledger; names, numbers, dates and places from plain sentences turned
around by their parse; unanswerable twins from both, with a speaker or a name swapped for another of
the same articles, and checked against all of them. What is checked is the text: a set checked by the
assistant that it is to measure would hold only what this assistant declines.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from indexes.documents import Document
from indexes.errors import DocumentError, OnrecordError
from indexes.loaders import files_under, load
from qa.evaluation.journal import replacing
from qa.evaluation.making.articles import Article
from qa.evaluation.making.facts import fact_questions
from qa.evaluation.making.sayings import saying_questions
from qa.evaluation.making.twins import Draft, twins
from qa.evaluation.questions import Question

_UNANSWERABLE = 1 / 3
"""Share of a set that its unanswerable twins make up, where there are enough."""


def make(sources: Iterable[Path], *, count: int, seed: int) -> list[Question]:
    """Make questions on articles, in the order of the articles and of the places of the answers.

    Args:
        sources: files, or folders of them.
        count: how many questions an article has at most.
        seed: of what is drawn where there are more.

    Raises:
        DocumentError: if a file cannot be read, or nothing can be asked of them.
    """
    documents = _named_apart([load(file) for source in sources for file in files_under(source)])
    articles = [Article.read(document) for document in documents]
    short = _short_names([document.name for document in documents])
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, not a secret
    made: list[Question] = []
    for article in articles:
        drafts = [*saying_questions(article), *fact_questions(article)]
        without = [twin for draft in drafts for twin in twins(draft, article, articles)]
        some = _some(without, min(round(count * _UNANSWERABLE), len(without)), chance)
        chosen = _some(drafts, count - len(some), chance)
        name = article.document.name
        made += [
            draft.question(f"{short[name]}-{number}", name)
            for number, draft in enumerate([*chosen, *some], start=1)
        ]
    if not made:
        raise DocumentError(
            "Nothing in these articles could be turned into a question; they may be too short, or not "
            "in English."
        )
    return made


def save(questions: Sequence[Question], path: Path) -> None:
    """Write a question set as JSON lines, whole or not at all.

    Raises:
        OnrecordError: if it cannot be written.
    """
    try:
        with replacing(path) as file:
            for question in questions:
                file.write(question.model_dump_json(exclude_defaults=True).encode() + b"\n")
    except OSError as error:
        raise OnrecordError(
            f"The questions cannot be written to {path} ({error.strerror or error}); choose another "
            "file with --out."
        ) from error


def _some(drafts: Sequence[Draft], count: int, chance: random.Random) -> list[Draft]:
    """Draw some, kinds in turn, so that no kind crowds out another; in the order given."""
    pools: dict[str, list[int]] = {}
    for number, draft in enumerate(drafts):
        pools.setdefault(draft.kind, []).append(number)
    for kind in sorted(pools):
        chance.shuffle(pools[kind])
    chosen: list[int] = []
    while len(chosen) < min(count, len(drafts)):
        for kind in sorted(pools):
            if pools[kind] and len(chosen) < count:
                chosen.append(pools[kind].pop())
    return [drafts[number] for number in sorted(chosen)]


def _short_names(names: Sequence[str]) -> dict[str, str]:
    """Each article's name without its ending, or whole where another one would be called so."""
    stems = Counter(Path(name).stem for name in names)
    return {
        name: stem if stems[stem := Path(name).stem] == 1 and stem not in names else name
        for name in names
    }


def _named_apart(documents: Sequence[Document]) -> list[Document]:
    """The documents, each content once.

    Raises:
        DocumentError: if two different ones bear the same name, under which questions refer to them.
    """
    kept: dict[str, Document] = {}
    for document in documents:
        other = kept.setdefault(document.name, document)
        if other.id != document.id:
            raise DocumentError(
                f"Two articles are named {document.name}; rename one, or make a set for each.",
                document.name,
            )
    return list(kept.values())
