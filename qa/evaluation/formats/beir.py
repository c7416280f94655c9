"""BEIR's folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels``, for measuring the search.

Source: Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models" (NeurIPS Datasets and Benchmarks 2021).

Queries without a judgement are left out, as is the custom. A judgement names documents, not words:
nothing is known of what an answer must quote, beyond that it quotes a relevant document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from indexes.documents import Document
from indexes.errors import QuestionSetError
from qa.evaluation.faults import Fault
from qa.evaluation.formats.json_lines import lines_of
from qa.evaluation.formats.rows import Row, readable, row_of, shown
from qa.evaluation.remarks import Remark, remark

_TEXTS = ("_id", "text")
"""What every query and every document has."""


def read_beir(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    """Yield the judged queries of a BEIR folder, by the lines of ``queries.jsonl``.

    Raises:
        QuestionSetError: if one of its three parts is missing.
    """
    judged, faults = _judgements(_qrels(path))
    yield from (Row(fault.where, None, (fault,)) for fault in faults)
    unknown = (
        {name for relevant in judged.values() for name in relevant if name not in articles}
        if articles is not None
        else set()
    )
    for number, line in lines_of(_part(path, "queries.jsonl")):
        where = remark("line-of", file="queries.jsonl", at=number)
        query, told = _object(line)
        if told:
            yield Row.broken(where, "", told)
            continue
        relevant = judged.get(query["_id"], {})
        missing = sorted(unknown & relevant.keys())
        if missing:
            name, more = missing[0], len(missing) - 1
            what = (
                remark("unrecorded-more", name=name, more=more)
                if more
                else remark("unrecorded", name=name)
            )
            yield Row.broken(where, "qrels", what)
        elif relevant:
            fields = {
                "id": query["_id"], "question": query["text"], "answerable": True,
                "relevant_documents": relevant,
            }  # fmt: skip
            yield row_of(where, fields)


def beir_documents(path: Path) -> Iterator[Document]:
    """Yield the corpus, each document by its id.

    Raises:
        QuestionSetError: if the corpus is missing, or has a line that is not a document.
    """
    file = _part(path, "corpus.jsonl")
    for number, line in lines_of(file):
        entry, told = _object(line)
        if told:
            raise QuestionSetError(f"{file}, line {number}: {told}.", str(file))
        title = str(entry.get("title") or "")
        text = f"{title}\n\n{entry['text']}" if title else entry["text"]
        yield Document(entry["_id"], text, title or entry["_id"])


def _part(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise QuestionSetError(
            f"{folder} is not a BEIR folder: {name} is missing (it holds corpus.jsonl, queries.jsonl "
            "and qrels/).",
            str(folder),
        )
    return path


def _qrels(folder: Path) -> Path:
    """The judgements: of the test part where there are several."""
    found = sorted([*folder.glob("qrels/*.tsv"), *folder.glob("qrels.tsv"), *folder.glob("qrels")])
    files = [path for path in found if path.is_file()]
    test = [path for path in files if path.name in ("test.tsv", "qrels.tsv", "qrels")]
    chosen = test or files
    return chosen[0] if chosen else _part(folder, "qrels/test.tsv")


def _judgements(path: Path) -> tuple[dict[str, dict[str, int]], list[Fault]]:
    """Read query, document and grade, by columns or in TREC's four; the header line may be there."""
    judged: dict[str, dict[str, int]] = {}
    faults: list[Fault] = []
    with readable(path), path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            parts = line.split("\t") if "\t" in line else line.split()
            parts = [part.strip() for part in parts]
            if not any(parts) or (number == 1 and not _is_number(parts[-1])):
                continue
            where = remark("line-of", file=path.name, at=number)
            if len(parts) not in (3, 4) or not _is_number(parts[-1]):
                faults.append(Fault(where, "", remark("no-judgement", given=shown(line.strip()))))
                continue
            judged.setdefault(parts[0], {})[parts[-2]] = int(parts[-1])
    relevant = {
        query: {name: grade for name, grade in grades.items() if grade > 0}
        for query, grades in judged.items()
    }
    return relevant, faults


def _is_number(text: str) -> bool:
    return re.fullmatch("-?[0-9]{1,9}", text) is not None


def _object(line: bytes) -> tuple[dict[str, Any], Remark | None]:
    """Read a query or a document, or say what is wrong with its line."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}, remark("no-json")
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in _TEXTS):
        return {}, remark("no-object-with", first=_TEXTS[0], second=_TEXTS[1])
    return value, None
