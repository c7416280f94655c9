"""What is said of an answer or a question set: facts, so that each caller can use its own language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AS_SAID = "as-said"
"""The kind of what is kept or passed on in the words of another: a library, an earlier version."""
QUOTED = frozenset({"quote", "closest"})
"""Values that are an article's words; each language puts them in its own quotation marks."""

ENGLISH: Mapping[str, str] = {
    AS_SAID: "{words}",
    # why an answer counts as wrong
    "inexact": "a quote is not its document's text[start:end]",
    "declined": "declined, but the articles say",
    "answered": "answered, but the articles do not say",
    "evidence-cited": "evidence cited {found}/{of}",
    "irrelevant": "no relevant document cited",
    "words-missing": "missing: {words}",
    "words-unwanted": "must not say: {words}",
    "not-concise": "not concise: {cited} characters cited, {said} in the answer",
}
"""The kinds of remarks, each with its line of English; ``{places}`` are named as the values."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A line about something; ``str()`` is the line in English.

    Attributes:
        kind: which of ``ENGLISH`` it is.
        values: what stands in its places; one that is a remark is told in the line's language.
    """

    kind: str
    values: Mapping[str, str | int | Remark] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        shown = {
            name: in_marks(str(value)) if name in QUOTED else value
            for name, value in self.values.items()
        }
        return ENGLISH[self.kind].format(**shown)

    @classmethod
    def read(cls, kept: str | Mapping[str, Any]) -> Remark:
        """Read a remark from JSON's objects; earlier versions, and reports, have its English only.

        Raises:
            KeyError: if it is of no known kind, or lacks a value.
            TypeError: if it is neither text nor an object.
        """
        if isinstance(kept, str):
            return remark(AS_SAID, words=kept)
        made = cls(kept["kind"], dict(kept["values"]))
        str(made)
        return made


def remark(kind: str, /, **values: str | int | Remark) -> Remark:
    """Make a remark."""
    return Remark(kind, values)


def in_marks(words: str, marks: str = "“{text}”") -> str:
    """Put words in quotation marks, unless they bring their own."""
    return words if words.startswith(("“", '"')) else marks.format(text=words)
