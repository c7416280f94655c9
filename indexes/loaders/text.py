"""Plain text and Markdown. The stored text is the file's own, character for character."""

from __future__ import annotations

import re
from pathlib import PurePath

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.sentences import paragraphs

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
# What stands around the words of a line is stripped off: to match it lazily takes quadratic time.
_FIELD = re.compile(r"^(\w+)[ \t]*:(.*)$", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}#[ \t]+(.*)$", re.MULTILINE)
_BYLINE = re.compile(r"(?i:by):?\s+[^\W\d_a-z]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$|(?:\d|[^\W\d]{4})[.!?][\"'”’)]*\s+[\"“‘(A-Z]")
"""The end of a line, or a stop inside that is no abbreviation's: a caption, "…, Dec. 10. (Photo: Quill)"."""
_FIRST_LINES = 3
_LONGEST_TITLE = 200


def read_text(data: bytes, source: str) -> Document:
    """Make a document of plain text.

    Raises:
        DocumentError: if it is empty or not text.
    """
    name = PurePath(source).name
    text = decode(data, name)
    return Document(name, text, title_of(text) or name, source=source)


def read_markdown(data: bytes, source: str) -> Document:
    """Make a document of Markdown; front matter gives title, byline and date, and is not quoted.

    Raises:
        DocumentError: if it is empty or not text.
    """
    name = PurePath(source).name
    text = decode(data, name)
    fields: dict[str, str] = {}
    body = 0
    if match := _FRONT_MATTER.match(text):
        fields = {
            key.lower(): value.strip().strip("\"'") for key, value in _FIELD.findall(match.group(1))
        }
        body = match.end()
    if not text[body:].strip():
        raise DocumentError(f"{name} has no text below its front matter; nothing was added.", name)
    heading = _HEADING.search(text, body)
    return Document(
        name,
        text,
        fields.get("title")
        or (heading.group(1).rstrip(" \t#\r").strip() if heading else "")
        or title_of(text[body:])
        or name,
        byline=fields.get("byline") or fields.get("author") or None,
        published=fields.get("published") or fields.get("date") or None,
        source=source,
        body=body,
        publisher=fields.get("publisher") or None,
        language=fields.get("language") or fields.get("lang") or None,
    )


def decode(data: bytes, name: str) -> str:
    """Turn bytes into text: UTF-8 first, then what charset-normalizer finds.

    Raises:
        DocumentError: if they are empty or not text; says which encodings were tried.
    """
    if not data.strip():
        raise DocumentError(f"{name} is empty; nothing was added.", name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data, name)
    if "\0" in text:
        raise DocumentError(
            f"{name} is not text (it holds zero bytes); save it as UTF-8 text and add it again.",
            name,
        )
    if not text.replace("\ufeff", "").strip():
        raise DocumentError(f"{name} is empty; nothing was added.", name)
    return text


def _guessed(data: bytes, name: str) -> str:
    import charset_normalizer

    match = charset_normalizer.from_bytes(data).best()
    if match is None:
        raise DocumentError(
            f"{name} cannot be decoded (UTF-8 was tried, and every encoding that charset-normalizer knows); "
            "save it as UTF-8 text and add it again.",
            name,
        )
    try:
        return data.decode(match.encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentError(
            f"{name} cannot be decoded (UTF-8 and {match.encoding} were tried); "
            "save it as UTF-8 text and add it again.",
            name,
        ) from error


def title_of(text: str) -> str | None:
    """Guess a headline: the longest of the first lines that stand before any sentence.

    A page saved as text often has the paper's name above the headline, which is longer; who wrote it is
    no headline.
    """
    lines: list[str] = []
    for span in paragraphs(text[: 20 * _LONGEST_TITLE])[:_FIRST_LINES]:
        line = span.of(text).strip("\ufeff#*_ ")
        if len(line) > _LONGEST_TITLE:
            break
        if _SENTENCE_END.search(line) and lines:
            break
        lines.append(line)
        if _SENTENCE_END.search(line):
            break
    heads = [line for line in lines if not _BYLINE.match(line)]
    return max(heads or lines, key=len, default=None) or None
