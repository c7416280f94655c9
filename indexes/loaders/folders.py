"""Folders: every file that can be read, in order of name; what ignore files name is left out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from indexes.errors import DocumentError
from indexes.loaders.formats import SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".onrecordignore")


def files_under(path: Path) -> Iterator[Path]:
    """Yield a file itself, or a folder's readable files in order of name.

    Hidden files, links, and what a ``.gitignore`` or ``.onrecordignore`` names are left out.

    Raises:
        DocumentError: if there is no such file or folder, or nothing in the folder can be read.
    """
    try:
        there, folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:  # a name that no file can have
        raise DocumentError(f"{path} cannot be read ({error}).", str(path)) from error
    if not there:
        raise DocumentError(f"There is no file or folder {path}; check the path.", str(path))
    if not folder:
        yield path
        return
    try:
        files = sorted(_walked(path), key=lambda file: file.parts)
    except OSError as error:
        # Not to be passed over in silence; an ignore file is how to say that it may be.
        raise DocumentError(
            f"{error.filename or path} cannot be read ({error.strerror or error}); to leave it out, name it in "
            f"{path / IGNORE_FILES[-1]}.",
            str(path),
        ) from error
    if not files:
        raise DocumentError(
            f"The folder {path} holds nothing to read; onrecord reads {', '.join(SUFFIXES)}.",
            str(path),
        )
    yield from files


def _walked(root: Path) -> Iterator[Path]:
    waiting: list[tuple[Path, tuple[tuple[Path, GitIgnoreSpec], ...]]] = [(root, ())]
    while waiting:
        folder, above = waiting.pop()
        with os.scandir(folder) as listing:
            entries = list(listing)
        ignoring = (*above, *_ignored_in(folder, {entry.name for entry in entries}))
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            if any(
                spec.match_file(path.relative_to(home).as_posix() + "/" * is_folder)
                for home, spec in ignoring
            ):
                continue
            if is_folder:
                waiting.append((path, ignoring))
            elif path.suffix.lower() in SUFFIXES and entry.is_file(follow_symlinks=False):
                yield path


def _ignored_in(folder: Path, names: set[str]) -> Iterator[tuple[Path, GitIgnoreSpec]]:
    for name in IGNORE_FILES:
        if name in names:
            from pathspec import GitIgnoreSpec

            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
            yield folder, GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_pattern(line: str) -> bool:
    """Tell a pattern; any other line of an ignore file is passed over, as git does."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
