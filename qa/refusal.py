"""Why the articles do not say: the facts, so that each caller can put them in its own language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from qa.question import AnswerType

Cause = Literal[
    "no-question",
    "empty-index",
    "no-document",
    "nothing-near",
    "nothing-more",
    "none-named",
    "not-on-record",
    "unused-words",
    "not-about-this",
    "named-only",
    "near",
    "unsigned",
    "undated",
    "unsourced",
    "untitled",
]

_UNSAID: Mapping[str, str] = {
    "unsigned": "who wrote them",
    "undated": "when they were published",
    "unsourced": "who published them",
    "untitled": "what they are called",
}
_MISSED: Mapping[AnswerType, str] = {
    "person": "not the person asked for",
    "name": "do not give the name asked for",
    "number": "give no number that answers this",
    "date": "give no date that answers this",
    "place": "give no place that answers this",
    "reason": "give no reason for this",
    "list": "list nothing of the kind",
    "any": "leave this open",
}


class Refusal(BaseModel):
    """Why a question is not answered; ``str()`` is one sentence of English that says so.

    Attributes:
        cause: ``no-question``, ``empty-index``, ``no-document``: there was nothing to search for,
            or in. ``nothing-near``: no passage comes near. ``nothing-more``: what an earlier answer of
            the conversation cites is all. ``none-named``: no article names anything of the kind asked for.
            ``not-on-record``: ``names`` say nothing in the articles, ``others`` do about the topic.
            ``unused-words``: no article has these words of the question, ``names``. ``not-about-this``: ``names``
            are on record, but not about the topic. ``named-only``: the articles found name ``names``
            ``times`` times, and give nothing of the kind ``wanted``. ``near``: none of these.
            ``unsigned``, ``undated``, ``unsourced``, ``untitled``: the articles' texts do not
            say who wrote them and so on; the files or pages that they came from say ``names``.
        names: whom, or which words, the cause is about.
        others: who is on record about the topic.
        times: how often the articles found have the name.
        wanted: what kind of answer the question asks for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cause: Cause
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    times: int = Field(default=0, ge=0)
    wanted: AnswerType = "any"

    @property
    def nothing_searched(self) -> bool:
        """Whether there was nothing to search for, or in."""
        return self.cause in ("no-question", "empty-index", "no-document")

    def __str__(self) -> str:
        match self.cause:
            case "no-question":
                return (
                    "Ask a question in words that say whom or what it is about, and the articles will be"
                    " searched for its answer."
                )
            case "empty-index":
                return "Nothing has been added yet: add an article, and ask again."
            case "no-document":
                return "No document on record meets these conditions; `onrecord list` shows what is there."
            case "nothing-near":
                why = "nothing in them comes near this question"
            case "nothing-more":
                why = "there is nothing in them about it beyond what was cited already"
            case "none-named":
                why = "they name none"
            case "not-on-record":
                verb = "is" if len(self.names) == 1 else "are"
                why = f"{joined(self.names)} {verb} not on record in them"
                why += f". On record about it: {joined(self.others)}" if self.others else ""
            case "unused-words":
                # Not "never mention": they may well say "frozen" where the question says "freeze".
                noun = "word" if len(self.names) == 1 else "words"
                quoted = joined([f"“{word}”" for word in self.names], "or")
                why = f"they do not use the {noun} {quoted}"
            case "not-about-this":
                why = f"{joined(self.names)} is on record in them, but not about this"
            case "named-only":
                often = "once" if self.times == 1 else f"{self.times} times"
                why = f"they name {joined(self.names)} {often}, but {_MISSED[self.wanted]}"
            case "near":
                return "The articles do not say, though they come near the question."
            case "unsigned" | "undated" | "unsourced" | "untitled":
                stated = f"; the file or page has {joined(self.names)}" if self.names else ""
                return _ended(f"The articles do not say {_UNSAID[self.cause]}{stated}")
        return _ended(f"The articles do not say: {why}")


def _ended(sentence: str) -> str:
    """A sentence with its full stop, which "Jr." at its end has already."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def joined(names: Sequence[str], conjunction: str = "and") -> str:
    """Join names as a sentence does: "A, B and C"."""
    *firsts, last = names
    return f"{', '.join(firsts)} {conjunction} {last}" if firsts else last
