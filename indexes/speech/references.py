"""The words that name a speaker, and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from indexes.documents import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """The words that name a speaker.

    Attributes:
        span: all of the words.
        heads: the head word of each one named ("Quill" and "Tamm" of a joint statement); for
            "who", that of the noun that it stands for.
        words: the noun phrase to call the speaker by where no name is known: for "who", that of
            the noun that it stands for.
        apposed: words that stand beside the head for the same one.
    """

    span: Span
    heads: tuple[Span, ...]
    words: Span
    apposed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who made an earlier statement, and how many characters before the one that is read it ended."""

    speaker: str = ""
    since: int = 0


NOBODY_EARLIER = Earlier()
GOES_ON_WITHIN = 400
"""Characters after a statement within which "he" or "they" may mean who made it rather than another one."""
