"""What a question still leaves out once its pronouns are resolved, and how to add it.

"Did he win any other awards?" means others than the one just named; "Was the album successful?"
one of a certain band. Everything said before is described by features and weighed by small trees
(followups.json, fitted by training/followups.py); what is likely enough is added at the end, where
it cannot spoil the question's grammar.

Source: after QuReTeC (Voskarides et al., SIGIR 2020), which chooses terms of the history.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qa.followup_memory import Entity, Memory, Sighting
from qa.followup_words import (
    AUXILIARIES,
    FUNCTION,
    PERSON_NOUNS,
    VERBS,
    Kind,
    Mention,
    Words,
    mentions,
    relational,
)

FEATURES = (
    # of the question
    "length", "names", "nouns", "he", "she", "it", "they", "this", "else", "article", "pointed", "definite",
    "relational", "asks_whether", "who", "when", "where", "why", "how", "what", "you", "resolved", "turns", "titled",
    "answered", "numbered", "repeats",
    # of what may be added
    "title", "section", "loose", "sure", "person", "place", "group", "thing", "name", "plural", "gendered",
    "words", "asked", "told", "since_asked", "since_told", "first_turn", "order", "answer_length", "speaker",
    "topic", "subject", "owner", "placed", "named_so", "capitals", "dated", "weight", "weight_share",
    # of both
    "known", "head_known", "near", "same_head",
)  # fmt: skip
_RESOLVED, _WHOLE = (0.6, 0.4), (0.8, 0.7)
"""Chances from which something is added, as it is and after "besides": to a question that had to be
resolved anyway, and to one that reads like a whole one."""
_MOST = 2
_FADES = 0.65
_PRONOUNS = (
    frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"}), frozenset({"it", "its"}),
    frozenset({"they", "them", "their", "theirs"}), frozenset({"this", "that", "these", "those"}),
)  # fmt: skip
_WH = (("who", "whom"), ("when",), ("where",), ("why",), ("how",), ("what", "which"))
_OTHER = re.compile(r"\b(?:else|others?|another|more|besides|additional)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:article|section|passage|interesting)\b", re.IGNORECASE)
_POINTED = re.compile(
    r"\b(?:this|that|these|those|such) (?!is|was|are|were|did|do|does)\w+", re.IGNORECASE
)
_DEFINITE = re.compile(r"\bthe \w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something said before that may belong into the question.

    Attributes:
        text: its words.
        headed: whether a heading named it.
        named: whether it is somebody's name.
        row: its features and the question's, in the order of `FEATURES`.
    """

    text: str
    headed: bool
    named: bool
    row: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose pronouns are resolved, with what may still belong into it.

    Attributes:
        question: as it was asked.
        resolved: the same with its pronouns resolved.
        found: the candidates.
    """

    question: str
    resolved: str
    found: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees for a chance.

    Attributes:
        bias: the logit before any tree.
        trees: each a row of nodes (feature, limit, node if at most that, node if above) and leaves
            (what is added to the logit,).
    """

    bias: float
    trees: tuple[tuple[tuple[float, ...], ...], ...]

    def __call__(self, row: Sequence[float]) -> float:
        """Weigh features; the chance is between 0 and 1."""
        logit = self.bias
        for nodes in self.trees:
            node = nodes[0]
            while len(node) > 1:
                node = nodes[int(node[2] if row[int(node[0])] <= node[1] else node[3])]
            logit += node[0]
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def trees() -> Trees:
    """Read followups.json, shipped beside this module."""
    data = json.loads((Path(__file__).parent / "followups.json").read_text(encoding="utf-8"))
    if data["features"] != list(FEATURES):
        raise ValueError("followups.json has other features: fit it by training/followups.py.")
    return Trees(data["bias"], tuple(tuple(tuple(n) for n in tree) for tree in data["trees"]))


