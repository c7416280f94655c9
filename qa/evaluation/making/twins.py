"""Drafts of questions, and their unanswerable twins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexes.documents import Span
from indexes.statements import Statement
from indexes.words import content_terms
from qa.evaluation.making.articles import Article
from qa.evaluation.questions import Place, Question

_SURE = 0.6
"""Score of a statement from which on its speaker is taken for sure."""
_FEW = 0.5
"""Share of a twin's words, its swapped name aside, that no place with the name may have."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question in the making.

    Attributes:
        kind: attribution, who-said, name, number, date, place or unanswerable.
        text: the question.
        evidence: a place for each group.
        answers: what answers it, in a few words; nothing for a question after words.
        name: a name in the question that another can take the place of, with its label.
    """

    kind: str
    text: str
    evidence: tuple[Span, ...]
    answers: tuple[str, ...] = ()
    name: tuple[str, str] | None = None

    def question(self, id_: str, document: str) -> Question:
        """The question of a set, asked of this document only."""
        answerable = self.kind != "unanswerable"
        places = [
            (Place(document=document, start=span.start, end=span.end),) for span in self.evidence
        ]
        return Question(
            id=id_,
            kind=self.kind,
            question=self.text,
            documents=(document,),
            answerable=answerable,
            evidence=tuple(places) if answerable else (),
            answer_contains=(self.answers,) if self.answers and answerable else (),
        )


def twins(draft: Draft, article: Article, articles: Sequence[Article]) -> Iterator[Draft]:
    """Yield the first twin that the article does not answer: another name in the name's place.

    The other name is one of the same kind, of this article if possible, which nothing brings together
    with what is asked: no statement of a speaker, no two neighbouring sentences.
    """
    if draft.name is None:
        return
    name, label = draft.name
    for other in _others(name, label, article, articles):
        text = draft.text.replace(name, other)
        if text != draft.text and not _brings_together(other, text, article):
            yield replace(draft, kind="unanswerable", text=text, evidence=(), answers=())
            return


def _others(name: str, label: str, article: Article, articles: Sequence[Article]) -> Iterator[str]:
    for one in (article, *(other for other in articles if other is not article)):
        own = _speakers(one) if label == "SPEAKER" else [n for n, of in one.names if of == label]
        for other in own:
            if not set(content_terms(other)) & set(content_terms(name)) and content_terms(other):
                yield other


def _speakers(article: Article) -> list[str]:
    return list(dict.fromkeys(s.speaker for s in article.statements if is_person(article, s)))


def is_person(article: Article, statement: Statement) -> bool:
    """Whether a statement is surely of one person, by the ledger and by the names of the article."""
    if statement.cue is None or not statement.speaker or statement.score < _SURE:
        return False
    surname = statement.speaker.split()[-1]
    return any(label == "PERSON" and surname in name.split() for name, label in article.names)


def _brings_together(other: str, text: str, article: Article) -> bool:
    """Whether the article may answer the question after all."""
    names = set(content_terms(other))
    asked = set(content_terms(text)) - names
    if not asked:
        return True
    windows = [(a.span, a.stems | b.stems) for a, b in pairwise(article.lines)]
    windows += [(line.span, line.stems) for line in article.lines]
    for _, stems in windows:
        if names & stems and len(asked & stems) > _FEW * len(asked):
            return True
    for statement in article.statements:
        if names & set(content_terms(statement.speaker)):
            words = " ".join(span.of(article.document.text) for span in statement.content)
            if len(asked & set(content_terms(words))) > _FEW * len(asked):
                return True
    return False
