"""Library: the articles on record; adding and removing them."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from indexes.dates import day_of
from indexes.errors import OnrecordError
from qa.file_names import file_stem
from ui.desk import Desk, Reply, Sent, View
from ui.language import day, t
from ui.people import people
from ui.removed import Removed
from ui.render import fill, start_html
from ui.shelf import Arrival, arrival_html, arrived, library_html, lines
from ui.uploads import Uploaded, under_its_name
from ui.wording import what_leaves

if TYPE_CHECKING:
    from qa.assistant import Assistant

EXAMPLES = 4
HEARD = 12
"""Speakers that a question can be limited to at a click; all are in who said what."""


class Named(Sent):
    """Documents, by name."""

    names: tuple[str, ...]


class Pasted(Sent):
    """An article as text; without a title, its first line is one."""

    text: str
    title: str = ""


class Shelf(TypedDict):
    """What the page shows of the library; it crosses to the script as JSON."""

    articles: int
    statements: int
    library: str
    start: str
    formats: str
    names: list[str]
    dates: dict[str, str]
    scope: str
    stays: str


def shelf(assistant: Assistant) -> Shelf:
    """Return the library as it is now, and what to show where nothing has been asked."""
    records = assistant.documents()
    formats = t("library.formats")
    examples = assistant.suggestions(limit=EXAMPLES) if records else []
    speakers = assistant.index.store.speakers()
    heard = people(dict(list(speakers.items())[:HEARD]))
    return Shelf(
        articles=len(records),
        statements=sum(record.statements for record in records),
        names=[record.name for record in records],
        dates={record.name: day(record.published) for record in records if record.published},
        scope=fill(
            "scope.html",
            records=lines(records),
            dated=any(day_of(record.published) for record in records),
            people=heard,
            left=len(speakers) - len(heard),
        ),
        library=library_html(records),
        start=start_html(len(records), examples, formats),
        formats=formats,
        stays=what_leaves(assistant),
    )


def add(assistant: Assistant, sent: Uploaded, uploads: Path) -> str:
    """Add one uploaded file and return the HTML that says what became of it."""
    with under_its_name(sent, uploads) as path:
        result = assistant.add(path)
    came = result.added or result.skipped
    rest = [*(result.skipped if result.added else ()), *result.failed]
    reasons = " ".join(one.reason.replace(str(path), sent.name) for one in rest)
    if not came:
        return arrival_html(sent.name, "failed", reasons or t("library.nothing-in-it"))
    kind: Arrival = "added" if result.added else "skipped"
    names = {one.document for one in came}
    records = [known for known in assistant.documents() if known.name in names]
    words = arrived(kind, sent.name, records)
    if reasons:
        words = t("library.arrived-but", arrived=words, reasons=reasons)
    return arrival_html(sent.name, kind, words)


def paste(assistant: Assistant, pasted: Pasted) -> str:
    """Put pasted text on record under its title, and return the document's name.

    Raises:
        OnrecordError: if there is nothing to read in it.
    """
    first = next((line.strip("#*_ \t") for line in pasted.text.splitlines() if line.strip()), "")
    title = " ".join((pasted.title or first).split())
    text = pasted.text if not pasted.title or first == title else f"{title}\n\n{pasted.text}"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / f"pasted {datetime.now():%Y-%m-%d %H.%M.%S}"
        home.mkdir()
        name = file_stem(title) or t("library.pasted-name")
        path = home / f"{name}.txt"
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        result = assistant.add(path)
    if result.failed:
        raise OnrecordError(result.failed[0].reason.replace(str(path), t("library.pasted-text")))
    return str((*result.added, *result.skipped)[0].document)


def _shelf(desk: Desk, _: object) -> Reply:
    return dict(shelf(desk.assistant))


def _add(desk: Desk, sent: object) -> Reply:
    arrival = add(desk.assistant, Uploaded.model_validate(sent), desk.uploads)
    return {"arrival": arrival, "shelf": shelf(desk.assistant)}


def _paste(desk: Desk, sent: object) -> Reply:
    name = paste(desk.assistant, Pasted.model_validate(sent))
    return {"name": name, "shelf": shelf(desk.assistant)}


def _remove(desk: Desk, sent: object) -> Reply:
    index = desk.assistant.index
    added = {record.name: record.added for record in desk.assistant.documents()}
    for name in Named.model_validate(sent).names:
        desk.removed[name] = Removed.taken(index, name, added.get(name))
    return {"shelf": shelf(desk.assistant)}


def _restore(desk: Desk, sent: object) -> Reply:
    for name in Named.model_validate(sent).names:
        if name in desk.removed:
            desk.removed[name].put_back(desk.assistant.index)
            del desk.removed[name]  # only now: if the disk is full, there is another try
    desk.assistant.index.save()
    return {"shelf": shelf(desk.assistant)}


LIBRARY = View(
    "library",
    {"shelf": _shelf, "add": _add, "paste": _paste, "remove": _remove, "restore": _restore},
)
