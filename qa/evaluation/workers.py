"""Asking in several processes, each with the index opened for itself; answers come in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexes.errors import OnrecordError
from qa.evaluation.questions import Question
from qa.evaluation.runner import Asked, Asker
from qa.evaluation.texts import Texts

if TYPE_CHECKING:
    from qa.assistant import Assistant

_TOGETHER = 8
"""Questions that a process is given at once."""
_AHEAD = 3
"""Portions for each process that wait or are being asked; more would only fill memory."""

_asker: Asker | None = None


def in_processes(
    assistant: Assistant, questions: Iterator[Question], workers: int
) -> Iterator[Asked]:
    """Ask in processes of their own, a few portions ahead; the outcomes come in the questions' order.

    Raises:
        OnrecordError: if a process dies.
    """
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_open,
        initargs=(assistant.index.folder, assistant.settings.model_dump()),
    )
    waiting: deque[Future[list[Asked]]] = deque()
    try:
        while portion := list(islice(questions, _TOGETHER)):
            waiting.append(pool.submit(_ask, portion))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise OnrecordError(
            "A process that asks questions was ended from outside, for want of memory perhaps; "
            "run the same command again to go on."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _open(folder: Path, settings: dict[str, Any]) -> None:
    """Open the index in this process; an interrupt is for the one that asked for it."""
    global _asker
    from qa.assistant import Assistant
    from qa.settings import Settings

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    assistant = Assistant.open(folder, settings=Settings(**settings))
    _asker = Asker(assistant, Texts(assistant))


def _end_with_parent() -> None:
    """End when the process that asked for this one has been killed: nobody else would end it."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _ask(portion: list[Question]) -> list[Asked]:
    if _asker is None:
        raise RuntimeError("the process was not opened")
    return [_asker.ask(question) for question in portion]