def read(question: str, resolved: str, memory: Memory) -> Asked:
    """Describe everything that may still belong into a question."""
    words = Words(resolved)
    here = mentions(resolved, memory.known())
    own = _stems(words)
    last = _stems(Words(memory.questions[-1])) if memory.questions else frozenset()
    low = set(words.low)
    first = next((w for w in words.low if w[0].isalnum()), "")
    of_question = [
        min(len(words), 20), sum(m.sure for m in here), sum(not m.sure for m in here),
        *(not low.isdisjoint(group) for group in _PRONOUNS), bool(_OTHER.search(resolved)),
        bool(_ARTICLE.search(resolved)), bool(_POINTED.search(resolved)), len(_DEFINITE.findall(resolved)),
        sum(map(relational, words.low)), first in AUXILIARIES, *(not low.isdisjoint(wh) for wh in _WH), "you" in low,
        resolved != question, min(len(memory.questions), 8), memory.title is not None, bool(memory.answer),
        any(w.isdigit() for w in words.low), len(own & last) / max(1, len(own)),
    ]  # fmt: skip
    found = _everything(memory)
    now = len(memory.questions)
    weights = [entity.weight(now, _FADES) for entity, _ in found]
    top = max(weights, default=0.0) or 1.0
    around = {True: last, False: _stems(Words(memory.answer))}
    length = min(len(memory.answer) // 6, 80)
    ends = [entity.mention.text.lower().split()[-1:] for entity, _ in found]
    rows = [
        of_question + _of_thing(entity, part, now, length)
        + [weight, weight / top, *_of_both(entity, own, around, now), ends.count(end)]
        for (entity, part), weight, end in zip(found, weights, ends, strict=True)
    ]  # fmt: skip
    return Asked(
        question,
        resolved,
        tuple(
            Candidate(
                m.text,
                part in ("title", "section"),
                m.sure and m.kind in ("person", "name"),
                tuple(map(float, row)),
            )
            for (m, part), row in zip(((e.mention, p) for e, p in found), rows, strict=True)
        ),
    )


def _of_thing(entity: Entity, part: str, now: int, answer_length: int) -> list[float]:
    mention, seen = entity.mention, entity.seen
    words = Words(mention.text)
    asked, told = [s.turn for s in seen if s.asked], [s.turn for s in seen if not s.asked]
    role = seen[-1].role if seen else ""
    return [
        *(part == name for name in ("title", "section", "loose")), mention.sure,
        *(mention.kind == kind for kind in ("person", "place", "group", "thing", "name")), mention.plural,
        bool(mention.gender), len(_stems(words)), min(len(asked), 4), min(len(told), 4),
        now - asked[-1] if asked else 9, now - told[-1] if told else 9, seen[0].turn if seen else 0,
        seen[-1].order if seen else -1, answer_length,
        *(role == name for name in ("speaker", "topic", "subject", "owner", "place", "titled")),
        sum(w[0].isupper() for w in words.raw), any(w.isdigit() for w in words.low),
    ]  # fmt: skip


def _of_both(
    entity: Entity, own: frozenset[str], around: dict[bool, frozenset[str]], now: int
) -> list[float]:
    words = Words(entity.mention.text)
    its = _stems(words)
    head = _stems(Words(words.raw[-1])) if words.raw else frozenset()
    latest = entity.seen[-1] if entity.seen else None
    near = len((around[latest.asked] - its) & own) if latest and latest.turn == now else -1
    return [len(its & own) / max(1, len(its)), bool(head) and head <= own, near]


def _everything(memory: Memory) -> list[tuple[Entity, str]]:
    """Everything that was said, and what part of the conversation only said it."""
    title = memory.title
    found = [
        (e, "title" if title and e.mention.text == title.text else "") for e in memory.entities
    ]
    if memory.section and all(e.mention.text != memory.section for e in memory.entities):
        found.append((Entity(Mention(memory.section, "thing", sure=False)), "section"))
    known = {entity.mention.text.lower() for entity, _ in found}
    now = len(memory.questions)
    for asked, turn in ((True, memory.questions[-1] if now else ""), (False, memory.answer)):
        for order, piece in enumerate(_pieces(turn)):
            if piece.text.lower() not in known:
                known.add(piece.text.lower())
                found.append((Entity(piece, [Sighting(now, asked, "", order, 0.0)]), "loose"))
    return found


def _pieces(turn: str) -> list[Mention]:
    """Find the runs of words between function words, verbs and punctuation, in order."""
    words = Words(turn)
    found: list[Mention] = []
    i = 0
    while i < len(words):
        j = i
        while j < len(words) and _full(words, j) and (j == i or _adjoin(words, j)):
            j += 1
        if j > i:
            sure = all(words.name(k) for k in range(i, j))
            end = words.end[j - 1] - 2 * words.owns(j - 1)
            kind: Kind = "person" if words.low[j - 1] in PERSON_NOUNS else "thing"
            found.append(Mention(turn[words.start[i] : end], kind, sure=sure))
        i = max(j, i + 1)
    return found


def _adjoin(words: Words, j: int) -> bool:
    return words.start[j] - words.end[j - 1] == 1 and not words.owns(j - 1)


def _full(words: Words, i: int) -> bool:
    """Tell whether a word can be part of what something is called."""
    low = words.low[i]
    if not low[0].isalnum() or low in FUNCTION:
        return False
    return words.name(i) or (low not in VERBS and not low.endswith("ly"))


def _stems(words: Words) -> frozenset[str]:
    """The beginnings of the full words."""
    return frozenset(
        w[:5].removesuffix("s") for w in words.low if w[0].isalnum() and w not in FUNCTION
    )


def added(asked: Asked, chances: Sequence[float]) -> str:
    """Add what is likely enough: in place of a part of its name, or at the end."""
    done = asked.resolved
    other = bool(_OTHER.search(done))
    limits = _WHOLE if done == asked.question else _RESOLVED
    count = 0
    for chance, one in sorted(zip(chances, asked.found, strict=True), key=lambda p: -p[0]):
        besides = other and not one.headed
        if count == _MOST or chance < min(limits):
            break
        part = _part(one.text, done) if one.named else None
        if chance >= limits[besides and not part] and (part or _is_new(one.text, done)):
            start, end = part or (0, 0)
            done = done[:start] + one.text + done[end:] if part else _with(done, one.text, besides)
            count += 1
    return done


def _part(name: str, question: str) -> tuple[int, int] | None:
    """Find where a question gives only the first or the last word of a name."""
    words = name.split()
    if len(words) < 2 or sum(bool(re.search(rf"\b{re.escape(w)}\b", question)) for w in words) != 1:
        return None
    for word in (words[-1], words[0]):
        if word[0].isupper() and (found := re.search(rf"\b{re.escape(word)}\b", question)):
            return found.span()
    return None


def _is_new(text: str, question: str) -> bool:
    """Tell whether most of the full words are not in the question yet."""
    have = set(Words(question).low)
    own = [w for w in Words(text).low if w[0].isalnum() and w not in FUNCTION]
    return sum(w not in have for w in own) * 2 > len(own)


def _with(question: str, text: str, besides: bool) -> str:
    stem = question.rstrip(" ?.!")
    ending = question[len(stem) :]
    if besides:
        return f"{stem} {'and' if ' besides ' in stem else 'besides'} {text}{ending}"
    last = Words(stem).low[-1:]
    if last and relational(last[0]):
        return f"{stem} of {text}{ending}"
    return f"{stem} ({text}){ending}"
