"""Settings of answering, beside those of the index."""

from __future__ import annotations

from typing import Literal

from indexes.settings import IndexSettings

Carefulness = Literal["careful", "balanced", "eager"]

THRESHOLDS: dict[Carefulness, float] = {"careful": 0.6, "balanced": 0.42, "eager": 0.2}
"""Confidence below which a question is declined."""


class Settings(IndexSettings):
    """What an assistant can be told.

    Attributes:
        carefulness: how sure an answer must be (``ONRECORD_CAREFULNESS``).
    """

    carefulness: Carefulness = "balanced"

    @property
    def threshold(self) -> float:
        """The confidence below which a question is declined."""
        return THRESHOLDS[self.carefulness]
