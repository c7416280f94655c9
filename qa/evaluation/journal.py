"""The journal of a run: what came of each question, in a file, so that a stopped run can go on.

A header says what was asked of whom; then comes a line a question, its outcome and its answer. A line
that was cut off is asked again. Without predictions to write, the journal is a file without a name,
which goes when nobody looks at it any more.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from indexes.errors import OnrecordError
from qa.answer import Answer
from qa.evaluation.outcomes import Outcome

_FORM = "onrecord journal 1"


class Journal:
    """Outcomes and answers in the order of the questions."""

    def __init__(self, predictions: Path | None, fingerprint: str) -> None:
        """Open the journal of a run.

        Args:
            predictions: where the answers are to go in the end; None for nowhere.
            fingerprint: of the questions and of what answers them; an earlier journal with another
                one is begun anew.

        Raises:
            OnrecordError: if the predictions could not be written there.
        """
        self.predictions = predictions
        self.path: Path | None = None
        header = json.dumps({"form": _FORM, "fingerprint": fingerprint}).encode() + b"\n"
        with told(predictions):
            if predictions is not None:
                self.path = _beside(predictions)
            self._file = _opened(self.path)
            weakref.finalize(self, self._file.close)
            if self._file.read(len(header)) != header:
                self._file.seek(0)
                self._file.truncate()
                self._file.write(header)
                self._file.flush()
        self._start = len(header)
        self._file.seek(self._start)
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.seek(-len(line), os.SEEK_CUR)
                self._file.truncate()
        self._file.seek(0, os.SEEK_END)

    def add(self, outcome: Outcome, answer: str) -> None:
        """Append what came of the next question; the answer as a line of JSON."""
        line = f"{outcome.to_json()}\t{answer}\n".encode("utf-8", "surrogatepass")
        with told(self.predictions):
            self._file.write(line)
            self._file.flush()

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield the outcomes and answers so far, as JSON; nothing may be added meanwhile."""
        self._file.seek(self._start)
        for line in self._file:
            outcome, _, answer = line.decode("utf-8", "surrogatepass").rstrip("\n").partition("\t")
            yield outcome, answer
        self._file.seek(0, os.SEEK_END)

    def entries(self) -> Iterator[tuple[Outcome, Answer]]:
        """Yield the outcomes and answers so far."""
        for outcome, answer in self.lines():
            yield Outcome.from_json(outcome), Answer.model_validate_json(answer)

    def finish(self) -> None:
        """Put the answers where they are to go, all or none, and take the journal's name away.

        Raises:
            OnrecordError: if they cannot be written.
        """
        if self.predictions is None:
            return
        with told(self.predictions), replacing(self.predictions) as file:
            for _, answer in self.lines():
                file.write(answer.encode("utf-8", "surrogatepass") + b"\n")
        if self.path is not None:
            with suppress(OSError):  # some systems keep the name of an open file
                self.path.unlink()


def _beside(predictions: Path) -> Path | None:
    """Where the journal lies: hidden beside the predictions; nowhere for a pipe or a device."""
    if predictions.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if predictions.exists() and not predictions.is_file():
        return None
    target = predictions.resolve()
    return target.with_name(f".{target.name}.journal")


def _opened(path: Path | None) -> BinaryIO:
    if path is None:
        return cast(BinaryIO, tempfile.TemporaryFile())
    return path.open("r+b" if path.exists() else "w+b")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which takes the place of ``path`` when all went well.

    A pipe or a device stays what it is, and is written to.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Turn a failure to write predictions into one sentence."""
    try:
        yield
    except OSError as error:
        where = f"to {path}" if path else "for a while to the temporary folder"
        raise OnrecordError(
            f"The predictions cannot be written {where} ({error.strerror or error}); "
            "choose another file with --predictions."
        ) from error
