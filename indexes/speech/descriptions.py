"""Speakers who are described: "the harbour master", "the 58-year-old", "the agency", "the ministry's statement"."""

from __future__ import annotations

import re

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.speech.bodies import Bodies
from indexes.speech.origins import contradict, told_in
from indexes.speech.people import Person
from indexes.speech.references import GOES_ON_WITHIN, NOBODY_EARLIER, Earlier, Reference
from indexes.speech.roll import Roll

_INTRODUCED_WITHIN = 3000
"""Characters before "the nurse" in which "a nurse" is looked for."""
_SOME = "an?|another|one|two|some|several|his|her|their|its|the other"
_LONGEST_ROLE = 5
"""Words of "The deputy trade minister", at most."""
_LONGEST_BODY = 3
"""Words of "the rail agency", at most."""
_AGED = re.compile(r"(?:[Tt]he )?(\d{1,3})-year-old\b")
_FURTHER = re.compile(r",| who | which | that | whose |\(| — | -- ")
_VOICE = re.compile(
    r"(?P<the>the |a |an )?(?P<owner>[A-Z][^,]*?)(?:[’']s?)? (?:[a-z]+ ){0,2}"
    rf"(?:{'|'.join(sorted(cues.VOICES))})s?$"
)
_POSSESSIVES = frozenset("his her their its our my your".split())
_DETERMINERS = _POSSESSIVES | frozenset(
    "the a an some many several most other another few both all these those one two three".split()
)
_ONE = frozenset(("a", "an", "one", "another"))
"""What introduces somebody who is "the source" from then on."""


class Descriptions:
    """What the people and bodies of one text are called besides their names."""

    def __init__(self, text: str, roll: Roll, bodies: Bodies) -> None:
        """Keep the text, and who and what is named in it."""
        self._text = text
        self._roll = roll
        self._bodies = bodies
        self._first: dict[str, str] = {}

    def named(self, reference: Reference, head: str, previous: Earlier) -> tuple[str, float]:
        """Name the speaker of a description: who holds the office, or the words themselves."""
        words = _shortened(reference.words.of(self._text))
        spoken = _VOICE.match(words)
        if spoken:
            return self._voice(reference, spoken)
        if words[:1].isdigit() and _AGED.match(words):
            words = f"the {words}"  # the parser lost the article
        lowered = [word.strip(".,").lower() for word in words.split()]
        if _AGED.match(words) or (lowered[:1] == ["the"] and head in lexicon.CALLINGS):
            name, score = self._called(reference.span.start, words, head, previous)
            return (name, score) if name else (self._first.get(head, words), 0.4)
        if lowered and lowered[0] in _POSSESSIVES:
            return words, 0.6
        is_short = words.islower() and len(lowered) <= _LONGEST_BODY
        if lowered[:1] == ["the"] and head in lexicon.BODIES and is_short:
            body = self._bodies.called(head, reference.span.start)
            return (body, 0.6) if body else (words, 0.85)
        if lowered == ["the", head] and head in self._first:
            return self._first[head], 0.6
        if lowered and lowered[0] in _ONE and head not in cues.VOICES:
            self._first[head] = words
        return self._bodies.full(words, reference.span.start) or words, 0.85

    def opening(self, sentence: int, before: int) -> Person | None:
        """Who opens a sentence by what he is: "The harbour master ruled that out"."""
        if sentence < 0:
            return None
        start = self._roll.start_of(sentence)
        words = self._text[start:before].split(maxsplit=_LONGEST_ROLE)[:_LONGEST_ROLE]
        if words[:1] != ["The"]:
            return None
        last = next((i for i, word in enumerate(words) if word in lexicon.CALLINGS), 0)
        while words[last + 1 : last + 2] and words[last + 1] in lexicon.CALLINGS:
            last += 1
        name, _ = self._called(start, " ".join(words[: last + 1]), words[last]) if last else ("", 0)
        return self._roll.called(name)

    def _called(
        self, at: int, description: str, head: str, previous: Earlier = NOBODY_EARLIER
    ) -> tuple[str, float]:
        """Whom a description means: the one who was called so, or whom the text is speaking of."""
        aged = _AGED.match(description)
        if aged and (known := self._roll.of_age(aged[1])):
            return (known[0].name, 0.7) if len(known) == 1 else ("", 0.1)
        words = [word.strip(".,").lower() for word in description.split()]
        before = words[words.index(head) - 1] if head in words else ""
        role = f"{before} {head}" if before in lexicon.DEPUTIES else head
        holder = self._holder(at, role, description)
        if holder is not None:
            return holder
        before_it = [
            m for m in self._roll.before(at) if m.person.certain and not (m.quoted or m.owns)
        ]
        if aged:
            speaker = self._roll.called(previous.speaker)
            near = speaker if previous.since <= GOES_ON_WITHIN else None
            # Who was named first thing in a sentence since then is whom the text now speaks of.
            since = self._roll.start_of(self._roll.sentence_at(at)) - previous.since
            new = [m.person for m in before_it if m.span.start >= since and m.weight == 1]
            named = [*new[-1:], near, *(m.person for m in reversed(before_it))]
            likely = (p for p in named if p is not None and not self._roll.is_aged(p))
            person = next(likely, None)
            return (person.name, 0.5) if person is not None else ("", 0.1)
        if head in lexicon.PLAYERS and not self._is_introduced(at, head):
            sentence = self._roll.sentence_at(at) - 1
            alone = {m.person.name for m in before_it if m.sentence == sentence}
            return (alone.pop(), 0.45) if len(alone) == 1 else ("", 0.1)
        return "", 0.1

    def _is_introduced(self, at: int, head: str) -> bool:
        """Tell whether the text speaks of "a nurse" before it speaks of "the nurse"."""
        before = self._text[max(0, at - _INTRODUCED_WITHIN) : at]
        return bool(
            re.search(rf"\b(?:{_SOME})(?: [\w-]+)? {re.escape(head)}\b", before, re.IGNORECASE)
        )

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
        "The governor" is a "Gov.".
        """
        told = told_in(description)
        words = {*description.lower().replace(".", "").split(), role, *told} - _DETERMINERS
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
            shortened = (own or (role in lexicon.ALONE and not told)) and short & person.roles
            is_held = role in called or bool(shortened)
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
