"""The people of a text: which names, titles and pronouns are one person.

A rule-based coreference for who-said-what: names are found by their capitals over the whole text,
joined by surname and first name, and pronouns go to the most salient person who fits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexes import cues
from indexes.documents import Span

if TYPE_CHECKING:
    pass

_CAPITALISED = r"[^\W\d_a-z](?:[^\W\d_]|[’'-](?![sS]\b)(?=[^\W\d_]))*"
_RUN = re.compile(
    rf"(?<![\w])(?:(?:[A-Z]\.)+|{_CAPITALISED}\.?)"
    rf"(?:[ \u00a0]+(?:(?:{'|'.join(sorted(cues.PARTICLES))})[ \u00a0-])*"
    rf"(?:(?:[A-Z]\.)+|(?:{'|'.join(sorted(t.title() for t in cues.TITLES | cues.HONORIFICS.keys() if len(t) < 5))})\."
    rf"|{_CAPITALISED}))*(?:,? (?:Jr\.?|Sr\.?|III?|IV)(?!\w))?"
)
_OFFICE_OF = re.compile(r"([^\W\d_]+) (?:of|for|of the) $")
_ROLE_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?),? $")
_ROLE_AFTER = re.compile(
    r", (?:who is |who was )?(?:(?:the|a|an|his|her|its|their) )?([^,.;:\n]{3,60})"
)
_FURTHER = re.compile(r",| who | which | that | whose |\(| — | -- ")
_VOICE = re.compile(
    r"(?P<the>the |a |an )?(?P<owner>[A-Z][^,]*?)(?:[’']s?)? (?:[a-z]+ ){0,2}"
    rf"(?:{'|'.join(sorted(cues.VOICES))})s?$"
)
_TITLES = cues.TITLES | cues.HONORIFICS.keys()
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
_NOBODY = frozenset("you your who which that this there what whoever".split())
_PLURAL = frozenset("they them their it its themselves itself both these those".split())
_POSSESSIVES = frozenset("his her their its our my your".split())
_DETERMINERS = _POSSESSIVES | frozenset(
    "the a an some many several most other another few both all these those one two three".split()
)
_PREPOSITIONS = frozenset(
    """about after against among around as at before behind between by despite during for from in
    into like of off on over than through to toward towards under until with without and""".split()
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


@dataclass(slots=True)
class Person:
    """One person of a text, as far as its names tell.

    Attributes:
        words: the fullest name, without titles.
        gender: "m", "f" or "" when nothing tells it.
        certain: whether a title, a first name or the like says that this is a person.
        roles: lower-case words of titles and descriptions seen beside the name.
    """

    words: list[str]
    gender: str = ""
    certain: bool = False
    roles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest name."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Name:
    """Capitalised words that may name a person, their titles taken off."""

    start: int
    end: int
    words: list[str]
    titles: list[str]

    @property
    def gender(self) -> str:
        """What a form of address tells."""
        return next((g for t in self.titles if (g := cues.HONORIFICS.get(t, ""))), "")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place at which a person is named; ``weight`` says how likely "he" is to mean that one."""

    span: Span
    person: Person
    score: float
    sentence: int
    weight: float


