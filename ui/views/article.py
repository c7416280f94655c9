"""An article to read: who speaks stands in the margin, what was said is underlined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pydantic import Field

from indexes.documents import Span
from indexes.errors import DocumentError, OnrecordError
from indexes.statements import Statement
from ui.articles import language_of
from ui.desk import Desk, Reply, Sent, View
from ui.language import day, t
from ui.marks import Mark, Paragraph, Part, part
from ui.people import people
from ui.render import fill
from ui.wording import count

PLACE = 0  # the number of the mark at the place that the address names


class Wanted(Sent):
    """An article, and the place to mark in it, from ``start`` to ``end``.

    Of a long one, ``earlier`` or ``later`` paragraphs than those that are drawn already.
    """

    name: str
    start: int = Field(default=0, ge=0)
    end: int = Field(default=0, ge=0)
    earlier: int | None = Field(default=None, ge=0)
    later: int | None = Field(default=None, ge=0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph with the speakers whose statements begin in it, and its words.

    ``pieces`` are ``(text, speakers, quoted, placed)``: who says these words, whether they stand in
    quotation marks, and whether they are the place that was asked for.
    """

    paragraph: Paragraph
    margin: tuple[str, ...]
    pieces: tuple[tuple[str, tuple[str, ...], bool, bool], ...]


def marks_of(statements: list[Statement], place: Span | None = None) -> list[Mark]:
    """Return the marks of statements, numbered from 1 in their order, and that of the place."""
    marks = [
        Mark(number, span)
        for number, statement in enumerate(statements, 1)
        for span in statement.content
    ]
    return [*marks, Mark(PLACE, place)] if place else marks


def shown(drawn: Part, statements: list[Statement]) -> list[Shown]:
    """Return the paragraphs that are drawn, with who says what in them."""
    begun: set[int] = set()
    made = []
    for paragraph in drawn.paragraphs:
        margin: dict[str, None] = {}
        pieces = []
        for piece in paragraph.pieces:
            said = [number for number in piece.citations if number != PLACE]
            for number in said:
                if number not in begun:
                    margin.setdefault(statements[number - 1].speaker or t("statements.unsure"))
            begun.update(said)
            names = dict.fromkeys(statements[number - 1].speaker for number in said)
            quoted = any(statements[number - 1].kind == "direct" for number in said)
            pieces.append((piece.text, tuple(names), quoted, PLACE in piece.citations))
        made.append(Shown(paragraph, tuple(margin), tuple(pieces)))
    return made


def _article(desk: Desk, sent: object) -> Reply:
    wanted = Wanted.model_validate(sent)
    try:
        document = desk.assistant.document(wanted.name)
    except DocumentError as error:
        raise OnrecordError(t("article.gone", name=wanted.name)) from error
    statements = [statement for _, statement in desk.statements(document.name)]
    end = min(wanted.end, len(document.text))
    place = Span(wanted.start, end) if wanted.start < end else None
    spans = desk.assistant.paragraphs(document.name)
    drawn = part(
        document,
        spans,
        marks_of(statements, place),
        place=place,
        earlier=wanted.earlier,
        later=wanted.later,
    )
    facts = [
        document.byline or "",
        day(document.published),
        count(document.words, "word"),
        count(len(statements), "statement"),
    ]
    return {
        "title": document.title,
        "html": fill(
            "article.html",
            name=document.name,
            title=document.title,
            language=language_of(document),
            facts=[fact for fact in facts if fact],
            paragraphs=shown(drawn, statements),
            part=drawn,
            earlier=wanted.earlier is not None,
            later=wanted.later is not None,
        ),
        "people": fill(
            "voices.html", people=people(Counter(statement.speaker for statement in statements))
        ),
    }


ARTICLE = View("article", {"article": _article}, listed=False)
