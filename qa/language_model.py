"""A language model, plugged in: the one that the settings name, and asking any within a time.

Whatever goes wrong is one sentence. It never repeats what the server said, which may hold the key.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from indexes.errors import ModelError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from qa.settings import Settings

_WRITES_AT_MOST = 600
"""Tokens of an answer."""


def named(settings: Settings) -> LLM:
    """The language model that the settings name, at its OpenAI-compatible server.

    Raises:
        ModelError: if they name none, or what is needed to talk to it is not installed.
    """
    if not settings.llm:
        raise ModelError("No language model is named; set ONRECORD_LLM to the name of one.")
    try:
        from llama_index.llms.openai_like import OpenAILike
    except ImportError as error:
        raise ModelError(
            f"The language model {settings.llm} cannot be asked: run `pip install 'onrecord[llm]'`, "
            "which adds what talks to its server.",
            settings.llm,
        ) from error
    return OpenAILike(
        model=settings.llm,
        api_base=settings.llm_url,  # always given, so that nothing falls back on a server far away
        api_key=settings.llm_key.get_secret_value() or "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=_WRITES_AT_MOST,
        timeout=settings.llm_timeout_s,
        max_retries=0,
    )


def name_of(llm: LLM) -> str:
    """What a language model is called."""
    known = llm.metadata.model_name
    return known if known and known != "unknown" else type(llm).__name__


def complete(llm: LLM, system: str, request: str, timeout_s: float) -> str:
    """Ask a language model.

    A model that hangs cannot be stopped; it is left to itself in a thread that ends with the program.

    Args:
        llm: any language model of llama-index.
        system: what it is to do.
        request: what it is to do it with.
        timeout_s: seconds after which nobody waits any more.

    Raises:
        ModelError: if it fails, or is too slow.
    """
    from llama_index.core.llms import ChatMessage, MessageRole

    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=system),
        ChatMessage(role=MessageRole.USER, content=request),
    ]
    coming: Future[str] = Future()
    threading.Thread(target=_ask, args=(llm, messages, coming), daemon=True).start()
    try:
        return coming.result(timeout_s)
    except Exception as error:  # a model may be anybody's, and raise anything
        raise ModelError(
            f"The language model {name_of(llm)} {_what_happened(error, timeout_s)}.", name_of(llm)
        ) from error


def _ask(llm: LLM, messages: Sequence[object], coming: Future[str]) -> None:
    try:
        coming.set_result(str(llm.chat(messages).message.content or ""))
    except BaseException as error:  # handed to whoever waits
        coming.set_exception(error)


def _what_happened(error: Exception, timeout_s: float) -> str:
    kind, status = type(error).__name__, getattr(error, "status_code", None)
    if "Timeout" in kind:
        return (
            f"did not answer within {timeout_s:g} s; give it more time with ONRECORD_LLM_TIMEOUT_S"
        )
    if "Connection" in kind or "Connect" in kind:
        return "cannot be reached; start its server, or correct ONRECORD_LLM_URL"
    if status in (401, 403):
        return f"refused the key (status {status}); correct ONRECORD_LLM_KEY"
    if status == 404:
        return "is not known to its server (status 404); correct ONRECORD_LLM or ONRECORD_LLM_URL"
    if status:
        return f"failed (status {status}); look at what its server says"
    return f"failed ({kind}); look at what its server says"


def tried(llm: LLM, timeout_s: float) -> str:
    """Say in one sentence that a language model answers.

    Raises:
        ModelError: if it does not.
    """
    started = time.perf_counter()
    said = complete(llm, "You are asked whether you are there.", "Reply: yes.", timeout_s)
    if not said.strip():
        raise ModelError(
            f"The language model {name_of(llm)} answered with nothing; try another model.",
            name_of(llm),
        )
    return f"The language model {name_of(llm)} answered in {time.perf_counter() - started:.1f} s."
