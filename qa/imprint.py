"""Questions about an article itself, not about what it tells: who wrote it, when and where it appeared, its headline.

"Who wrote this article?" has an answer above the article or nowhere; among its sentences there is always
one on somebody who wrote something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from qa.framing import SOURCE

Imprint = Literal["byline", "published", "publisher", "title"]
IMPRINT: tuple[str, ...] = get_args(Imprint)
"""What can be asked of an article itself, named as the attributes of a document."""

_ITSELF = rf"(?:{SOURCE}|this|it)"
_ABOUT = r"(?:\s+(?:about|on|regarding)\s+(?P<about>[^?]+?))?"
_PAPER = r"(?:news\s*)?(?:paper|outlet|publication|site|website|source|magazine|agency|publisher|service)"
_OF = rf"(?:\s+of\s+{_ITSELF}{_ABOUT})?"
_PUT_OUT = r"(?:published|posted|released|issued|printed|put\s+out)"
_ASKED: dict[Imprint, tuple[str, ...]] = {
    "byline": (
        rf"who\s+(?:wrote|authored|penned|reported|is\s+behind)\s+{_ITSELF}{_ABOUT}",
        rf"(?:who(?:\s+(?:is|was|are|were)|[’']s)\s+|name\s+)the\s+(?:authors?|writers?|byline){_OF}",
        rf"who(?:\s+(?:is|was|are|were)|[’']s)\s+the\s+(?:journalists?|reporters?)\s+(?:of|behind)\s+{_ITSELF}{_ABOUT}",
        rf"(?:by\s+whom|who)\s+(?:is|was|were)\s+{_ITSELF}{_ABOUT}\s+(?:written\s*)?(?:by)?",
        rf"whose\s+(?:article|story|piece|report)\s+is\s+(?:this|it)|(?:author|byline){_OF}",
    ),
    "published": (
        rf"when\s+(?:is|was|were)\s+{_ITSELF}{_ABOUT}\s+(?:first\s+|last\s+)?(?:{_PUT_OUT}|written|updated|from|dated)",
        rf"when\s+did\s+{_ITSELF}{_ABOUT}\s+(?:appear|come\s+out|run)",
        rf"(?:what(?:\s+(?:is|was)|[’']s)\s+)?(?:the\s+)?(?:publication|publishing|release)\s+date{_OF}",
        rf"what(?:\s+(?:is|was)|[’']s)\s+the\s+date\s+of\s+{_ITSELF}{_ABOUT}",
        rf"(?:from\s+)?what\s+(?:date|day|year)\s+(?:is|was)\s+{_ITSELF}{_ABOUT}(?:\s+(?:{_PUT_OUT}|written|from))?",
        rf"how\s+(?:old|recent)\s+(?:is|are)\s+{_ITSELF}{_ABOUT}",
    ),
    "publisher": (
        rf"(?:what|which)\s+{_PAPER}\s+(?:is|was|were)\s+{_ITSELF}{_ABOUT}(?:\s+(?:{_PUT_OUT}\s+)?(?:from|in|by|on))?",
        rf"(?:in\s+)?(?:what|which)\s+{_PAPER}\s+did\s+{_ITSELF}{_ABOUT}\s+(?:appear|come\s+from|run)(?:\s+in)?",
        rf"in\s+(?:what|which)\s+{_PAPER}\s+(?:is|was|were)\s+{_ITSELF}{_ABOUT}\s+{_PUT_OUT}",
        rf"(?:who|(?:what|which)\s+{_PAPER})\s+(?:published|put\s+out|ran|printed)\s+{_ITSELF}{_ABOUT}",
        rf"where\s+(?:is|was|were)\s+{_ITSELF}{_ABOUT}\s+{_PUT_OUT}",
        rf"where\s+(?:does|do|did)\s+{_ITSELF}{_ABOUT}\s+(?:come\s+from|appear)",
        rf"(?:who|what)(?:\s+(?:is|was)|[’']s)\s+the\s+(?:publisher|source|{_PAPER}){_OF}",
    ),
    "title": (
        rf"what(?:\s+(?:is|was)|[’']s)\s+the\s+(?:headline|title){_OF}",
        rf"what\s+(?:is|was)\s+{_ITSELF}{_ABOUT}\s+(?:called|titled|entitled|headlined)",
        rf"(?:give|show|tell)\s+me\s+the\s+(?:headline|title){_OF}",
    ),
}
_FORMS = tuple(
    (imprint, re.compile(rf"\W*(?:and\s+)?(?:{form})\s*[?.!]*\s*", re.IGNORECASE))
    for imprint, forms in _ASKED.items()
    for form in forms
)
_NAMED = re.compile(rf"\b{SOURCE}\b", re.IGNORECASE)


def asked_of_itself(text: str, history: Sequence[str] = ()) -> tuple[Imprint, str] | None:
    """Tell what is asked of an article itself, if that is what a question asks.

    Args:
        text: the question.
        history: the questions and answers before it: "it", "this" and "the author" are the article's in the first
            question, and after one that asks the like.

    Returns:
        What is asked, and the topic by which the article is named; "" for the one at hand.
    """
    for imprint, form in _FORMS:
        if found := form.fullmatch(text):
            about = found.groupdict().get("about") or ""
            on_it = _NAMED.search(text) or not history or any(map(asked_of_itself, history[-2:]))
            return (imprint, about.strip()) if on_it else None
    return None
