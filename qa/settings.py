"""Settings of answering, beside those of the index."""

from __future__ import annotations

from typing import Literal

from indexes.settings import IndexSettings
from qa.question import Form

Carefulness = Literal["careful", "balanced", "eager"]

THRESHOLDS: dict[Carefulness, tuple[float, float]] = {
    "careful": (0.9, 0.5),
    "balanced": (0.74, 0.27),
    "eager": (0.45, 0.12),
}
"""Confidence below which a question is declined: one for somebody's words, one for a fact.

Chosen on the sets of docs/quality.md: a statement is there or it is not, while a sentence that
answers a question of fact is easily doubted.
"""


class Settings(IndexSettings):
    """What an assistant can be told.

    Attributes:
        carefulness: how sure an answer must be (``ONRECORD_CAREFULNESS``).
    """

    carefulness: Carefulness = "balanced"

    def threshold(self, form: Form) -> float:
        """The confidence below which a question of this form is declined."""
        words, fact = THRESHOLDS[self.carefulness]
        return words if form == "said" else fact
