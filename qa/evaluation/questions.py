"""Question sets: JSON lines, wholly checked before the first question is asked.

One object a line::

    {"id": "d01", "kind": "attribution", "question": "What did Quill say about quotas?",
     "history": [], "documents": ["lavrov.txt"], "answerable": true,
     "evidence": [["an exact piece of the article", {"document": "lavrov.txt", "start": 1, "end": 9}]],
     "answer_contains": [["September", "autumn"]], "answer_excludes": ["election interference"]}

``id``, ``question`` and ``answerable`` must be there. Other fields than these are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from indexes.errors import QuestionSetError

FAULTS_SHOWN = 10
"""How many faults of a set are named; the rest are counted."""

_LONGEST_SHOWN = 40

Words = Annotated[str, StringConstraints(min_length=1)]
NotBlank = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class Place(BaseModel):
    """The half-open range ``[start, end)`` of a document's text, in code points."""

    model_config = ConfigDict(frozen=True)

    document: NotBlank
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"should end after its start, not [{self.start}, {self.end})")
        return self


def _form(value: object) -> str:
    return "words" if isinstance(value, str) else "place"


Alternative = Annotated[
    Annotated[Words, Tag("words")] | Annotated[Place, Tag("place")], Discriminator(_form)
]
"""A piece of evidence: an exact substring of a document, or a place in one."""


def _not_empty(group: tuple[Any, ...]) -> tuple[Any, ...]:
    if not group:
        raise ValueError("should hold at least one alternative")
    return group


_FULL = AfterValidator(_not_empty)


class Question(BaseModel):
    """One question of a set, and what its answer is held to.

    Attributes:
        id: unique in its set; the answer bears it too.
        kind: what the measures are broken down by.
        question: as a person asks it.
        history: earlier questions and answers of the conversation, in order.
        documents: names of the documents to which it is scoped; None for all.
        answerable: whether the documents say.
        evidence: groups of alternatives; an answer cites one of each group.
        answer_contains: groups of alternatives; an answer says one of each group.
        answer_excludes: what an answer must not say, another speaker's words for instance.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: NotBlank
    question: NotBlank
    answerable: bool
    kind: str = ""
    history: tuple[str, ...] = ()
    documents: tuple[NotBlank, ...] | None = None
    evidence: tuple[Annotated[tuple[Alternative, ...], _FULL], ...] = ()
    answer_contains: tuple[Annotated[tuple[Words, ...], _FULL], ...] = ()
    answer_excludes: tuple[Words, ...] = ()

    @field_validator("documents")
    @classmethod
    def _no_names_are_no_scope(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return names or None


@dataclass(slots=True)
class Faults:
    """What is wrong with a set: the first faults in words, and how many there are."""

    path: str
    shown: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, where: str, what: str) -> None:
        """Note a fault."""
        self.count += 1
        if len(self.shown) < FAULTS_SHOWN:
            self.shown.append(f"line {line}{f', {where}' if where else ''}: {what}")

    def raise_if_any(self) -> None:
        """Report all faults at once.

        Raises:
            QuestionSetError: if a fault was noted.
        """
        if not self.count:
            return
        rest = self.count - len(self.shown)
        lines = [*self.shown, *([f"… and {rest} more"] if rest else [])]
        raise QuestionSetError(
            f"{self.path} is not a question set yet; correct this and try again:\n  "
            + "\n  ".join(lines),
            self.path,
        )


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in a file, checked when loaded, read again one by one whenever they are iterated.

    Attributes:
        path: the file.
        size: how many questions it holds.
    """

    path: Path
    size: int

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Check a file of JSON lines; only the ids of its questions are held in memory.

        Raises:
            QuestionSetError: if it cannot be read, holds no question, or has broken lines: each is
                named with its number, the field and what is wrong, as far as there are not too many.
        """
        path = Path(path)
        faults = Faults(str(path))
        first_lines: dict[str, int] = {}
        for number, line in _lines(path):
            try:
                question = _parse(line)
            except ValidationError as error:
                for where, what in _told(error):
                    faults.add(number, where, what)
                continue
            first = first_lines.setdefault(question.id, number)
            if first != number:
                faults.add(number, "id", f"{_shown(question.id)} is the id of line {first} already")
        faults.raise_if_any()
        if not first_lines:
            raise QuestionSetError(
                f"{path} holds no question; write one JSON object a line, with id, question and answerable.",
                str(path),
            )
        return cls(path, len(first_lines))

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Question]:
        for _, question in self.numbered():
            yield question

    def numbered(self) -> Iterator[tuple[int, Question]]:
        """Yield the questions with the numbers of their lines, from 1.

        Raises:
            QuestionSetError: if the file was changed since it was loaded, and is broken now.
        """
        for number, line in _lines(self.path):
            try:
                question = _parse(line)
            except ValidationError as error:
                faults = Faults(str(self.path))
                for where, what in _told(error):
                    faults.add(number, where, what)
                faults.raise_if_any()
            else:
                yield number, question


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                content = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
                if content:
                    yield number, content
    except FileNotFoundError as error:
        raise QuestionSetError(
            f"There is no question set {path}; check the path.", str(path)
        ) from error
    except OSError as error:
        raise QuestionSetError(
            f"The question set {path} cannot be read ({error.strerror or error}).", str(path)
        ) from error


def _parse(line: bytes) -> Question:
    return Question.model_validate_json(line, strict=True)


def _told(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield where each fault of a line lies and what is wrong, in words for people."""
    for fault in error.errors(include_url=False):
        what = fault["msg"]
        kind = fault["type"]
        given = fault["input"]
        if kind == "json_invalid":
            what = _broken_json(what, given)
        elif kind == "missing":
            what = "is missing"
        elif kind == "model_type":
            what = f"should be an object, not {_shown(given)}"
        elif kind == "value_error":
            what = what.removeprefix("Value error, ")
        elif kind in ("string_too_short", "string_pattern_mismatch"):
            what = "should not be empty"
        elif kind == "tuple_type":
            what = f"should be a list, not {_shown(given)}"
        else:
            what = f"{what.replace('Input should', 'should').replace(' valid', '')}, not {_shown(given)}"
        yield _where(fault["loc"]), what


def _broken_json(message: str, line: object) -> str:
    if isinstance(line, bytes):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            return f"is not UTF-8 text (byte {error.start + 1} of the line)"
    reason = message.removeprefix("Invalid JSON: ").replace(" at line 1 column ", ", column ")
    return f"is not JSON ({reason})"


def _where(parts: tuple[int | str, ...]) -> str:
    """Write a place in a line as Python would: ``evidence[0][1].start``."""
    text = ""
    for at, part in enumerate(parts):
        if isinstance(part, int):
            text += f"[{part}]"
        elif not (at and part in ("words", "place")):  # which of two forms was tried
            text += f".{part}" if text else part
    return text


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
