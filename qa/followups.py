"""Follow-up questions made self-contained, from the questions and answers before them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.followup_words import (
    ASKING, AUXILIARIES, COMMANDS, DATES, FUNCTION, PERSON_NOUNS, PREPOSITIONS, PRONOUNS, SAYING, SPEECH, THINGS,
    TOKEN, Mention, bare, mentions, named,
)  # fmt: skip

LONGEST = 600
_ANSWER_READ = 500
_TURNS = 10

_LEAD = re.compile(r"^\s*(?:(?:and|but|so|also|ok|okay|well|then|now)\b[\s,.]*)+(?=\S)", re.IGNORECASE)
_QUESTION = re.compile(
    rf"\?\s*$|^\W*(?:(?:and|but|so|also|ok|okay)\W+)*(?:{'|'.join(sorted(ASKING | COMMANDS | AUXILIARIES | {'any', 'whose', 'in what'}))})\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^\W*(?:i (?:don[’']t|do not) know|the articles? (?:do|does) not say|cannotanswer)\b", re.IGNORECASE)
_PAREN = re.compile(r"\s*\(([^()]*)\)")
_PLEONASTIC = re.compile(
    r"\bit\s+(?:\w+\s+)?(?:true|possible|likely|clear|known|necessary|important|legal|raining|safe|worth|ok|okay|common)\b(?!\s*\?)"
    r"|\b(?:how long|how much|how many \w+) (?:did|does|will|would|has) it take\b(?=.*\bto\b)|\bdoes it matter\b|\bwhat time is it\b"
    r"|\b(?:is|was) it (?:that|because)\b|\b(?:does|did) it (?:say|mention|state|tell|list|give)\b|\bma[dk]e it\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:else|other|others|another|more)\b", re.IGNORECASE)
_MASCULINE = frozenset({"he", "him", "his", "himself"})
_FEMININE = frozenset({"she", "her", "hers", "herself"})
_PLURALS = frozenset({"they", "them", "their", "theirs"})
_NEUTER = frozenset({"it", "its"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "hers", "theirs"})


TITLE = 4.0
TITLED = 2.0
COMMON = 0.5
PDECAY = 0.7
W = {"speaker": 3.0, "subject": 3.0, "topic": 3.0, "owner": 3.0, "": 2.0, "title": TITLE, "section": 1.0, "titled": 2.5, "place": 1.5}
ANSWER = 0.7
TDECAY = 0.55
NAMED = 4.0


@dataclass(slots=True)
class _Entity:
    mention: Mention
    seen: list[tuple[int, float, str]] = field(default_factory=list)
    role: str = ""


@dataclass(slots=True)
class _Memory:
    """What the earlier turns named, and how."""

    entities: list[_Entity] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    personal: str = ""

    def known(self) -> list[Mention]:
        return [e.mention for e in self.entities if any(w >= 1 for _, w, _ in e.seen)]

    def add(self, found: list[Mention], source: str) -> None:
        turn = len(self.questions)
        asked = self.questions[-1] if self.questions else ""
        naming = source == "told" and bool(re.match(r"(?i)\W*(?:who\b|which\b|what (?:is|was|were|are) (?:\w+ ){0,3}(?:name|title|called))|.*\bcalled\W*$", asked))
        for order, m in enumerate(found):
            entity = next((e for e in self.entities if _same(e.mention, m)), None)
            if entity is None:
                entity = _Entity(m)
                self.entities.append(entity)
            elif len(m.text) > len(entity.mention.text) and entity.mention.kind in ("person", "name"):
                entity.mention = replace(m, kind=entity.mention.kind, gender=entity.mention.gender or m.gender)
            elif m.kind == "person" and entity.mention.kind == "name":
                entity.mention = replace(entity.mention, kind="person")
            if source == "told" and m.role == "place" and entity.mention.kind == "name":
                entity.mention = replace(entity.mention, kind="place")
            if m.role == "titled" and entity.mention.kind == "name":
                entity.mention = replace(entity.mention, kind="thing")
            if source == "told" and m.role == "titled":
                m_bonus = TITLED
            else:
                m_bonus = 0.0
            w = m_bonus + W.get(m.role, 2.0) if source != "told" else ANSWER * (1.0 if order else 1.3) + (NAMED if naming and not order else 0)
            entity.seen.append((turn, w, m.role))

    def score(self, e: _Entity, person: bool) -> float:
        now = len(self.questions)
        DECAY = PDECAY if person else TDECAY
        return sum(w * DECAY ** (now - t) if r not in ("title","section") else w for t, w, r in e.seen)


def _same(a: Mention, b: Mention) -> bool:
    x, y = a.text.lower().removeprefix("the "), b.text.lower().removeprefix("the ")
    if x == y:
        return True
    if {a.kind, b.kind} <= {"person", "name"}:
        p, q = x.split(), y.split()
        if len(p) > len(q):
            p, q = q, p
        return len(p) < len(q) and (p == q[-len(p):] or p == q[:len(p)])
    return False


def self_contained(question: str, history: Sequence[str]) -> str:
    """Write a follow-up question so that it can be understood alone."""
    if not history or len(question) > LONGEST or not question.strip():
        return question
    memory = _remember(history)
    return _rewrite(question, memory)


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
            resolved = _rewrite(text, memory)
            memory.questions.append(resolved)
            memory.add(mentions(resolved, memory.known()), "asked")
        elif titled < 2 and len(text) < 120:
            memory.add([_title(text, titled)], "title")
            titled += 1
        elif not _NOTHING.match(text):
            titled = 9
            memory.add(mentions(text, memory.known()), "told")
    return memory


def _title(text: str, order: int) -> Mention:
    hint = " ".join(_PAREN.findall(text)).lower()
    text = _PAREN.sub("", text).strip()
    mention = named(text, 0, text.lower().startswith("the "))
    if "band" in hint or "group" in hint:
        mention = replace(mention, kind="group")
    elif any(w in hint for w in ("film", "album", "song", "series", "game", "novel", "book", "play")):
        mention = replace(mention, kind="thing")
    elif hint and not any(c.isdigit() for c in hint) :
        mention = replace(mention, kind="person")
    if order and not re.match(r"(?:[A-Z]\w*['’]?s?|of|the|and|for|at|in)(?: (?:[A-Z]\w*['’]?s?|of|the|and|for|at|in))+$", text):
        return replace(mention, role="section", kind="person", gender="x")
    return replace(mention, role="title" if not order else "section")


def _rewrite(question: str, memory: _Memory) -> str:
    whole = _fragment(question, memory)
    if whole is None:
        whole = question
    done = _pronouns(whole, memory)
    if done == question:
        return question
    return _tidy(done)


def _tidy(text: str) -> str:
    text = _LEAD.sub("", text)
    return text[:1].upper() + text[1:]


def _fragment(question: str, memory: _Memory) -> str | None:
    return None


def _fits(m: Mention, word: str) -> float:
    if m.role == "section" and not (m.kind != "person" and word in _NEUTER):
        return 0
    common = 1.0 if m.sure or len(m.text.split()) > 2 else COMMON
    if word in _MASCULINE or word in _FEMININE:
        wanted = "m" if word in _MASCULINE else "f"
        if m.kind == "person":
            return common if m.gender == wanted else common * PUNK if not m.gender else 0
        return NPERS if m.kind == "name" and m.gender in ("", wanted) and not m.plural else 0
    if word in _PLURALS:
        return common * (1.0 if m.plural else 0.8 if m.kind == "group" else 0.5 if m.kind == "name" and not m.gender else 0.3 if m.kind == "thing" else 0)
    if word in _NEUTER:
        if m.kind == "thing":
            return common * (0.9 if not m.plural else 0.4)
        return common * (0.8 if m.kind == "group" else 0.6 if m.kind == "place" else NTHING if m.kind == "name" and not m.gender else 0)
    return 0


PUNK = 0.8
NPERS = 0.5
NTHING = 0.5


def _pronouns(question: str, memory: _Memory) -> str:
    here = mentions(question, memory.known())
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(question)]
    lower = [t[0].lower() for t in tokens]
    used: dict[str, Mention] = {}
    out: list[tuple[int, int, str]] = []
    pleonastic = [m.span() for m in _PLEONASTIC.finditer(question)]
    for i, (word, start, end) in enumerate(tokens):
        w = bare(word) if word.lower() not in _POSSESSIVES else word.lower()
        if w not in _MASCULINE | _FEMININE | _PLURALS | _NEUTER:
            continue
        if any(a <= start < b for a, b in pleonastic):
            continue
        group = next(str(k) for k, g in enumerate((_MASCULINE, _FEMININE, _PLURALS, _NEUTER)) if w in g)
        if group in used:
            continue
        if any(m.end <= start and _fits(m, w) and (m.sure or w=="its") for m in here) and not (w in ("him","her","them","it") and len(here) == 1 and here[0].role in ("speaker","subject")):
            continue
        following = lower[i + 1] if i + 1 < len(lower) else ""
        possessive = w in ("his", "its", "their") or (w == "her" and bool(following) and following not in FUNCTION and following[0].isalnum())
        mine = {m.text.lower() for m in here} | {m.text.lower() for m in used.values()}
        m = _choose(w, memory, mine, asked_subject=i > 0 and lower[i - 1] in AUXILIARIES, says=bool(SAYING & set(lower[i+1:i+3])))
        if m is None:
            continue
        used[group] = m
        if w in ("himself", "herself"):
            continue
        tail = word[len(w):] if word.lower().startswith(w) and "'" in word else ""
        out.append((start, end, m.text + ("'s" if possessive else tail)))
    for start, end, text in reversed(out):
        question = question[:start] + text + question[end:]
    return question


def _choose(w: str, memory: _Memory, mine: set[str], *, asked_subject: bool, says: bool) -> Mention | None:
    best, top = None, THRESHOLD
    for e in memory.entities:
        fit = _fits(e.mention, w)
        if not fit:
            continue
        t = e.mention.text.lower()
        if any(t in x or x in t for x in mine):
            continue
        score = fit * memory.score(e, w in _MASCULINE | _FEMININE)
        if score > top:
            best, top = e, score
    if best is None:
        return None
    if w in _MASCULINE | _FEMININE:
        best.mention = replace(best.mention, kind="person", gender="m" if w in _MASCULINE else "f")
    return best.mention


THRESHOLD = 0.0
