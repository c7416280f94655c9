"""References made explicit: pronouns, "the report", "there", "the former"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.followup_memory import PERSON_FADES, THING_FADES, Entity, Memory, same
from qa.followup_words import (
    AUXILIARIES,
    FUNCTION,
    PERSON_NOUNS,
    SAYING,
    THINGS,
    VERBS,
    Mention,
    Words,
    mentions,
)

_COMMON, _UNLIKELY, _OWNER, _NEW, _PAIR = 0.4, 0.35, 0.6, 3.0, 1.9
"""Fit of a common noun, of the role that the words speak against, of an owner for "it", and of "a complaint" where
something is asked of which it is no doer; weight of two names for "they"."""
_DONE = frozenset("be been is was cost costs".split())
"""Verbs beside an "it" that does nothing: "Was it published?"."""

_MASCULINE = frozenset({"he", "him", "his"})
_FEMININE = frozenset({"she", "her", "hers"})
_NEUTER = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
PRONOUNS = (_MASCULINE, _FEMININE, _NEUTER, _PLURAL)
_MEDIA = frozenset("Facebook Instagram LinkedIn Telegram TikTok Twitter WhatsApp X YouTube".split())
"""Where something is said, not what about."""
_TO_WORDS = frozenset({"about", "on", "to"})
"""What stands between a verb of saying and what is said something of."""
_OF_A_PERSON = re.compile(
    r"(?:[’']s?)?\s+(?:\w+\s+)?(?:arrest|brother|case|conviction|daughter|death|detention|family|father|health|husband|illness"
    r"|imprisonment|injur(?:y|ies)|lawyer|mother|resignation|release|sentence|sister|son|trial|wife)\b",
    re.IGNORECASE,
)
"""What is somebody's: "Quill's arrest"."""
_CLAIMING = frozenset(
    """acknowledge acknowledged admit admitted believe believed confirm confirmed deny denied denies dispute disputed
    doubt doubted""".split()
)
"""What is done to what may be so: "Who else denied it?"."""
_ANSWERS = frozenset(
    """answer answered react reacted reaction reply replied respond responded response object objected counter
    countered""".split()
)
"""What is done to what another has said."""
_SAID = frozenset(
    """accusation allegation charge claim comment criticism figure idea offer plan proposal remark statement suggestion
    threat warning""".split()
)
"""What somebody has said: "respond to that suggestion"."""
_POINTING = {"this": _NEUTER, "that": _NEUTER, "these": _PLURAL, "those": _PLURAL}
_ANY_PRONOUN = frozenset().union(*PRONOUNS, _POINTING)
_OBJECTS = frozenset({"him", "her", "it", "them"})
_NOUNS = THINGS | PERSON_NOUNS | {"band", "group"}
_EMPTY_IT = re.compile(
    r"\bit\s+(?:\w+\s+)?(?:true|possible|likely|clear|known|necessary|important|raining"
    r"|worth (?:it|while)|ok|okay|common)\b(?!\s*\?)"
    r"|\b(?:is|was|be) it \w+ to\b|\b(?:is|was) it (?:that|because)\b|\bma[dk]e it\b"
    r"|\bhow (?:long|much|many \w+) (?:did|does|will|would|has) it take\b.*\bto\b"
    r"|\bdoes it matter\b|\bwhat time is it\b"
    r"|\b(?:does|did) it (?:say|mention|state|tell|list|give)\b|\bif\b.*\bit\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those) (?P<noun>\w+)\b(?! of\b)", re.IGNORECASE)
_PAIRED = re.compile(
    r"\b(?P<word>the former|the latter|(?:the two|both)(?: of them| (?:men|women|people|leaders|sides|countries))?)\b"
    r"(?!\W+\w*[^\Ws]s\b)",
    re.IGNORECASE,
)

Edit = tuple[int, int, str]
"""From here to there, write this."""


