"""Questions for all that articles name of a kind: "Which countries are mentioned?", "List the people in the article".

No sentence answers these alone, however well it is chosen; the names of the articles do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from indexes.speech import Kind
from qa.framing import SOURCE

INVENTORY: tuple[Kind, ...] = get_args(Kind)
"""What can be asked for, as a form of question."""

_KINDS: Mapping[Kind, str] = {
    "people": r"(?:people|persons|individuals|names)(?:[’']s?\s+names)?",
    "countries": r"(?:countries|nations)",
    "cities": r"(?:cities|towns|cities\s+and\s+towns)",
    "places": r"(?:places|locations)",
    "organisations": r"(?:organi[sz]ations|institutions)",
    "dates": r"dates",
}
_IN = rf"(?:\s+(?:of|in|from|by)\s+(?:{SOURCE}|it|here|there))?"
_ALL = r"(?:(?:all|every|some|of|the|these|different|various|other|names?|me|us)\s+)*"
_NAMED = (
    r"(?:mentioned|named|listed|given|referred\s+to|talked\s+about|discussed|cited|involved|in\s+(?:it|here|there"
    rf"|{SOURCE}))"
)
_ARE = r"(?:are|were|is|was|get|gets|got|have\s+been)"
_IT_NAMES = rf"(?:{SOURCE}|it|they)\s+(?:mention|name|list|refer\s+to|talk\s+about|give|cite)s?"
_DOES = rf"(?:does|do|did)\s+{_IT_NAMES}"
_COMES_UP = r"(?:appears?|comes?\s+up|occurs?|features?|figures?)"
_END = r"(?:\s*,?\s+please)?\s*[?.!]*\s*"
_WHO = re.compile(
    rf"\W*who(?:\s+(?:all|else))?(?:\s+{_ARE}\s+(?:all\s+)?{_NAMED}{_IN}|\s+{_DOES}|\s+{_COMES_UP}{_IN}|[’']s\s+{_NAMED}{_IN})"
    rf"{_END}",
    re.IGNORECASE,
)


def _form(things: str) -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:(?:which|what)\s+{_ALL}{things}(?:\s+{_ARE}\s+(?:there|{_NAMED})|\s+{_DOES}|\s+{_COMES_UP}){_IN}"
        rf"|(?:(?:list|name|show|give|find)\s+|(?:who|what|which)\s+{_ARE}\s+){_ALL}{things}"
        rf"(?:\s+(?:(?:that|which|who)\s+)?(?:{_ARE}\s+)?{_NAMED}|\s+(?:(?:that|which)\s+)?{_IT_NAMES})?{_IN}"
        rf"|{_ALL}{things}\s+{_NAMED}{_IN})"
        rf"{_END}",
        re.IGNORECASE,
    )


_FORMS = {kind: _form(things) for kind, things in _KINDS.items()}


def asked_to_list(text: str) -> Kind | None:
    """Tell names of what kind a question asks for, if it asks for all that articles name of it."""
    if _WHO.fullmatch(text):
        return "people"
    return next((kind for kind, form in _FORMS.items() if form.fullmatch(text)), None)