class Speakers:
    """The people and groups of one text."""

    def __init__(self, text: str, sentences: Sequence[Span], quotations: Sequence[Span]) -> None:
        """Find the names of a text; ``quotations`` are in order and do not overlap."""
        self._text = text
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._quotations = quotations
        self._quote_starts = [quotation.start for quotation in quotations]
        self._by_surname: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        names = list(_names(text))
        for name in names:
            if 2 <= len(name.words) <= 4 or (name.words and name.titles):
                self._introduce(name)
        self._mentions: list[_Mention] = []
        self._latest: dict[int, int] = {}
        for name in names:
            self._mention(name)
        self._starts = [mention.span.start for mention in self._mentions]

    def resolve(
        self, reference: Reference, *, outer: str = "", previous: str = ""
    ) -> tuple[str, float]:
        """Name the speaker that some words mean.

        Args:
            reference: the words.
            outer: the speaker of the statement inside which they stand.
            previous: the speaker of the statement before.

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
        if word in _PLURAL:
            group = bool(previous) and self._person_called(previous) is None
            return (previous, 0.45) if group else ("", 0.1)
        named = [self._at(head) for head in reference.heads]
        people = [mention for mention in named if mention is not None]
        if people and len(people) == len(named):
            for mention in people:
                # Who speaks under two names or more is a person, whatever the name looks like.
                mention.person.certain |= len(mention.person.words) > 1
            unique = dict.fromkeys(mention.person.name for mention in people)
            return " and ".join(unique), min(mention.score for mention in people)
        opening = self._at(Span(reference.span.start, reference.span.start + 1))
        if opening is not None and self._text[opening.span.end : opening.span.end + 1] == ",":
            return opening.person.name, 0.9 * opening.score
        beside = [m for place in reference.apposed if (m := self._at(place)) and m.person.certain]
        if beside:
            unique = dict.fromkeys(mention.person.name for mention in beside)
            return " and ".join(unique), 0.95 * min(mention.score for mention in beside)
        return self._described(reference, word)

    def _person_called(self, name: str) -> Person | None:
        surname = name.split()[-1].lower() if name else ""
        return next((p for p in self._by_surname.get(surname, ()) if p.name == name), None)

    def _at(self, place: Span) -> _Mention | None:
        """The mention that a word belongs to."""
        i = bisect_right(self._starts, place.start) - 1
        if i >= 0 and self._mentions[i].span.contains(place):
            return self._mentions[i]
        if _is_title(place.of(self._text)) and self._text[place.end : place.end + 2].strip(". "):
            # The parser took "Rep." for the head of "Rep. Jane Roe".
            i += 1
            if i < len(self._mentions) and self._mentions[i].span.start - place.end in (1, 2):
                return self._mentions[i]
        return None

    def _introduce(self, name: _Name) -> None:
        """Make a person of a full or titled name, or join it to the one that it fits."""
        surname = _surname(name.words)
        same = self._by_surname.setdefault(surname, [])
        first = name.words[0].lower() if _surname(name.words[:1]) != surname else ""
        gender = name.gender or cues.FIRST_NAMES.get(first, "")
        known = bool(name.titles) or first in cues.FIRST_NAMES or _has_initial(name.words)
        for person in same:
            if _may_be_one(person, name, gender):
                if len(name.words) > len(person.words):
                    person.words = name.words
                break
        else:
            if first and not known and not _looks_like_a_name(name.words):
                return
            person = Person(name.words)
            same.append(person)
        person.gender = name.gender or person.gender or gender
        person.certain = person.certain or known
        person.roles.update(name.titles)
        person.roles.update(_roles_beside(self._text, name))
        if first and person not in self._by_first.setdefault(first, []):
            self._by_first[first].append(person)

    def _mention(self, name: _Name) -> None:
        """Record whom a name means where it stands."""
        if not name.words:
            return
        if len(name.words) > 4:
            # A headline in capitals: look for the names inside it.
            at = name.start
            for word in name.words:
                at = self._text.index(word, at)
                if word.lower() in self._by_surname:
                    self._add(Span(at, at + len(word)), *self._single(word.lower(), ""))
                at += len(word)
            return
        if len(name.words) > 1 and _surname(name.words[:1]) != _surname(name.words):
            same = self._by_surname.get(_surname(name.words), ())
            gender = name.gender or cues.FIRST_NAMES.get(name.words[0].lower(), "")
            fit = [person for person in same if _may_be_one(person, name, gender)]
            self._add(Span(name.start, name.end), fit[0] if fit else None, 1.0)
        else:
            person, score = self._single(_surname(name.words), name.gender)
            self._add(Span(name.start, name.end), person, score)

    def _single(self, word: str, gender: str) -> tuple[Person | None, float]:
        """Whom a bare surname or first name means: of several, the one named last."""
        people = self._by_surname.get(word, [])
        fit = [p for p in people if not gender or p.gender in ("", gender)]
        if not fit:
            fit, people = self._by_first.get(word, []), []
        if not fit:
            return None, 0.0
        best = max(fit, key=lambda person: self._latest.get(id(person), -1))
        if len(fit) == 1:
            return best, 0.97 if people else 0.9
        return best, 0.6

    def _add(self, span: Span, person: Person | None, score: float) -> None:
        if person is None:
            return
        sentence = bisect_right(self._sentence_starts, span.start) - 1
        self._latest[id(person)] = span.start
        weight = self._weight(span, sentence)
        self._mentions.append(_Mention(span, person, score, sentence, weight))

    def _weight(self, span: Span, sentence: int) -> float:
        """How likely a later "he" is to mean the one named here: subjects before the rest."""
        quote = bisect_right(self._quote_starts, span.start) - 1
        if quote >= 0 and self._quotations[quote].end > span.start:
            return 0.35
        before = self._text[max(0, span.start - 30) : span.start].split()
        while before and before[-1].strip(".").lower() in _TITLES:
            before.pop()
        if before and before[-1].lower() in _PREPOSITIONS:
            return 0.55
        if self._text[span.end : span.end + 2] in ("’s", "'s", "’ ", "' "):
            return 0.6
        first = not self._mentions or self._mentions[-1].sentence != sentence
        return 1.0 if first else 0.75

    def _pronoun(self, at: int, gender: str, outer: str, previous: str) -> tuple[str, float]:
        """Whom "he" or "she" means: the most salient person named before who fits."""
        sentence = bisect_right(self._sentence_starts, at) - 1
        last = bisect_right(self._starts, at) - 1
        weights = self._salient(last, sentence, gender, certain=True)
        sure = 0.9 if weights else 0.4
        weights = weights or self._salient(last, sentence, gender, certain=False)
        for name, bonus in ((outer, 1.2), (previous, 0.55)):
            person_called = self._person_called(name)
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

    def _salient(self, last: int, sentence: int, gender: str, *, certain: bool) -> dict[str, float]:
        """How salient each person who fits is, from the last mention backwards."""
        weights: dict[str, float] = {}
        for mention in reversed(self._mentions[max(0, last - 60) : last + 1]):
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
        sentence = bisect_right(self._sentence_starts, at) - 1
        i = bisect_right(self._starts, at) - 1
        last = self._mentions[max(0, i - 5) : i + 1]
        for back in (0, 1):
            names = dict.fromkeys(m.person.name for m in last if m.sentence == sentence - back)
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
        if lowered[:1] == ["the"] and head in cues.TITLES | cues.DESCRIPTIONS:
            holder = self._holder(reference.span.start, head, set(lowered[1:]))
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
            mention = self._at(Span(end - len(last), end))
        if mention is not None:
            return mention.person.name, 0.9 * mention.score
        return (f"the {owner}" if spoken["the"] else owner), 0.85

    def _holder(self, at: int, role: str, words: set[str]) -> tuple[str, float] | None:
        """Who was called by an office or description, the one named last before a place.

        "The Russian diplomat" is also somebody called Russian something, when nobody else was.
        """
        i = bisect_right(self._starts, at) - 1
        ranked: dict[str, tuple[bool, int, int]] = {}
        for mention in self._mentions[max(0, i - 60) : i + 1]:
            roles = mention.person.roles
            if role in roles or (role in cues.DESCRIPTIONS and words & roles):
                rank = (role in roles, len(words & roles), mention.span.start)
                ranked[mention.person.name] = rank
        if not ranked:
            return None
        name = max(ranked, key=lambda n: ranked[n])
        return name, 0.7 if ranked[name][0] else 0.5


def _names(text: str) -> Iterator[_Name]:
    """Find the runs of capitalised words, titles and leading small words taken off."""
    for match in _RUN.finditer(text):
        words = match.group().replace(",", "").split()
        end = match.end()
        while len(words) > 1 and not (words[-1][0].isupper() or _bare(words[-1]) in cues.SUFFIXES):
            words.pop()
        if _bare(words[-1]) in ("jr", "sr") and text[end : end + 1] == "." and words[-1][-1] != ".":
            words[-1] += "."
            end += 1
        last = next((i for i in reversed(range(len(words) - 1)) if _is_title(words[i])), -1)
        titles = [_bare(word) for word in words[: last + 1]]
        words = words[last + 1 :]
        before = _OFFICE_OF.search(text, max(0, match.start() - 30), match.start())
        if before and len(words) > 1 and words[0].lower() in cues.OFFICES:
            titles.append(before.group(1).lower())
            words = words[1:]
        while words and _bare(words[0]) in cues.NOT_NAMES and not (titles and len(words) == 1):
            words = words[1:]
        if not words or _bare(words[-1]) in cues.ORGANISATIONS | cues.TITLES:
            continue
        if any(word[0].islower() and _bare(word) not in cues.PARTICLES for word in words):
            continue
        if len(words) > 1 and _bare(words[0]) in cues.PLACES | cues.ORGANISATIONS:
            continue
        start = text.rfind(words[0], match.start(), end) if len(words) == 1 else match.start()
        if len(words) > 1:
            start = _start_of(text, words, match.start(), end)
        yield _Name(start, end, words, titles)


def _start_of(text: str, words: Sequence[str], start: int, end: int) -> int:
    """Where the last of a run's words, those that are left, begin."""
    at = end
    for word in reversed(words):
        at = text.rfind(word, start, at)
    return max(at, start)


