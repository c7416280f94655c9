"""Question sets of every form that is read. A new form is a new module here and a line in ``_READERS``.

A reader takes the path and the articles on record, and yields a ``Row`` for each question: the
question itself, or what is wrong with it. It opens the file anew each time, and holds one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from indexes.documents import Document
from indexes.errors import QuestionSetError
from qa.evaluation.formats.beir import beir_documents, read_beir
from qa.evaluation.formats.json_lines import read_json_lines
from qa.evaluation.formats.rows import Row
from qa.evaluation.formats.squad import read_squad, squad_documents
from qa.evaluation.formats.tables import read_csv, read_xlsx

Reader = Callable[[Path, Mapping[str, str] | None], Iterator[Row]]

_READERS: dict[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
    ".json": read_squad,
}
_DOCUMENTS: dict[Reader, Callable[[Path], Iterator[Document]]] = {
    read_beir: beir_documents,
    read_squad: squad_documents,
}


def reader_of(path: Path) -> Reader:
    """Choose the reader by the name's ending; what has none of those is read as JSON lines.

    Raises:
        QuestionSetError: if there is nothing at the path, or it is a spreadsheet of an old form.
    """
    if not path.exists():
        raise QuestionSetError(f"There is no question set {path}; check the path.", str(path))
    if path.is_dir():
        return read_beir
    if path.suffix.lower() in (".xls", ".ods", ".numbers"):
        raise QuestionSetError(
            f"{path} is a spreadsheet of a form that is not read; save it as XLSX or CSV.",
            str(path),
        )
    return _READERS.get(path.suffix.lower(), read_json_lines)


def documents_of(path: Path) -> Iterator[Document]:
    """Yield the articles that a set brings with it.

    Raises:
        QuestionSetError: if it brings none.
    """
    documents = _DOCUMENTS.get(reader_of(path))
    if documents is None:
        raise QuestionSetError(
            f"{path} brings no articles of its own; leave --add-articles away, and add them with "
            "`onrecord add`.",
            str(path),
        )
    yield from documents(path)


__all__ = ["Reader", "Row", "documents_of", "reader_of"]
