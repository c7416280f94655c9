"""What is said of answers and question sets: facts, so that each caller can use its own language."""

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
    # where a fault of a set lies
    "line": "line {at}",
    "line-of": "{file}, line {at}",
    "row": "row {at}",
    "question": "question {at}",
    # what is wrong with a field, after its name
    "missing": "is missing",
    "empty": "should not be empty",
    "no-object": "should be an object, not {given}",
    "no-object-with": "should be an object with {first} and {second}",
    "no-list": "should be a list, not {given}",
    "no-string": "should be a string, not {given}",
    "no-boolean": "should be a boolean, not {given}",
    "no-integer": "should be an integer, not {given}",
    "negative": "should be greater than or equal to 0, not {given}",
    "no-utf-8": "is not UTF-8 text (byte {at} of the line)",
    "no-json": "is not JSON",
    "broken-json": "is not JSON ({reason})",
    "backwards": "should end after its start, not [{start}, {end})",
    "no-alternative": "should hold at least one alternative",
    "id-taken": "{id} is the id of {where} already",
    # ... in a table
    "second-column": "is a second column of {column}",
    "unknown-column": "is no column that is known; is it “{near}”?",
    "no-question-column": "is no column here; the first row has {seen}",
    "no-answer-column": "is missing; add it, or a column quote or answerable",
    "not-yes-or-no": "should be yes or no, not {given}",
    "neither-yes-nor-no": "should be yes or no where there is no answer and no quote",
    "not-blank": "should be empty where answerable is no",
    "no-answer": "is missing, and the answer too; give one of them",
    # ... in SQuAD's JSON or BEIR's folder
    "unknown-context": "{given} stands in no article on record; add the set's articles with --add-articles",
    "misplaced": "{given} is not at {at} of its paragraph; it stands at {there}",
    "nowhere": "{given} is not at {at} of its paragraph, nor anywhere in it",
    "no-answers": "should hold one, as the question is not impossible",
    "no-judgement": "should be query, document and a whole number, not {given}",
    "unrecorded": "{name} not on record; add the set's articles with --add-articles",
    "unrecorded-more": "{name} and {more} more not on record; add the set's articles with --add-articles",
    # ... with what it refers to
    "unknown-scope": "there is no document named {name} in the index (`onrecord list` shows the names)",
    "unknown-document": "there is no document named {name} in the index",
    "outside": "[{start}, {end}) is not in {name}, which has {length} characters",
    "any-article": "any article",
    "misquoted": "{quote} does not stand in {place} word for word",
    "misquoted-far": "{quote} does not stand in {place} word for word, and nothing there comes near it",
    "misquoted-near": "{quote} does not stand in {place} word for word; closest, in {name} "
    "({alike} % alike): {closest}",
    # why feedback makes no question
    "unsaid": "Say what would have been right, and it becomes a test.",
    "article-changed": "Its article has changed or is gone: {what}.",
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
