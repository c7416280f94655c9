"""EPUB: the chapters in reading order, with the book's title, author, date and publisher."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.packed import Packed
from indexes.loaders.web import decode_html
from indexes.loaders.xml import local, parsed, text_under

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote pre dt dd td th div section article aside figcaption".split()
)
_NOT_READ = frozenset({"script", "style", "head", "nav", "svg"})
_HEADING = re.compile(r"h([1-6])")


def read_epub(data: bytes, source: str) -> Document:
    """Make a document of a book.

    Raises:
        DocumentError: if it is damaged, protected or has no text.
    """
    name = PurePath(source).name
    packed = Packed(data, name)
    if "META-INF/rights.xml" in packed:
        raise DocumentError(f"{name} is protected against copying; it cannot be read.", name)
    container = parsed(packed.read("META-INF/container.xml"), name)
    place = next((e.get("full-path") for e in container.iter() if local(e) == "rootfile"), None)
    if not place:
        raise DocumentError(f"{name} is damaged (it names no contents); get it again.", name)
    package = parsed(packed.read(place), name)
    lines: list[str] = []
    for chapter in _chapters(package, posixpath.dirname(place)):
        lines += _lines(decode_html(packed.read(chapter), name), name)
    text = "\n\n".join(lines)
    if not text.strip():
        raise DocumentError(f"{name} has no text; nothing was added.", name)
    return Document(
        name,
        text,
        text_under(package, "title") or name,
        byline=text_under(package, "creator"),
        published=text_under(package, "date"),
        source=source,
        publisher=text_under(package, "publisher"),
        language=text_under(package, "language"),
    )


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """The members of the book's spine; the table of contents is left out."""
    items = {e.get("id"): e for e in package.iter() if local(e) == "item"}
    for reference in package.iter():
        if local(reference) != "itemref" or reference.get("linear") == "no":
            continue
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or "html"):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _lines(html: str, name: str) -> Iterator[str]:
    """The paragraphs of a chapter, headings marked as in Markdown."""
    from lxml.etree import ParserError
    from lxml.html import fromstring

    try:
        root = fromstring(html.encode("utf-8", "replace"), parser=_parser())
    except (ParserError, ValueError) as error:
        raise DocumentError(f"{name} is damaged ({error}); get it again.", name) from error
    words: list[str] = []
    mark = ""

    def flushed() -> Iterator[str]:
        line = " ".join("".join(words).split())
        words.clear()
        if line:
            yield f"{mark}{line}"

    waiting: list[HtmlElement | str | None] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            words.append(item)
        elif item is None:  # a block ends
            yield from flushed()
            mark = ""
        elif isinstance(item.tag, str) and item.tag not in _NOT_READ:
            block = item.tag in _BLOCKS or item.tag in ("br", "tr", "body", "hr")
            if block:
                yield from flushed()
                heading = _HEADING.fullmatch(item.tag)
                mark = f"{'#' * int(heading[1])} " if heading else "- " if item.tag == "li" else ""
                waiting.append(None)
            for child in reversed(item):
                waiting += [child.tail or "", child]
            waiting.append(item.text or "")
    yield from flushed()


def _parser() -> object:
    from lxml.html import HTMLParser

    return HTMLParser(encoding="utf-8", remove_comments=True, no_network=True)
