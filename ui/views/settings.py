"""Settings: how careful answers are and who words them, how the page looks and speaks, what is installed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from indexes.errors import OnrecordError
from qa.language_model import named, tried
from qa.settings import Carefulness, Settings, is_address
from ui.desk import Desk, Reply, Sent, View
from ui.language import languages, t
from ui.render import fill
from ui.wording import what_leaves

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from ui.conversations import Conversations

PREFERENCE = "carefulness"
VARIABLE = "ONRECORD_CAREFULNESS"
ANSWERER = "answerer"
LLM_VARIABLE = "ONRECORD_LLM"


class Chosen(Sent):
    """How careful answers are to be."""

    carefulness: Carefulness


class Answerer(Sent):
    """Who words the answers: the language model of a name at an address, if it is to be used at all."""

    use: bool
    llm: str = Field(max_length=200)
    llm_url: str = Field(max_length=500)

    def checked(self) -> Answerer:
        """Return it, where it can be used.

        Raises:
            OnrecordError: if no model is named, or the address is none.
        """
        if not self.llm:
            raise OnrecordError(t("settings.llm-missing"))
        if not is_address(self.llm_url):
            raise OnrecordError(t("settings.llm-wrong"))
        return self

    def within(self, settings: Settings) -> Settings:
        """The settings with it. The environment's key goes to the environment's address only."""
        started = Settings()
        own = self.llm_url.rstrip("/") == started.llm_url.rstrip("/")
        return settings.model_copy(
            update={
                "llm": self.llm if self.use else "",
                "llm_url": self.llm_url,
                "llm_key": started.llm_key if own else SecretStr(""),
            }
        )


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)

    carefulness: Carefulness


def apply(assistant: Assistant, conversations: Conversations) -> None:
    """Use what was chosen on the page before, unless the environment says otherwise."""
    kept = conversations.preference(PREFERENCE)
    if kept in get_args(Carefulness) and not os.environ.get(VARIABLE):
        _use(assistant, _Kept.model_validate({"carefulness": kept}).carefulness)
    if not os.environ.get(LLM_VARIABLE) and (answerer := _answerer_kept(conversations)):
        assistant.settings = answerer.within(assistant.settings)


def _answerer_kept(conversations: Conversations) -> Answerer | None:
    try:
        kept = Answerer.model_validate_json(conversations.preference(ANSWERER) or "")
        return kept.checked() if kept.use else kept
    except (ValidationError, OnrecordError):  # kept by a version that let it pass
        return None


def _use(assistant: Assistant, carefulness: Carefulness) -> None:
    assistant.settings = assistant.settings.model_copy(update={"carefulness": carefulness})


def _settings(desk: Desk, _: object) -> Reply:
    index, settings = desk.assistant.index, desk.assistant.settings
    kept = _answerer_kept(desk.conversations)
    return {
        "html": fill(
            "settings.html",
            levels=get_args(Carefulness),
            chosen=settings.carefulness,
            fixed=VARIABLE if os.environ.get(VARIABLE) else "",
            given=desk.assistant.llm is not None,
            named=LLM_VARIABLE if os.environ.get(LLM_VARIABLE) else "",
            words=bool(desk.assistant.llm or settings.llm),
            llm=settings.llm or (kept.llm if kept else ""),
            llm_url=settings.llm_url,
            key="ONRECORD_LLM_KEY",
            languages=[
                (language.code, language.texts["language.name"])
                for language in languages().values()
            ],
            facts=[
                (t("settings.index"), str(index.folder)),
                (t("settings.conversations"), str(desk.conversations.path)),
                (t("settings.model"), settings.encoder),
            ],
        )
    }


def _careful(desk: Desk, sent: object) -> Reply:
    wanted = Chosen.model_validate(sent).carefulness
    desk.conversations.prefer(PREFERENCE, wanted)
    _use(desk.assistant, wanted)
    return {}


def _answerer(desk: Desk, sent: object) -> Reply:
    """Use another answerer from the next question on, and remember it."""
    wanted = Answerer.model_validate(sent)
    if wanted.use:
        wanted.checked()
    desk.conversations.prefer(ANSWERER, wanted.model_dump_json())
    desk.assistant.settings = wanted.within(desk.assistant.settings)
    return {"stays": what_leaves(desk.assistant)}


def _try_answerer(desk: Desk, sent: object) -> Reply:
    """Say in one sentence whether a language model answers."""
    settings = Answerer.model_validate(sent).checked().within(desk.assistant.settings)
    return {"said": tried(named(settings), settings.llm_timeout_s)}


SETTINGS = View(
    "settings",
    {
        "settings": _settings,
        "careful": _careful,
        "answerer": _answerer,
        "try_answerer": _try_answerer,
    },
)
