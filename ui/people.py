"""Speakers with how much each has on record, as they are listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.language import t

UNSURE = "?"
"""Stands in an address for the statements whose speaker is unsure."""


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker in the list of speakers; ``share`` is the bar's length in percent."""

    name: str
    key: str
    statements: int
    share: int


def people(counted: Mapping[str, int]) -> tuple[Person, ...]:
    """List speakers by their number of statements, most first; the unsure ones ("") come last."""
    sure = sorted(((n, name) for name, n in counted.items() if name), key=lambda one: -one[0])
    most = max((n for n, _ in sure), default=1)
    found = [Person(name, name, n, round(100 * n / most)) for n, name in sure]
    if unsure := counted.get("", 0):
        found.append(
            Person(t("statements.unsure"), UNSURE, unsure, min(100, round(100 * unsure / most)))
        )
    return tuple(found)
