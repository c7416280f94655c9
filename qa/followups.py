"""Follow-up questions made self-contained, from the questions and answers before them.

Rules over what the turns name (followup_words.py): a pronoun stands for the nearest thing of its
kind, earlier questions before answers; a bare name or question word takes the rest of the question
before it. A question that stands alone is left as it is, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.followup_words import ASKING, AUXILIARIES, COMMANDS, SAYING, Mention, Words, mentions

LONGEST = 600
"""Characters beyond which a text is a pasted page, and no follow-up."""
_TURNS = 12
_ANSWER_READ = 400

_LEAD = re.compile(r"^\s*(?:(?:and|but|so|also|ok|okay|well|then)\b[\s,.]*)+(?=\S)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how) about\s+|^(?:and\s+)?for\s+", re.IGNORECASE)
_QUESTION = re.compile(
    rf"\?\s*$|^\W*(?:(?:and|but|so|also|ok|okay)\W+)*(?:{'|'.join(sorted(ASKING | COMMANDS | AUXILIARIES))})\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"^\W*the articles? do(?:es)? not say\b", re.IGNORECASE)
_BARE = re.compile(
    r"^(?P<asked>when|where|why|how|who|how many|how much|how long|since when|what for)"
    r"(?: exactly| not| so| else)?\s*\?*$",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\bit\s+(?:\w+\s+)?(?:true|possible|likely|clear|known|necessary|important|raining|worth (?:it|while))\b"
    r"|\b(?:is|was) it (?:that|because)\b|\bhow (?:long|much|many \w+) (?:did|does|will|would|has) it take\b.*\bto\b",
    re.IGNORECASE,
)
_MASCULINE = frozenset({"he", "him", "his"})
_FEMININE = frozenset({"she", "her", "hers"})
_NEUTER = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_OBJECTS = frozenset({"him", "her", "it", "them"})
_POSSESSIVES = frozenset({"his", "its", "their"})
_PRONOUNS = _MASCULINE | _FEMININE | _NEUTER | _PLURAL


@dataclass(slots=True)
class _Memory:
    """What the turns so far named.

    Attributes:
        question: the last question, self-contained.
        asked: what each question named, latest question first.
        told: what the last answer named.
    """

    question: str = ""
    asked: list[list[Mention]] = field(default_factory=list)
    told: list[Mention] = field(default_factory=list)

    def known(self) -> list[Mention]:
        return [mention for turn in self.asked for mention in turn]


def self_contained(question: str, history: Sequence[str]) -> str:
    """Write a follow-up so that it can be understood alone.

    Args:
        question: as it was asked.
        history: earlier questions, or questions and answers, oldest first.

    Returns:
        The question with its pronouns and omissions filled in from the history; unchanged when it
        stands alone, or when nothing in the history fits.
    """
    if not history or len(question) > LONGEST or not question.strip():
        return question
    memory = _Memory()
    for turn in history[-_TURNS:]:
        text = turn[:_ANSWER_READ].strip()
        if len(turn) <= LONGEST and _QUESTION.search(text):
            memory.question = _rewritten(text, memory)
            memory.asked.insert(0, mentions(memory.question, memory.known()))
            memory.told = []
        elif text and not _REFUSED.match(text):
            memory.told = mentions(text, memory.known())
    return _rewritten(question, memory)


def _rewritten(question: str, memory: _Memory) -> str:
    bare = _LEAD.sub("", question).strip()
    done = _completed(bare, memory) or _resolved(bare, memory)
    if done == bare:
        return question
    return done[:1].upper() + done[1:]


def _completed(question: str, memory: _Memory) -> str | None:
    """Fill in what an elliptical question leaves out: "And Tamm?", "When?"."""
    if not memory.question:
        return None
    if asked := _BARE.match(question):
        return _asked_again(asked["asked"], memory.question)
    name = _ABOUT.sub("", question).rstrip(" ?.!")
    here = mentions(name, memory.known())
    if len(here) != 1 or here[0].start > 0 or here[0].end < len(name.rstrip("’'s")):
        return None
    (new,) = here
    candidates = [m for m in mentions(memory.question, memory.known()) if _alike(m, new)]
    if not candidates:
        return None
    # Whose words were asked for is what changes most often; else what was named last.
    old = next((m for m in candidates if m.role == "speaker"), candidates[-1])
    if old.text.lower() == new.text.lower():
        return None
    return memory.question[: old.start] + new.text + memory.question[old.end :]


def _asked_again(asked: str, question: str) -> str:
    """The earlier question with another question word: "When did Quill meet Tamm?"."""
    words = Words(question)
    for i, word in enumerate(words.low):
        if word in AUXILIARIES:
            rest = question[words.start[i] :]
            return f"{asked} {rest[:1].lower()}{rest[1:]}"
    return f"{asked} {question[:1].lower()}{question[1:]}"


def _alike(one: Mention, other: Mention) -> bool:
    """Tell whether one may stand in the other's place."""
    people = {"person", "name", "group"}
    return (
        one.kind == other.kind
        or {one.kind, other.kind} <= people
        or "name" in (one.kind, other.kind)
    )


