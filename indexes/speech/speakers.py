"""The people of a text: which names, titles and pronouns are one person.

A rule-based coreference for who-said-what: names are found by their capitals over the whole text,
joined by surname and first name, and pronouns go to the most salient person who fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.speech.names import is_title
from indexes.speech.origins import contradict, told_in
from indexes.speech.roll import Roll

_GOES_ON_WITHIN = 400
"""Characters after a statement within which "he" or "they" may mean who made it rather than another one."""
_FURTHER = re.compile(r",| who | which | that | whose |\(| — | -- ")
_OF = re.compile(r" (?:of|for|from|in|at) ")
_VOICE = re.compile(
    r"(?P<the>the |a |an )?(?P<owner>[A-Z][^,]*?)(?:[’']s?)? (?:[a-z]+ ){0,2}"
    rf"(?:{'|'.join(sorted(cues.VOICES))})s?$"
)
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
_POSSESSIVES = frozenset("his her their its our my your".split())
_DETERMINERS = _POSSESSIVES | frozenset(
    "the a an some many several most other another few both all these those one two three".split()
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The words that name a speaker.

    Attributes:
        span: all of the words.
        heads: the head word of each one named ("Quill" and "Tamm" of a joint statement); for
            "who", that of the noun that it stands for.
        words: the noun phrase to call the speaker by where no name is known: for "who", that of
            the noun that it stands for.
        apposed: words that stand beside the head for the same one.
    """

    span: Span
    heads: tuple[Span, ...]
    words: Span
    apposed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who made an earlier statement, and how many characters before the one that is read it ended."""

    speaker: str = ""
    since: int = 0


_NOBODY_EARLIER = Earlier()


class Speakers:
    """The people and groups of one text."""

    def __init__(self, text: str, sentences: Sequence[Span], quotations: Sequence[Span]) -> None:
        """Find the names of a text; ``quotations`` are in order and do not overlap."""
        self._text = text
        self._roll = Roll(text, sentences, quotations)

    def resolve(
        self,
        reference: Reference,
        *,
        outer: str = "",
        previous: Earlier = _NOBODY_EARLIER,
        last: Earlier = _NOBODY_EARLIER,
    ) -> tuple[str, float]:
        """Name the speaker that some words mean.

        Args:
            reference: the words.
            outer: the speaker of the statement inside which they stand.
            previous: the statement before that the text itself reports: "he" may well be who made it.
            last: the statement before, be it reported inside another: "they" may well be who made it.

        Returns:
            The canonical name, or "" when unsure, and how sure it is from 0 to 1.
        """
        word = reference.heads[0].of(self._text).lower()
        if word in _GENDERS:
            return self._pronoun(reference.heads[0].start, _GENDERS[word], outer, previous)
        if word in _FIRST_PERSON:
            return (outer, 0.6) if outer else ("", 0.1)
        if word in _NOBODY:
            return "", 0.1
        if word == "both" and (pair := self._pair(reference.heads[0].start)):
            return pair, 0.7
        if word in _PLURAL and len(reference.words) <= len(word) + 1:
            near = last.since <= _GOES_ON_WITHIN and last.speaker
            group = near and not self._is_one(last.speaker)
            return (last.speaker, 0.45) if group else ("", 0.1)
        named = [self._roll.at(head) for head in reference.heads]
        people = [mention for mention in named if mention is not None]
        if people and len(people) == len(named):
            for mention in people:
                # Who speaks under two names or more is a person, whatever the name looks like.
                mention.person.certain |= len(mention.person.words) > 1
            unique = dict.fromkeys(mention.person.name for mention in people)
            return " and ".join(unique), min(mention.score for mention in people)
        opening = self._roll.at(Span(reference.span.start, reference.span.start + 1))
        if opening is not None and self._text[opening.span.end : opening.span.end + 1] == ",":
            return opening.person.name, 0.9 * opening.score
        beside = [
            m
            for place in reference.apposed
            if (m := self._roll.at(place)) and (m.person.certain or len(m.person.words) > 1)
        ]
        if beside:
            unique = dict.fromkeys(mention.person.name for mention in beside)
            return " and ".join(unique), 0.95 * min(mention.score for mention in beside)
        return self._described(reference, word)

    def _is_one(self, speaker: str) -> bool:
        """Tell a person, or "the mayor of Aby", from a group."""
        head = _OF.split(speaker)[0].split()[-1]
        alone = " and " not in speaker
        return self._roll.called(speaker) is not None or (alone and head in lexicon.CALLINGS)

    def _pronoun(self, at: int, gender: str, outer: str, previous: Earlier) -> tuple[str, float]:
        """Whom "he" or "she" means: the most salient person named before who fits."""
        weights = self._salient(at, gender, certain=True)
        sure = 0.9 if weights else 0.4
        weights = weights or self._salient(at, gender, certain=False)
        follows = previous.speaker if not self._opens(at, gender) else ""
        near = max(0.0, 1 - previous.since / _GOES_ON_WITHIN)
        for name, bonus in ((outer, 1.2), (follows, 0.55 * near)):
            person_called = self._roll.called(name)
            if person_called is not None and person_called.gender in ("", gender):
                weights[name] = weights.get(name, 0.0) + bonus
        if not weights:
            return "", 0.1
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        best = ranked[0][1]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        margin = (best - second) / best
        if margin < 0.03:
            return "", 0.2
        return ranked[0][0], round(sure * (0.5 + 0.5 * min(1.0, margin * 1.5)), 3)

    def _opens(self, at: int, gender: str) -> bool:
        """Whether somebody whom a pronoun fits opens its sentence: "Quill called what he saw a shame"."""
        if (
            self._text[max(0, at - 30) : at].rstrip()[-1:] in ",”\"'’"
        ):  # "…, he said": whoever spoke before
            return False
        sentence = self._roll.sentence_at(at)
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
            if person.certain >= certain and person.gender in ("", gender):
                weight = mention.weight * 0.72**back * (1.15 if person.gender else 1.0)
                weights[person.name] = max(weights.get(person.name, 0.0), weight)
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

    def _described(self, reference: Reference, head: str) -> tuple[str, float]:
        """Name the speaker of a description: who holds the office, or the words themselves."""
        words = _shortened(reference.words.of(self._text))
        spoken = _VOICE.match(words)
        if spoken:
            return self._voice(reference, spoken)
        lowered = [word.strip(".,").lower() for word in words.split()]
        if lowered[:1] == ["the"] and head in lexicon.CALLINGS:
            before = lowered[lowered.index(head) - 1] if head in lowered else ""
            role = f"{before} {head}" if before in lexicon.DEPUTIES else head
            holder = self._holder(reference.span.start, role, words)
            if holder is not None:
                return holder
            return words, 0.4
        if lowered and lowered[0] in _POSSESSIVES:
            return words, 0.6
        return words, 0.85

    def _voice(self, reference: Reference, spoken: re.Match[str]) -> tuple[str, float]:
        """The institution or person whose statement or report speaks."""
        owner = spoken["owner"]
        at = self._text.find(owner, reference.words.start, reference.words.end)
        last = owner.split()[-1]
        mention = None
        if at >= 0:
            end = at + len(owner)
            mention = self._roll.at(Span(end - len(last), end))
        if mention is not None:
            return mention.person.name, 0.9 * mention.score
        return (f"the {owner}" if spoken["the"] else owner), 0.85

    def _holder(self, at: int, role: str, description: str) -> tuple[str, float] | None:
        """Who was called by an office or description, the one named last before a place.

        "The Russian diplomat" is also somebody called Russian something, when nobody else was; the
        Democratic nominee is nobody who was called Republican, and the Ohio senator may be a "Sen." of Ohio.
        """
        told = told_in(description)
        words = {*description.lower().replace(".", "").split(), role, *told}
        short = {title for title, full in lexicon.SHORT.items() if full == role}
        ranked: dict[str, tuple[bool, int, int]] = {}
        for mention in self._roll.before(at):
            if mention.quoted:
                continue  # who is named in what is said does not say it
            person = mention.person
            if contradict(told, person.origins):
                continue
            own = words & person.origins
            called = (words & person.roles) | own
            is_held = role in called or bool(own and short & person.roles)
            if is_held or (role in lexicon.DESCRIPTIONS and called):
                ranked[person.name] = (is_held, len(called), mention.span.start)
        if not ranked:
            return None
        name = max(ranked, key=lambda n: ranked[n])
        return name, 0.7 if ranked[name][0] else 0.5


def _shortened(words: str) -> str:
    """A description as a name: one line, without what follows it, a leading "The" lowered."""
    kept = _FURTHER.split(" ".join(words.split()))[0].strip(' ,;:-—–“”"')
    kept = re.sub(r"[’']s?$", "", kept)
    first = kept.split(" ", 1)[0]
    if first.lower() in _DETERMINERS:
        kept = first.lower() + kept[len(first) :]
    return kept
