"""Settings of answering, beside those of the index."""

from __future__ import annotations

from typing import Literal

from indexes.settings import IndexSettings
from qa.question import Question

Carefulness = Literal["careful", "balanced", "eager"]

THRESHOLDS: dict[Carefulness, tuple[float, float, float]] = {
    "careful": (0.9, 0.6, 0.5),
    "balanced": (0.78, 0.33, 0.27),
    "eager": (0.45, 0.2, 0.12),
}
"""Confidence below which a question is declined: for somebody's words on a thing of one word, for their
words or views on what takes more words to ask, and for a fact.

Chosen on the sets of docs/quality.md: a statement that names the one word is there or it is not. The
more words a question has, the fewer of them an article repeats, and the less often by chance: of 37
such questions that nothing answers 5 reach .33, and of 106 others 9 do not.
"""


class Settings(IndexSettings):
    """What an assistant can be told.

    Attributes:
        carefulness: how sure an answer must be (``ONRECORD_CAREFULNESS``).
    """

    carefulness: Carefulness = "balanced"

    def threshold(self, question: Question) -> float:
        """The confidence below which a question is declined."""
        one_word, words, fact = THRESHOLDS[self.carefulness]
        if question.form != "said":
            return fact
        return one_word if question.strict and len(question.topic) == 1 else words
