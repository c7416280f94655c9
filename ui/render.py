"""Answers and articles as HTML, in the language that is spoken; no Gradio.

Whatever comes from an article, a file name or a question is escaped by the templates (Jinja's
autoescape is on for all of them, and none switches it off), so that markup stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from indexes.documents import Document, Span
from qa.answer import Answer, Citation
from qa.compose import flat
from ui.articles import UNKNOWN, Outlines, language_of
from ui.language import day, figure, marked_up, spoken, t
from ui.marks import Mark, part
from ui.refusals import Declined, declined, left_open
from ui.wording import count, duration, in_words, written_by

QUOTED = 280  # characters of a quotation on its card
TAIL = 32  # a longer last word may break: it must not push its chip over the edge


@dataclass(frozen=True, slots=True)
class Chip:
    """The button that opens one citation. ``again`` makes the id of a repeated chip unique."""

    turn: int
    number: int
    document: str
    start: int
    end: int
    sha: str
    label: str
    title: str
    speaker: str
    place: str
    quote: str
    language: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its chips; ``last`` is the word that never leaves them.

    It is ``written`` where a language model worded it, and it is no quotation.
    """

    words: str
    last: str
    cites: tuple[Chip, ...]
    written: bool = False

    @property
    def language(self) -> str:
        """The language of the article that it quotes; "" where that is not known."""
        return self.cites[0].language


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive sentences of one speaker; None where the passage reports no speech."""

    speaker: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """An article that an answer quotes.

    Attributes:
        title, published, language: the article's.
        numbers: of the citations from it, as in ``"1–3, 5"``.
        chip: the id of the first of their chips.
    """

    title: str
    published: str
    language: str
    numbers: str
    chip: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that the template of an answer shows."""

    question: str
    interpreted_as: str | None
    declined: Declined | None
    short: str | None
    short_language: str
    blocks: tuple[Block, ...]
    origins: tuple[Origin, ...]
    nearest: tuple[Line, ...]
    unanswered: tuple[Declined, ...]
    sure: str
    percent: int
    quotations: str
    took: str
    copy: str
    suggestions: tuple[str, ...] = field(default=())
    scope: str = ""
    written: str = ""
    note: str = ""

    @property
    def names_speakers(self) -> bool:
        """Whether anybody is to be named in the margin."""
        return any(block.speaker for block in self.blocks)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["address"] = in_address
    made.filters["number"] = figure
    made.globals["t"] = marked_up
    made.globals["speech"] = spoken
    return made


def in_address(name: str) -> str:
    """Return a name as it stands in an address; what no UTF-8 can carry becomes a question mark."""
    return quote(name.encode("utf-8", "replace"), safe="")


def fill(template: str, **values: object) -> str:
    """Return a template's HTML; all values are escaped.

    A carriage return is written as a reference, because a browser would turn it into a line feed
    and a quotation would no longer be exact. What no UTF-8 can carry becomes a question mark.
    """
    html = _templates().get_template(template).render(**values)
    return html.replace("\r", "&#13;").encode("utf-8", "replace").decode()


def _chip(cite: Citation, turn: int, number: int, known: Outlines, again: str = "") -> Chip:
    outline = known.get(cite.document, UNKNOWN)
    paragraph = outline.paragraph(cite.start)
    where = t("source.paragraph", n=paragraph) if paragraph else ""
    cited = t("source.citation", n=number)
    label = ", ".join(part for part in (cited, cite.speaker, where) if part)
    return Chip(
        turn,
        number,
        cite.document,
        cite.start,
        cite.end,
        cite.document_id,
        label,
        cite.title,
        cite.speaker or "",
        f"¶ {paragraph}" if paragraph else "",
        " ".join(cite.quote.split())[:QUOTED],
        outline.language,
        again,
    )


def _line(text: str, chips: Sequence[Chip], *, written: bool = False) -> Line:
    at = max(text.rfind(" "), text.rfind("\n")) + 1
    if len(text) - at > TAIL:
        at = len(text)
    return Line(text[:at], text[at:], tuple(chips), written)


def cited_line(cite: Citation, turn: int, number: int, known: Outlines) -> Line:
    """Return a quotation with the chip that opens it."""
    return _line(cite.quote, [_chip(cite, turn, number, known)])


def _blocks(answer: Answer, turn: int, known: Outlines) -> tuple[Block, ...]:
    cites = {cite.number: cite for cite in answer.citations}
    seen: dict[int, int] = {}
    spoken: list[tuple[str | None, Line]] = []
    for sentence in answer.sentences:
        chips = []
        for number in sentence.citations:
            times = seen[number] = seen.get(number, 0) + 1
            again = f"-{times}" if times > 1 else ""
            chips.append(_chip(cites[number], turn, number, known, again))
        line = _line(sentence.text, chips, written=sentence.support != "verbatim")
        spoken.append((answer.speaker_of(sentence), line))
    return tuple(
        Block(speaker, tuple(line for _, line in lines))
        for speaker, lines in groupby(spoken, key=lambda item: item[0])
    )


def _origins(answer: Answer, turn: int, known: Outlines) -> Iterator[Origin]:
    """Yield the articles that are quoted, in the order in which the answer uses them."""
    of: dict[str, list[Citation]] = {}
    for cite in answer.citations:
        of.setdefault(cite.document, []).append(cite)
    for name, cites in of.items():
        outline = known.get(name, UNKNOWN)
        yield Origin(
            cites[0].title,
            outline.published,
            outline.language,
            runs([cite.number for cite in cites]),
            f"cite-{turn}-{cites[0].number}",
        )


