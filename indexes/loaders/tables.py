"""CSV and JSON lines: a document a row, its words in a column named ``text`` or the like."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.text import decode, title_of
from indexes.loaders.urls import is_url

_COLUMNS = {
    "text": ("text", "content", "body", "article", "story"),
    "name": ("name", "id", "document", "filename"),
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "published_at", "publish_date", "publication_date"),
    "publisher": ("publisher", "publication", "outlet", "site"),
    "language": ("language", "lang"),
    "source": ("url", "link", "source"),
}
_LONGEST_FIELD = 50_000_000


def read_csv(data: bytes, source: str) -> list[Document]:
    """Make a document of each row of a table with a header; commas, semicolons or tabs between.

    Raises:
        DocumentError: if it is empty, not text, or has no column of text.
    """
    name = PurePath(source).name
    text = decode(data, name).removeprefix("\ufeff")
    header = text.splitlines()[0]
    separator = max(",;\t|", key=header.count)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise DocumentError(
            f"{name} cannot be read as a table ({error}); save it as CSV again.", name
        ) from error
    named = [{str(k): v for k, v in row.items() if isinstance(v, str)} for row in rows]
    return _documents(enumerate(named, start=2), source)


def read_json_lines(data: bytes, source: str) -> list[Document]:
    """Make a document of each line, an object with a ``text``.

    Raises:
        DocumentError: if it is empty, not text, not JSON, or no object has a text.
    """
    name = PurePath(source).name
    rows: list[tuple[int, Mapping[str, object]]] = []
    # Only line feeds end a line: JSON strings may hold U+2028.
    for number, line in enumerate(decode(data, name).removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DocumentError(
                f"Line {number} of {name} is not JSON ({type(error).__name__}); correct it and add the file again.",
                name,
            ) from error
        if not isinstance(row, dict):
            raise DocumentError(
                f"Line {number} of {name} is not an object with a text; correct it and add the file again.",
                name,
            )
        rows.append((number, row))
    return _documents(rows, source)


def _documents(rows: Iterable[tuple[int, Mapping[str, object]]], source: str) -> list[Document]:
    name = PurePath(source).name
    tables = [(number, _cells(row)) for number, row in rows]
    links = Counter(_link(cells) for _, cells in tables)
    names = Counter(_cell(cells, "name") for _, cells in tables)
    found: list[Document] = []
    for number, cells in tables:
        text = _cell(cells, "text")
        if not text:
            continue
        link = _link(cells)
        named = _cell(cells, "name")
        # A row is known again by its link or its name, where it has one of its own; else by its number,
        # which may be another row's name.
        row = f"row {number}" if str(number) in names else str(number)
        own = named if named and names[named] == 1 else row
        found.append(
            Document(
                named or f"{name} row {number}",
                text,
                _cell(cells, "title") or title_of(text) or named or f"{name} row {number}",
                byline=_cell(cells, "byline"),
                published=_cell(cells, "published"),
                source=link if link and links[link] == 1 else f"{source}#{own}",
                publisher=_cell(cells, "publisher") or (None if link else _cell(cells, "source")),
                language=_cell(cells, "language"),
            )
        )
    if not found:
        raise DocumentError(
            f"{name} has no row with text; name its column of text one of {', '.join(_COLUMNS['text'])}.",
            name,
        )
    return found


def _cells(row: Mapping[str, object]) -> dict[str, str]:
    return {
        str(key).strip().lower(): str(value)
        for key, value in row.items()
        if isinstance(value, str | int | float)
    }


def _cell(cells: Mapping[str, str], column: str) -> str | None:
    found = (cells.get(name, "") for name in _COLUMNS[column])
    return next((cell.replace("\0", "") for cell in found if cell.strip()), None)


def _link(cells: Mapping[str, str]) -> str | None:
    """Where a row's article is; a source that is no web address says who published it."""
    link = (_cell(cells, "source") or "").strip()
    return link if is_url(link) else None
