"""An index as JSON lines and back: one document a line, nothing lost.

What is made of documents (passages, vectors, statements) is made again on the way in.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Base64Bytes, BaseModel, NonNegativeInt, ValidationError

from indexes.documents import Document, Original
from indexes.errors import DocumentError, IndexStoreError
from indexes.index import Index
from indexes.records import History

_FIELDS = (
    "name", "text", "title", "byline", "published", "source", "body", "publisher", "language", "pages", "unread",
)  # fmt: skip


class _Kept(BaseModel):
    suffix: str
    base64: Base64Bytes


class _Record(BaseModel):
    """A line of an export."""

    name: str
    text: str
    title: str
    byline: str | None
    published: str | None
    source: str | None
    body: NonNegativeInt
    publisher: str | None
    language: str | None
    pages: tuple[NonNegativeInt, ...]
    unread: str
    added: str
    aliases: list[tuple[str, str | None]]
    revisions: list[tuple[str, list[str], list[str]]]
    original: _Kept | None = None


def export(index: Index, target: Path) -> int:
    """Write every document with its metadata, original, other names and history, and count them.

    Raises:
        IndexStoreError: if the file cannot be written.
    """
    beside = target.with_name(f"{target.name}.new")
    count = 0
    try:
        with beside.open("w", encoding="ascii") as file, index.snapshot():
            for record in _records(index):
                file.write(json.dumps(record) + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise IndexStoreError(
            f"{target} cannot be written ({error.strerror or error}); choose another file.",
            str(target),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return count


def import_from(index: Index, path: Path) -> tuple[int, int]:
    """Put the documents of an export on record.

    Returns:
        How many were added, and how many were there already.

    Raises:
        IndexStoreError: if the file cannot be read or is no export; what was read until then stays.
    """
    added = known = 0
    try:
        with path.open(encoding="ascii") as file:
            for number, line in enumerate(file, start=1):
                new = _put(index, line, f"line {number} of {path.name}")
                added += new
                known += not new
    except (OSError, UnicodeDecodeError) as error:
        raise IndexStoreError(
            f"{path} cannot be read ({error}); check the path.", str(path)
        ) from error
    if added:
        index.save()
    return added, known


def _records(index: Index) -> Iterator[dict[str, Any]]:
    for summary in index.documents():
        number, document = index.store.document(summary.name)
        record: dict[str, Any] = {field: getattr(document, field) for field in _FIELDS}
        record["added"] = summary.added
        record["aliases"] = index.store.aliases(number)
        record["revisions"] = [[r.at, r.gone, r.new] for r in index.store.revisions(number)]
        if (original := index.store.original(number)) is not None:
            data = base64.b64encode(original.data).decode("ascii")
            record["original"] = {"suffix": original.suffix, "base64": data}
        yield record


def _put(index: Index, line: str, where: str) -> bool:
    try:
        record = _Record.model_validate_json(line)
        document = Document(**{field: getattr(record, field) for field in _FIELDS})
        kept = record.original
        put = index.put(
            document,
            original=None if kept is None else Original(kept.suffix, kept.base64),
            added=record.added,
            history=History(record.aliases, record.revisions),
        )
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"])) or "the line"
        raise IndexStoreError(
            f"The {where} is no document of an export ({field}: {fault['msg']}); what came before it is on record.",
            where,
        ) from error
    except DocumentError as error:
        raise IndexStoreError(f"The {where} cannot be read: {error}", where) from error
    return put.kind != "known"