def _resolved(question: str, memory: _Memory) -> str:
    """Put what pronouns stand for in their place; each kind of pronoun once, the rest stay."""
    words = Words(question)
    if _PRONOUNS.isdisjoint(words.low):
        return question
    here = mentions(question, memory.known())
    empty = [match.span() for match in _EMPTY_IT.finditer(question)]
    taken = [m.text.lower() for m in here]
    done: set[frozenset[str]] = set()
    edits: list[tuple[int, int, str]] = []
    for i, word in enumerate(words.low):
        group = next((g for g in (_MASCULINE, _FEMININE, _NEUTER, _PLURAL) if word in g), None)
        if group is None or group in done or any(a <= words.start[i] < b for a, b in empty):
            continue
        earlier_here = [m for m in here if m.end <= words.start[i] and _fit(m, group)]
        speaks = any(m.role == "speaker" for m in earlier_here)
        if earlier_here and not (word in _OBJECTS and speaks):
            continue  # "Did Quill say that she …": the question itself says who
        owned = word in _POSSESSIVES or (word == "her" and _is_owner(words, i))
        says = not SAYING.isdisjoint(words.low[i + 1 : i + 4])
        found = _antecedent(group, memory, taken, speaker=says and not owned)
        if found is None:
            continue
        done.add(group)
        taken.append(found.text.lower())
        ending = ("'" if found.plural and found.text.endswith("s") else "'s") if owned else ""
        tail = words.raw[i][len(word) :]
        edits.append((words.start[i], words.end[i], found.text + (ending or tail)))
    for start, end, text in reversed(edits):
        question = question[:start] + text + question[end:]
    return question


def _is_owner(words: Words, i: int) -> bool:
    """Tell "her speech" from "about her"."""
    following = words.word(i + 1)
    return bool(following) and following not in AUXILIARIES and not words.name(i + 1)


def _antecedent(
    group: frozenset[str], memory: _Memory, taken: Sequence[str], *, speaker: bool
) -> Mention | None:
    """Choose what a pronoun stands for.

    The latest question comes first, then what its answer named, then earlier questions. Within a
    question, who speaks goes with words of saying, and what is spoken of with all others.
    """
    latest, earlier = memory.asked[:1], memory.asked[1:]
    for turn in [*latest, memory.told, *earlier]:
        fitting = [m for m in turn if m.text.lower() not in taken and _fit(m, group)]
        if not fitting:
            continue
        spoken_of = [m for m in fitting if m.role not in ("speaker", "place")]
        if any(m.role == "speaker" for m in fitting) and spoken_of and not speaker:
            fitting = spoken_of
        return max(fitting, key=lambda m: (_fit(m, group), -m.start))
    return None


def _fit(mention: Mention, group: frozenset[str]) -> int:
    """How well a mention suits a pronoun: 0 not at all, 2 well."""
    if group in (_MASCULINE, _FEMININE):
        if mention.gender not in ("", "m" if group is _MASCULINE else "f") or mention.plural:
            return 0
        return 2 if mention.kind == "person" else 1 if mention.kind == "name" else 0
    if group is _PLURAL:
        return 2 if mention.plural else 1 if mention.kind == "group" else 0
    if mention.plural or mention.kind == "person":
        return 0
    return {"thing": 2, "group": 2, "place": 1, "name": 0 if mention.gender else 1}[mention.kind]