def _bare(word: str) -> str:
    return word.strip(".").lower()


def _is_title(word: str) -> bool:
    return _bare(word) in cues.TITLES or _bare(word) in cues.HONORIFICS


def _surname(words: Sequence[str]) -> str:
    """The last word that is not "Jr." or the like, lower case."""
    kept = [word for word in words if _bare(word) not in cues.SUFFIXES]
    return kept[-1].lower() if kept else words[-1].lower()


def _has_initial(words: Sequence[str]) -> bool:
    return any(word.endswith(".") and len(word) <= 4 for word in words[:-1])


def _looks_like_a_name(words: Sequence[str]) -> bool:
    """Tell an unknown run of two or three words that may be a name."""
    return len(words) <= 3 and not any(
        _bare(w) in cues.ORGANISATIONS | cues.NOT_NAMES or w.isupper() for w in words
    )


def _may_be_one(person: Person, name: _Name, gender: str) -> bool:
    """Tell whether a name with the same surname can be a person's."""
    if gender and person.gender and gender != person.gender:
        return False
    if len(name.words) == 1 or len(person.words) == 1:
        return True
    return _same_first(person.words[0].lower(), name.words[0].lower())


def _same_first(a: str, b: str) -> bool:
    """Tell whether two first names may be one: short forms, initials, other transliterations."""
    if a == b or ((len(a.strip(".")) == 1 or len(b.strip(".")) == 1) and a[0] == b[0]):
        return True
    if cues.NICKNAMES.get(a, a) == cues.NICKNAMES.get(b, b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and long.startswith(short):
        return True
    return len(short) >= 5 and len(long) - len(short) <= 1 and short[:-2] == long[: len(short) - 2]


def _roles_beside(text: str, name: _Name) -> Iterator[str]:
    """Yield what a name is called right before or after it (Jane Roe, the mayor)."""
    before = _ROLE_BEFORE.search(text, max(0, name.start - 40), name.start)
    if before and before.group(1).lower() in cues.TITLES | cues.DESCRIPTIONS:
        yield before.group(1).lower()
    after = _ROLE_AFTER.match(text, name.end)
    if after:
        for word in after.group(1).split():
            if word.lower() in cues.TITLES | cues.DESCRIPTIONS:
                yield word.lower()


def _shortened(words: str) -> str:
    """A description as a name: one line, without what follows it, a leading "The" lowered."""
    kept = _FURTHER.split(" ".join(words.split()))[0].strip(' ,;:-—–“”"')
    kept = re.sub(r"[’']s?$", "", kept)
    first = kept.split(" ", 1)[0]
    if first.lower() in _DETERMINERS:
        kept = first.lower() + kept[len(first) :]
    return kept
