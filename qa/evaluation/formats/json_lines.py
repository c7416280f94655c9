"""JSON lines: onrecord's own form, the only one that says all that a question can.

One object a line::

    {"id": "d01", "kind": "attribution", "question": "What did Quill say about quotas?",
     "history": [], "documents": ["harbour.txt"], "answerable": true,
     "evidence": [["an exact piece of the article", {"document": "harbour.txt", "start": 1, "end": 9}]],
     "answer_contains": [["September", "autumn"]], "answer_excludes": ["the ferry strike"],
     "reference_answers": ["in September"]}

``id``, ``question`` and ``answerable`` must be there. Other fields than these are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from qa.evaluation.formats.rows import Row, readable, row_of
from qa.evaluation.remarks import remark


def read_json_lines(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    """Yield the questions of a file of JSON lines; blank lines are passed over."""
    del articles  # evidence is written with its document, or is looked for in all
    for number, line in lines_of(path):
        yield row_of(remark("line", at=number), line)


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    with readable(path), path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            content = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
            if content:
                yield number, content
