"""The people of a text: which names, titles and pronouns are one person.

A rule-based coreference for who-said-what: names are found by their capitals over the whole text,
joined by surname and first name, and pronouns go to the most salient person who fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from indexes.documents import Span
from indexes.speech import lexicon
from indexes.speech.bodies import Bodies
from indexes.speech.descriptions import Descriptions
from indexes.speech.names import is_title
from indexes.speech.people import Mention
from indexes.speech.quotations import CLOSE_MARKS, OPEN_MARKS
from indexes.speech.references import GOES_ON_WITHIN, NOBODY_EARLIER, Earlier, Reference
from indexes.speech.roll import Roll

_NAMED_IN_IT, _NAMED_FREELY = 0.3, 0.8
"""How much of his weight is left to whom the words name that "he" is said to say, and where they stand before it
without quotation marks."""
_PLAINLY = 0.75
"""How salient the next one may be, as a share, where a pronoun plainly means the first."""
_FADES = 0.72
"""What is left of somebody's weight with each sentence."""
_DIES = re.compile(r"\b(?:dead|died|dies|killed)\b")
_ANY_SPOKESMAN = re.compile(r"[Aa] spokes\w+")
_OF = re.compile(r" (?:of|for|from|in|at) ")
_GENDERS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "herself": "f",
}
_FIRST_PERSON = frozenset("i me my we us our myself ourselves".split())
_NOBODY = frozenset("q a you your who which that this there what whoever".split())
_PLURAL = frozenset("they them their it its themselves itself both these those".split())


