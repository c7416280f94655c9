"""A gate for continuous integration: measures that must reach a floor."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evaluation.faults import RequestError
from qa.evaluation.measures import MEASURES, Measures


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value that a measure may have, in [0, 1]."""

    name: str
    least: float

    @classmethod
    def parse(cls, text: str) -> Floor:
        """Read ``right=0.9``.

        Raises:
            RequestError: if it is not a measure's name and a share, or lower values are the better ones.
        """
        name, _, value = text.partition("=")
        known = [one.name for one in MEASURES if one.higher_is_better]
        if name.strip() not in known:
            raise RequestError(
                f"--fail-under {text}: {name or 'nothing'} is no measure with a floor; choose from "
                f"{', '.join(known)}."
            )
        try:
            least = float(value)
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            raise RequestError(f"--fail-under {text}: give a share from 0 to 1, as in {name}=0.9.")
        return cls(name.strip(), least)

    def failure(self, measures: Measures) -> str | None:
        """Why the floor is not reached, in a sentence; None if it is."""
        value = measures[self.name].value
        if value is None:
            return f"{self.name} cannot be measured on this set, and should be at least {self.least:g}."
        if value < self.least:
            return f"{self.name} is {value:.4f}, and should be at least {self.least:g}."
        return None
