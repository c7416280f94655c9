"""Every format that onrecord reads: its file names, its media types, and the module that reads it.

A new format is a new module here and a line in ``FORMATS``.
"""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from indexes.documents import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: for people.
        suffixes: of its files, the usual one first.
        reader: the function that reads it, as "module:function": (bytes, source) to a document, or
            to a list of them where a file holds several.
        media_types: as a server declares it.
        starts: how its bytes start, where that is certain.
        guarded: whether it is read in a process of its own, bounded in time and memory.
        extracted: whether the text is taken out of it, so that the original is kept beside it.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    media_types: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    guarded: bool = True
    extracted: bool = True

    def read(self, data: bytes, source: str) -> list[Document]:
        """Read the documents in a file.

        Raises:
            DocumentError: if it cannot be read.
        """
        module, _, function = self.reader.partition(":")
        found = getattr(importlib.import_module(f"indexes.loaders.{module}"), function)(
            data, source
        )
        return [found] if isinstance(found, Document) else cast(list[Document], found)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"

PLAIN = Format(
    "plain text",
    (".txt", ".text"),
    "text:read_text",
    ("text/plain",),
    guarded=False,
    extracted=False,
)
ZIP = Format("ZIP archive", (".zip",), "", ("application/zip", "application/x-zip-compressed"))
"""Not read itself: its members are, each by its own format."""
FORMATS = (
    PLAIN,
    Format(
        "Markdown", (".md", ".markdown"), "text:read_markdown", ("text/markdown",), (), False, False
    ),
    Format(
        "web page",
        (".html", ".htm", ".xhtml"),
        "web:read_html",
        ("text/html", "application/xhtml+xml"),
        (b"<!doctype html", b"<html"),
    ),
    Format("PDF", (".pdf",), "pdf:read_pdf", ("application/pdf",), (b"%pdf-",)),
    Format("Word", (".docx",), "office:read_docx", (_WORD,)),
    Format("OpenDocument", (".odt",), "office:read_odt", (_ODT,)),
    Format("EPUB", (".epub",), "epub:read_epub", ("application/epub+zip",)),
    Format("RTF", (".rtf",), "rtf:read_rtf", ("application/rtf", "text/rtf"), (b"{\\rtf",)),
    Format("e-mail", (".eml",), "mail:read_mail", ("message/rfc822",)),
    Format("CSV", (".csv", ".tsv"), "tables:read_csv", ("text/csv",), extracted=False),
    Format(
        "JSON lines",
        (".jsonl", ".ndjson"),
        "tables:read_json_lines",
        ("application/jsonl", "application/x-ndjson"),
        extracted=False,
    ),
)
SUFFIXES: Sequence[str] = tuple(suffix for f in (*FORMATS, ZIP) for suffix in f.suffixes)
"""What a folder is searched for; a file named directly may have any other suffix, if it is text."""
_BY_SUFFIX = {suffix: f for f in (*FORMATS, ZIP) for suffix in f.suffixes}
_BY_MEDIA_TYPE = {media: f for f in (*FORMATS, ZIP) for media in f.media_types}
MEDIA_TYPES = frozenset(_BY_MEDIA_TYPE)
"""What a server may declare a page to be."""
_INSIDE_ZIP = {
    "word/document.xml": ".docx",
    "META-INF/container.xml": ".epub",
    "content.xml": ".odt",
}


def format_of(suffix: str, data: bytes, media_type: str = "") -> Format:
    """Choose the format of a file: by its name, by what the server says, by its first bytes; else text.

    Args:
        suffix: of its name, with the dot.
        data: its bytes.
        media_type: as a server declared it, without parameters; it counts before the name.
    """
    known = _BY_MEDIA_TYPE.get(media_type) if media_type != "text/plain" else None
    known = known or _BY_SUFFIX.get(suffix.lower())
    if known is not None:
        return known
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for candidate in FORMATS:
        if candidate.starts and start.startswith(candidate.starts):
            return candidate
    return _zipped(data) if data.startswith(b"PK\x03\x04") else PLAIN


def _zipped(data: bytes) -> Format:
    """What a ZIP file is, by the members that it has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = set(file.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ZIP
    return next((_BY_SUFFIX[s] for name, s in _INSIDE_ZIP.items() if name in members), ZIP)
