"""Assistant: the public Python API. Documents in, cited answers out."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from indexes import Document, Index, OnrecordError, Span, Statement
from indexes.errors import DocumentError
from indexes.loaders import files_under, load
from indexes.records import DocumentSummary
from indexes.words import content_terms
from qa.answer import Answer
from qa.compose import compose
from qa.question import Question, understand
from qa.readers.extractive import ExtractiveReader
from qa.settings import Settings
from qa.speakers import matching
from qa.suggestions import suggestions

if TYPE_CHECKING:
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.retrievers import BaseRetriever

Stage = Literal["searching", "reading", "answered"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source.

    Attributes:
        source: the path as it was given or found.
        document: the name under which it is stored, if it is.
        reason: one sentence for people: added, already there, or why it failed.
    """

    source: str
    document: str | None
    reason: str


@dataclass(slots=True)
class Added:
    """What became of all sources given to ``Assistant.add``."""

    added: list[Outcome] = field(default_factory=list)
    skipped: list[Outcome] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Event:
    """A step on the way to an answer; ``answer`` comes with the last, "answered"."""

    stage: Stage
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """A statement with its words, for reading.

    Attributes:
        document: the document's name.
        speaker: the speaker's fullest name, or "" when unsure.
        source: the words that name the speaker, or "".
        cue: the words that report it, or "".
        kind: direct, indirect or mixed.
        content: the places of what was said.
        text: what was said, its pieces joined by " … ".
        within: the speaker in whose words it is reported, or "" when unsure who; None when the
            article itself reports it.
    """

    document: str
    speaker: str
    source: str
    cue: str
    kind: str
    content: tuple[tuple[int, int], ...]
    text: str
    within: str | None = None

    @classmethod
    def of(cls, document: Document, statement: Statement) -> RecordedStatement:
        """Cut a statement's words out of its document."""

        def words(span: Span | None) -> str:
            return span.of(document.text) if span else ""

        return cls(
            document.name,
            statement.speaker,
            words(statement.source),
            words(statement.cue),
            statement.kind,
            tuple((span.start, span.end) for span in statement.content),
            " … ".join(words(span) for span in statement.content),
            statement.within,
        )


