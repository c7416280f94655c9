"""Saved web pages: the article without the page around it, with what the page says about it.

Source: Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction" (ACL 2021), which finds the article; its tree is laid out as text here.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.text import decode, title_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"""<html\b[^>]{0,2000}?\blang\s*=\s*["']?\s*([A-Za-z]{2,3}(?:-\w{2,8})*)""", re.IGNORECASE
)
_HEAD = 4096
"""Bytes of a page in which it says its encoding and language."""


def read_html(data: bytes, source: str) -> Document:
    """Make a document of a page: its article, title, byline, date, publisher and language.

    Raises:
        DocumentError: if it is empty, not text, or no article can be found in it.
    """
    from trafilatura import bare_extraction

    name = PurePath(source).name
    html = decode_html(data, name)
    page = bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = (
        "\n\n".join(_paragraphs(page.body))
        if page is not None and not isinstance(page, dict)
        else ""
    )
    if page is None or isinstance(page, dict) or not text:
        raise DocumentError(
            f"No article can be found in {name}; save the page as text and add that.", name
        )
    language = _LANGUAGE.search(html[:_HEAD])
    return Document(
        name,
        text,
        page.title or title_of(text) or name,
        byline=page.author or None,
        published=page.date or None,
        source=source,
        publisher=page.sitename or None,
        language=language.group(1) if language else None,
    )


def decode_html(data: bytes, name: str) -> str:
    """Turn a page into text: by its byte order mark, by what it declares, then as any other text.

    Raises:
        DocumentError: if it is empty or not text.
    """
    declared = _CHARSET.search(data[:_HEAD])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Here zero bytes are halves of letters, not dirt.
        data = data.decode("utf-16", "replace").encode()
    elif declared and not data.startswith(b"\xef\xbb\xbf"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):  # it may declare what it is not
            data = data.decode(declared.group(1).decode("ascii")).encode("utf-8", "surrogatepass")
    return decode(data.replace(b"\0", b""), name).removeprefix("\ufeff")


def _paragraphs(body: _Element) -> Iterator[str]:
    """Lay out trafilatura's tree: a paragraph a block, headings and list items marked as in Markdown."""
    for block in body:
        if block.tag == "list":
            yield from (f"- {line}" for item in block if (line := _line(item)))
        elif block.tag == "table":
            rows = (" | ".join(filter(None, map(_line, row))) for row in block)
            yield from filter(None, rows)
        elif block.tag == "quote" and len(block) and not (block.text or "").strip():
            yield from _paragraphs(block)
        elif line := _line(block):
            yield f"{'#' * _level(block)} {line}" if block.tag == "head" else line


def _level(head: _Element) -> int:
    rank = str(head.get("rend") or "h2")[-1]
    return int(rank) if rank in "123456" else 2


def _line(element: _Element) -> str:
    """The words of an element on one line, as a browser shows them."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())
