"""What a conversation has named so far, and how likely each thing is to be meant next.

Everything named is kept with a weight that fades turn by turn: a question's weighs more than an
answer's, and what a heading says all is about does not fade.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from qa.followup_words import Kind, Mention, Words, mentions, named

# Weights of what a turn names, chosen on the first half of CANARD's and CAsT's questions; the
# results hardly move when any of them is changed by half.
_ASKED, _TOLD, _TOLD_FIRST, _TITLE, _SECTION = 3.0, 0.7, 0.9, 3.0, 2.0
_NAMED, _TITLED, _REVEALED = 2.0, 2.0, 3.0
PERSON_FADES, THING_FADES = 0.7, 0.6
_LEAST = 0.3
LONGEST_QUESTION = 600

_PERSONAL = frozenset({"he", "him", "his", "she", "her", "hers"})
_ASKS_NAME = re.compile(
    r"\W*(?:who\b|which\b|what (?:is|was|were|are) (?:\w+ ){0,3}(?:name|title|called))|.*\bcalled\W*$",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(r"\b(?:his|her|their)\b|\w[’']s ", re.IGNORECASE)
_MEETING = re.compile(r"\bmeet(?:ing)?(?: with)? $", re.IGNORECASE)
_HINTS: dict[Kind, str] = {
    "group": r"\b(?:band|group|company)\b",
    "thing": r"\b(?:film|album|song|series|game|novel|book|play)\b",
    "person": r"^\D+$",
}
_ROLE_SHOWS: dict[str, Kind] = {"place": "place", "titled": "thing"}
_CLEAN_HEADING = re.compile(
    r"(?:[A-Z][\w'’]*|of|the|and|for|at|in)(?: (?:[A-Z][\w'’]*|of|the|and|for|at|in))+"
)
_PAREN = re.compile(r"\s*\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where something was named.

    Attributes:
        turn: how many questions had been asked by then, that one included.
        asked: whether a question named it, rather than an answer.
        role: how it stood there, as in `Mention`.
        order: how many others the same turn had named before it.
        weight: how much it counts.
    """

    turn: int
    asked: bool
    role: str
    order: int
    weight: float


@dataclass(slots=True)
class Entity:
    """Something that the turns name.

    Attributes:
        mention: its fullest name, and the best guess at what it is.
        seen: where it was named, in order.
        fixed: weight that does not fade: that of a heading.
        proven: whether a question, or the subject of a sentence, named it.
        asked: whether a question was about it.
    """

    mention: Mention
    seen: list[Sighting] = field(default_factory=list)
    fixed: float = 0.0
    proven: bool = False
    asked: bool = False

    def weight(self, now: int, fades: float) -> float:
        """How likely it is to be meant after `now` questions, where each turn fades by `fades`."""
        return self.fixed + sum(s.weight * fades ** (now - s.turn) for s in self.seen)