def resolved(question: str, memory: Memory) -> str:
    """Put what is meant in the place of pronouns and of "the report", "there", "the latter"."""
    words = Words(question)
    edits = _pronouns(question, words, memory)
    edits += _definites(question, memory) + _paired(question, memory) + _there(words, memory)
    edits.sort()
    result, at = [], 0
    for start, end, text in edits:
        if start >= at:
            result += [question[at:start], text]
            at = end
    return "".join([*result, question[at:]])


def _pronouns(question: str, words: Words, memory: Memory) -> list[Edit]:
    """Each kind of pronoun is resolved once; where it comes again, it is clear from the first."""
    if _ANY_PRONOUN.isdisjoint(words.low):
        return []
    here = mentions(question, memory.known())
    empty = [match.span() for match in _EMPTY_IT.finditer(question)]
    taken = [m.text.lower() for m in here]
    done: set[frozenset[str]] = set()
    subjects: frozenset[str] = frozenset()
    edits: list[Edit] = []
    for i, word in enumerate(words.low):
        group = next((g for g in PRONOUNS if word in g), _pointed_at(words, i))
        at = words.start[i]
        if word == "it" and words.word(i - 1) in SAYING and not _about_thing(memory):
            continue
        if group is None or any(a <= at < b for a, b in empty if word == "it"):
            continue
        if group in done and not (
            word in _OBJECTS and subjects & group and "that" not in words.low
        ):
            continue
        if word not in _OBJECTS and not _owned(words, i):
            subjects = subjects | {word}
        points = word in _POINTING and _asks_about(words, i)
        if not points and _answered_here(word, group, [m for m in here if m.end <= at], words, i):
            done.add(group)
            continue
        owned = _owned(words, i)
        text = _antecedent(group, memory, taken, words, i, owned)
        if whole := _whole(question, words, i, text, memory):
            done.add(group)
            edits.append(whole)
            continue
        if not text:
            continue
        done.add(group)
        taken.append(text.lower())
        if word == "them" and words.word(i - 1) == "of" and text.islower():
            text = f"the {text.removeprefix('the ')}"
        plural = group is _PLURAL and text.endswith("s")
        ending = ("'" if plural else "'s") if owned else words.raw[i][len(word) :]
        edits.append((at, words.end[i], text + ending))
    return edits


def _whole(question: str, words: Words, i: int, text: str, memory: Memory) -> Edit | None:
    """Keep the question before, where all of it is spoken of: "about that (Who won the cup?)".

    Args:
        question: the question.
        words: its words.
        i: the place of the pronoun among them.
        text: what it would stand for; "" if nothing.
        memory: what was said before.
    """
    points = words.low[i] in _POINTING
    if not _asks_about(words, i) or not memory.questions or not (text or points):
        return None
    if text and _is_about(text, memory) and not (points and _is_answered(words, i)):
        return None
    last = i + 1 if words.word(i + 1) in _SAID else i
    named = question[words.start[i] : words.end[last]].rstrip("?")
    return words.start[i], words.end[last], f"{named} ({memory.questions[-1]})"


def _pointed_at(words: Words, i: int) -> frozenset[str] | None:
    """The pronoun that a lone "those" or "about that" amounts to."""
    word, following = words.low[i], words.word(i + 1)
    alone = following in AUXILIARIES or following.endswith("ed") or (following in VERBS - THINGS)
    if word in ("these", "those") and (alone or not following):
        return _PLURAL
    if word not in _POINTING or word in ("these", "those"):
        return None
    said = following in _SAID and not words.word(i + 2)
    spoken_of = words.word(i - 1) == "about" or _is_answered(words, i)
    return _NEUTER if (not following or said) and spoken_of else None


def _is_answered(words: Words, i: int) -> bool:
    """Tell whether a "that" is what somebody answers: "respond to that", "answer that"."""
    before = words.word(i - 1)
    return before in _ANSWERS or (
        before == "to" and words.word(i - 2) in _ANSWERS | {"say", "said"}
    )


def _owned(words: Words, i: int) -> bool:
    """Tell "her speech" from "about her"."""
    following = words.word(i + 1)
    return words.low[i] in ("his", "its", "their") or (
        words.low[i] == "her" and bool(following) and following not in FUNCTION
    )


