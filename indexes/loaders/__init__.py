"""Files and folders to documents. A new format is a new module here and a line in ``_READERS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.text import read_markdown, read_text

_READERS: dict[str, Callable[[bytes, str], Document]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
SUFFIXES = tuple(_READERS)
"""What a folder is searched for; a file named directly may have any other suffix, if it is text."""


def files_under(path: Path) -> Iterator[Path]:
    """Yield a file itself, or a folder's readable files in order of name, hidden ones left out.

    Raises:
        DocumentError: if there is no such file or folder, or nothing in the folder can be read.
    """
    if not path.exists():
        raise DocumentError(f"There is no file or folder {path}; check the path.", str(path))
    if not path.is_dir():
        yield path
        return
    try:
        files = [
            file
            for file in sorted(path.rglob("*"))
            if file.suffix.lower() in SUFFIXES
            and file.is_file()
            and not file.is_symlink()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        ]
    except OSError as error:
        raise DocumentError(
            f"The folder {path} cannot be read ({error.strerror or error}).", str(path)
        ) from error
    if not files:
        raise DocumentError(
            f"The folder {path} holds nothing to read; onrecord reads {', '.join(SUFFIXES)}.",
            str(path),
        )
    yield from files


def load(path: Path, *, largest: int = 100_000_000) -> Document:
    """Read one file into a document.

    Args:
        path: the file.
        largest: bytes above which it is refused.

    Raises:
        DocumentError: if it is missing, unreadable, too large, empty, or not text.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise DocumentError(
                f"{path.name} is too large ({size:,} bytes; the limit is {largest:,}): split it, or raise "
                "ONRECORD_LARGEST_FILE.",
                str(path),
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{path} cannot be read ({error.strerror or error}).", str(path)
        ) from error
    return _READERS.get(path.suffix.lower(), read_text)(data, str(path.absolute()))