class Speakers:
    """The people and groups of one text."""

    def __init__(self, text: str, sentences: Sequence[Span], quotations: Sequence[Span]) -> None:
        """Find the names of a text; ``quotations`` are in order and do not overlap."""
        self._text = text
        self._roll = Roll(text, sentences, quotations)
        self._bodies = Bodies(text, lambda place: self._roll.at(place) is not None)
        self._descriptions = Descriptions(text, self._roll, self._bodies)

    def resolve(
        self,
        reference: Reference,
        *,
        content: Sequence[Span] = (),
        outer: str = "",
        previous: Earlier = NOBODY_EARLIER,
        last: Earlier = NOBODY_EARLIER,
    ) -> tuple[str, float]:
        """Name the speaker that some words mean.

        Args:
            reference: the words.
            content: what is reported: of "Quill would win, she said" she is not Quill.
            outer: the speaker of the statement inside which they stand.
            previous: the statement before that the text itself reports: "he" may well be who made it.
            last: the statement before, be it reported inside another: "they" may well be who made it.

        Returns:
            The canonical name, or "" when unsure, and how sure it is from 0 to 1.
        """
        word = reference.heads[0].of(self._text).lower()
        if word in _GENDERS:
            at = reference.heads[0].start
            return self._pronoun(at, _GENDERS[word], content, outer, previous)
        if word in _FIRST_PERSON:
            return (outer, 0.6) if outer else ("", 0.1)
        if word in _NOBODY:
            return "", 0.1
        if word == "both" and (pair := self._pair(reference.heads[0].start)):
            return pair, 0.7
        if word in _PLURAL and len(reference.words) <= len(word) + 1:
            return self._group(reference.span.start, word, last)
        named = [self._roll.at(head) for head in reference.heads]
        if all(named) and (people := list(filter(None, named))):
            for mention in people:
                # Who speaks under two names or more is a person, whatever the name looks like.
                mention.person.certain |= len(mention.person.words) > 1
            return _together(people)
        opening = self._roll.at(Span(reference.span.start, reference.span.start + 1))
        if opening is not None and self._text[opening.span.end : opening.span.end + 1] == ",":
            return opening.person.name, 0.9 * opening.score
        apposed = reference.apposed or self._behind_comma(reference.words.end)
        beside = [
            m
            for place in apposed
            if (m := self._roll.at(place)) and (m.person.certain or len(m.person.words) > 1)
        ]
        if beside:
            name, score = _together(beside)
            return name, 0.95 * score
        body = next(filter(None, map(self._bodies.at, reference.apposed)), None)
        if body is not None:
            return body.name, 0.8
        who = reference.words.of(self._text)
        if _ANY_SPOKESMAN.fullmatch(who) and (group := self._last_group(last)):
            return f"{who.lower()} for {group}", 0.5
        return self._descriptions.named(reference, word, previous)

    def _behind_comma(self, end: int) -> tuple[Span, ...]:
        """Who stands between commas behind a description, wherever the parser hung him."""
        named = self._roll.at(Span(end + 2, end + 3)) if self._text[end : end + 2] == ", " else None
        alone = named and self._text[named.span.end : named.span.end + 1] in (",", ".")
        return (named.span,) if named and alone else ()

    def meant(self, at: int, gender: str, *, before: str, never: Collection[str]) -> str:
        """Whom "he" or "she" at a place means, where that is plain; "" where it is not.

        Args:
            at: where it stands.
            gender: "m" or "f".
            before: whom such a pronoun meant shortly before.
            never: those whom it cannot mean.
        """
        weights = self._salient(at, gender, certain=True)
        if before in weights:
            weights[before] = max(weights[before], _FADES)
        ranked = sorted(((w, n) for n, w in weights.items() if n not in never), reverse=True)
        plain = len(ranked) == 1 or (ranked and ranked[1][0] <= _PLAINLY * ranked[0][0])
        return ranked[0][1] if plain else ""

    def _group(self, at: int, word: str, last: Earlier) -> tuple[str, float]:
        """Whom "they" means, who spoke last, or "it" behind a quotation: the body named last."""
        group = self._last_group(last)
        quotes = self._text[max(0, at - 3) : at].rstrip()[-1:] in CLOSE_MARKS
        if not group and word == "it" and quotes:
            group = self._bodies.near(at)
        return (group, 0.45) if group else ("", 0.1)

    def _last_group(self, last: Earlier) -> str:
        """Who made the statement before, close by, where that is no single person."""
        near = last.since <= GOES_ON_WITHIN and last.speaker
        return last.speaker if near and not self._is_one(last.speaker) else ""

    def _is_one(self, speaker: str) -> bool:
        """Tell a person, or "the mayor of Aby", from a group."""
        head = _OF.split(speaker)[0].split()[-1]
        alone = " and " not in speaker
        return self._roll.called(speaker) is not None or (alone and head in lexicon.CALLINGS)

    def _pronoun(
        self, at: int, gender: str, content: Sequence[Span], outer: str, previous: Earlier
    ) -> tuple[str, float]:
        """Whom "he" or "she" means: the most salient person named before who fits."""
        weights = self._salient(at, gender, certain=True)
        sure = 0.9 if weights else 0.4
        weights = weights or self._salient(at, gender, certain=False)
        begins = min([at, *(c.start for c in content)])
        since = begins - previous.since
        newly = (
            self._opens(at, gender)
            or self._opens_the_paragraph(at, gender, since)
            or self._is_introduced(begins, gender, since)
        )
        alone = self._alone_in_the_paragraph(at, gender, since)
        follows = "" if newly else alone or previous.speaker
        near = max(0.0, 1 - previous.since / GOES_ON_WITHIN)
        for name, bonus in ((outer, 1.2), (follows, 0.55 if alone else 0.55 * near)):
            person_called = self._roll.called(name)
            if person_called is not None and person_called.gender in ("", gender):
                weights[name] = weights.get(name, 0.0) + bonus
        for name, left in self._left(at, content).items():
            if name in weights:
                weights[name] *= left
        if not weights:
            return "", 0.1
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        best = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        margin = (best - second) / best
        if margin < 0.03:
            return "", 0.2
        return ranked[0][0], round(sure * (0.5 + 0.5 * min(1.0, margin * 1.5)), 3)

    def _left(self, at: int, content: Sequence[Span]) -> dict[str, float]:
        """How much of his weight is left to each one whom the words name that "he" is said to say.

        "She said that Quill would win", "“Quill will win,” she said": she is not Quill, though reporters write
        "Quill would win, she said" of both. Source: Chomsky, Lectures on government and binding (1981), principle C.
        """
        left: dict[str, float] = {}
        start = self._roll.start_of(self._roll.sentence_at(at))
        outside = {
            m.person.name
            for m in self._roll.before(at)
            if m.span.start >= start and not (m.quoted or any(c.contains(m.span) for c in content))
        }
        for piece in content:
            free = piece.end <= at and self._text[piece.start] not in OPEN_MARKS
            for name in self._roll.named_in(piece) - outside:
                left[name] = min(left.get(name, 1.0), _NAMED_FREELY if free else _NAMED_IN_IT)
        return left

    def _opens(self, at: int, gender: str) -> bool:
        """Whether somebody whom a pronoun fits opens its sentence: "Quill called what he saw a shame"."""
        if (
            self._text[max(0, at - 30) : at].rstrip()[-1:] in ",”\"'’"
        ):  # "…, he said": whoever spoke before
            return False
        return self._is_opened(self._roll.sentence_at(at), at, gender)

    def _opens_the_paragraph(self, at: int, gender: str, since: int) -> bool:
        """Whether he opens the sentence before, and a paragraph: "Quill was glad. “At last,” he wrote".

        Nobody may have spoken ``since`` a place: then it is that one who goes on.
        """
        sentence = self._roll.sentence_at(at) - 1
        start = self._roll.start_of(max(sentence, 0))
        begins = not start or "\n" in self._text[max(0, start - 3) : start]
        silent = since <= start and "\n" not in self._text[start:at]
        return sentence >= 0 and begins and silent and self._is_opened(sentence, at, gender)

    def _alone_in_the_paragraph(self, at: int, gender: str, since: int) -> str:
        """The only one whom a paragraph names before a place, where nobody has spoken in it yet."""
        start = self._text.rfind("\n", 0, at) + 1
        there = [m for m in self._roll.before(at) if m.span.start >= start and not m.quoted]
        people = {m.person.name: m.person for m in there}
        if since > start or len(people) != 1 or any(m.owns for m in there):
            return ""
        ((name, person),) = people.items()
        return name if person.certain and person.gender in ("", gender) else ""

    def _is_introduced(self, begins: int, gender: str, since: int) -> bool:
        """Whether the sentence before what he says is the first to name him: "The clerk, Ada Quill, was glad."."""
        sentence = self._roll.sentence_at(begins) - 1
        if sentence < 0 or since > self._roll.start_of(sentence):
            return False
        new = self._roll.introduced_in(sentence)
        fits = new is not None and new.person.certain and new.person.gender in ("", gender)
        told = self._text[self._roll.start_of(sentence) : begins]
        return new is not None and fits and new.weight == 1 and not _DIES.search(told)

    def _is_opened(self, sentence: int, at: int, gender: str) -> bool:
        """Whether somebody whom a pronoun fits is the first word of a sentence."""
        first = next((m for m in self._roll.before(at) if m.sentence == sentence), None)
        if first is None or not first.person.certain or first.person.gender not in ("", gender):
            return False
        before = self._text[self._roll.start_of(sentence) : first.span.start]
        return all(is_title(word) for word in before.split())

    def _salient(self, at: int, gender: str, *, certain: bool) -> dict[str, float]:
        """How salient each person who fits is, from the last mention before a place backwards."""
        weights: dict[str, float] = {}
        sentence = self._roll.sentence_at(at)
        for mention in reversed(self._roll.before(at)):
            back = sentence - mention.sentence
            person = mention.person
            if back > 8:
                break
            if person.certain >= certain and (not gender or person.gender in ("", gender)):
                weight = mention.weight * _FADES**back * (1.15 if person.gender else 1.0)
                weights[person.name] = max(weights.get(person.name, 0.0), weight)
        for back in (0, 1):
            holder = self._descriptions.opening(sentence - back, at)
            if holder is not None and holder.certain >= certain and holder.gender in ("", gender):
                weights[holder.name] = max(weights.get(holder.name, 0.0), _FADES**back)
        return weights

    def _pair(self, at: int) -> str:
        """The two named right before "both", or last in the sentence before it."""
        sentence = self._roll.sentence_at(at)
        last = self._roll.before(at, 6)
        for back in (0, 1):
            there = [m for m in last if m.sentence == sentence - back and m.person.certain]
            names = dict.fromkeys(m.person.name for m in there)
            if len(names) == 2:
                return " and ".join(names)
        return ""


def _together(mentions: Sequence[Mention]) -> tuple[str, float]:
    """The names of those who make a joint statement, and how sure the least sure is."""
    unique = dict.fromkeys(mention.person.name for mention in mentions)
    return " and ".join(unique), min(mention.score for mention in mentions)
