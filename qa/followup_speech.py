"""Somebody else's words, or words on something else: "And the mayor?", "And about the trial?".

After a question for somebody's words, a bare phrase takes the place of the one who was asked for where people or
bodies are called so, and of what he was asked on where things are.
"""

from __future__ import annotations

import re

from indexes.speech.lexicon import BODIES, CALLINGS, KIN, ORGANISATIONS
from qa.asking import asked_for
from qa.followup_words import AUXILIARIES, GROUP_WORDS, PERSON_NOUNS, VERBS, Words, mentions
from qa.naming import RUN, VIEWS

_ON = re.compile(r"(?:about|on|of|over|regarding|concerning|as (?:for|to))\s+", re.IGNORECASE)
_TOPICS = (
    re.compile(r"(?P<says>.*?)\s+(?P<on>about|regarding|concerning)\s+(?P<what>.+)", re.DOTALL),
    re.compile(r"(?P<says>(?:[’']s?)?\s+\w+)\s+(?P<on>of|on|over)\s+(?P<what>.+)", re.DOTALL),
    re.compile(
        r"(?P<says>(?:[’']s?)?\s+(?:agree|answer|object|reaction|react|reply|respond|response))\s+(?P<on>to|with)\s+(?P<what>.+)",
        re.DOTALL,
    ),
)  # fmt: skip
"""What stands behind the one who is asked for, the likeliest first: "say about", "think of", "respond to"."""
_DETERMINED = re.compile(
    r"(?:the|an?|this|that|these|those|his|her|its|their|[\w.-]+[’']s)\s+[\w’'-]+",
    re.IGNORECASE,
)
_NAME = re.compile(RUN)
_OWN_VIEW = re.compile(
    rf"(?:his|her|its|their|[\w.-]+[’']s)\s+(?:\w+\s+)?(?P<view>{VIEWS})\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NOUNS = frozenset(
    "first second third fourth fifth last next other others one ones rest latter former same".split()
)
_SUBJECTS = {"him": "he", "her": "she", "them": "they", "he": "he", "she": "she", "they": "they"}
_PEOPLE = frozenset(
    """aide analyst boss caller camp citizen colleague critic defence defense delegation expert family
    fan firm friend government guard inhabitant lawmaker leader local management mission neighbor
    neighbour observer official opponent opposition organiser organizer owner parent people person
    prosecution protester relative reporter resident scientist side source spokespeople spokesperson
    staff state supporter survivor troop user victim voter worker writer""".split()
)
_KINDS_OF_PEOPLE = tuple(
    "keeper leader maker man master men owner person woman women worker".split()
)
"""How the names of what people are end: "the shipowner", "the dressmaker"."""
_ONE = re.compile(r"\b(?:does|has)(?=\s+$)", re.IGNORECASE)
_SEVERAL = {"does": "do", "has": "have"}
"""What stands before one, and before several."""


def view_of(new: str) -> str | None:
    """Ask for the view that a bare phrase names: "And her view of the trial?"."""
    own = _OWN_VIEW.fullmatch(new)
    return f"What {'are' if own['view'].endswith('s') else 'is'} {new}?" if own else None


def told_of_another(new: str, base: str) -> str | None:
    """Put a bare phrase into a question for somebody's words.

    Args:
        new: the phrase, without its question mark: "the mayor", "about the trial", "her".
        base: the question before it, self-contained.

    Returns:
        The question that is meant; None where ``base`` asks for nobody's words, or for those of several, or where
        the phrase may be anything.
    """
    speakers, _ = asked_for(base)
    place = base.find(speakers[0]) if len(speakers) == 1 else -1
    prefix = _ON.match(new)
    phrase = new[prefix.end() :] if prefix else new
    low = Words(phrase).low
    if place < 0 or not low or not (AUXILIARIES | VERBS).isdisjoint(low) or low[-1] in _NO_NOUNS:
        return None
    head, who, rest = base[:place], speakers[0], base[place + len(speakers[0]) :].rstrip(" ?.!")
    topic = next(filter(None, (pattern.fullmatch(rest) for pattern in _TOPICS)), None)
    if phrase.lower() in (topic["what"].lower() if topic else "", who.lower()):
        return None
    if not prefix and (speaker := _speaker(phrase, low)):
        return _asked_of(speaker, head, rest)
    if not prefix and not _DETERMINED.match(phrase):
        return None
    if topic:
        return f"{head}{who}{topic['says']} {topic['on']} {phrase}?"
    return f"What did {who} say about {phrase}?"


def _speaker(phrase: str, low: list[str]) -> str | None:
    """Who a phrase calls for, if people or bodies are called so."""
    if low == [phrase.lower()] and low[0] in _SUBJECTS:
        return _SUBJECTS[low[0]]
    if _NAME.fullmatch(phrase):
        named = mentions(f"about {phrase}")
        people = bool(named) and named[0].kind in ("person", "group", "name")
        return phrase if people else None
    noun = _noun(phrase)
    singles = {noun, noun.removesuffix("s"), re.sub(r"(?<=\w)ies$", "y", noun)}
    nouns = PERSON_NOUNS | CALLINGS | KIN.keys() | ORGANISATIONS | BODIES | GROUP_WORDS | _PEOPLE
    if singles.isdisjoint(nouns) and not noun.removesuffix("s").endswith(_KINDS_OF_PEOPLE):
        return None
    return phrase if _DETERMINED.match(phrase) or _are_several(noun) else None


def _noun(phrase: str) -> str:
    """What a phrase is about: the mayor of Aby is a mayor."""
    return re.split(r"\s(?:of|for|from|in|at|on)\s", phrase)[0].split()[-1].lower()


def _are_several(noun: str) -> bool:
    return noun in ("they", "people", "police", "staff") or re.search(r"[^s]s$", noun) is not None


def _asked_of(speaker: str, head: str, rest: str) -> str:
    """Put a question to somebody else, in the number that he has: "What do critics think of …?"."""
    if _are_several(_noun(speaker)):
        head = _ONE.sub(lambda verb: _SEVERAL[verb[0].lower()], head)
    if speaker.endswith("s") and rest.startswith(("'s", "’s")):
        rest = f"’{rest[2:]}"
    return f"{head}{speaker}{rest}?"
