"""Remarks on answers and question sets in the language that is spoken: from the facts, as refusals."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evaluation.remarks import AS_SAID, QUOTED, Remark, in_marks
from ui.language import DEFAULT, spoken, t

_POSITIONS = frozenset({"at", "start", "end", "there"})
"""Values that number a place, whose digits are not grouped."""


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words.

    Attributes:
        text: as it goes on in a line.
        language: of the text, where it is not the one that is spoken.
    """

    text: str
    language: str = ""

    @property
    def sentence(self) -> str:
        """The text as it begins a line."""
        return self.text[:1].upper() + self.text[1:]


def told(remark: Remark) -> Told:
    """Put a remark in words; one kept without its facts stays as it was said, in English."""
    if remark.kind == AS_SAID:
        return Told(str(remark), DEFAULT)
    values = {name: _shown(name, value) for name, value in remark.values.items()}
    return Told(t(f"remarks.{remark.kind}", **values))


def _shown(name: str, value: str | int | Remark) -> str | int:
    if isinstance(value, Remark):
        return told(value).text
    if name in QUOTED:
        return in_marks(str(value), spoken().pattern("source.quoted"))
    return str(value) if name in _POSITIONS else value
