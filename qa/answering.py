"""From a question to an answer: understood, searched and read for, put together, and worded."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexes import Index
from indexes.words import content_terms
from qa.answer import Answer
from qa.compose import compose
from qa.compound import parts, together
from qa.question import Question, understand
from qa.readers.extractive import ExtractiveReader
from qa.readers.findings import Stage, timed
from qa.refusal import Refusal
from qa.settings import Settings
from qa.spelling import corrected

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_LONGEST_PARSED = 300
"""Characters of a question up to which it is looked at for its spelling, and for several in one."""
_LOOKED_THROUGH = 200
"""How many documents about a topic are looked through for those who speak of it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a question is answered.

    Attributes:
        scope: numbers of the documents to search; None for all.
        names: the documents that the question is scoped to, by number, as the caller names them.
        settings: how careful to be.
        language_model: gives the model that words the answer; None where the articles' own words do.
        on_stage: told each step as it begins.
    """

    scope: Sequence[int] | None
    names: Mapping[int, str]
    settings: Settings
    language_model: Callable[[], LLM] | None
    on_stage: Callable[[Stage], None]


class Answerer:
    """Answers questions from one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._reader = ExtractiveReader(index)

    def warm_up(self) -> None:
        """Load the reader's model."""
        self._reader.warm_up()

    def answer(self, asked: str, history: Sequence[str], terms: Terms) -> Answer:
        """Answer a question, or several in one.

        Args:
            asked: the question.
            history: earlier questions and answers, in order.
            terms: where to search, how careful to be, and who words the answer.
        """
        started = time.perf_counter()
        answers: list[Answer] = []
        for part in parts(asked) if len(asked) <= _LONGEST_PARSED else [asked]:
            before = [*history, *(answer.interpreted_as or answer.question for answer in answers)]
            question = self._understood(part, tuple(before), again=bool(answers))
            answers.append(self._answered(part, question, terms))
        answer = answers[0] if len(answers) == 1 else together(asked, answers)
        total = (time.perf_counter() - started) * 1000
        timings = {**answer.timings_ms, "total": total} if answer.timings_ms else {}
        return answer.model_copy(
            update={
                "timings_ms": {stage: round(ms, 2) for stage, ms in timings.items()},
                "engine": self._engine(terms.settings) | answer.engine,
            }
        )

    def _answered(self, asked: str, question: Question, terms: Terms) -> Answer:
        """Answer one question, which was understood."""
        refusal = self._why_not_search(asked, question, terms.scope)
        if refusal:
            return Answer(
                question=asked, answered=False, confidence=0.0, text=str(refusal), refusal=refusal
            )
        with self._index.snapshot():
            findings = self._reader.find(question, terms.scope, terms.on_stage)
            on_record = self._others_on_record(question, findings.silent, terms.scope)
        # What an author's article says is as sure as a fact; a fact told of somebody is no words of his.
        asked_for = (findings.by_author and findings.question) or question
        answer = compose(
            asked,
            question,
            findings,
            threshold=terms.settings.threshold(asked_for),
            on_record=on_record,
            names=terms.names,
        )
        if answer.answered and terms.language_model:
            from qa.readers.generative import write

            terms.on_stage("writing")
            with timed(findings, "write"):
                answer = write(
                    terms.language_model,
                    question,
                    findings,
                    answer,
                    terms.names,
                    terms.settings.llm_timeout_s,
                )
        return answer.model_copy(update={"timings_ms": findings.timings_ms})

    def _understood(self, asked: str, history: tuple[str, ...], *, again: bool) -> Question:
        """Read a question; one that is asked with another, ``again``, goes on from that."""
        spelt = self._spelt(asked)
        following = " ".join(f"And {spelt}".split())
        led = understand(following, history) if again else None
        return led if led and led.text != following else understand(spelt, history)

    def _spelt(self, asked: str) -> str:
        """The question with misspelt names put right; a pasted page stays as it is."""
        if not self._index.exists or len(asked) > _LONGEST_PARSED:
            return asked
        with self._index.snapshot():
            return corrected(asked, self._index, self._reader.is_common)

    def _why_not_search(
        self, asked: str, question: Question, scope: Sequence[int] | None
    ) -> Refusal | None:
        """Why there is nothing to search for, or nothing to search in; None where there is."""
        if not any(character.isalnum() for character in asked):
            return Refusal(cause="no-question")
        if not self._index.exists:
            return Refusal(cause="empty-index")
        if scope is not None and not scope:
            return Refusal(cause="no-document")
        if not question.text.strip():
            return Refusal(cause="no-question")
        return None

    def _others_on_record(
        self, question: Question, silent: Sequence[str], scope: Sequence[int] | None
    ) -> list[str]:
        """Who is on record about the topic, when those asked for are not."""
        topic = set(question.topic)
        if not silent or not topic:
            return []
        names: dict[str, None] = {}
        about = self._index.store.documents_with(sorted(topic), _LOOKED_THROUGH, scope)
        texts = {number: self._index.document(number).text for number in about}
        for number, statement in self._index.statements(documents=about):
            text = texts[number]
            if statement.speaker and topic <= {
                t for s in statement.content for t in content_terms(s.of(text))
            }:
                names.setdefault(statement.speaker)
        return list(names)[:3]

    def _engine(self, settings: Settings) -> dict[str, Any]:
        return {
            "reader": "extractive",
            "encoder": self._index.encoder.name,
            "encoder_sha256": self._index.encoder.sha256,
            "generation": self._index.store.generation,
            "carefulness": settings.carefulness,
        }
