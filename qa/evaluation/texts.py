"""The texts of an assistant's documents by name, read when they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Protocol, runtime_checkable

from indexes.errors import DocumentError
from qa.answer import Answer

_MOST_CHARACTERS = 100_000_000
"""Characters held at once; beyond that, texts are read again."""


class Named(Protocol):
    """A line of the library."""

    @property
    def name(self) -> str:
        """The document's name."""
        ...


class Readable(Protocol):
    """A document with its text."""

    @property
    def text(self) -> str:
        """The text that offsets refer to."""
        ...


class Answering(Protocol):
    """What is evaluated: ``Assistant``, or anything that answers in its form."""

    def ask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer a question."""
        ...

    def document(self, name: str) -> Readable:
        """Read a document by its name."""
        ...

    def documents(self) -> Sequence[Named]:
        """List the documents."""
        ...


@runtime_checkable
class Identified(Protocol):
    """What answers, and says by ``identity`` what it is, so that a stopped run can go on."""

    @property
    def identity(self) -> str:
        """Different whenever the answers may be: a model's name and settings, say."""
        ...


class Texts(Mapping[str, str]):
    """The texts by name; iterated over, each document once, but copies are found by their names, too."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        self._names = dict.fromkeys(document.name for document in assistant.documents())
        self._copies: set[str] = set()
        self._held: dict[str, str] = {}
        self._characters = 0

    def __getitem__(self, name: str) -> str:
        text = self._held.get(name)
        if text is None:
            if name not in self:
                raise KeyError(name)
            text = self._hold(name)
        return text

    def _hold(self, name: str) -> str:
        text = self._assistant.document(name).text
        if self._characters + len(text) > _MOST_CHARACTERS:
            self._held.clear()
            self._characters = 0
        self._held[name] = text
        self._characters += len(text)
        return text

    def __contains__(self, name: object) -> bool:
        """Whether a document is known by this name, if only as a copy of one."""
        if name in self._names or name in self._copies:
            return True
        with suppress(DocumentError):
            self._hold(str(name))
            self._copies.add(str(name))
            return True
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