def _asks_about(words: Words, i: int) -> bool:
    """Tell "What does Tamm say about it?"."""
    word = words.low[i]
    if word in ("that", "this") and words.word(i + 1) in _SAID:
        return True
    last = not words.word(i + 1)
    on = words.word(i - 1) in _TO_WORDS | _CLAIMING or (word != "it" and _is_answered(words, i))
    return last and word in ("it", "that", "this") and on


def _is_about(text: str, memory: Memory) -> bool:
    """Tell whether the question before was about this thing, and did not name it in passing: "in Aby"."""
    spoken = any(m.role == "speaker" for m in memory.last)
    return any(
        m.kind == "thing" or (spoken and m.role == "topic" and m.text not in _MEDIA)
        for m in memory.last
        if m.text in text or text in m.text
    )


def _about_thing(memory: Memory) -> bool:
    return any(m.kind == "thing" for m in memory.last)


def _answered_here(
    word: str, group: frozenset[str], earlier: list[Mention], words: Words, i: int
) -> bool:
    """Tell whether the question itself says who or what a pronoun means."""
    fitting = [
        m
        for m in earlier
        if (m.sure or m.kind == "person" or word == "its" or "and" in words.low[:i])
        and _fit(Entity(m, proven=True), group)
    ]
    if word in _OBJECTS and len(fitting) == 1 and fitting[0].role in ("speaker", "subject"):
        # "What did Tamm say about him?" asks about somebody else; "that he said it" does not.
        return "that" in words.low[:i] or fitting[0].kind == "thing"
    return bool(fitting)


def _antecedent(
    group: frozenset[str],
    memory: Memory,
    taken: Sequence[str],
    words: Words,
    i: int,
    owned: bool,
) -> str:
    """Choose what a pronoun stands for, and write it."""
    personal = group in (_MASCULINE, _FEMININE)
    says = not SAYING.isdisjoint(words.low[i + 1 : i + 4]) and not owned
    spoken = any(m.role == "topic" for m in memory.last)

    # "How did Quill describe Farrow?" is about Farrow, as "What did Quill say about Farrow?" is, and, of somebody
    # called so as may be "he" as well as Quill, "… about Farrow's arrest?".
    speakers = [m for m in memory.last if m.role == "speaker"]
    roles = ("", "owner") if speakers and not speakers[0].gender else ("",)
    described = bool(speakers) and any(
        m.role in roles
        and m.sure
        and m.kind in ("person", "name")
        and (m.role != "owner" or _OF_A_PERSON.match(memory.questions[-1], m.end))
        for m in memory.last
    )
    about = (spoken or described) and (owned or _NEUTER.union(_POINTING).isdisjoint(words.low))
    unlikely = "" if not personal else "topic" if says else "speaker" if about else ""
    after = words.low[i + 1 : i + 2]
    beside = {*words.low[max(0, i - 1) : i], *after}
    done = not (owned or _DONE.isdisjoint(beside) or any(w.endswith("ing") for w in after))

    def fit(entity: Entity) -> float:
        suits = _fit(entity, group)
        if suits and unlikely:
            roles = [m.role for m in memory.last if same(m, entity.mention)]
            suits *= _UNLIKELY if roles[:1] == [unlikely] else 1.0
        if suits and group is _NEUTER:
            roles = [m.role for m in memory.last if same(m, entity.mention)]
            suits *= _OWNER if roles == ["owner"] else 1.0
            suits *= _NEW if done and _is_new(entity.mention, memory.questions[-1]) else 1.0
        return suits

    pair = memory.pair() if group is _PLURAL and not spoken else None
    found = memory.best(fit, PERSON_FADES if personal else THING_FADES, taken)
    score = fit(found) * found.weight(len(memory.questions), THING_FADES) if found else 0.0
    if pair and score < _PAIR and not any(m.text.lower() in taken for m in pair):
        return f"{pair[0].text} and {pair[1].text}"
    if found is None:
        return ""
    mention = found.mention
    if personal:
        gender = "m" if group is _MASCULINE else "f"
        found.mention = replace(mention, kind="person", gender=gender)
    if group is _PLURAL and not mention.plural and not mention.sure and mention.kind == "thing":
        singular = mention.text.removeprefix("the ")
        return singular[:-1] + "ies" if singular.endswith("y") else singular + "s"
    return mention.text


