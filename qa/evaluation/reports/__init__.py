"""Reports on a run: HTML to read, JSON to compare with, CSV to sort, Markdown to paste, JUnit for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from indexes.errors import OnrecordError
from qa.evaluation.faults import RequestError
from qa.evaluation.journal import replacing
from qa.evaluation.reports.content import Report
from qa.evaluation.reports.csv_report import csv_of
from qa.evaluation.reports.html import html_of
from qa.evaluation.reports.json_report import json_of
from qa.evaluation.reports.junit import junit_of
from qa.evaluation.reports.markdown import markdown_of

Writer = Callable[[Report], Iterator[str]]

WRITERS: Mapping[str, Writer] = {
    ".html": html_of,
    ".json": json_of,
    ".csv": csv_of,
    ".md": markdown_of,
    ".xml": junit_of,
}


def check_path(path: Path) -> None:
    """Refuse a report of unknown form, or where none can be written, before anything is asked.

    Raises:
        RequestError: if it could not be written.
    """
    if path.suffix.lower() not in WRITERS:
        raise RequestError(
            f"The report {path} is of no form that is known; let its name end in "
            f"{', '.join(WRITERS)}."
        )
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise RequestError(
            f"The report cannot be written to {path}; choose a file in a folder that is there."
        )


def write(report: Report, path: Path) -> None:
    """Write a report, of the form that its name ends in, whole or not at all.

    Raises:
        OnrecordError: if it cannot be written.
    """
    try:
        with replacing(path) as file:
            for piece in WRITERS[path.suffix.lower()](report):
                file.write(piece.encode("utf-8", "replace"))
    except OSError as error:
        raise OnrecordError(
            f"The report cannot be written to {path} ({error.strerror or error}); choose another file."
        ) from error


__all__ = ["WRITERS", "Report", "check_path", "write"]
