"""Questions after who said what, from the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexes.documents import Span
from indexes.statements import Statement
from indexes.words import content_terms
from qa.evaluation.making.articles import NAMES, Article, Line
from qa.evaluation.making.twins import Draft, is_person

_SHORTEST, _LONGEST = 25, 170
"""Characters that quoted words may have to be asked after."""
_VAGUE = frozenset(
    """thing way fact interest time lot plenty people one day year week month case part point matter idea
    mistake purpose place number reason kind sort bit man woman guy""".split()
)
"""Nouns that are no topic by themselves."""
_POINTS_BACK = frozenset(
    "i you he she it we they me him her us them my your his its our their this that these those".split()
)


def saying_questions(article: Article) -> Iterator[Draft]:
    """Yield "What did X say about Y?" and "Who said …?", in the order of the statements."""
    asked: set[tuple[str, frozenset[str]]] = set()
    for statement in article.statements:
        if not is_person(article, statement):
            continue
        for topic in _topics(article, statement):
            key = statement.speaker, frozenset(content_terms(topic))
            if key not in asked:
                asked.add(key)
                yield _about(article, statement.speaker, topic)
                break
        if draft := _who_said(article, statement):
            yield draft


def _about(article: Article, speaker: str, topic: str) -> Draft:
    """What a speaker said about a topic: every sentence in which they name it."""
    stems = set(content_terms(topic))
    lines: dict[Span, None] = {}
    for statement in article.statements:
        if statement.speaker == speaker and stems <= set(content_terms(_words(article, statement))):
            lines.update((line.span, None) for line in _lines(article, statement))
    return Draft(
        "attribution",
        f"What did {speaker} say about {topic}?",
        tuple(sorted(lines)),
        name=(speaker, "SPEAKER"),
    )


def _who_said(article: Article, statement: Statement) -> Draft | None:
    """Who said these words, when they make sense by themselves and the sentence names the speaker."""
    words = " ".join(_words(article, statement).split()).strip(" ,.;:“”\"'")
    lines = _lines(article, statement)
    surname = statement.speaker.split()[-1]
    if (
        len(statement.content) != 1
        or not _SHORTEST <= len(words) <= _LONGEST
        or len(lines) != 1
        or statement.source is None
        or surname not in statement.source.of(article.document.text)
        or surname in words
        or not _is_clause(lines[0], statement)
        or _POINTS_BACK & set(re.findall(r"[a-z]+", words.lower()))
        or any(mark in words for mark in '“”"?')
    ):
        return None
    if statement.kind == "direct":
        text = f"Who said “{words}”?"
    else:
        bare = words.removeprefix("that ")
        text = f"Who said that {bare}?"
    return Draft("who-said", text, (lines[0].span,), (surname,))


def _is_clause(line: Line, statement: Statement) -> bool:
    """Whether what was said has a subject and its verb, and the sentence an end."""
    (content,) = statement.content
    inside = [
        token
        for token in line.doc
        if content.start <= line.span.start + token.idx < content.end
        and token.dep_ in ("nsubj", "nsubjpass")
    ]
    return line.doc.text.rstrip("”\"’'")[-1:] == "." and any(
        content.start <= line.span.start + token.head.idx < content.end
        and token.head.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN", "VBG")
        for token in inside
    )


def _topics(article: Article, statement: Statement) -> Iterator[str]:
    """What a statement is about: its names first, then its plain things."""
    own = set(content_terms(statement.speaker))
    found: list[tuple[bool, str]] = []
    for line in _lines(article, statement):
        inside = [
            (chunk, any(t.ent_type_ in NAMES for t in chunk))
            for chunk in line.doc.noun_chunks
            if any(
                span.contains(
                    Span(line.span.start + chunk.start_char, line.span.start + chunk.end_char)
                )
                for span in statement.content
            )
        ]
        for chunk, named in inside:
            words = chunk.text
            is_plain = words.replace(" ", "").replace("-", "").isalpha() and len(words.split()) <= 4
            meaning = set(content_terms(words))
            points_back = _POINTS_BACK & set(words.lower().split())
            is_topic = named or (
                chunk.root.pos_ == "NOUN"
                and chunk.root.lemma_.lower() not in _VAGUE
                and chunk[0].lower_ not in ("a", "an", "just", "some", "any", "no")
            )
            if is_topic and is_plain and meaning and not points_back and not meaning & own:
                found.append((not named, words))
    yield from (words for _, words in sorted(found, key=lambda one: one[0]))


def _lines(article: Article, statement: Statement) -> list[Line]:
    lines = {line.span: line for span in statement.content for line in article.holding(span)}
    return list(lines.values())


def _words(article: Article, statement: Statement) -> str:
    return " ".join(span.of(article.document.text) for span in statement.content)