def runs(numbers: Sequence[int]) -> str:
    """Return numbers in order with neighbours drawn together: ``"1–3, 5"``."""
    told: list[str] = []
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [number for _, number in group]
        told.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]))
    return ", ".join(told)


def where(cite: Citation, known: Outlines) -> str:
    """Return where a quotation stands: title, name, page and paragraph."""
    paragraph = known.get(cite.document, UNKNOWN).paragraph(cite.start)
    parts = [cite.title, cite.document if cite.document != cite.title else ""]
    parts.append(t("source.page", n=cite.page) if cite.page else "")
    parts.append(t("source.paragraph", n=paragraph) if paragraph else "")
    return ", ".join(part for part in parts if part)


def copied(answer: Answer, known: Outlines) -> str:
    """Return an answer as plain text, with every quotation and where it stands."""
    cites = answer.citations or answer.nearest
    lines = [answer.question, ""]
    if answer.answered:
        speaker: str | None = None
        for sentence in answer.sentences:
            said_by = answer.speaker_of(sentence)
            if said_by and said_by != speaker:
                lines.append(f"{said_by}:")
            speaker = said_by
            lines.append(f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}")
        lines += [str(left_open(question)) for question in answer.unanswered]
    else:
        lines += [str(declined(answer)), *(["", t("export.closest")] if cites else [])]
    lines.append("")
    for number, cite in enumerate(cites, 1):
        quote = " ".join(cite.quote.split())
        lines.append(f"[{number}] {t('export.note', quote=quote, place=where(cite, known))}")
    return "\n".join(lines).strip() + "\n"


def turn_view(
    answer: Answer,
    turn: int,
    known: Outlines,
    suggestions: Sequence[str] = (),
    *,
    scope: str = "",
) -> Turn:
    """Return what is shown of an answer.

    Args:
        answer: what came of the question.
        turn: its number in the conversation; makes the ids of its chips unique.
        known: the outline of every document that it cites.
        suggestions: what could be asked instead; shown when the answer is declined.
        scope: what the question was limited to, in words.
    """
    nearest = tuple(
        cited_line(cite, turn, number, known) for number, cite in enumerate(answer.nearest, 1)
    )
    asked = answer.question.strip()
    return Turn(
        question=answer.question,
        interpreted_as=answer.interpreted_as if answer.interpreted_as != asked else None,
        declined=None if answer.answered else declined(answer),
        short=answer.short and flat(answer.short),
        short_language=next(
            (
                known.get(cite.document, UNKNOWN).language
                for cite in answer.citations
                if answer.short and answer.short in cite.quote
            ),
            "",
        ),
        blocks=_blocks(answer, turn, known),
        origins=tuple(_origins(answer, turn, known)),
        nearest=() if answer.answered else nearest,
        unanswered=tuple(left_open(question) for question in answer.unanswered),
        sure=in_words(answer),
        percent=round(answer.confidence * 100),
        quotations=count(len(answer.citations), "quotation") if answer.citations else "",
        took=duration(answer.timings_ms["total"]) if "total" in answer.timings_ms else "",
        copy=copied(answer, known),
        suggestions=()
        if answer.answered
        else tuple(question for question in suggestions if question != asked),
        scope=scope,
        written=written_by(answer),
        note=str(answer.engine.get("note", "")),
    )


def turn_html(
    answer: Answer,
    turn: int,
    known: Outlines,
    suggestions: Sequence[str] = (),
    *,
    scope: str = "",
) -> str:
    """Return the HTML of an answer; see `turn_view`."""
    return fill("turn.html", turn=turn_view(answer, turn, known, suggestions, scope=scope))


def failed_html(question: str, reason: str, *, calm: bool = False) -> str:
    """Return the HTML of a question without an answer; ``calm`` when nothing went wrong."""
    return fill("failed.html", question=question, reason=reason, calm=calm)


def missing_html(name: str) -> str:
    """Return what stands in the place of a quoted article that was removed since."""
    return fill("missing.html", name=name)


def source_html(
    document: Document,
    spans: Sequence[Span],
    marks: Sequence[Mark] = (),
    *,
    changed: bool = False,
    place: Span | None = None,
    earlier: int | None = None,
    later: int | None = None,
) -> str:
    """Return the HTML of an article: title, facts, numbered paragraphs, marked citations.

    Args:
        document: the article.
        spans: its paragraphs.
        marks: the places to mark.
        changed: whether it is not any more what was quoted.
        place: where a long article is opened.
        earlier: only paragraphs of a long article before this one in the order.
        later: only paragraphs of a long article from this one on.
    """
    facts = [document.byline or "", day(document.published), count(document.words, "word")]
    return fill(
        "source.html",
        name=document.name,
        title=document.title,
        language=language_of(document),
        facts=[fact for fact in facts if fact],
        part=part(document, spans, marks, place=place, earlier=earlier, later=later),
        earlier=earlier is not None,
        later=later is not None,
        changed=changed,
    )


def start_html(articles: int, suggestions: Sequence[str], formats: str) -> str:
    """Return the HTML that stands in the place of a conversation which has not begun."""
    return fill(
        "start.html",
        articles=articles,
        suggestions=tuple(suggestions),
        formats=formats,
    )
