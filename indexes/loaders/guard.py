"""Reading formats in a process of its own, so that no file can take more time or memory than it may.

The process is started when the first such file comes, serves many, and is ended with the reading, or
when a file takes too long. It is sent a line of JSON and the file's bytes, and answers with a line.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, cast

import indexes
from indexes.documents import Document
from indexes.errors import DocumentError
from indexes.loaders.formats import Format, format_of
from indexes.loaders.limits import Limits

_START_S = 30.0
"""Seconds that the process may take to start, beside those for the file."""


class Guard:
    """Reads files in another process; one at a time, from one thread."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    cast(IO[bytes], pipe).close()

    def read(self, format_: Format, data: bytes, source: str) -> list[Document]:
        """Read a file.

        Raises:
            DocumentError: if it cannot be read, or takes more time or memory than it may.
        """
        name = Path(source).name
        process = self._started()
        request = {"suffix": format_.suffixes[0], "source": source, "size": len(data)}
        out_of_time = threading.Event()

        def stop() -> None:
            out_of_time.set()
            process.kill()

        watch = threading.Timer(self._limits.seconds + _START_S * self._fresh, stop)
        self._fresh = False
        watch.start()
        try:
            stdin, stdout = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
            with contextlib.suppress(BrokenPipeError):
                stdin.write(json.dumps(request).encode() + b"\n")
                stdin.write(data)
                stdin.flush()
            answer = stdout.readline()
        except BaseException:
            self.close()
            raise
        finally:
            watch.cancel()
        if not answer.endswith(b"\n"):
            self.close()
            why = (
                f"takes more than {self._limits.seconds:g} seconds to read; raise ONRECORD_TIMEOUT_S, or save it "
                "as text"
                if out_of_time.is_set()
                else "takes more memory to read than it may, or breaks its reader; save it as text and add that"
            )
            raise DocumentError(f"{name} {why}.", name)
        return _received(json.loads(answer), name)

    _fresh = True

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._fresh = True
            home = str(Path(indexes.__file__).parents[1])
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, on this module
                [sys.executable, "-P", "-m", "indexes.loaders.guard", str(self._limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": home, "OPENBLAS_NUM_THREADS": "1"},
                cwd=home,
            )
        return self._process


def _received(answer: dict[str, object], name: str) -> list[Document]:
    if "error" in answer:
        raise DocumentError(str(answer["error"]), name)
    rows = cast(list[dict[str, object]], answer["documents"])
    return [
        Document(**{**row, "pages": tuple(cast(list[int], row["pages"]))})  # type: ignore[arg-type]  # as asdict wrote them
        for row in rows
    ]


def _serve(memory: int) -> None:
    """Read files from standard input until it ends."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limits on this system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sys.setrecursionlimit(2_000)
    # What a library prints must not reach the pipe.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        data = sys.stdin.buffer.read(request["size"])
        answers.write(json.dumps(_answer(request, data)).encode() + b"\n")
        answers.flush()


def _answer(request: dict[str, str], data: bytes) -> dict[str, object]:
    name = Path(request["source"]).name
    try:
        found = format_of(request["suffix"], data).read(data, request["source"])
    except DocumentError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": f"{name} takes more memory to read than it may; save it as text and add that."
        }
    except Exception as error:
        return {
            "error": f"{name} cannot be read ({type(error).__name__} in its reader); save it as text and add that."
        }
    return {"documents": [asdict(document) for document in found]}


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
