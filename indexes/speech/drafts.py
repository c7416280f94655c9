"""A statement before its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass

from indexes.documents import Span
from indexes.speech.references import Reference


@dataclass(slots=True)
class Draft:
    """A statement before its speaker is known."""

    content: list[Span]
    cue: Span | None = None
    reference: Reference | None = None
    after: Draft | None = None
    """The statement that it goes on from, whose speaker it then has."""
    follows: float = 0.0
    """How sure it is that it goes on from ``after``."""
    quoted: bool = False
    open: bool = False
    """Whether its last quotation has no closing mark, so that the next paragraph goes on."""
    guessed: bool = False
    """Whether the reference is only the subject of the sentence before."""
