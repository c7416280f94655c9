"""Question sets: files of any known form, wholly checked before the first question is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from indexes.errors import QuestionSetError
from qa.evaluation.faults import Fault, Faults
from qa.evaluation.formats import Row, reader_of
from qa.evaluation.formats.rows import shown
from qa.evaluation.questions import Question
from qa.evaluation.quotes import faults_of
from qa.evaluation.remarks import Remark, remark


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in a file, checked when loaded, read again one by one whenever they are iterated.

    Attributes:
        path: the file, or a BEIR folder.
        size: how many questions it holds.
        articles: the articles that it was checked against, by name; None when only its form was.
    """

    path: Path
    size: int
    articles: Mapping[str, str] | None = field(default=None, repr=False)

    @classmethod
    def load(cls, path: str | Path, *, articles: Mapping[str, str] | None = None) -> Self:
        """Check a set; only the ids of its questions are held in memory.

        Args:
            path: JSON lines, CSV, XLSX, SQuAD's JSON, or a BEIR folder; told apart by the name.
            articles: the texts on record by name; with them, documents, places and quotes are
                checked, too, and a quote that is nowhere is told with what comes closest to it.

        Raises:
            QuestionSetError: if it cannot be read or holds no question.
            BrokenSetError: if rows are broken; each is named with its place, field and fault.
        """
        path = Path(path)
        faults = Faults(str(path))
        first: dict[str, Remark] = {}
        for row in _rows(path, articles):
            for fault in row.faults:
                faults.add(fault)
            question = row.question
            if question is None:
                continue
            earlier = first.setdefault(question.id, row.where)
            if earlier != row.where:
                what = remark("id-taken", id=shown(question.id), where=earlier)
                faults.add(Fault(row.where, "id", what))
            if articles is not None:
                for fault in faults_of(row.where, question, articles, explain=not faults.is_full):
                    faults.add(fault)
        faults.raise_if_any()
        if not first:
            raise QuestionSetError(
                f"{path} holds no question; write one JSON object a line, with id, question and "
                "answerable, or a spreadsheet with the columns question, answer and quote.",
                str(path),
            )
        return cls(path, len(first), articles)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Question]:
        """Yield the questions in the file's order.

        Raises:
            BrokenSetError: if the file was changed since it was loaded, and is broken now.
        """
        for row in _rows(self.path, self.articles):
            if row.question is None:
                faults = Faults(str(self.path))
                for fault in row.faults:
                    faults.add(fault)
                faults.raise_if_any()
            else:
                yield row.question


def _rows(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    return reader_of(path)(path, articles)
