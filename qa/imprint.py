"""Questions about an article itself, not about what it tells: who wrote it, when and where it appeared, its headline.

"Who wrote this article?" has an answer above the article or nowhere; among its sentences there is always
one on somebody who wrote something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from qa.framing import SOURCE, asks_for_overview, framed

Imprint = Literal["byline", "published", "publisher", "title"]
IMPRINT: tuple[str, ...] = get_args(Imprint)
"""What can be asked of an article itself, named as the attributes of a document."""

_ITSELF = rf"(?:{SOURCE}|this|it)"
_ABOUT = r"(?:\s+(?:about|on|regarding)\s+(?P<about>[^?]+?))?"
_PAPER = r"(?:news\s*)?(?:paper|outlet|publication|site|website|source|magazine|agency|publisher|service)"
_OF = rf"(?:\s+of\s+{_ITSELF}{_ABOUT})?"
_PUT_OUT = r"(?:published|posted|released|issued|printed|put\s+out)"
_IS = r"(?:\s+(?:is|was|are|were)|[’']s)"
_ASKED: dict[Imprint, tuple[str, ...]] = {
    "byline": (
        rf"who\s+(?:wrote|authored|penned|reported|is\s+behind)\s+{_ITSELF}{_ABOUT}",
        rf"(?:who{_IS}\s+|what{_IS}\s+|name\s+)?(?:the\s+)?(?:(?:authors?|writers?)(?:[’']s?\s+names?)?|byline){_OF}",
        rf"who{_IS}\s+the\s+(?:journalists?|reporters?)\s+(?:of|behind)\s+{_ITSELF}{_ABOUT}",
        rf"(?:by\s+whom|who){_IS}\s+{_ITSELF}{_ABOUT}\s+(?:written\s*)?(?:by)?",
        r"whose\s+(?:article|story|piece|report)\s+is\s+(?:this|it)",
    ),
    "published": (
        rf"when{_IS}\s+{_ITSELF}{_ABOUT}\s+(?:first\s+|last\s+)?(?:{_PUT_OUT}|written|updated|from|dated)",
        rf"when\s+{_ITSELF}{_ABOUT}\s+(?:is|was|were)\s+(?:{_PUT_OUT}|written)",
        rf"when\s+did\s+{_ITSELF}{_ABOUT}\s+(?:appear|come\s+out)",
        rf"(?:what{_IS}\s+)?(?:the\s+)?(?:publication|publishing|release)\s+date{_OF}",
        rf"what{_IS}\s+the\s+date\s+of\s+{_ITSELF}{_ABOUT}",
        rf"(?:(?:from|on)\s+)?what\s+(?:date|day|year){_IS}\s+{SOURCE}{_ABOUT}(?:\s+(?:{_PUT_OUT}|written|from))?",
        rf"(?:on\s+)?what\s+(?:date|day|year){_IS}\s+(?:it|this)\s+(?:{_PUT_OUT}|written)",
        rf"how\s+(?:old|recent){_IS}\s+{_ITSELF}{_ABOUT}",
    ),
    "publisher": (
        rf"(?:(?:from|in)\s+)?(?:what|which)\s+{_PAPER}{_IS}\s+{_ITSELF}{_ABOUT}(?:\s+(?:{_PUT_OUT}\s*)?(?:from|in|by|on)?)?",
        rf"(?:in\s+)?(?:what|which)\s+{_PAPER}\s+did\s+{_ITSELF}{_ABOUT}\s+(?:appear|come\s+from|run)(?:\s+in)?",
        rf"(?:who|(?:what|which)\s+{_PAPER})\s+(?:published|put\s+out|printed)\s+{_ITSELF}{_ABOUT}",
        rf"where{_IS}\s+{_ITSELF}{_ABOUT}\s+{_PUT_OUT}",
        rf"where{_IS}\s+{SOURCE}{_ABOUT}\s+from",
        rf"where\s+(?:does|do|did)\s+{_ITSELF}{_ABOUT}\s+(?:come\s+from|appear)",
        rf"what{_IS}\s+the\s+{_PAPER}\s+of\s+{_ITSELF}{_ABOUT}",
        rf"who{_IS}\s+the\s+publisher{_OF}",
        rf"what{_IS}\s+the\s+(?:source|(?:news)?paper)",
    ),
    "title": (
        rf"(?:what{_IS}\s+|(?:give|show|tell)\s+me\s+)?(?:the\s+)?(?:headline|title){_OF}",
        rf"what{_IS}\s+{_ITSELF}{_ABOUT}\s+(?:called|titled|entitled|headlined)",
    ),
}
_FORMS = tuple(
    (
        imprint,
        re.compile(rf"\W*(?:and\s+)?(?:{form})(?:\s*,?\s+please)?\s*[?.!]*\s*", re.IGNORECASE),
    )
    for imprint, forms in _ASKED.items()
    for form in forms
)
_MORE: dict[Imprint, str] = {"byline": r"who|by\s+whom", "published": "when", "publisher": "where"}
"""What one word asks after the like: "Who wrote this article, and when?"."""
_NAMED = re.compile(rf"\b{SOURCE}\b", re.IGNORECASE)
_MESSAGES = re.compile(r"(?<!this )(?<!these )\btexts?\b", re.IGNORECASE)
"""In the news, "the texts" were sent by somebody."""


def asked_of_itself(text: str, history: Sequence[str] = ()) -> tuple[Imprint, str] | None:
    """Tell what is asked of an article itself, if that is what a question asks.

    Args:
        text: the question.
        history: the questions and answers before it: "it", "this" and "the author" are the article's in the first
            question, and after one that asks the like.

    Returns:
        What is asked, and the topic by which the article is named; "" for the one at hand.
    """
    if _MESSAGES.search(text):
        return None
    for imprint, form in _FORMS:
        if found := form.fullmatch(text):
            about = found.groupdict().get("about") or ""
            on_it = _NAMED.search(text) or not history or any(map(_on_articles, history[-2:]))
            return (imprint, about.strip()) if on_it else None
    for imprint, word in _MORE.items():
        if re.fullmatch(rf"\W*(?:(?:and|but)\s+)?(?:{word})\W*", text, re.IGNORECASE):
            spoken = reversed(range(max(0, len(history) - 2), len(history)))
            before = (asked_of_itself(history[i], history[max(0, i - 4) : i]) for i in spoken)
            return next(((imprint, about) for _, about in filter(None, before)), None)
    return None


def _on_articles(said: str) -> bool:
    plain = framed(said)
    return bool(asked_of_itself(plain)) or asks_for_overview(said) or asks_for_overview(plain)
