"""What readers of question sets share: rows, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from indexes.errors import QuestionSetError
from qa.evaluation.faults import Fault
from qa.evaluation.questions import Question
from qa.evaluation.remarks import AS_SAID, Remark, remark

_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a file, or what keeps it from being one.

    Attributes:
        where: the place in the file as its format counts.
        question: None when there are faults.
        faults: what is wrong.
    """

    where: Remark
    question: Question | None
    faults: tuple[Fault, ...] = ()

    @classmethod
    def broken(cls, where: Remark, field: str, what: Remark) -> Row:
        """A row with one fault."""
        return cls(where, None, (Fault(where, field, what),))


def row_of(where: Remark, fields: Mapping[str, Any] | bytes) -> Row:
    """Make a row of a question's fields, or of its JSON."""
    try:
        if isinstance(fields, bytes):
            return Row(where, Question.model_validate_json(fields, strict=True))
        return Row(where, Question.model_validate(fields))
    except ValidationError as error:
        return Row(where, None, tuple(Fault(where, *told) for told in _told(error)))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn failures to read a file into one sentence.

    Raises:
        QuestionSetError: if the file is not there, or cannot be read.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise QuestionSetError(
            f"There is no question set {path}; check the path.", str(path)
        ) from error
    except OSError as error:
        raise QuestionSetError(
            f"The question set {path} cannot be read ({error.strerror or error}).", str(path)
        ) from error


def shown(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    """A value as JSON, cut short."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


_PLAIN = {
    "missing": "missing",
    "string_too_short": "empty",
    "string_pattern_mismatch": "empty",
}
_GIVEN = {
    "model_type": "no-object",
    "tuple_type": "no-list",
    "string_type": "no-string",
    "bool_type": "no-boolean",
    "int_type": "no-integer",
    "greater_than_equal": "negative",
}
"""Pydantic's kinds of faults and ours; the latter say what was given instead."""


def _told(error: ValidationError) -> Iterator[tuple[str, Remark]]:
    """Yield where each fault of a row lies and what is wrong."""
    for fault in error.errors(include_url=False):
        kind, given = fault["type"], fault["input"]
        if kind == "json_invalid":
            what = _broken_json(fault["msg"], given)
        elif kind in _PLAIN:
            what = remark(_PLAIN[kind])
        elif kind in _GIVEN:
            what = remark(_GIVEN[kind], given=shown(given))
        elif kind == "value_error":  # raised with a remark, in questions.py
            what = fault["ctx"]["error"].args[0]
        else:
            told = fault["msg"].replace("Input should", "should").replace(" valid", "")
            what = remark(AS_SAID, words=f"{told}, not {shown(given)}")
        yield _where(fault["loc"]), what


def _broken_json(message: str, line: object) -> Remark:
    if isinstance(line, bytes):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            return remark("no-utf-8", at=error.start + 1)
    reason = message.removeprefix("Invalid JSON: ").replace(" at line 1 column ", ", column ")
    return remark("broken-json", reason=reason)


def _where(parts: tuple[int | str, ...]) -> str:
    """Write a place in a row as Python would: ``evidence[0][1].start``."""
    text = ""
    for at, part in enumerate(parts):
        if isinstance(part, int):
            text += f"[{part}]"
        elif not (at and part in ("words", "place")):  # which of two forms was tried
            text += f".{part}" if text else part
    return text
