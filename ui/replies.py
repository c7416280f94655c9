"""What the page's script is told when it asks: plain functions over an assistant, no Gradio.

What comes from the page is checked on arrival; what goes back is JSON, with HTML that is escaped.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from indexes.documents import Span
from indexes.errors import OnrecordError
from indexes.layout import paragraph_numbers
from indexes.loaders import SUFFIXES
from qa.answer import Answer
from ui.marks import Mark
from ui.render import (
    Arrival,
    Numbers,
    arrival_html,
    arrived,
    failed_html,
    library_html,
    source_html,
    start_html,
    turn_html,
)

if TYPE_CHECKING:
    from qa.assistant import Assistant

STAGES = {"searching": "", "reading": "Reading the closest passages …"}
BROKEN = "Something went wrong here; the details are in the terminal that started this page."
EXAMPLES = 4

_log = logging.getLogger(__name__)


class _Sent(BaseModel):
    """Something that the page's script sends."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Asked(_Sent):
    """A question. ``turn`` is the page's number for it; ``fresh`` starts a new conversation."""

    turn: int = Field(ge=1)
    question: str = Field(min_length=1)
    fresh: bool = False


class Wanted(_Sent):
    """A document to read, with the places to mark: ``(citation, start, end)`` each."""

    document: str
    marks: tuple[tuple[int, int, int], ...] = ()


class Uploaded(_Sent):
    """A file that Gradio has taken in, and the name that it had."""

    path: str
    name: str


class Named(_Sent):
    """A document, by name."""

    name: str


class Shelf(TypedDict):
    """What the page shows of the library; it crosses to the script as JSON."""

    articles: int
    library: str
    start: str
    formats: str


Reply = dict[str, object]


def shelf(assistant: Assistant) -> Shelf:
    """Return the library as it is now, and what to show where nothing has been asked."""
    records = assistant.documents()
    formats = f"Text files: {', '.join(SUFFIXES)}"
    examples = assistant.suggestions(limit=EXAMPLES) if records else []
    return Shelf(
        articles=len(records),
        library=library_html(records),
        start=start_html(len(records), examples, formats),
        formats=formats,
    )


def numbers_of(assistant: Assistant, answer: Answer) -> Numbers:
    """Return the paragraph numbers of every document that an answer points to."""
    names = {cite.document for cite in (*answer.citations, *answer.nearest)}
    return {
        name: paragraph_numbers(assistant.document(name), assistant.paragraphs(name))
        for name in names
    }


def source(assistant: Assistant, wanted: Wanted) -> str:
    """Return an article's HTML with a turn's citations in it marked."""
    document = assistant.document(wanted.document)
    marks = [
        Mark(citation, Span(start, min(end, len(document.text))))
        for citation, start, end in wanted.marks
        if 0 <= start < min(end, len(document.text))
    ]
    return source_html(document, assistant.paragraphs(wanted.document), marks)


@contextmanager
def _under_its_name(sent: Uploaded, uploads: Path) -> Iterator[Path]:
    """Lend an uploaded file under the name that it had, and take it away afterwards.

    Gradio drops characters from names. The folder is named for people, because a document whose
    name is taken is told apart by its folder.

    Raises:
        OnrecordError: if the path is not that of an upload.
    """
    path, name = Path(sent.path).resolve(), Path(sent.name.replace("\\", "/")).name
    root = uploads.resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise OnrecordError("This file did not arrive; add it again.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / f"added {datetime.now():%Y-%m-%d %H.%M.%S}"
        home.mkdir()
        try:
            yield Path(shutil.move(path, home / (name or path.name)))
        except OSError as error:
            raise OnrecordError(f"This file cannot be read ({error.strerror}).") from error


def add(assistant: Assistant, sent: Uploaded, uploads: Path) -> str:
    """Add one uploaded file and return the HTML that says what became of it."""
    with _under_its_name(sent, uploads) as path:
        result = assistant.add(path)
    if result.failed or not (result.added or result.skipped):
        reason = result.failed[0].reason if result.failed else "There was nothing to read in it."
        return arrival_html(sent.name, "failed", reason.replace(str(path), sent.name))
    kind: Arrival = "added" if result.added else "skipped"
    name = (*result.added, *result.skipped)[0].document
    record = next((known for known in assistant.documents() if known.name == name), None)
    return arrival_html(sent.name, kind, arrived(kind, sent.name, record))


async def answer_steps(
    assistant: Assistant, asked: Asked, history: tuple[str, ...]
) -> AsyncIterator[tuple[Reply, tuple[str, ...]]]:
    """Yield what the page shows of a question step by step, with the conversation after it.

    The last step has the answer's HTML, or one sentence that says why there is none.
    """
    history = () if asked.fresh else history
    reason = BROKEN
    try:
        async for event in assistant.stream(asked.question, history=history):
            if event.answer is None:
                if words := STAGES.get(event.stage):
                    yield {"turn": asked.turn, "stage": words}, history
                continue
            answer = event.answer
            instead = () if answer.answered else _not_asked(assistant, history)
            html = turn_html(answer, asked.turn, numbers_of(assistant, answer), instead)
            history = (*history, answer.interpreted_as or answer.question, answer.text)
            yield {"turn": asked.turn, "html": html}, history
            return
    except OnrecordError as error:
        reason = str(error)
    except Exception:
        _log.exception("A question could not be answered")
    yield {"turn": asked.turn, "html": failed_html(asked.question, reason)}, history


def _not_asked(assistant: Assistant, history: tuple[str, ...]) -> list[str]:
    suggested = assistant.suggestions(limit=EXAMPLES * 2)
    return [question for question in suggested if question not in history][:EXAMPLES]


def replies(assistant: Assistant, uploads: Path) -> list[Callable[[object], Reply]]:
    """Return what the page's script may call: each takes JSON, returns JSON, and never raises.

    Args:
        assistant: answers, and holds the library.
        uploads: the folder that uploaded files come to; no other file is added or moved.
    """

    def guarded(work: Callable[[], Reply]) -> Reply:
        try:
            return work()
        except OnrecordError as error:
            return {"error": str(error)}
        except Exception:
            _log.exception("The page asked for something that failed")
            return {"error": BROKEN}

    def reply_shelf(_: object) -> Reply:
        return guarded(lambda: dict(shelf(assistant)))

    def reply_source(sent: object) -> Reply:
        return guarded(lambda: {"html": source(assistant, Wanted.model_validate(sent))})

    def reply_add(sent: object) -> Reply:
        def work() -> Reply:
            arrival = add(assistant, Uploaded.model_validate(sent), uploads)
            return {"arrival": arrival, "shelf": shelf(assistant)}

        return guarded(work)

    def reply_remove(sent: object) -> Reply:
        def work() -> Reply:
            assistant.remove(Named.model_validate(sent).name)
            return {"shelf": shelf(assistant)}

        return guarded(work)

    def reply_alive(_: object) -> Reply:
        return {}

    return [reply_shelf, reply_source, reply_add, reply_remove, reply_alive]