class Assistant:
    """Answers questions from the documents of one index."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.settings = settings
        self._reader = ExtractiveReader(index)

    @classmethod
    def open(cls, path: str | Path | None = None, *, settings: Settings | None = None) -> Assistant:
        """Open the index in a folder, made when missing; without one, the settings' folder.

        Raises:
            IndexStoreError: if the folder cannot be used as an index.
            ModelError: if the index was made with another embedding model.
        """
        settings = settings or Settings()
        return cls(
            Index(Path(path) if path else settings.index, encoder=settings.encoder), settings
        )

    # ---- documents

    def add(
        self, *sources: str | Path, progress: Callable[[Outcome, int, int], None] | None = None
    ) -> Added:
        """Add files, and folders with all that can be read in them.

        One that fails does not keep the others from being added.

        Args:
            sources: paths.
            progress: told each outcome, how many sources are done, and how many there are.

        Returns:
            What was added, skipped because its content is there already, and failed, with reasons.
        """
        result = Added()
        files = list(self._files(sources, result))
        for done, file in enumerate(files, start=1):
            outcome = self._add_file(file, result)
            if progress:
                progress(outcome, done, len(files))
        if result.added:
            self.index.save()
        return result

    def _files(self, sources: Sequence[str | Path], result: Added) -> Iterator[Path]:
        for source in sources:
            try:
                yield from files_under(Path(source))
            except DocumentError as error:
                result.failed.append(Outcome(str(source), None, str(error)))

    def _add_file(self, file: Path, result: Added) -> Outcome:
        try:
            document = load(file, largest=self.settings.largest_file)
            name = self.index.add(document)
        except DocumentError as error:
            outcome = Outcome(str(file), None, str(error))
            result.failed.append(outcome)
            return outcome
        if name is None:
            there = self.index.store.has_content(document.id)
            outcome = Outcome(str(file), there, f"{file.name} is in the index already, as {there}.")
            result.skipped.append(outcome)
        else:
            outcome = Outcome(str(file), name, f"{name} was added.")
            result.added.append(outcome)
        return outcome

    def documents(self) -> list[DocumentSummary]:
        """List the documents in the order in which they were added."""
        return self.index.documents()

    def document(self, name: str) -> Document:
        """Read a document.

        Raises:
            DocumentError: if there is none of this name.
        """
        return self.index.document(name)

    def paragraphs(self, name: str) -> list[Span]:
        """The places of a document's paragraphs, in reading order."""
        return self.index.paragraphs(name)

    def remove(self, name: str) -> None:
        """Remove a document, and all that was made of it.

        Raises:
            DocumentError: if there is none of this name.
        """
        self.index.remove(name)

    def statements(
        self, *, speaker: str | None = None, about: str | None = None, document: str | None = None
    ) -> list[RecordedStatement]:
        """Who said what, in reading order.

        Args:
            speaker: only of this speaker, however the name is written.
            about: only those whose words have all of these, as search sees words.
            document: only in the document of this name.

        Raises:
            DocumentError: if there is no such document.
        """
        scope = self.index.numbers([document] if document else None)
        names = None if speaker is None else matching(speaker, self.index.store.speakers(scope))
        wanted = set(content_terms(about or ""))
        found = [
            RecordedStatement.of(self.index.document(number), statement)
            for number, statement in self.index.statements(speakers=names, documents=scope)
        ]
        return [statement for statement in found if wanted <= set(content_terms(statement.text))]

    def suggestions(self, limit: int = 4) -> list[str]:
        """Questions that the articles answer, made from who said what."""
        return suggestions(self.index, limit)

    # ---- questions

    def ask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer a question.

        Args:
            question: in plain words; keywords do.
            documents: names of the documents to which it is scoped; None for all.
            history: earlier questions and answers of the conversation, in order.

        Raises:
            DocumentError: if one of the documents is not in the index.
            ModelError: if a model cannot be loaded.
        """
        return self._answer(question, documents, history, lambda _: None)

    async def aask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer a question without blocking the event loop; as ``ask``."""
        import anyio.to_thread

        return await anyio.to_thread.run_sync(self.ask, question, documents, tuple(history))

    async def stream(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> AsyncIterator[Event]:
        """Answer a question in steps: "searching", "reading", then "answered" with the answer."""
        import asyncio

        loop = asyncio.get_running_loop()
        events: asyncio.Queue[Event] = asyncio.Queue()

        def tell(stage: str) -> None:
            event = Event("reading" if stage == "reading" else "searching")
            loop.call_soon_threadsafe(events.put_nowait, event)

        work = asyncio.ensure_future(
            asyncio.to_thread(self._answer, question, documents, history, tell)
        )
        while not (work.done() and events.empty()):
            waiting = asyncio.ensure_future(events.get())
            await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                yield waiting.result()
            else:
                waiting.cancel()
        yield Event("answered", work.result())

    def chat(self, documents: Sequence[str] | None = None) -> Chat:
        """Start a conversation, in which follow-ups are understood."""
        return Chat(self, documents)

    def warm_up(self) -> None:
        """Load the models now, so that the first question need not wait for them."""
        self.index.search("warm up", 1)
        self._reader.warm_up()

    def _answer(
        self,
        asked: str,
        documents: Sequence[str] | None,
        history: Sequence[str],
        on_stage: Callable[[str], None],
    ) -> Answer:
        started = time.perf_counter()
        scope = self.index.numbers(documents)
        question = understand(asked, tuple(history))
        refusal = self._why_not_search(asked, question)
        if refusal:
            return Answer(
                question=asked, answered=False, confidence=0.0, text=refusal, engine=self._engine()
            )
        findings = self._reader.find(question, scope, on_stage)
        answer = compose(
            asked,
            question,
            findings,
            threshold=self.settings.threshold(question.form),
            on_record=self._others_on_record(question, findings.silent, scope),
            names=dict(zip(scope or (), documents or (), strict=True)),
        )
        timings = {**findings.timings_ms, "total": (time.perf_counter() - started) * 1000}
        rounded = {stage: round(milliseconds, 2) for stage, milliseconds in timings.items()}
        return answer.model_copy(update={"timings_ms": rounded, "engine": self._engine()})

    def _why_not_search(self, asked: str, question: Question) -> str | None:
        """What to say where there is nothing to search for, or nothing to search in."""
        if not any(character.isalnum() for character in asked):
            return "Ask a question in words, and the articles will be searched for its answer."
        if not self.index.exists:
            return "Nothing has been added yet: add an article, and ask again."
        if not question.text.strip():
            return "Ask a question in words, and the articles will be searched for its answer."
        return None

    def _others_on_record(
        self, question: Question, silent: Sequence[str], scope: Sequence[int] | None
    ) -> list[str]:
        """Who is on record about the topic, when those asked for are not."""
        topic = set(question.topic)
        if not silent or not topic:
            return []
        names: dict[str, None] = {}
        for number, statement in self.index.statements(documents=scope):
            text = self.index.document(number).text
            if statement.speaker and topic <= {
                t for s in statement.content for t in content_terms(s.of(text))
            }:
                names.setdefault(statement.speaker)
        return list(names)[:3]

    def _engine(self) -> dict[str, Any]:
        return {
            "reader": "extractive",
            "encoder": self.index.encoder.name,
            "encoder_sha256": self.index.encoder.sha256,
            "generation": self.index.store.generation,
            "carefulness": self.settings.carefulness,
        }

    # ---- llama-index

    def as_retriever(self, limit: int = 10) -> BaseRetriever:
        """The search as a llama-index retriever."""
        from indexes.retriever import OnrecordRetriever

        return OnrecordRetriever(self.index, limit=limit)

    def as_query_engine(self) -> CustomQueryEngine:
        """The assistant as a llama-index query engine."""
        from qa.engine import OnrecordQueryEngine

        return OnrecordQueryEngine(assistant=self)

    def close(self) -> None:
        """Close the index."""
        self.index.close()


class Chat:
    """A conversation: each question is understood in the light of those before it."""

    def __init__(self, assistant: Assistant, documents: Sequence[str] | None = None) -> None:
        self._assistant = assistant
        self._documents = documents
        self.turns: list[Answer] = []

    @property
    def history(self) -> list[str]:
        """Earlier questions, self-contained, and answers, alternating."""
        return [
            text
            for turn in self.turns
            for text in (turn.interpreted_as or turn.question, turn.text)
        ]

    def ask(self, question: str) -> Answer:
        """Answer the next question; as ``Assistant.ask``."""
        answer = self._assistant.ask(question, self._documents, self.history)
        self.turns.append(answer)
        return answer


__all__ = ["Added", "Assistant", "Chat", "Event", "OnrecordError", "Outcome", "RecordedStatement"]
