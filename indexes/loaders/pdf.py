"""PDF: its text with the place of every page. Lines are set back into paragraphs.

A page's text comes in lines as they are printed. A line that stops short, or one that opens a list
or a heading, ends a paragraph; a word that a line's end divides is joined where the document
nowhere writes it with a hyphen; lines that head or foot most pages are left out.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.text import title_of

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_OPENS = re.compile(r"(?:[-*+•–—]|\d+[.)])\s")
_DIVIDED = re.compile(r"([^\W\d_]+)-$")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?)?[-–— ]*(?:\d{1,4}|[ivxlc]{1,6})(?: ?(?:of|/) ?\d{1,4})?[-–— ]*", re.I
)
_TOOL_TITLE = re.compile(
    r"^(?:microsoft word|untitled|.*\.(?:docx?|indd|tex|pdf|qxd)\b)", re.IGNORECASE
)
_SHORT = 0.8
"""Share of the usual width below which a line is taken to end its paragraph."""
_RUNNING = 3
"""On how many pages a line heads or foots the page before it is taken to be no text."""


def read_pdf(data: bytes, source: str) -> Document:
    """Make a document of a PDF.

    Raises:
        DocumentError: if it is damaged, protected by a password, or only pictures of pages.
    """
    name = PurePath(source).name
    title, byline, pages = _extracted(data, name)
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(empty) == len(pages):
        raise DocumentError(
            f"{name} has no text on {_pages_named(empty, len(pages))}: it is a scan; run text recognition over it "
            "(ocrmypdf, for one) and add the result.",
            name,
        )
    text, starts = set_out(_without_running_lines(pages))
    return Document(
        name,
        text,
        title or title_of(text) or name,
        byline=byline,
        source=source,
        pages=tuple(starts),
        unread=f"{_pages_named(empty, len(pages)).capitalize()} of {len(pages)} without text, perhaps scanned."
        if empty
        else "",
    )


def _extracted(data: bytes, name: str) -> tuple[str, str | None, list[list[str]]]:
    """The title and author that the file states, and the lines of each page."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(
                f"{name} is protected by a password; save it without one and add it again.", name
            )
        pages = [
            [line for raw in page.extract_text().splitlines() if (line := _clean(raw))]
            for page in reader.pages
        ]
        stated = reader.metadata
        title = _clean(str(stated.title or "")) if stated else ""
        byline = _clean(str(stated.author or "")) if stated else ""
    except DocumentError:
        raise
    except (PyPdfError, Exception) as error:
        raise DocumentError(
            f"{name} cannot be read as PDF ({type(error).__name__}); print it to PDF again, or save it as text.",
            name,
        ) from error
    if not pages:
        raise DocumentError(f"{name} has no pages; nothing was added.", name)
    return "" if _TOOL_TITLE.match(title) else title, byline or None, pages


def _clean(line: str) -> str:
    return " ".join(line.replace("\0", " ").replace("\u00ad", "").split())


def _pages_named(numbers: Sequence[int], total: int) -> str:
    """Name pages for people: "page 3", "pages 2 and 5", "its 4 pages"."""
    if len(numbers) == total:
        return "its only page" if total == 1 else f"any of its {total} pages"
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    shown = [str(number) for number in numbers[:12]]
    if len(numbers) > len(shown):
        return f"pages {', '.join(shown)} and {len(numbers) - len(shown)} others"
    return f"pages {', '.join(shown[:-1])} and {shown[-1]}"


def _without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """Leave out page numbers, and what heads or foots most pages."""

    def shape(line: str) -> str:
        return _NUMBER.sub("#", line)

    edges = Counter(
        shape(line) for lines in pages for line in {*lines[:1], *lines[-1:]} if len(lines) > 2
    )
    running = {
        line for line, times in edges.items() if times >= _RUNNING and times * 2 > len(pages)
    }

    def kept(lines: list[str]) -> list[str]:
        lines = list(lines)
        for edge in (0, -1):
            while len(lines) > 1 and (
                shape(lines[edge]) in running or _PAGE_NUMBER.fullmatch(lines[edge])
            ):
                lines.pop(edge)
        return lines

    return [kept(lines) for lines in pages]


def set_out(pages: Sequence[Sequence[str]]) -> tuple[str, list[int]]:
    """Join the lines of pages into paragraphs.

    Returns:
        The text, its paragraphs apart by blank lines, and where each page starts in it.
    """
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    widths = sorted(len(line) for _, line in lines)
    width = widths[int(len(widths) * 0.8)] if widths else 0
    hyphenated = {word.lower() for _, line in lines for word in re.findall(r"\w+-\w+", line)}
    starts: dict[int, int] = {}
    text: list[str] = []
    length = 0
    for at, (number, line) in enumerate(lines):
        glue = _glue(lines[at - 1][1], line, width) if at else ""
        if glue == "" and at:
            previous = _DIVIDED.search(lines[at - 1][1])
            following = re.match(r"\w+", line)
            word = f"{previous[1]}-{following[0]}".lower() if previous and following else ""
            if word and word not in hyphenated:
                text[-1] = text[-1][:-1]
                length -= 1
        starts.setdefault(number, length + len(glue))
        text += [glue, line]
        length += len(glue) + len(line)
    begins: list[int] = []
    for number in reversed(range(len(pages))):
        begins.append(starts.get(number, begins[-1] if begins else length))
    return "".join(text), begins[::-1]


def _glue(before: str, line: str, width: int) -> str:
    """What to put between two lines: nothing within a divided word, a space, or a blank line."""
    if _DIVIDED.search(before) and line[:1].islower():
        return ""
    short = len(before) < width * _SHORT
    ends = bool(_SENTENCE_END.search(before))
    if (
        _OPENS.match(line)
        or (short and ends)
        or (short and len(before) < width * 0.6 and not line[:1].islower())
    ):
        return "\n\n"
    return " "
