"""Library: the articles on record; adding and removing them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from indexes.errors import OnrecordError
from indexes.loaders import SUFFIXES
from ui.desk import Desk, Reply, Sent, View
from ui.render import Arrival, arrival_html, arrived, library_html, start_html

if TYPE_CHECKING:
    from qa.assistant import Assistant

EXAMPLES = 4


class Uploaded(Sent):
    """A file that Gradio has taken in, and the name that it had."""

    path: str
    name: str


class Named(Sent):
    """A document, by name."""

    name: str


class Shelf(TypedDict):
    """What the page shows of the library; it crosses to the script as JSON."""

    articles: int
    library: str
    start: str
    formats: str


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


def _shelf(desk: Desk, _: object) -> Reply:
    return dict(shelf(desk.assistant))


def _add(desk: Desk, sent: object) -> Reply:
    arrival = add(desk.assistant, Uploaded.model_validate(sent), desk.uploads)
    return {"arrival": arrival, "shelf": shelf(desk.assistant)}


def _remove(desk: Desk, sent: object) -> Reply:
    desk.assistant.remove(Named.model_validate(sent).name)
    return {"shelf": shelf(desk.assistant)}


LIBRARY = View("library", "Library", "Library", {"shelf": _shelf, "add": _add, "remove": _remove})
