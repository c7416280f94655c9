"""Documents, and places in them.

A document's ``text`` is canonical: every offset anywhere in onrecord counts Unicode code points
of it, half-open, so that ``document.text[start:end]`` is what a citation quotes.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_LONE = re.compile("[\ud800-\udfff]")


def well_formed(text: str) -> str:
    """Put U+FFFD in the place of each half of a surrogate pair; no tokenizer, file or page takes one."""
    return _LONE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range ``[start, end)`` of a document's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that no text can have.

        Raises:
            ValueError: if ``0 <= start <= end`` does not hold.
        """
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a range of text: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in this range."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two ranges share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this range."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Document:
    """One article after extraction; all of its words are well-formed.

    Attributes:
        name: what people call it: the file's name, or the URL. Unique in an index.
        text: the canonical text.
        title: the headline, or the name when there is none.
        byline: who wrote it, when the source says.
        published: when it appeared, as the source writes it (ISO 8601 where it does).
        source: where it was read from: an absolute path or a URL.
        body: where the article proper starts: front matter lies before it.
        publisher: the paper, site or house, when the source says.
        language: as the source declares it ("en-GB").
        pages: where each page starts in the text; empty where there are no pages.
        unread: one sentence on what of the source has no text, or "".
    """

    name: str
    text: str
    title: str
    byline: str | None = None
    published: str | None = None
    source: str | None = None
    body: int = 0
    publisher: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    unread: str = ""

    def __post_init__(self) -> None:
        """Make every word well-formed before any place in the text is known."""
        for name, value in list(vars(self).items()):
            if isinstance(value, str):
                object.__setattr__(self, name, well_formed(value))

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the text: the same content is the same document."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def words(self) -> int:
        """How many words the article has, split at white space."""
        return len(self.text[self.body :].split())

    def page_at(self, offset: int) -> int | None:
        """The page that holds a place, counted from 1; None where there are no pages."""
        return max(bisect_right(self.pages, offset), 1) if self.pages else None


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came, kept where the stored text was extracted from it.

    Attributes:
        suffix: of its format, with the dot (".pdf").
        data: its bytes.
    """

    suffix: str
    data: bytes
