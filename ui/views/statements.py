"""Who said what: the ledger as a list, by speaker, words and article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from indexes.documents import Document, Span
from indexes.layout import paragraph_at, paragraph_numbers
from indexes.words import stem, terms, words
from qa.speakers import matching
from ui.articles import language_of
from ui.desk import Desk, Reply, Sent, View
from ui.language import day, t
from ui.marks import Mark, Piece, cut
from ui.people import UNSURE, people
from ui.render import fill
from ui.wording import count

if TYPE_CHECKING:
    from indexes.statements import Statement

PAGE = 100
"""Statements that are shown at once; more come when asked for."""
_NEAR = 200  # characters between what was said and the words that report it, still shown together
_CLOSING = ".,;:!?”\"’'»)"
_SAID, _CUE = 1, 2


class Wanted(Sent):
    """Which statements: of a speaker, with these words, in an article; ``after`` so many of them."""

    speaker: str = ""
    about: str = ""
    article: str = ""
    after: int = Field(default=0, ge=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it is listed.

    Attributes:
        number: its number in the list, from 1; the marks in the source carry the same.
        speaker: who says it, or "" when unsure.
        kind: quotation, reported or partly quoted.
        pieces: the words around it, as ``(class, text)``: "said", "cue", or "" for the rest.
        cue: the words that report it, where the pieces do not hold them.
        document, title, language, published, paragraph: where it stands.
        spans: the places of what was said, as ``"start-end,start-end"``.
    """

    number: int
    speaker: str
    kind: str
    pieces: tuple[tuple[str, str], ...]
    cue: str
    document: str
    title: str
    language: str
    published: str
    paragraph: int | None
    spans: str
    sha: str


def around(statement: Statement, text: str) -> Span:
    """Return the range that shows a statement in its sentence: words said, cue, and who says it."""
    start, end = statement.content[0].start, statement.content[-1].end
    for span in (statement.cue, statement.source):
        if span and span.end >= start - _NEAR and span.start <= end + _NEAR:
            start, end = min(start, span.start), max(end, span.end)
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return Span(start, end)


def in_words(statement: Statement, text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of `around`, cut where what was said and its cue start and end."""
    marks = [Mark(_SAID, span) for span in statement.content]
    if statement.cue:
        marks.append(Mark(_CUE, statement.cue))
    return tuple((_kind(piece), piece.text) for piece in cut(text, around(statement, text), marks))


def _kind(piece: Piece) -> str:
    if _SAID in piece.citations:
        return "said"
    return "cue" if _CUE in piece.citations else ""


def about(statement: Statement, text: str, wanted: str) -> bool:
    """Tell whether a statement has all the wanted words; the beginning of a word will do."""
    sought = words(wanted)
    if not sought:
        return True
    said = " ".join(span.of(text) for span in statement.content)
    stems, spoken = set(terms(said)), words(said)
    return all(
        stem(word) in stems or any(other.startswith(word) for other in spoken) for word in sought
    )


def of_speaker(name: str, known: Sequence[str]) -> set[str]:
    """Return the speakers on record that a name in an address means."""
    if name == UNSURE:
        return {""}
    return {name} if name in known else set(matching(name, known))


def row(
    number: int, document: Document, statement: Statement, paragraph: int | None, language: str
) -> Row:
    """Return a statement as it is listed."""
    pieces = in_words(statement, document.text)
    cue = statement.cue.of(document.text) if statement.cue else ""
    return Row(
        number=number,
        speaker=statement.speaker,
        kind=t(f"statements.{statement.kind}"),
        pieces=pieces,
        cue="" if any(kind == "cue" for kind, _ in pieces) else cue,
        document=document.name,
        title=document.title,
        language=language,
        published=day(document.published, short=True),
        paragraph=paragraph,
        spans=",".join(f"{span.start}-{span.end}" for span in statement.content),
        sha=document.id,
    )


def _ledger(desk: Desk, sent: object) -> Reply:
    wanted = Wanted.model_validate(sent)
    shelf = desk.assistant.documents()
    article = wanted.article if any(d.name == wanted.article for d in shelf) else None
    matched = [
        (document, statement)
        for document, statement in desk.statements(article)
        if about(statement, document.text, wanted.about)
    ]
    named = people(Counter(statement.speaker for _, statement in matched))
    if wanted.speaker:
        names = of_speaker(wanted.speaker, [p.key for p in named if p.key != UNSURE])
        chosen = [(d, s) for d, s in matched if s.speaker in names]
    else:
        names, chosen = set(), matched
    numbers: dict[str, list[tuple[int, int]]] = {}
    languages: dict[str, str] = {}
    rows = []
    first = wanted.after + 1
    for number, (document, statement) in enumerate(chosen[wanted.after :][:PAGE], first):
        if document.name not in numbers:
            numbers[document.name] = paragraph_numbers(
                document, desk.assistant.paragraphs(document.name)
            )
            languages[document.name] = language_of(document)
        at = paragraph_at(numbers[document.name], statement.content[0].start)
        rows.append(row(number, document, statement, at, languages[document.name]))
    left = len(chosen) - wanted.after - len(rows)
    return {
        "rows": fill(
            "statements.html",
            rows=rows,
            left=left,
            more=min(left, PAGE),
            any=bool(shelf),
            filtered=bool(wanted.speaker or wanted.about or article),
        ),
        "people": fill(
            "people.html",
            people=named,
            everyone=len(matched),
            names=names,
            wanted=wanted.speaker,
            unsure=UNSURE,
        ),
        "articles": [{"name": d.name, "title": d.title} for d in shelf],
        "article": article or "",
        "found": count(len(chosen), "statement"),
        "all": len(chosen),
        "speaker": next((p.name for p in named if p.name in names or p.key == wanted.speaker), ""),
    }


STATEMENTS = View("statements", {"ledger": _ledger})
