"""Settings: how careful answers are, how the page looks and speaks, what is installed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ConfigDict

from qa.settings import Carefulness
from ui.desk import Desk, Reply, Sent, View
from ui.language import languages, t
from ui.render import fill

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from ui.conversations import Conversations

PREFERENCE = "carefulness"
VARIABLE = "ONRECORD_CAREFULNESS"


class Chosen(Sent):
    """How careful answers are to be."""

    carefulness: Carefulness


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)

    carefulness: Carefulness


def apply(assistant: Assistant, conversations: Conversations) -> None:
    """Use what was chosen on the page before, unless the environment says otherwise."""
    kept = conversations.preference(PREFERENCE)
    if kept in get_args(Carefulness) and not os.environ.get(VARIABLE):
        _use(assistant, _Kept.model_validate({"carefulness": kept}).carefulness)


def _use(assistant: Assistant, carefulness: Carefulness) -> None:
    assistant.settings = assistant.settings.model_copy(update={"carefulness": carefulness})


def _settings(desk: Desk, _: object) -> Reply:
    index = desk.assistant.index
    return {
        "html": fill(
            "settings.html",
            levels=get_args(Carefulness),
            chosen=desk.assistant.settings.carefulness,
            fixed=VARIABLE if os.environ.get(VARIABLE) else "",
            languages=[
                (language.code, language.texts["language.name"])
                for language in languages().values()
            ],
            facts=[
                (t("settings.index"), str(index.folder)),
                (t("settings.conversations"), str(desk.conversations.path)),
                (t("settings.model"), desk.assistant.settings.encoder),
            ],
        )
    }


def _careful(desk: Desk, sent: object) -> Reply:
    wanted = Chosen.model_validate(sent).carefulness
    desk.conversations.prefer(PREFERENCE, wanted)
    _use(desk.assistant, wanted)
    return {}


SETTINGS = View("settings", {"settings": _settings, "careful": _careful})
