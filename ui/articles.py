"""What is told of a quotation's place: its paragraph, and the language that it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexes.documents import Document, Span
from indexes.layout import paragraph_at, paragraph_numbers
from indexes.speech.language import is_english
from qa.answer import Citation
from ui.language import day

if TYPE_CHECKING:
    from qa.assistant import Assistant

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_SAMPLE = 4000
"""Characters of an article by which its language is told, where its source declares none."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an article that is cited.

    Attributes:
        paragraphs: ``(start, number)`` of each, as `indexes.layout.paragraph_numbers` has them.
        language: as `language_of` has it.
        published: the day, in the language that is spoken; "" where it is not known.
    """

    paragraphs: tuple[tuple[int, int], ...] = ()
    language: str = ""
    published: str = ""

    def paragraph(self, offset: int) -> int | None:
        """Return the number of the paragraph that holds a place; None outside of all."""
        return paragraph_at(self.paragraphs, offset)


Outlines = Mapping[str, Outline]
"""By document name."""
UNKNOWN = Outline()
"""Of an article that is not on record any more."""


def language_of(document: Document) -> str:
    """Return an article's language for a ``lang`` attribute; "" says that it is not known.

    It is what the source declares, or English where the text shows it.
    """
    declared = (document.language or "").strip().replace("_", "-")
    if _TAG.fullmatch(declared):
        return declared
    sample = Span(document.body, min(len(document.text), document.body + _SAMPLE))
    return "en" if is_english(document.text, sample) else ""


def outlines(assistant: Assistant, cites: Iterable[Citation]) -> Outlines:
    """Return the outline of every document on record that is cited."""
    known = {record.name for record in assistant.documents()}
    made = {}
    for name in {cite.document for cite in cites} & known:
        document = assistant.document(name)
        numbers = paragraph_numbers(document, assistant.paragraphs(name))
        made[name] = Outline(
            tuple(numbers), language_of(document), day(document.published, short=True)
        )
    return made
