"""CSV and XLSX: a question a row, in columns that a person would write.

============== =====================================================================================
question       the question
answer         what the answer must say; ``|`` parts other ways to say it, a new line in the cell
               begins another thing that it must say, too
quote          the article's own words that answer it; ``|`` and new lines as above
article        the article it is about: it is asked of that one only; empty for all. ``|`` parts more
answerable     yes or no; may be left out where there is an answer or a quote
id, kind       optional: a name of the row (else its number), and what the results are grouped by
must not say   optional: what a right answer does not say; a new line begins another
============== =====================================================================================

Only ``question`` must be there, beside one of ``answer``, ``quote`` and ``answerable``. Columns of
other names are left alone, unless one looks like a slip of the pen.
"""

from __future__ import annotations

import csv
import datetime
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from indexes.errors import QuestionSetError
from qa.evaluation.faults import Fault
from qa.evaluation.formats.rows import Row, readable, row_of, shown
from qa.evaluation.remarks import Remark, remark

_COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "number", "no"),
    "kind": ("kind", "type", "category"),
    "question": ("question", "questions", "query"),
    "answer": ("answer", "answers", "expected answer", "expected"),
    "quote": ("quote", "quotes", "quotation", "evidence"),
    "article": ("article", "articles", "document", "documents", "file"),
    "answerable": ("answerable", "answered in the article", "has answer"),
    "must not say": ("must not say", "answer excludes", "excludes"),
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}
_YES = frozenset("yes y true 1 x".split())
_NO = frozenset("no n false 0".split())
_LIKE_ENOUGH = 80.0
"""Similarity in percent at which an unknown column counts as a misspelling of a known one."""
_LONGEST_CELL = 10_000_000


def read_csv(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    """Yield the questions of a CSV file: comma, semicolon or tab, as its first line has it.

    Raises:
        QuestionSetError: if it is not text in UTF-8 (or UTF-16 with its mark).
    """
    del articles
    csv.field_size_limit(_LONGEST_CELL)
    with readable(path):
        with path.open("rb") as file:
            start = file.read(2)
        encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        try:
            with path.open(encoding=encoding, newline="") as file:
                header = file.readline()
                file.seek(0)
                delimiter = max(",;\t", key=header.count)
                yield from _questions(path, csv.reader(file, delimiter=delimiter))
        except UnicodeError as error:
            raise QuestionSetError(
                f"{path} is not UTF-8 text; save it as “CSV UTF-8” or as XLSX, and try again.",
                str(path),
            ) from error
        except csv.Error as error:
            raise QuestionSetError(
                f"{path} cannot be read as CSV ({error}); save it again from the spreadsheet.",
                str(path),
            ) from error


def read_xlsx(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    """Yield the questions of a spreadsheet's first sheet, formulas by their stored values.

    Raises:
        QuestionSetError: if it is not an XLSX file.
    """
    del articles
    with readable(path):
        yield from _questions(path, _sheet(path))


def _sheet(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a spreadsheet's first sheet; each part of the file is read when it is needed."""
    from openpyxl import load_workbook

    broken = (
        zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, SyntaxError,
        LookupError, ValueError, TypeError, AttributeError,
    )  # fmt: skip
    try:
        with (
            path.open("rb") as file,  # openpyxl would leave it open where it fails
            closing(load_workbook(file, read_only=True, data_only=True)) as book,
        ):
            for row in book.worksheets[0].iter_rows(values_only=True) if book.worksheets else ():
                yield [_text(cell) for cell in row]
    except broken as error:
        raise QuestionSetError(
            f"{path} is not an XLSX file that can be read; save it again from the spreadsheet.",
            str(path),
        ) from error


def _text(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """What a person sees in a cell: 3.0 is 3, a day without a time is its date."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def _questions(path: Path, rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    """Read the header, then each row that is not blank; rows count from 1, as a spreadsheet does."""
    columns: dict[str, int] | None = None
    for number, cells in enumerate(rows, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        where = remark("row", at=number)
        if columns is None:
            columns, faults = _header(where, cells)
            if faults:
                yield Row(where, None, faults)
                return
            continue
        yield _question(where, number, {name: _cell(cells, at) for name, at in columns.items()})
    if columns is None:
        raise QuestionSetError(
            f"{path} is empty; its first row names the columns: {', '.join(_COLUMNS)}.", str(path)
        )


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].replace("\r\n", "\n").strip() if at < len(cells) else ""


def _header(where: Remark, cells: Sequence[str]) -> tuple[dict[str, int], tuple[Fault, ...]]:
    """Find the columns by their names, and what is wrong with them."""
    from rapidfuzz import fuzz, process

    columns: dict[str, int] = {}
    faults: list[Fault] = []
    for at, cell in enumerate(cells):
        name = " ".join(cell.lower().replace("_", " ").replace("-", " ").split())
        if column := _NAMES.get(name):
            if column in columns:
                faults.append(Fault(where, cell.strip(), remark("second-column", column=column)))
            columns.setdefault(column, at)
        elif name and (
            near := process.extractOne(name, _NAMES, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
        ):
            faults.append(Fault(where, cell.strip(), remark("unknown-column", near=near[2])))
    if "question" not in columns and not faults:
        seen = ", ".join(shown(cell.strip()) for cell in cells if cell.strip())
        faults.append(Fault(where, "question", remark("no-question-column", seen=seen)))
    elif not columns.keys() & {"answer", "quote", "answerable"} and not faults:
        faults.append(Fault(where, "answer", remark("no-answer-column")))
    return columns, tuple(faults)


def _question(where: Remark, number: int, cells: Mapping[str, str]) -> Row:
    answer, quote = cells.get("answer", ""), cells.get("quote", "")
    said = cells.get("answerable", "").lower()
    if said and said not in _YES | _NO:
        return Row.broken(where, "answerable", remark("not-yes-or-no", given=shown(said)))
    if not said and not answer and not quote:
        return Row.broken(where, "answerable", remark("neither-yes-nor-no"))
    answerable = said in _YES or not said
    if not answerable and (quote or answer):
        field = "quote" if quote else "answer"
        return Row.broken(where, field, remark("not-blank"))
    if answerable and not answer and not quote:
        return Row.broken(where, "quote", remark("no-answer"))
    fields = {
        "id": cells.get("id") or f"row-{number}",
        "kind": cells.get("kind", ""),
        "question": cells.get("question", ""),
        "answerable": answerable,
        "documents": _alternatives(cells.get("article", "")),
        "evidence": _groups(quote),
        "answer_contains": _groups(answer),
        "answer_excludes": _lines(cells.get("must not say", "")),
    }
    return row_of(where, fields)


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _alternatives(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _groups(cell: str) -> list[list[str]]:
    return [group for line in _lines(cell) if (group := _alternatives(line))]
