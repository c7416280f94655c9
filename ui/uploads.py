"""Files that Gradio has taken in, for as long as they are read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from indexes.errors import OnrecordError
from ui.desk import Sent
from ui.language import t


class Uploaded(Sent):
    """A file that Gradio has taken in, and the name that it had."""

    path: str
    name: str


@contextmanager
def under_its_name(sent: Uploaded, uploads: Path) -> Iterator[Path]:
    """Lend an uploaded file under the name that it had, and take it away afterwards.

    Gradio drops characters from names. The folder is named for people, because a document whose
    name is taken is told apart by its folder.

    Raises:
        OnrecordError: if the path is not that of an upload.
    """
    path, name = Path(sent.path).resolve(), Path(sent.name.replace("\\", "/")).name
    root = uploads.resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise OnrecordError(t("library.not-arrived"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / f"added {datetime.now():%Y-%m-%d %H.%M.%S}"
        home.mkdir()
        try:
            yield Path(shutil.move(path, home / (name or path.name)))
        except OSError as error:
            raise OnrecordError(t("library.not-read", error=error.strerror)) from error
