"""What every view of the page works on, and how the page's script is answered.

What comes from the page is checked on arrival; what goes back is JSON, with HTML that is escaped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from indexes.errors import OnrecordError
from qa.evaluation.keeping import Kept
from qa.feedback import FILE as FEEDBACK
from qa.feedback import Feedback
from ui.conversations import Conversations
from ui.language import speaking, t
from ui.removed import Removed
from ui.running import Runner

if TYPE_CHECKING:
    from indexes import Document, Statement
    from qa.assistant import Assistant

Reply = dict[str, object]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """The assistant whose page this is, its conversations, and the folder that uploads come to.

    Attributes:
        assistant: answers the questions and holds the library.
        uploads: no file outside it is added or moved.
        conversations: what was asked before.
        stopped: tickets of questions that nobody waits for any more.
        removed: articles taken off the record here, until the program ends; by name.
        feedback: what people think of the answers.
        runner: runs question sets, and keeps what came of them.
    """

    assistant: Assistant
    uploads: Path
    conversations: Conversations
    stopped: set[str] = field(default_factory=set)
    removed: dict[str, Removed] = field(default_factory=dict)
    feedback: Feedback = field(init=False)
    runner: Runner = field(init=False)

    def __post_init__(self) -> None:
        """Find what lies beside the index."""
        folder = self.assistant.index.folder
        self.feedback = Feedback(folder / FEEDBACK)
        self.runner = Runner(self.assistant, Kept(folder))

    def statements(self, article: str | None = None) -> Iterator[tuple[Document, Statement]]:
        """Yield who said what in reading order, in one article or in all, each with its article."""
        index = self.assistant.index
        articles: dict[int, Document] = {}
        for number, statement in index.statements(
            documents=index.numbers([article] if article else None)
        ):
            if number not in articles:
                articles[number] = index.document(number)
            yield articles[number], statement


class Sent(BaseModel):
    """Something that the page's script sends."""

    model_config = ConfigDict(extra="ignore", frozen=True)


@dataclass(frozen=True, slots=True)
class View:
    """One view of the page: ``#name`` is its address, ``templates/views/name.html`` its frame.

    Attributes:
        name: the name in the address, of its template and of its script.
        replies: what its script may call, by name.
        listed: whether the navigation names it (the language files' ``name.title``, and
            ``name.short`` where there is little room); else it is reached from another view.
    """

    name: str
    replies: Mapping[str, Callable[[Desk, object], Reply]]
    listed: bool = True


def answering(
    desk: Desk, name: str, work: Callable[[Desk, object], Reply]
) -> Callable[[object], Reply]:
    """Return what the script calls as ``reply_name``: it takes JSON, returns JSON, never raises.

    What is sent says in which ``language`` the page is.
    """

    def reply(sent: object) -> Reply:
        with speaking(sent.get("language") if isinstance(sent, dict) else None):
            try:
                return work(desk, sent)
            except OnrecordError as error:
                return {"error": str(error)}
            except ValidationError:
                _log.exception("The page sent something that cannot be read")
                return {"error": t("frame.misunderstood")}
            except Exception:
                _log.exception("The page asked for something that failed")
                return {"error": t("frame.broken")}

    reply.__name__ = f"reply_{name}"
    return reply
