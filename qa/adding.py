"""Putting sources on record, each with an outcome in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexes import Index
from indexes.documents import well_formed
from indexes.errors import DocumentError
from indexes.loaders import Limits, Loaded, Loader, expand

Progress = Callable[["Outcome", int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        source: the path or address as it was given or found.
        document: the name under which it is stored, if it is.
        reason: one sentence for people: added, already there, or why it failed.
    """

    source: str
    document: str | None
    reason: str


@dataclass(slots=True)
class Added:
    """What became of all sources given to ``Assistant.add``.

    Attributes:
        added: what is new on record, or in a new version.
        skipped: what was there already.
        failed: what could not be read.
    """

    added: list[Outcome] = field(default_factory=list)
    skipped: list[Outcome] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)

    def __add__(self, other: Added) -> Added:
        """Both together."""
        return Added(
            self.added + other.added, self.skipped + other.skipped, self.failed + other.failed
        )


def add_sources(
    index: Index, sources: Sequence[str | Path], limits: Limits, progress: Progress | None = None
) -> Added:
    """Add files, folders, archives and web addresses; as ``Assistant.add``."""
    result = Added()
    files = list(_expanded(sources, result))
    with Loader(limits) as loader:
        for done, file in enumerate(files, start=1):
            for outcome in _added(index, file, lambda: loader.load(file), result):  # noqa: B023 - used at once
                if progress:
                    progress(outcome, done, len(files))
    if result.added:
        index.save()
    return result


def add_text(index: Index, text: str | bytes, name: str, limits: Limits) -> Added:
    """Add text or a file's bytes at hand; as ``Assistant.add_text``."""
    result = Added()
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text

    def load() -> Iterator[Loaded | DocumentError]:
        with Loader(limits) as loader:
            for loaded in loader.read(data, name):
                if isinstance(loaded, DocumentError):
                    yield loaded
                else:  # it has no source that could be read again
                    yield replace(loaded, document=replace(loaded.document, source=None))

    for _ in _added(index, name, load, result):
        pass
    if result.added:
        index.save()
    return result


def _expanded(sources: Sequence[str | Path], result: Added) -> Iterator[str]:
    for source in map(str, sources):
        try:
            yield from expand(_given(source))
        except DocumentError as error:
            _failed(source, error, result)


def _given(source: str) -> str:
    if not source.strip():  # the path "" would be the current folder, with all that is in it
        raise DocumentError("A source without a name was given; name a file, a folder or a page.")
    return source


def _added(
    index: Index,
    source: str,
    load: Callable[[], Iterator[Loaded | DocumentError]],
    result: Added,
) -> Iterator[Outcome]:
    try:
        for loaded in load():
            yield _put(index, source, loaded, result)
    except DocumentError as error:
        yield _failed(source, error, result)


def _put(index: Index, source: str, loaded: Loaded | DocumentError, result: Added) -> Outcome:
    if isinstance(loaded, DocumentError):
        return _failed(source, loaded, result)
    try:
        put = index.put(loaded.document, original=loaded.original)
    except DocumentError as error:
        return _failed(source, error, result)
    if put.kind == "known":
        reason = f"{loaded.document.name} is in the index already, as {put.name}."
        result.skipped.append(outcome := Outcome(source, put.name, reason))
        return outcome
    verb = "was added" if put.kind == "added" else "was replaced by its new version"
    unread = f" {loaded.document.unread}" if loaded.document.unread else ""
    result.added.append(outcome := Outcome(source, put.name, f"{put.name} {verb}.{unread}"))
    return outcome


def _failed(source: str, error: DocumentError, result: Added) -> Outcome:
    # What cannot be read may have a name that cannot be printed.
    result.failed.append(outcome := Outcome(well_formed(source), None, str(error)))
    return outcome
