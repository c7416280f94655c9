"""Who on record is meant by the names and descriptions whose words a question asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexes import Index, Statement
from indexes.words import content_terms
from qa.naming import is_description, is_unnamed
from qa.presented import described, is_body, spoken_for
from qa.question import Question, last_names
from qa.readers.authorship import of_its_author
from qa.speakers import matching, whole_names

_PRESENTED_IN = 20
"""How many articles are searched for whom a description means."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A question, with those whose words it asks for.

    Attributes:
        question: as it is read: of fact, where words that are not on record are not all that may answer.
        form: its form before it was read so.
        documents: numbers of the documents that it is asked of; None for all.
        speakers: whom on record each name means.
        silent: the names that mean nobody on record.
        unmet: how the only one is described, where no article presents anybody so.
        by_author: whether the words of whoever wrote the documents are asked for.
    """

    question: Question
    form: str
    documents: Sequence[int] | None
    speakers: Mapping[str, Sequence[str]]
    silent: tuple[str, ...]
    unmet: str = ""
    by_author: bool = False

    @property
    def everybody(self) -> tuple[str, ...]:
        """The speakers of all names."""
        return tuple(speaker for side in self.speakers.values() for speaker in side)


def whose_words(index: Index, question: Question, documents: Sequence[int] | None) -> AskedFor:
    """Find whom a question means, among those on record in the documents in scope."""
    known = index.store.speakers(documents) if question.speakers else {}
    names = whole_names(question.speakers, known)
    if names != question.speakers:
        question = replace(question, form="both-said" if len(names) > 1 else "said", speakers=names)
    speakers = {name: _meant(index, name, known, documents) for name in question.speakers}
    silent = tuple(name for name, found in speakers.items() if not found)
    one = question.form == "said" and len(silent) == len(names) == 1
    if one and (own := of_its_author(index, question, documents)):
        return AskedFor(own[0], question.form, own[1], {}, (), by_author=True)
    read = _or_of_fact(question, silent)
    unmet = silent[0] if one and is_unnamed(silent[0]) else ""
    return AskedFor(read, question.form, documents, speakers, silent, unmet)


def may_be_named(index: Index, name: str, documents: Sequence[int] | None) -> bool:
    """Tell whether an article names somebody; of whom a description means, one cannot tell."""
    if is_unnamed(name):
        return True
    terms = content_terms(" ".join(last_names([name])))
    return bool(terms and index.store.documents_with(terms, 1, documents))


def _meant(
    index: Index, name: str, known: Iterable[str], documents: Sequence[int] | None
) -> list[str]:
    """The speakers whom a name or a description means."""
    found = matching(name, known)
    if is_description(name):
        found = [*found, *described(name, _presented(index, name, documents))]
    if is_body(name):
        found = [*found, *spoken_for(name, _presented(index, name, documents))]
    return list(dict.fromkeys(found))


def _presented(
    index: Index, name: str, documents: Sequence[int] | None
) -> Iterator[tuple[str, Statement]]:
    """Yield the statements, each with its text, of the articles that may present somebody so."""
    numbers = documents
    if numbers is None or len(numbers) > _PRESENTED_IN:
        numbers = index.store.documents_with(content_terms(name), _PRESENTED_IN, documents)
    texts = {number: index.document(number).text for number in numbers}
    for number, said in index.statements(documents=numbers):
        yield texts[number], said


def _or_of_fact(question: Question, silent: Sequence[str]) -> Question:
    """Read a question for words that are not on record as one of fact, where a fact may answer it, too.

    Views are told of people and of groups, two sides are set apart by others, and who "the harbour master" is
    may be plain to a reader where no article says so beside his name.
    """
    unnamed = [name for name in silent if is_unnamed(name)]
    nobody = len(silent) == len(question.speakers)
    told = nobody if question.form == "both-said" else unnamed or not question.strict
    if not silent or not told:
        return question
    terms = [term for name in unnamed for term in content_terms(name)]
    return replace(question, form="fact", topic=(*question.topic, *terms))
