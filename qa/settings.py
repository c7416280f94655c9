"""Settings of answering, beside those of the index."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError

from indexes.errors import OnrecordError
from indexes.settings import IndexSettings
from qa.question import Question

Carefulness = Literal["careful", "balanced", "eager"]

THRESHOLDS: dict[Carefulness, tuple[float, float, float]] = {
    "careful": (0.65, 0.72, 0.58),
    "balanced": (0.5, 0.34, 0.26),
    "eager": (0.2, 0.26, 0.13),
}
"""Confidence below which a question is declined: for somebody's words or views, for a fact, and for two
sides.

Chosen on the sets of docs/evidence.md, between them: higher ones decline more near misses, and more of
what people ask in words of their own.
"""


class SettingsError(OnrecordError):
    """A setting of the environment is not valid."""


def is_address(text: str) -> bool:
    """Tell whether a text is the address of a server: ``http://[::1`` only begins like one."""
    try:
        address = urlsplit(text)
        there = address.scheme in ("http", "https") and address.hostname and address.port != 0
    except ValueError:  # of a bracket that is left open, of a port beyond the last
        return False
    return bool(there) and text.split() == [text]


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError("it is no address of a server, as http://127.0.0.1:11434/v1 is")
    return text


class Settings(IndexSettings):
    """What an assistant can be told.

    Attributes:
        carefulness: how sure an answer must be (``ONRECORD_CAREFULNESS``).
        llm: the language model that words the answers, by the name that its server knows; none when
            empty (``ONRECORD_LLM``).
        llm_url: its OpenAI-compatible server (``ONRECORD_LLM_URL``).
        llm_key: the server's key, where it wants one (``ONRECORD_LLM_KEY``).
        llm_timeout_s: seconds after which the articles' own sentences answer instead
            (``ONRECORD_LLM_TIMEOUT_S``).
    """

    carefulness: Carefulness = "balanced"
    llm: str = Field(default="", max_length=200)
    llm_url: Annotated[str, AfterValidator(_address)] = "http://127.0.0.1:11434/v1"
    llm_key: SecretStr = SecretStr("")
    llm_timeout_s: float = Field(default=60.0, gt=0, le=3600)

    @classmethod
    def of_environment(cls) -> Self:
        """Read the settings of the environment.

        Raises:
            SettingsError: if one of them is not valid.
        """
        try:
            return cls()
        except ValidationError as error:
            wrong = "; ".join(
                f"ONRECORD_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()
            )
            raise SettingsError(
                f"A setting is not valid ({wrong}); correct it and try again."
            ) from error

    def threshold(self, question: Question) -> float:
        """The confidence below which a question is declined."""
        words, fact, sides = THRESHOLDS[self.carefulness]
        return {"said": words, "both-said": sides}.get(question.form, fact)
