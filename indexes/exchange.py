"""An index as JSON lines and back: one document a line, nothing lost.

What is made of documents (passages, vectors, statements) is made again on the way in.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexes.documents import Document, Original
from indexes.errors import DocumentError, IndexStoreError
from indexes.index import Index

_FIELDS = (
    "name", "text", "title", "byline", "published", "source", "body", "publisher", "language", "pages", "unread",
)  # fmt: skip


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
        beside.replace(target)
    except OSError as error:
        raise IndexStoreError(
            f"{target} cannot be written ({error.strerror or error}); choose another file.",
            str(target),
        ) from error
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
        record = json.loads(line)
        fields = {field: record[field] for field in _FIELDS}
        document = Document(**{**fields, "pages": tuple(fields["pages"])})
        kept = record.get("original")
        original = Original(kept["suffix"], base64.b64decode(kept["base64"])) if kept else None
        put = index.put(document, original=original, added=record["added"])
        if put.kind != "known":
            index.store.add_history(put.name, record["aliases"], record["revisions"])
    except (ValueError, KeyError, TypeError) as error:
        raise IndexStoreError(
            f"The {where} is no document of an export ({type(error).__name__}); what came before it is on record.",
            where,
        ) from error
    except DocumentError as error:
        raise IndexStoreError(f"The {where} cannot be read: {error}", where) from error
    return put.kind != "known"