def _is_new(mention: Mention, question: str) -> bool:
    """Tell "a complaint" in the question before, which "it" then means rather than who makes it."""
    noun = mention.text.removeprefix("the ")
    known = mention.sure or mention.kind != "thing"
    return not known and bool(re.search(rf"\ban? {re.escape(noun)}\b", question, re.IGNORECASE))


def _fit(entity: Entity, group: frozenset[str]) -> float:
    """How well an entity suits a pronoun, from 0 to 1."""
    mention = entity.mention
    common = 1.0 if mention.sure or len(mention.text.split()) > 2 else _COMMON
    unknown = mention.kind == "name" and not mention.gender
    if group in (_MASCULINE, _FEMININE):
        if mention.gender not in ("", "m" if group is _MASCULINE else "f") or mention.plural:
            return 0
        if mention.kind == "person":
            return common if mention.gender else common * 0.8
        return (0.5 if entity.proven else 0.15) if unknown else 0
    if group is _PLURAL:
        if mention.plural:
            return common
        loose = 0.5 if unknown else 0.15 if mention.kind == "thing" and entity.asked else 0
        return common * (0.8 if mention.kind == "group" else loose)
    if mention.kind == "thing":
        return common * (0 if mention.plural else 0.9)
    return {"group": 0.8, "place": 0.6}.get(mention.kind, 0.5 if unknown else 0) * common


def _definites(question: str, memory: Memory) -> list[Edit]:
    """Name "the report" in full, where the last questions were about just one: "the Lindow report"."""
    edits: list[Edit] = []
    now = len(memory.questions)
    for match in _DEFINITE.finditer(question):
        noun = match["noun"].lower()
        rest = question[match.end() :].split(maxsplit=1)
        if noun not in _NOUNS:
            continue
        if rest and rest[0].isalnum() and rest[0].lower() not in FUNCTION | VERBS:
            continue
        fitting = [
            e.mention.text
            for e in memory.entities
            if re.search(
                rf"(?:^the {noun} between|^{noun} \w|\w {noun}$)", e.mention.text, re.IGNORECASE
            )
            and (e.fixed or e.asked or "between" in e.mention.text)
            and e.weight(now, THING_FADES) >= 1
            and (len(e.mention.text.split()) > 2 or e.mention.kind == "person")
        ]
        if len(fitting) == 1 and fitting[0].lower() not in question.lower():
            edits.append((match.start(), match.end(), fitting[0]))
    return edits


def _paired(question: str, memory: Memory) -> list[Edit]:
    pair = memory.pair()
    if not pair:
        return []
    edits: list[Edit] = []
    for match in _PAIRED.finditer(question):
        word = match["word"].lower()
        both = f"{pair[0].text} and {pair[1].text}"
        text = {"the former": pair[0].text, "the latter": pair[1].text}.get(word, both)
        edits.append((match.start(), match.end(), text))
    return edits


def _there(words: Words, memory: Memory) -> list[Edit]:
    for i, word in enumerate(words.low):
        counted = words.low[0] in ("what", "which", "how") and i > 2
        existential = words.word(i - 1) in AUXILIARIES and (counted or bool(words.word(i + 1)))
        if word != "there" or existential or words.word(i + 1) in AUXILIARIES:
            continue
        if i == 0 or words.word(i - 1) in ("from", "over", "get", "any", "that"):
            continue
        place = memory.best(lambda e: float(e.mention.kind == "place"), THING_FADES)
        return [(words.start[i], words.end[i], f"in {place.mention.text}")] if place else []
    return []
