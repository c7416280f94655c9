"""SQuAD 2.0's JSON: articles in paragraphs, each with its questions and the places of their answers.

Source: Rajpurkar et al., "Know What You Don't Know: Unanswerable Questions for SQuAD" (ACL 2018).

A question is asked of its article only. The articles may be on record under any name, as long as the
paragraphs stand in them word for word; without any on record, they are the set's own, by their titles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from indexes.documents import Document
from indexes.errors import QuestionSetError
from qa.evaluation.faults import Fault
from qa.evaluation.formats.rows import Row, readable, row_of, shown
from qa.evaluation.remarks import AS_SAID, Remark, remark


class _Answer(BaseModel):
    text: str
    answer_start: int = Field(ge=0)


class _Asked(BaseModel):
    id: str
    question: str
    answers: list[_Answer] = Field(default_factory=list)
    is_impossible: bool = False


def read_squad(path: Path, articles: Mapping[str, str] | None) -> Iterator[Row]:
    """Yield the questions of a SQuAD file, counted from 1 in its order.

    Raises:
        QuestionSetError: if it is not SQuAD's JSON.
    """
    number = 0
    places = _Places(articles if articles is not None else _texts(path))
    for paragraph in (p for article in _articles(path) for p in article["paragraphs"]):
        asked = paragraph.get("qas", [])
        place = places.of(paragraph["context"]) if asked else None
        if place is None and asked:
            yield Row.broken(
                remark("question", at=number + 1),
                "context",
                remark("unknown-context", given=shown(paragraph["context"])),
            )
        for one in asked:
            number += 1
            where = remark("question", at=number)
            yield _question(where, one, paragraph["context"], place or ("", 0))


def squad_documents(path: Path) -> Iterator[Document]:
    """Yield the set's articles: the paragraphs with a blank line between, by their titles."""
    for title, text in _texts(path).items():
        yield Document(title, text, title.replace("_", " "))


def _question(where: Remark, raw: object, context: str, place: tuple[str, int]) -> Row:
    try:
        asked = _Asked.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        told = first["msg"].replace("Input should", "should")
        return Row.broken(where, field, remark(AS_SAID, words=told))
    faults = []
    for number, answer in enumerate(asked.answers):
        if context[answer.answer_start : answer.answer_start + len(answer.text)] != answer.text:
            given, at, found = shown(answer.text), answer.answer_start, context.find(answer.text)
            what = (
                remark("misplaced", given=given, at=at, there=found)
                if found >= 0
                else remark("nowhere", given=given, at=at)
            )
            faults.append(Fault(where, f"answers[{number}]", what))
    if not asked.is_impossible and not asked.answers:
        faults.append(Fault(where, "answers", remark("no-answers")))
    if faults:
        return Row(where, None, tuple(faults))
    answers = [] if asked.is_impossible else asked.answers
    document, offset = place
    starts = dict.fromkeys((offset + a.answer_start, len(a.text)) for a in answers)
    wordings = list(dict.fromkeys(answer.text for answer in answers))
    group = [{"document": document, "start": at, "end": at + length} for at, length in starts]
    fields = {
        "id": asked.id,
        "kind": "unanswerable" if asked.is_impossible else "fact",
        "question": asked.question,
        "answerable": not asked.is_impossible,
        "documents": [document] if document else None,
        "evidence": [group] if group and document else [],
        "answer_contains": [wordings] if wordings else [],
    }
    return row_of(where, fields)


class _Places:
    """Where paragraphs stand in the articles, those of the article before first."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._last: str | None = None

    def of(self, paragraph: str) -> tuple[str, int] | None:
        """The article and the offset of a paragraph; None if it stands in none."""
        for name in [*([self._last] if self._last else []), *self._texts]:
            if (at := self._texts[name].find(paragraph)) >= 0:
                self._last = name
                return name, at
        return None


def _texts(path: Path) -> dict[str, str]:
    """The set's articles by their titles; of several of one title, the later ones are numbered."""
    texts: dict[str, str] = {}
    for number, article in enumerate(_articles(path), start=1):
        title = article.get("title")
        name = title if title and isinstance(title, str) else f"article {number}"
        others = (f"{name} ({again})" for again in count(2))
        free = next(one for one in chain([name], others) if one not in texts)
        texts[free] = "\n\n".join(paragraph["context"] for paragraph in article["paragraphs"])
    return texts


def _articles(path: Path) -> list[dict[str, Any]]:
    with readable(path):
        content = path.read_bytes()
    try:
        data = json.loads(content)["data"]
        for article in data:
            for paragraph in article["paragraphs"]:
                if not isinstance(paragraph["context"], str) or not isinstance(
                    paragraph.get("qas", []), list
                ):
                    raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise QuestionSetError(
            f"{path} is not SQuAD's JSON (data, paragraphs, context, qas); a question set of one JSON "
            "object a line ends in .jsonl.",
            str(path),
        ) from error
    found: list[dict[str, Any]] = data
    return found
