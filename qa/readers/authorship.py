"""Whose words an article's own sentences are: its author's, who is asked for by name.

"What does Quill say about the ferry?" is answered by the sentences of Quill's column that are nobody
else's. Where statements of Quill are on record, those answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexes import Index
from indexes.words import content_terms
from qa.question import Question, understand, without_titles
from qa.readers.imprint import author
from qa.speakers import matching

_LOOKED_AT = 20
"""How many articles are looked at for their author, at most."""
_VOICES = frozenset(
    f"the {voice}"
    for voice in """author writer columnist essayist reporter journalist article editorial column essay op-ed
    paper""".split()
)
"""Words for whoever wrote an article, where they name nobody in it."""


def of_its_author(
    index: Index, question: Question, documents: Sequence[int] | None
) -> tuple[Question, Sequence[int] | None] | None:
    """Ask the articles of somebody instead of him, where he has written some.

    Args:
        index: where they are.
        question: one for the words of one speaker.
        documents: numbers of the documents in scope; None for all.

    Returns:
        The question of what his articles say, and their numbers; None where he wrote none, or where it
        asks for nothing that an article says ("Why did Quill write this?"). "The author" means whoever
        wrote what is in scope.
    """
    (name,) = question.speakers
    asked = _of_articles(question, name)
    if asked is None:
        return None
    if name.lower() in _VOICES:
        return asked, documents
    numbers = list(documents or ())
    if documents is None or len(numbers) > _LOOKED_AT:
        terms = content_terms(without_titles(name))
        numbers = index.store.documents_with(terms, _LOOKED_AT, documents) if terms else []
    authors = {number: author(index.document(number)) for number in numbers}
    theirs = [number for number, who in authors.items() if who and matching(name, [who])]
    return (asked, theirs) if theirs else None


def _of_articles(question: Question, name: str) -> Question | None:
    """What is asked of somebody's words, asked of the article: "What does Quill say is wrong?" is "What is wrong?"."""
    if not question.topic:
        return replace(question, form="overview") if question.asks_for_anything_said else None
    text = re.sub(rf"\b{re.escape(name)}", "the article", question.text, count=1)
    return replace(understand(text), form="fact", before=question.before)
