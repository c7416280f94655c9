"""The bodies of a text, ministries, firms and unions: by name, and by what they are called.

"The Aby Harbour Authority" is "the authority" later; "Quillstone Partners, a hedge fund" is "Quillstone", and
"the fund".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from indexes.documents import Span
from indexes.speech import lexicon

_CAPITAL = r"[A-Z](?:[\w’'&-]|\.(?=\w))*"
_RUN = rf"{_CAPITAL}(?:(?: of| for| &)?(?: the)? {_CAPITAL})*"
_NAMED = re.compile(rf"(?P<the>\b[Tt]he )?(?P<name>{_RUN})")
_CALLS = "|".join(sorted(lexicon.BODIES))
_WORD = r"(?!(?:at|by|for|from|in|of|on|that|to|which|who|with)\b)[\w’'-]+ "
_BEHIND = re.compile(
    rf", (?:the|an?|one of the) (?:{_WORD}){{0,4}}?(?P<head>{_CALLS})"
    r"(?=[,.;)]| (?:based|behind|for|in|of|that|which|who)\b)"
)
_BEFORE = re.compile(
    rf"\b(?:the|an?|one|its) (?:{_WORD}){{0,3}}?(?P<head>{_CALLS}),? $", re.IGNORECASE
)
_BEFORE_WITHIN = 60
"""Characters before a name in which what it is called stands."""
_LONGEST = 3
"""Words of a name that its first word stands for, at most: a longer one may be a headline."""
_LOOKED_BACK = 100
"""How many names before a place are looked at."""
_NEAR = 250
"""Characters before "it" in which the body that it means is named."""


@dataclass(frozen=True, slots=True)
class Body:
    """A place at which a body is named.

    Attributes:
        span: of the name.
        name: as a speaker is called, "the Aby Harbour Authority".
        heads: what it may be called later, lower case: "authority".
    """

    span: Span
    name: str
    heads: frozenset[str]


class Bodies:
    """The bodies of one text, in order."""

    def __init__(self, text: str, is_person: Callable[[Span], bool]) -> None:
        """Find them by the words of such names, and by what stands beside a name that is nobody's."""
        self._text = text
        self._is_person = is_person
        self._found = [body for match in _NAMED.finditer(text) if (body := self._body(match))]
        self._starts = [body.span.start for body in self._found]
        self._full: dict[str, Body] = {}
        for body in self._found:
            first, *rest = body.name.split()
            if 0 < len(rest) < _LONGEST:
                self._full.setdefault(first, body)

    def at(self, place: Span) -> Body | None:
        """The body whose name a word belongs to."""
        i = bisect_right(self._starts, place.start) - 1
        return self._found[i] if i >= 0 and self._found[i].span.contains(place) else None

    def called(self, head: str, before: int) -> str:
        """The body last named before a place that is called so, or ""."""
        return next((b.name for b in reversed(self._until(before)) if head in b.heads), "")

    def full(self, word: str, before: int) -> str:
        """The full name of the body that a text calls by its first word, or ""."""
        body = self._full.get(word)
        return body.name if body is not None and body.span.start < before else ""

    def near(self, before: int) -> str:
        """The body named right before a place, or ""."""
        last = self._until(before)[-1:]
        return last[0].name if last and before - last[0].span.end <= _NEAR else ""

    def _until(self, place: int) -> list[Body]:
        last = bisect_right(self._starts, place)
        return self._found[max(0, last - _LOOKED_BACK) : last]

    def _body(self, match: re.Match[str]) -> Body | None:
        """The body that a run of capitals names, if it names one."""
        start, end = match.span("name")
        behind = _BEHIND.match(self._text, end)
        before = _BEFORE.search(self._text, max(0, match.start() - _BEFORE_WITHIN), start)
        words = [
            word.rstrip(".").removesuffix("’s").removesuffix("'s").lower()
            for word in match["name"].split()
        ]
        heads = {found["head"].lower() for found in (behind, before) if found}
        made_of = lexicon.ORGANISATIONS | lexicon.FIRMS
        named = [word for word in words if word in made_of] if len(words) > 1 else []
        if not (heads or named) or self._is_person(Span(start, end)):
            return None
        if words[0] in lexicon.NOT_NAMES or self._text[max(0, start - 1) : start] == "(":
            return None
        heads |= lexicon.BODIES.intersection(named)
        name = re.sub(r"[’']s?$", "", match["name"]).rstrip(".,")
        return Body(
            Span(start, start + len(name)),
            f"the {name}" if match["the"] else name,
            frozenset(heads),
        )
