"""RTF, by striprtf."""

from __future__ import annotations

import re
from pathlib import PurePath

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.text import title_of

_STATED = re.compile(r"\{\\(title|author|company) ([^{}\\]{1,300})\}")


def read_rtf(data: bytes, source: str) -> Document:
    """Make a document of an RTF file.

    Raises:
        DocumentError: if it is not RTF or has no text.
    """
    from striprtf.striprtf import rtf_to_text

    name = PurePath(source).name
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError(f"{name} is not RTF, whatever its name says; nothing was added.", name)
    raw = data.decode("latin-1").replace("\0", "")
    try:
        text = rtf_to_text(raw, errors="replace").strip()
    except (ValueError, LookupError, IndexError, TypeError, RecursionError) as error:
        raise DocumentError(
            f"{name} is damaged ({type(error).__name__}); save it again and add that.", name
        ) from error
    if not text:
        raise DocumentError(f"{name} has no text; nothing was added.", name)
    stated = {key: value.strip() for key, value in _STATED.findall(raw[:20_000])}
    return Document(
        name,
        text,
        stated.get("title") or title_of(text) or name,
        byline=stated.get("author"),
        source=source,
        publisher=stated.get("company"),
    )
