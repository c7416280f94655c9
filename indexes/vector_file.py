"""The vector file: FAISS's own bytes, and behind them a seal that says what they mirror.

It is written beside its place, flushed to disk and renamed, so that a reader sees the old file or the
new one. A clustered index is not read into memory but mapped, so that of a large one only what is
searched takes any.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from indexes.clusters import FaissIndex, library

FILE = "passages.faiss"
_FORM = struct.Struct(
    "<16s32sqqq"
)  # magic, then the seal's fields; a SHA-256 of all before follows
_MAGIC = b"onrecord-faiss-2"
_DIGEST = hashlib.sha256().digest_size
_CHUNK = 1 << 22

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seal:
    """What an index of vectors mirrors.

    Attributes:
        lineage: the store's, so that no file of another history is believed.
        generation: the store's, whose passages it holds.
        last: the highest number that a passage had by then.
        trained: how many passages there were when it was clustered; 0 where it compares with all.
    """

    lineage: str
    generation: int
    last: int
    trained: int

    def after(self, trained: int) -> Seal:
        """The same of an index that was clustered when there were so many passages."""
        return replace(self, trained=trained)


def read_seal(folder: Path) -> Seal | None:
    """Read what the file says that it mirrors, unchecked; None if there is no such file."""
    try:
        with (folder / FILE).open("rb") as file:
            file.seek(-_FORM.size - _DIGEST, os.SEEK_END)
            magic, lineage, *rest = _FORM.unpack(file.read(_FORM.size))
    except (OSError, struct.error):
        return None
    return Seal(lineage.decode("ascii", "replace"), *rest) if magic == _MAGIC else None


def write(folder: Path, index: FaissIndex, seal: Seal) -> None:
    """Write the file at once, or leave the old one; failing is no harm, for it can be made again.

    One writer at a time: the caller sees to that.
    """
    faiss = library()

    beside = folder / f"{FILE}.new"
    try:
        faiss.write_index(index, str(beside))
        with beside.open("r+b") as file:
            digest = _digest_of(file, beside.stat().st_size)
            form = _FORM.pack(
                _MAGIC, seal.lineage.encode("ascii"), seal.generation, seal.last, seal.trained
            )
            digest.update(form)
            file.write(form + digest.digest())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / FILE)
    except (OSError, RuntimeError) as error:  # FAISS's own errors are the latter
        _log.warning(
            "The vector file could not be written (%s); it will be made again when next needed.",
            error,
        )
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def read(folder: Path, lineage: str, *, mapped: bool = True) -> tuple[FaissIndex, Seal] | None:
    """Read the file; None if it is missing, of another lineage, or damaged, which is said in one line.

    Args:
        folder: where it is.
        lineage: the store's.
        mapped: whether a clustered index may stay in the file; if not, it can be added to.
    """
    try:
        fault = _fault(folder)
        if fault is None:
            return _read(folder, lineage, mapped)
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError) as error:
        fault = str(error)
    _log.warning("The vector file cannot be used (%s); making it again from the database.", fault)
    return None


def _read(folder: Path, lineage: str, mapped: bool) -> tuple[FaissIndex, Seal] | None:
    faiss = library()

    seal = read_seal(folder)
    if seal is None or seal.lineage != lineage:
        return None
    is_mapped = mapped and seal.trained > 0
    flags = faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY if is_mapped else 0
    index = faiss.read_index(str(folder / FILE), flags)
    if is_mapped:
        # By default each search starts 32 threads that read ahead.
        faiss.downcast_InvertedLists(index.invlists).prefetch_nthread = 0
    # Another process may have put a new file in its place meanwhile.
    return (index, seal) if read_seal(folder) == seal else _read(folder, lineage, mapped)


def _digest_of(file: IO[bytes], size: int) -> Any:  # noqa: ANN401 - hashlib has no name for it
    """The SHA-256 of the first ``size`` bytes of a file, which is left at their end."""
    digest = hashlib.sha256()
    file.seek(0)
    while size and (data := file.read(min(size, _CHUNK))):
        digest.update(data)
        size -= len(data)
    return digest


def _fault(folder: Path) -> str | None:
    with (folder / FILE).open("rb") as file:
        size = os.fstat(file.fileno()).st_size - _DIGEST
        if size < _FORM.size:
            return "it is too short"
        digest = _digest_of(file, size - _FORM.size)
        form = file.read(_FORM.size)
        digest.update(form)
        if not form.startswith(_MAGIC):
            return "it is not of this form"
        if digest.digest() != file.read(_DIGEST):
            return "its checksum does not match"
    return None
