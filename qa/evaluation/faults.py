"""What is wrong with a question set: every broken row, named by its place, its field and its fault."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexes.errors import OnrecordError, QuestionSetError
from qa.evaluation.remarks import Remark

FAULTS_SHOWN = 100
"""How many faults of a set are named; the rest are counted."""


class RequestError(OnrecordError):
    """A report, floor or comparison that cannot be had as it was asked for; nothing was asked yet."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        where: the place in the file as its format counts: "line 3", "row 7", "question 12".
        field: the field or column, or "" when the whole row is meant.
        what: what is wrong; its words follow the field's name.
    """

    where: Remark
    field: str
    what: Remark

    def __str__(self) -> str:
        return f"{self.where}{f', {self.field}' if self.field else ''}: {self.what}"


class BrokenSetError(QuestionSetError):
    """A question set with faults; none of its questions was asked.

    Attributes:
        faults: the first of them, in the order of the file.
        count: how many there are.
    """

    def __init__(self, path: str, faults: tuple[Fault, ...], count: int) -> None:
        rest = [f"… and {count - len(faults)} more"] if count > len(faults) else []
        lines = [*map(str, faults), *rest]
        super().__init__(
            f"{path} is not a question set yet; correct this and try again:\n  "
            + "\n  ".join(lines),
            path,
        )
        self.faults = faults
        self.count = count


@dataclass(slots=True)
class Faults:
    """Collects the faults of a set, so that all are told at once."""

    path: str
    shown: list[Fault] = field(default_factory=list)
    count: int = 0

    @property
    def is_full(self) -> bool:
        """Whether further faults are counted only, so that nothing need be done to explain them."""
        return len(self.shown) >= FAULTS_SHOWN

    def add(self, fault: Fault) -> None:
        """Note a fault."""
        self.count += 1
        if not self.is_full:
            self.shown.append(fault)

    def raise_if_any(self) -> None:
        """Report all faults at once.

        Raises:
            BrokenSetError: if a fault was noted.
        """
        if self.count:
            raise BrokenSetError(self.path, tuple(self.shown), self.count)