@dataclass(slots=True)
class Memory:
    """What the turns so far named.

    Attributes:
        entities: everything, in order of appearance.
        questions: the earlier questions, self-contained.
        last: what the latest question named, in order.
        answer: the answer to it, if there was one.
        title: what a heading before the first question says that all is about.
        section: the second heading, if there was one.
    """

    entities: list[Entity] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    last: list[Mention] = field(default_factory=list)
    answer: str = ""
    title: Mention | None = None
    section: str = ""

    def known(self) -> list[Mention]:
        """What is surely a name, to be found again whole in later turns."""
        return [e.mention for e in self.entities if e.fixed or e.proven]

    def entity(self, mention: Mention) -> Entity:
        """Find or make the entity that a mention names; a fuller name or a surer kind is kept."""
        found = next((e for e in self.entities if same(e.mention, mention)), None)
        if found is None:
            found = Entity(replace(mention, role=""))
            self.entities.append(found)
        kept = found.mention
        if len(mention.text) > len(kept.text) and kept.kind in ("person", "name"):
            kept = replace(mention, role="", kind=kept.kind, gender=kept.gender or mention.gender)
        if kept.kind == "name":
            kept = replace(kept, kind=mention.kind)
        found.mention = kept
        return found

    def ask(self, question: str) -> None:
        """Take in an earlier question, self-contained already."""
        self.questions.append(question[:LONGEST_QUESTION])
        self.answer = ""
        self.last = mentions(self.questions[-1], self.known())
        now = len(self.questions)
        for order, mention in enumerate(self.last):
            entity = self.entity(mention)
            entity.proven = entity.asked = True
            entity.seen.append(Sighting(now, True, mention.role, order, _ASKED))
        pair = self.pair()
        if pair and _MEETING.search(self.questions[-1][: pair[1].start]):
            self._met(f"the meeting between {pair[0].text} and {pair[1].text}")

    def _met(self, event: str) -> None:
        """Take in that two met; what the meeting is called ends in a name, but is not he."""
        entity = next((e for e in self.entities if e.mention.text == event), None)
        if entity is None:
            entity = Entity(Mention(event, "thing"))
            self.entities.append(entity)
        entity.seen.append(Sighting(len(self.questions), True, "", len(self.last), _ASKED))

    def tell(self, answer: str) -> None:
        """Take in an answer; who it says the question's "he" or "which" was, weighs most."""
        self.answer = answer
        asked = self.questions[-1] if self.questions else ""
        names = bool(_ASKS_NAME.match(asked)) and not _OF_SOMEBODY.search(asked)
        reveals = not _PERSONAL.isdisjoint(Words(asked).low)
        for order, mention in enumerate(mentions(answer, self.known())):
            entity = self.entity(mention)
            if entity.mention.kind == "name" and mention.role in _ROLE_SHOWS:
                entity.mention = replace(entity.mention, kind=_ROLE_SHOWS[mention.role])
            acts = mention.role in ("subject", "speaker", "owner")
            weight = _TOLD if order else _TOLD_FIRST
            weight += _TITLED * (mention.role == "titled") + _NAMED * (names and not order)
            if reveals and acts and entity.mention.kind in ("person", "name"):
                weight, reveals, entity.asked = weight + _REVEALED, False, True
            entity.proven = entity.proven or acts or (names and not order)
            weight *= 1.0 if mention.sure else 0.6
            entity.seen.append(Sighting(len(self.questions), False, mention.role, order, weight))

    def head(self, heading: str) -> None:
        """Take in a heading that stands before the first question: title, then section."""
        hint = " ".join(_PAREN.findall(heading)).lower()
        text = _PAREN.sub("", heading).strip()
        mention = named(text, text.lower().startswith("the "))
        kind = next((k for k, hints in _HINTS.items() if re.search(hints, hint)), mention.kind)
        section = self.title is not None
        if section:
            self.section = text
        if section and (kind == "person" or not _CLEAN_HEADING.fullmatch(text)):
            return
        entity = self.entity(replace(mention, kind="thing" if section and kind == "name" else kind))
        self.title = self.title or entity.mention
        entity.fixed = entity.fixed or (_SECTION if section else _TITLE)
        entity.proven = True

    def best(
        self, fit: Callable[[Entity], float], fades: float, taken: Sequence[str] = ()
    ) -> Entity | None:
        """Choose the entity of the greatest weight times fit; the first of equals."""
        now = len(self.questions)
        best, top = None, _LEAST
        for entity in self.entities:
            text = entity.mention.text.lower()
            suits = fit(entity)
            if suits and not any(text in other or other in text for other in taken):
                score = suits * entity.weight(now, fades)
                if score > top:
                    best, top = entity, score
        return best

    def pair(self) -> tuple[Mention, Mention] | None:
        """The two that the latest question named, if it named two alike."""
        sure = [m for m in self.last if m.sure and m.kind != "thing" and m.role != "owner"]
        return (sure[0], sure[1]) if len(sure) == 2 and alike(*sure) else None


def same(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions name the same: "Farrow" and "Paul Farrow"."""
    short, long = one.text.lower(), other.text.lower()
    short, long = short.removeprefix("the "), long.removeprefix("the ")
    if short == long:
        return True
    part, whole = sorted((short.split(), long.split()), key=len)
    if {one.kind, other.kind} <= {"person", "name"}:
        return len(part) < len(whole) and part in (whole[-len(part) :], whole[: len(part)])
    return len(part) > 1 and part == whole[-len(part) :] and "thing" in (one.kind, other.kind)


def alike(one: Mention, other: Mention) -> bool:
    """Tell whether one may stand in the other's place."""
    people = {"person", "name", "group"}
    kinds = {one.kind, other.kind}
    return one.kind == other.kind or kinds <= people or "name" in kinds
