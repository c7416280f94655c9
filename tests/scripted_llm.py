"""A language model of llama-index that says what a test tells it to."""

from __future__ import annotations

import time
from typing import Any

from llama_index.core.llms import (
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)


class ScriptedLLM(CustomLLM):
    """Says ``says``, after a while, or raises; keeps what it was asked."""

    says: str = ""
    raises: Any = None
    takes_s: float = 0.0
    asked: list[str] = []  # noqa: RUF012 - a pydantic field: each model gets its own

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        self.asked.append(prompt)
        time.sleep(self.takes_s)
        if self.raises is not None:
            raise self.raises
        return CompletionResponse(text=self.says)

    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        raise AssertionError("nothing is streamed")
