"""Sources to documents: files of every format, folders, archives, web addresses, bytes at hand."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from indexes.documents import Document, Original, well_formed
from indexes.errors import DocumentError
from indexes.loaders.folders import files_under
from indexes.loaders.formats import SUFFIXES, ZIP, format_of
from indexes.loaders.guard import Guard
from indexes.loaders.limits import DEFAULT, Limits
from indexes.loaders.packed import Packed
from indexes.loaders.urls import fetch, is_url


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that was read.

    Attributes:
        document: the document.
        original: the file as it came, where the text was taken out of it.
    """

    document: Document
    original: Original | None = None


def expand(source: str | Path) -> Iterator[str]:
    """Yield what a source stands for: a folder's files, or else the source itself.

    Raises:
        DocumentError: if it is no URL and there is no such file or folder, or nothing to read in it.
    """
    if is_url(str(source)):
        yield str(source)
    else:
        yield from map(str, files_under(Path(source)))


class Loader:
    """Reads sources within limits; a context, because it holds the process that reads formats."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._guard = Guard(limits)

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, *_: object) -> None:
        self._guard.close()

    def load(self, source: str | Path) -> Iterator[Loaded | DocumentError]:
        """Read the documents of one file or web address; of an archive, what failed is yielded as an error.

        Raises:
            DocumentError: if the source as a whole cannot be read.
        """
        if is_url(str(source)):
            page = fetch(str(source), self._limits)
            suffix = PurePath(urlsplit(page.url).path).suffix
            for loaded in self.read(page.data, page.url, suffix=suffix, media_type=page.media_type):
                yield _of_url(loaded, page.url, str(source))
            return
        path = Path(source)
        if (named := well_formed(str(path.absolute()))) != str(path.absolute()):
            raise DocumentError(
                f"The name {named} is not in UTF-8; rename what it stands for, and add it again.",
                named,
            )
        yield from self.read(_bytes_of(path, self._limits.largest), named)

    def read(
        self, data: bytes, source: str, *, suffix: str | None = None, media_type: str = ""
    ) -> Iterator[Loaded | DocumentError]:
        """Read the documents in bytes at hand.

        Args:
            data: the bytes of a file.
            source: where they are from; its last part names the document.
            suffix: of the file's name, where the source does not end in it.
            media_type: as a server declared it.

        Raises:
            DocumentError: if they cannot be read.
        """
        format_ = format_of(PurePath(source).suffix if suffix is None else suffix, data, media_type)
        if format_ is ZIP:
            yield from self._members(data, source)
            return
        found = (
            self._guard.read(format_, data, source)
            if format_.guarded
            else format_.read(data, source)
        )
        original = Original(format_.suffixes[0], data) if format_.extracted else None
        for document in found:
            yield Loaded(document, original)

    def _members(self, data: bytes, source: str) -> Iterator[Loaded | DocumentError]:
        """Read an archive's members, each by its own format; archives inside it stay closed."""
        name = PurePath(source).name
        packed = Packed(data, name, self._limits)
        none = True
        for member in packed.files():
            suffix = PurePath(member).suffix.lower()
            if suffix not in SUFFIXES:
                continue
            none = False
            try:
                if suffix in ZIP.suffixes:
                    raise DocumentError(
                        f"{member} in {name} is an archive inside an archive; unpack it and add it.",
                        member,
                    )
                yield from self.read(packed.read(member), f"{source}/{member}")
            except DocumentError as error:
                yield error
        if none:
            raise DocumentError(
                f"{name} holds nothing to read; onrecord reads {', '.join(SUFFIXES)}.", name
            )


def load(path: Path, *, largest: int = DEFAULT.largest) -> Document:
    """Read one file that holds one document.

    Args:
        path: the file.
        largest: bytes above which it is refused.

    Raises:
        DocumentError: if it is missing, unreadable, too large, empty, or holds several documents.
    """
    with Loader(replace(DEFAULT, largest=largest)) as loader:
        found = list(loader.load(path))
    if len(found) != 1 or isinstance(found[0], DocumentError):
        raise DocumentError(
            f"{path.name} holds {len(found)} documents, not one; use Loader.load.", str(path)
        )
    return found[0].document


def _of_url(loaded: Loaded | DocumentError, found_at: str, url: str) -> Loaded | DocumentError:
    """Name a page by the address that was asked for; what is one of several there keeps its name."""
    if isinstance(loaded, DocumentError) or loaded.document.source != found_at:
        return loaded
    named = replace(loaded.document, name=url.partition("#")[0], source=url.partition("#")[0])
    return replace(loaded, document=named)


def _bytes_of(path: Path, largest: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(f"{path} is no ordinary file; nothing was added.", str(path))
        size = status.st_size
        if size > largest:
            raise DocumentError(
                f"{path.name} is too large ({size:,} bytes; the limit is {largest:,}): split it, or raise "
                "ONRECORD_LARGEST_FILE.",
                str(path),
            )
        with path.open("rb") as file:
            return file.read(largest)
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read ({error.strerror or error}).", str(path)
        ) from error


__all__ = ["SUFFIXES", "Limits", "Loaded", "Loader", "expand", "files_under", "load"]
