"""Follow-up questions made self-contained, from the questions and answers before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.followup_words import (
    ASKING, AUXILIARIES, COMMANDS, FUNCTION, PREPOSITIONS, SAYING, THINGS, WORKS, VERBS,
    Mention, Words, mentions, named, relational,
)  # fmt: skip

LONGEST = 600
_ANSWER_READ = 400
_TURNS = 12

_LEAD = re.compile(r"^\s*(?:(?:and|but|so|also|ok|okay|well|then|now)\b[\s,.]*)+(?=\S)", re.IGNORECASE)
_QUESTION = re.compile(
    rf"\?\s*$|^\W*(?:(?:and|but|so|also|ok|okay)\W+)*(?:{'|'.join(sorted(ASKING | COMMANDS | AUXILIARIES | {'any', 'whose', 'in what'}))})\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:i (?:don[’']t|do not) know|the articles? (?:do|does) not say)\b", re.IGNORECASE)
_PAREN = re.compile(r"\s*\(([^()]*)\)")
_PLEONASTIC = re.compile(
    r"\bit\s+(?:\w+\s+)?(?:true|possible|likely|clear|known|necessary|important|raining|worth|ok|okay|common)\b(?!\s*\?)"
    r"|\b(?:is|was|be) it \w+ to\b"
    r"|\b(?:how long|how much|how many \w+) (?:did|does|will|would|has) it take\b(?=.*\bto\b)|\bdoes it matter\b|\bwhat time is it\b"
    r"|\b(?:is|was) it (?:that|because)\b|\b(?:does|did) it (?:say|mention|state|tell|list|give)\b|\bma[dk]e it\b|\bif\b.*\bit\b",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\W*(?:who\b|which\b|what (?:is|was|were|are) (?:\w+ ){0,3}(?:name|title|called))|.*\bcalled\W*$", re.IGNORECASE
)
_MASCULINE = frozenset({"he", "him", "his", "himself"})
_FEMININE = frozenset({"she", "her", "hers", "herself"})
_PLURALS = frozenset({"they", "them", "their", "theirs"})
_NEUTER = frozenset({"it", "its"})
_GROUPS = (_MASCULINE, _FEMININE, _PLURALS, _NEUTER)
_PERSONAL = _MASCULINE | _FEMININE

TITLE = 3.0
SECTION = 2.0
TITLED = 2.0
COMMON = 0.4
PDECAY = 0.7
TDECAY = 0.6
PUNK = 0.8
NPERS = 0.5
NTHING = 0.5
ANSWER = 0.7
NAMED = 4.0
WEAK = 0.3
PTHRESH = 0.3
TTHRESH = 0.3
PAIR = 2.0
OPEN = 3.0


@dataclass(slots=True)
class _Entity:
    mention: Mention
    seen: list[tuple[int, float]] = field(default_factory=list)
    fixed: float = 0.0
    proven: bool = False
    asked: bool = False
    head: str = ""


@dataclass(slots=True)
class _Memory:
    """What the earlier turns named, and how."""

    entities: list[_Entity] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    last: list[Mention] = field(default_factory=list)
    told: list[Mention] = field(default_factory=list)

    def known(self) -> list[Mention]:
        return [e.mention for e in self.entities if e.fixed or e.proven]

    def entity(self, m: Mention) -> _Entity:
        found = next((e for e in self.entities if _same(e.mention, m)), None)
        if found is None:
            found = _Entity(replace(m, role=""))
            self.entities.append(found)
        elif len(m.text) > len(found.mention.text) and found.mention.kind in ("person", "name"):
            found.mention = replace(m, role="", kind=found.mention.kind, gender=found.mention.gender or m.gender)
        if found.mention.kind == "name" and m.kind != "name":
            found.mention = replace(found.mention, kind=m.kind)
        return found

    def ask(self, resolved: str) -> None:
        self.questions.append(resolved)
        self.last = mentions(resolved, self.known())
        self.told = []
        for m in self.last:
            e = self.entity(m)
            e.proven = e.asked = True
            e.seen.append((len(self.questions), 3.0))

    def tell(self, text: str) -> None:
        naming = bool(self.questions) and bool(_ASKS_NAME.match(self.questions[-1]))
        self.told = mentions(text, self.known())
        open_ = bool(self.questions) and bool(re.search(r"(?i)\b(?:he|she|his|her|him)\b", self.questions[-1]))
        for order, m in enumerate(self.told):
            e = self.entity(m)
            if m.role == "place" and e.mention.kind == "name":
                e.mention = replace(e.mention, kind="place")
            if m.role == "titled" and e.mention.kind == "name":
                e.mention = replace(e.mention, kind="thing")
            if m.role in ("subject", "speaker", "owner") :
                e.proven = True
            w = ANSWER * (1.0 if order else 1.3) + (NAMED if naming and not order else 0) + (TITLED if m.role == "titled" else 0)
            if naming and not order: e.proven = True
            if open_ and e.mention.kind in ("name", "person") and m.role in ("subject", "speaker", "owner"):
                w += OPEN; open_ = False; e.asked = True
            if not m.sure: w *= 0.6
            e.seen.append((len(self.questions), w))

    def head(self, text: str, order: int) -> None:
        m = _title(text)
        if order and not re.fullmatch(r"(?:[A-Z]\w*['’]?s?|of|the|and|for|at|in)(?: (?:[A-Z]\w*['’]?s?|of|the|and|for|at|in))+", text):
            return
        if order and m.kind in ("person",):
            return
        e = self.entity(replace(m, kind="thing") if order and m.kind == "name" else m)
        e.fixed = e.fixed or (SECTION if order else TITLE)
        e.proven = True

    def score(self, e: _Entity, decay: float) -> float:
        now = len(self.questions)
        return e.fixed + sum(w * decay ** (now - t) for t, w in e.seen)


def _same(a: Mention, b: Mention) -> bool:
    x, y = a.text.lower().removeprefix("the "), b.text.lower().removeprefix("the ")
    if x == y:
        return True
    p, q = x.split(), y.split()
    if len(p) > len(q):
        p, q = q, p
    if {a.kind, b.kind} <= {"person", "name"}:
        return len(p) < len(q) and (p == q[-len(p) :] or p == q[: len(p)])
    return len(p) > 1 and p == q[-len(p) :] and "thing" in (a.kind, b.kind)


def self_contained(question: str, history: Sequence[str]) -> str:
    """Write a follow-up question so that it can be understood alone."""
    if not history or len(question) > LONGEST or not question.strip():
        return question
    return _rewrite(question, _remember(history))


def _remember(history: Sequence[str]) -> _Memory:
    memory = _Memory()
    recent = list(history[-_TURNS:])
    if len(history) > _TURNS:
        recent = [*history[: min(2, len(history) - _TURNS)], *recent]
    titled = 0
    for turn in recent:
        text = turn[:_ANSWER_READ].strip()
        if not text:
            continue
        if _QUESTION.search(turn[-400:]) or _QUESTION.search(text):
            titled = 9
            memory.ask(_rewrite(text, memory))
        elif titled < 2 and len(text) < 120:
            memory.head(text, titled)
            titled += 1
        elif not _NOTHING.match(text):
            titled = 9
            memory.tell(text)
    return memory


def _title(text: str) -> Mention:
    hint = " ".join(_PAREN.findall(text)).lower()
    text = _PAREN.sub("", text).strip()
    mention = named(text, text.lower().startswith("the "))
    if "band" in hint or "group" in hint:
        mention = replace(mention, kind="group")
    elif any(w in hint for w in ("film", "album", "song", "series", "game", "novel", "book", "play")):
        mention = replace(mention, kind="thing")
    elif hint and not any(c.isdigit() for c in hint):
        mention = replace(mention, kind="person")
    return mention


def _rewrite(question: str, memory: _Memory) -> str:
    whole = question
    done = _pronouns(whole, memory)
    if done == question:
        return question
    return _tidy(done)


def _tidy(text: str) -> str:
    text = _LEAD.sub("", text)
    return text[:1].upper() + text[1:]


def _fits(e: _Entity, word: str) -> float:
    m = e.mention
    common = 1.0 if m.sure or len(m.text.split()) > 2 else COMMON
    if word in _PERSONAL:
        wanted = "m" if word in _MASCULINE else "f"
        if m.gender not in ("", wanted):
            return 0
        if m.kind == "person":
            return common if m.gender else common * PUNK
        return (NPERS if e.proven else NPERS * WEAK) if m.kind == "name" and not m.plural else 0
    if word in _PLURALS:
        return common * (1.0 if m.plural else 0.8 if m.kind == "group" else 0.5 if m.kind == "name" and not m.gender else 0.3 if m.kind == "thing" and e.asked else 0)
    if m.kind == "thing":
        return common * (0.9 if not m.plural else 0.3)
    return common * (0.8 if m.kind == "group" else 0.6 if m.kind == "place" else NTHING if m.kind == "name" and not m.gender else 0)


def _pronouns(question: str, memory: _Memory) -> str:
    words = Words(question)
    if not any(w in g for w in words.low for g in _GROUPS):
        return question
    here = mentions(question, memory.known())
    used: set[int] = set()
    taken: list[str] = [m.text.lower() for m in here]
    out: list[tuple[int, int, str]] = []
    pleonastic = [m.span() for m in _PLEONASTIC.finditer(question)]
    for i, w in enumerate(words.low):
        group = next((k for k, g in enumerate(_GROUPS) if w in g), -1)
        if group < 0 or group in used or any(a <= words.start[i] < b for a, b in pleonastic if w == "it"):
            continue
        before = [e for m in here if m.end <= words.start[i] and (m.sure or w == "its" or "and" in words.low[:i]) and _fits(e := _Entity(m, proven=True), w)]
        if before and not (w in ("him", "her", "them", "it") and len(here) == 1 and here[0].role in ("speaker", "subject") and here[0].sure):
            used.add(group)
            continue
        following = words.word(i + 1)
        possessive = w in ("his", "its", "their") or (w == "her" and bool(following) and following not in FUNCTION)
        m = _choose(w, memory, taken)
        if m is None:
            continue
        used.add(group)
        taken.append(m.text.lower())
        if w in ("himself", "herself"):
            continue
        text = m.text
        if w in _PLURALS and not m.plural and not m.sure:
            text = text.removeprefix("the ")
            text = text[:-1] + "ies" if text.endswith("y") else text + "s"
        tail = words.raw[i][len(w) :]
        plural = w in _PLURALS and text.endswith("s") and m.kind != "person"
        out.append((words.start[i], words.end[i], text + ("'" if possessive and plural else "'s" if possessive else tail)))
    for start, end, text in reversed(out):
        question = question[:start] + text + question[end:]
    return question


def _choose(w: str, memory: _Memory, taken: Sequence[str]) -> Mention | None:
    personal = w in _PERSONAL
    best, top = None, PTHRESH if personal else TTHRESH
    for e in memory.entities:
        fit = _fits(e, w)
        t = e.mention.text.lower()
        if not fit or any(t in x or x in t for x in taken):
            continue
        score = fit * memory.score(e, PDECAY if personal else TDECAY)
        if score > top:
            best, top = e, score
    if best is None:
        return None
    if personal:
        best.mention = replace(best.mention, kind="person", gender="m" if w in _MASCULINE else "f")
    return best.mention
