"""Assistant: the public Python API. Documents in, cited answers out."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexes import Document, Index, OnrecordError, Span
from indexes.documents import Original, well_formed
from indexes.filters import Condition
from indexes.records import DocumentSummary, Revision
from indexes.words import content_terms
from qa.adding import Added, Outcome, add_sources, add_text
from qa.answer import Answer
from qa.answering import Answerer, Terms
from qa.library import FoundPassage, RecordedStatement
from qa.readers.findings import Stage
from qa.settings import Settings
from qa.speakers import matching
from qa.suggestions import suggestions

if TYPE_CHECKING:
    from llama_index.core.llms import LLM
    from llama_index.core.query_engine import CustomQueryEngine
    from llama_index.core.retrievers import BaseRetriever

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """A step on the way to an answer; ``answer`` comes with the last, "answered"."""

    stage: Stage
    answer: Answer | None = None


class Assistant:
    """Answers questions from the documents of one index."""

    def __init__(self, index: Index, settings: Settings, llm: LLM | None = None) -> None:
        self.index = index
        self.settings = settings
        self.llm = llm
        self._answerer = Answerer(index)

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        settings: Settings | None = None,
        llm: LLM | None = None,
    ) -> Assistant:
        """Open the index in a folder, made when missing; without one, the settings' folder.

        Args:
            path: the folder.
            settings: those of the environment, if None.
            llm: a language model of llama-index that words the answers, held to the evidence; the one
                that the settings name, if None.

        Raises:
            IndexStoreError: if the folder cannot be used as an index.
            ModelError: if the index was made with another embedding model.
            SettingsError: if a setting of the environment is not valid.
        """
        settings = settings or Settings.of_environment()
        folder = Path(path) if path else settings.index
        index = Index(folder, encoder=settings.encoder, exact_up_to=settings.exact_up_to)
        return cls(index, settings, llm)

    # ---- documents

    def add(
        self, *sources: str | Path, progress: Callable[[Outcome, int, int], None] | None = None
    ) -> Added:
        """Add files, folders with all that can be read in them, archives, and pages from the web.

        One that fails does not keep the others from being added. What was read from the same source
        before is replaced.

        Args:
            sources: paths and web addresses.
            progress: told each outcome, how many sources are done, and how many there are.

        Returns:
            What was added, skipped because its content is there already, and failed, with reasons.
        """
        return add_sources(self.index, sources, self.settings.limits, progress)

    def add_text(self, text: str | bytes, name: str = "pasted text") -> Added:
        """Add text at hand: pasted, or from standard input; bytes may be of any format that files have."""
        return add_text(self.index, text, name, self.settings.limits)

    def original(self, name: str) -> Original | None:
        """The file that a document's text was taken out of; None where the text is the file's own.

        Raises:
            DocumentError: if there is no document of this name.
        """
        return self.index.original(name)

    def documents(self, *, where: Sequence[str] = ()) -> list[DocumentSummary]:
        """List the documents in the order in which they were added.

        Args:
            where: conditions that they must meet, as in ``published>=2019-12-01``.

        Raises:
            FilterError: if a condition cannot be understood.
        """
        return self.index.store.documents(self._scope(None, where))

    def document(self, name: str) -> Document:
        """Read a document.

        Raises:
            DocumentError: if there is none of this name.
        """
        return self.index.document(name)

    def paragraphs(self, name: str) -> list[Span]:
        """The places of a document's paragraphs, in reading order."""
        return self.index.paragraphs(name)

    def changes(self, name: str | None = None) -> list[Revision]:
        """What changed when new versions replaced old ones, oldest first.

        Args:
            name: only of the document of this name.

        Raises:
            DocumentError: if there is none of this name.
        """
        return self.index.store.revisions(
            None if name is None else self.index.store.document(name)[0]
        )

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

    def suggestions(self, limit: int = 4, documents: Sequence[str] | None = None) -> list[str]:
        """Questions that the articles answer, made from who said what.

        Args:
            limit: how many at most.
            documents: names of the documents that should answer them; None for all.

        Raises:
            DocumentError: if one of the documents is not in the index.
        """
        return suggestions(self.index, limit, self.index.numbers(documents))

    # ---- questions

    def ask(
        self,
        question: str,
        documents: Sequence[str] | None = None,
        history: Sequence[str] = (),
        *,
        where: Sequence[str] = (),
    ) -> Answer:
        """Answer a question.

        Args:
            question: in plain words; keywords do.
            documents: names of the documents to which it is scoped; None for all.
            history: earlier questions and answers of the conversation, in order.
            where: conditions that its documents must meet, as in ``published>=2019-12-01``.

        Raises:
            DocumentError: if one of the documents is not in the index.
            FilterError: if a condition cannot be understood.
            ModelError: if a model cannot be loaded.
        """
        return self._answer(question, documents, history, lambda _: None, where)

    async def aask(
        self,
        question: str,
        documents: Sequence[str] | None = None,
        history: Sequence[str] = (),
        *,
        where: Sequence[str] = (),
    ) -> Answer:
        """Answer a question without blocking the event loop; as ``ask``."""
        import anyio.to_thread

        return await anyio.to_thread.run_sync(
            lambda: self.ask(question, documents, tuple(history), where=where)
        )

    async def stream(
        self,
        question: str,
        documents: Sequence[str] | None = None,
        history: Sequence[str] = (),
        *,
        where: Sequence[str] = (),
    ) -> AsyncIterator[Event]:
        """Answer a question in steps: "searching", "reading", with a language model "writing", then "answered"."""
        import asyncio

        loop = asyncio.get_running_loop()
        events: asyncio.Queue[Event] = asyncio.Queue()

        def tell(stage: Stage) -> None:
            loop.call_soon_threadsafe(events.put_nowait, Event(stage))

        work = asyncio.ensure_future(
            asyncio.to_thread(self._answer, question, documents, history, tell, where)
        )
        while not (work.done() and events.empty()):
            waiting = asyncio.ensure_future(events.get())
            await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                yield waiting.result()
            else:
                waiting.cancel()
        yield Event("answered", work.result())

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        documents: Sequence[str] | None = None,
        where: Sequence[str] = (),
    ) -> list[FoundPassage]:
        """Find passages by meaning and by words together, best first.

        Args:
            query: a question, or keywords.
            limit: how many passages at most.
            documents: names of the documents to search; None for all.
            where: conditions that they must meet, as in ``published>=2019-12-01``.

        Raises:
            DocumentError: if one of the documents is not in the index.
            FilterError: if a condition cannot be understood.
        """
        scope = self._scope(self.index.numbers(documents), where)
        with self.index.snapshot():
            return [
                FoundPassage.of(self.index.document(found.document_number), found)
                for found in self.index.search(query, limit, documents=scope)
            ]

    def chat(self, documents: Sequence[str] | None = None, *, where: Sequence[str] = ()) -> Chat:
        """Start a conversation, in which follow-ups are understood.

        Args:
            documents: names of the documents to which it is scoped; None for all.
            where: conditions that its documents must meet, as in ``published>=2019-12-01``.
        """
        return Chat(self, documents, where=where)

    def warm_up(self) -> None:
        """Load the models now, so that the first question need not wait for them."""
        self.index.search("warm up", 1)
        self._answerer.warm_up()

    def _answer(
        self,
        asked: str,
        documents: Sequence[str] | None,
        history: Sequence[str],
        on_stage: Callable[[Stage], None],
        where: Sequence[str] = (),
    ) -> Answer:
        named = self.index.numbers(documents)
        names = dict(zip(named or (), documents or (), strict=True))
        writes = self.llm or self.settings.llm
        model = self.language_model if writes else None
        terms = Terms(self._scope(named, where), names, self.settings, model, on_stage)
        return self._answerer.answer(well_formed(asked), [*map(well_formed, history)], terms)

    def language_model(self) -> LLM:
        """The language model that words the answers: the one given, else the one that the settings name.

        Raises:
            ModelError: if there is none, or it cannot be loaded.
        """
        from qa.language_model import named

        return self.llm or named(self.settings)

    def _scope(self, named: list[int] | None, where: Sequence[str]) -> list[int] | None:
        """The numbers of the documents to search; None for all."""
        if not where:
            return named
        conditions = [Condition.of(text) for text in where]
        known = self.index.store.speakers if any(c.field == "speaker" for c in conditions) else dict
        meeting = self.index.store.where(conditions, lambda name: matching(name, known()))
        return meeting if named is None else sorted(set(meeting) & set(named))

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

    def __init__(
        self,
        assistant: Assistant,
        documents: Sequence[str] | None = None,
        *,
        where: Sequence[str] = (),
    ) -> None:
        self._assistant = assistant
        self._documents = documents
        self._where = tuple(where)
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
        answer = self._assistant.ask(question, self._documents, self.history, where=self._where)
        self.turns.append(answer)
        return answer


__all__ = ["Added", "Assistant", "Chat", "Event", "OnrecordError", "Outcome", "RecordedStatement"]
