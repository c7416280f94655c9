"""Conditions on documents, as people write them: ``published>=2019-12-01``, ``publisher=The Daily``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexes.dates import day_of
from indexes.errors import FilterError

_COLUMNS = {
    "published": "day",
    "added": "added",
    "publisher": "publisher",
    "byline": "byline",
    "title": "title",
    "language": "language",
    "source": "source",
    "document": "name",
}
_DATES = ("published", "added")
FIELDS = (*_COLUMNS, "speaker")
"""What can be asked for."""
_FORM = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=|~|>|<)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition.

    Attributes:
        field: one of ``FIELDS``.
        operator: ``=``, ``!=``, ``~`` (has these words in it), and for dates ``<``, ``<=``, ``>``, ``>=``.
        value: what it is compared with; a date may be a year or a month.
    """

    field: str
    operator: str
    value: str

    @classmethod
    def of(cls, text: str) -> Condition:
        """Read a condition.

        Raises:
            FilterError: if it is not one; says what can be asked.
        """
        match = _FORM.fullmatch(text)
        if match is None or match[1].lower() not in FIELDS or not match[3].strip():
            raise FilterError(
                f"“{text}” is no condition: write a field, one of = != ~ < <= > >=, and a value, as in "
                f"published>=2019-12-01; the fields are {', '.join(FIELDS)}.",
                text,
            )
        field, operator, value = match[1].lower(), match[2], match[3].strip().strip("\"'")
        if field in _DATES:
            day = day_of(value)
            if day is None or operator == "~":
                raise FilterError(
                    f"“{text}” compares no date: write one as 2019-12-01, 2019-12 or 2019.", text
                )
            value = day
        elif operator in ("<", "<=", ">", ">="):
            raise FilterError(f"“{text}” puts words in order: for {field}, use = != or ~.", text)
        return cls(field, operator, value)

    def sql(self, matching: Callable[[str], Sequence[str]]) -> tuple[str, list[object]]:
        """The condition over a row ``d`` of documents, with its parameters.

        Args:
            matching: the speakers on record whom a name means.
        """
        if self.field == "speaker":
            names = matching(self.value)
            marks = ", ".join("?" * len(names))
            inside = f"d.id IN (SELECT document FROM statements WHERE speaker IN ({marks}))"  # noqa: S608 - only marks
            return (f"NOT {inside}" if self.operator == "!=" else inside), list(names)
        column = f"d.{_COLUMNS[self.field]}"
        if self.field in _DATES:
            # As many characters as the value has: a month holds its days.
            return f"substr({column}, 1, ?) {self.operator} ?", [len(self.value), self.value]
        if self.operator == "~":
            return f"instr(lower({column}), lower(?)) > 0", [self.value]
        equal = f"lower(coalesce({column}, '')) = lower(?)"
        values: list[object] = [self.value]
        if self.field == "document":
            equal = (
                f"({equal} OR d.id IN (SELECT document FROM aliases WHERE lower(name) = lower(?)))"  # noqa: S608 - a constant
            )
            values *= 2
        return (f"NOT {equal}" if self.operator == "!=" else equal), values
