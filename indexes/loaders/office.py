"""Word processors' files: DOCX and ODT, which are XML in a ZIP file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.packed import Packed
from indexes.loaders.text import title_of
from indexes.loaders.xml import local, parsed, text_under

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
_NOT_SHOWN = frozenset({"Fallback", "delText", "instrText", "tracked-changes", "annotation"})
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read_docx(data: bytes, source: str) -> Document:
    """Make a document of a Word file: paragraphs, headings, tables and notes, as they stand.

    Raises:
        DocumentError: if it is damaged or has no text.
    """
    name = PurePath(source).name
    packed = Packed(data, name)
    parts = ["word/document.xml", *(note for note in _NOTES if note in packed)]
    lines = [
        line
        for part in parts
        for line in _blocks(parsed(packed.read(part), name), {"p"}, _docx_line)
    ]
    return _document(lines, packed, "docProps/core.xml", source)


def read_odt(data: bytes, source: str) -> Document:
    """Make a document of an OpenDocument text.

    Raises:
        DocumentError: if it is damaged or has no text.
    """
    name = PurePath(source).name
    packed = Packed(data, name)
    root = parsed(packed.read("content.xml"), name)
    lines = list(_blocks(root, {"p", "h"}, _odt_line))
    return _document(lines, packed, "meta.xml", source)


def _document(lines: list[str], packed: Packed, properties: str, source: str) -> Document:
    name = PurePath(source).name
    text = "\n\n".join(lines)
    if not text.strip():
        raise DocumentError(f"{name} has no text; nothing was added.", name)
    root = parsed(packed.read(properties), name) if properties in packed else None

    def stated(*tags: str) -> str | None:
        return next(
            (found for tag in tags if root is not None and (found := text_under(root, tag))), None
        )

    return Document(
        name,
        text,
        stated("title") or title_of(text) or name,
        byline=stated("creator", "initial-creator"),
        source=source,
        language=stated("language"),
    )


def _blocks(root: Element, tags: set[str], line_of: Callable[[Element], str]) -> Iterator[str]:
    """The lines of all paragraphs, in order; those of a box inside a paragraph after its own."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kind = local(element)
        if kind in _NOT_SHOWN:
            continue
        if kind in tags and (line := line_of(element)):
            yield line
        waiting.extend(reversed(element))


def _pieces(element: Element, inner: set[str]) -> Iterator[Element]:
    """What a paragraph holds, in order, without the paragraphs inside it."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        kind = local(child)
        if kind in _NOT_SHOWN or kind in inner:
            continue
        yield child
        waiting.extend(reversed(child))


def _docx_line(paragraph: Element) -> str:
    words: list[str] = []
    level = 0
    for piece in _pieces(paragraph, {"p"}):
        kind = local(piece)
        if kind == "t":
            words.append(piece.text or "")
        elif kind in _BREAKS:
            words.append(_BREAKS[kind])
        elif kind == "pStyle":
            level = _heading(next(iter(piece.attrib.values()), ""))
    return _marked("".join(words), level)


def _heading(style: str) -> int:
    """The level of Word's heading styles ("Heading2"), 0 for any other."""
    lower = style.lower()
    if lower == "title":
        return 1
    return int(lower[-1]) if lower.startswith("heading") and lower[-1] in "123456" else 0


def _odt_line(paragraph: Element) -> str:
    level = 0
    if local(paragraph) == "h":
        stated = next((v for k, v in paragraph.attrib.items() if k.endswith("outline-level")), "1")
        level = min(int(stated), 6) if stated.isdigit() else 1
    return _marked("".join(_odt_words(paragraph)), level)


def _odt_words(element: Element) -> Iterator[str]:
    """The words of an element and those between its parts; spaces and tabs are elements here."""
    waiting: list[Element | str] = [element]
    first = True
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        kind = local(item)
        if kind == "s":
            count = next((v for k, v in item.attrib.items() if k.endswith("}c")), "1")
            yield " " * min(int(count) if count.isdigit() else 1, 100)
        elif kind in ("tab", "line-break"):
            yield "\t" if kind == "tab" else "\n"
        if kind in _NOT_SHOWN or (kind in ("p", "h") and not first):
            continue
        first = False
        for child in reversed(item):
            waiting.append(child.tail or "")
            waiting.append(child)
        waiting.append(item.text or "")


def _marked(words: str, level: int) -> str:
    words = words.strip()
    return f"{'#' * level} {' '.join(words.split())}" if level and words else words
