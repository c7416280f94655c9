"""The roll of a text: the people in it, and each place at which one of them is named.

Names are joined by surname and first name over the whole text, so that the fullest one stands for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.speech.genders import genders_told
from indexes.speech.names import (
    Name,
    find_names,
    has_initial,
    holds_office,
    in_headline,
    is_apposed_behind_office,
    is_apposed_to_office,
    is_misspelt,
    is_title,
    kin_before,
    looks_like_a_name,
    offices,
    roles_beside,
    suffix,
    surname,
    without_openers,
)
from indexes.speech.origins import told_beside
from indexes.speech.people import IN_QUOTATION, POSSESSIVE, Mention, Person, may_be_one

_PREPOSITIONS = frozenset(
    """about after against among around as at before behind between by despite during for from in
    into like of off on over than through to toward towards under until with without and""".split()
)

_AGE = re.compile(
    r"(?:, (?:who is |aged |an? |the )?| is (?:an? )?| was (?:an? )?)(\d{1,3})(?:[,.;]|-year-old)"
)
_IS_SOMEBODY = re.compile(r", (?:who|whose|whom|(?:aged )?\d{1,2},) ")
"""What stands behind the name of a person: "Ada Quill, whose union …", "Ada Quill, 44, …"."""
_BESIDE = 30
"""Characters beside a name in which the word next to it stands."""
_OPENS_WITHIN = 6
"""Characters before a name that a sentence may begin with all the same: "For Ada Quill, …"."""
_LOOKED_BACK = 61
"""How many mentions before a place are looked at."""
_OFTEN, _OFTENER = 4, 3
"""How often, and how many times as often as the one named last, somebody is named whom a bare surname then means."""
_LONGEST_NAME = 4
"""Words of a name at most; a longer run of capitals is a headline's."""
_NAMESAKES = 200
"""People of one surname, or of one first name, who are told apart: each name is compared with all of them."""


class Roll:
    """The people of one text."""

    def __init__(self, text: str, sentences: Sequence[Span], quotations: Sequence[Span]) -> None:
        """Find the names of a text; ``quotations`` are in order and do not overlap."""
        self._text = text
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._quotations = quotations
        self._quote_starts = [quotation.start for quotation in quotations]
        self._by_surname: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        names = without_openers(text, list(find_names(text, sentences)), sentences)
        for name in names:
            if 2 <= len(name.words) <= _LONGEST_NAME or (name.words and name.titles):
                self._introduce(name)
        called = {surname(name.words) for name in names if len(name.words) == 1}
        for name in names:
            if len(name.words) > _LONGEST_NAME:
                for pair in in_headline(text, name, called):
                    self._introduce(pair)
        for name in names:
            if len(name.words) == 1 and not name.titles:
                self._introduce_by_first_name(name)
        self._mentions: list[Mention] = []
        self._latest: dict[int, tuple[int, int]] = {}
        self._named: Counter[int] = Counter()
        self._first: dict[int, int] = {}
        self._aged: dict[str, list[Person]] = {}
        for name in names:
            self._mention(name)
        self._starts = [mention.span.start for mention in self._mentions]
        for person, gender, speaks in genders_told(text, sentences, self._within):
            person.gender = gender
            person.certain |= speaks and self._leads(person)

    @property
    def mentions(self) -> Sequence[Mention]:
        """The places at which somebody is named, in order."""
        return self._mentions

    def sentence_at(self, at: int) -> int:
        """The number of the sentence that a place is in."""
        return bisect_right(self._sentence_starts, at) - 1

    def start_of(self, sentence: int) -> int:
        """Where a sentence starts."""
        return self._sentence_starts[sentence]

    def before(self, at: int, most: int = _LOOKED_BACK) -> Sequence[Mention]:
        """The last mentions that start before a place or at it, in order."""
        i = bisect_right(self._starts, at)
        return self._mentions[max(0, i - most) : i]

    def introduced_in(self, sentence: int) -> Mention | None:
        """The first one named in a sentence, where the text had not named that one before."""
        i = bisect_left(self._starts, self._sentence_starts[sentence])
        first = self._mentions[i] if i < len(self._mentions) else None
        if first is None or first.sentence != sentence:
            return None
        return first if self._first[id(first.person)] == i else None

    def of_age(self, age: str) -> Sequence[Person]:
        """Those of whom the text tells this age, two of them at most."""
        return self._aged.get(age, ())

    def is_aged(self, person: Person) -> bool:
        """Tell whether the text tells somebody's age."""
        return any(person in people for people in self._aged.values())

    def named_in(self, place: Span) -> set[str]:
        """The fullest names of those who are named in a place."""
        return {mention.person.name for mention in self._within(place)}

    def called(self, name: str) -> Person | None:
        """The person whose fullest name this is."""
        last = surname(name.split()) if name else ""
        return next((p for p in self._by_surname.get(last, ()) if p.name == name), None)

    def at(self, place: Span) -> Mention | None:
        """The mention that a word belongs to."""
        i = bisect_right(self._starts, place.start) - 1
        if i >= 0 and self._mentions[i].span.contains(place):
            return self._mentions[i]
        if is_title(place.of(self._text)) and self._text[place.end : place.end + 2].strip(". "):
            # The parser took "Rep." for the head of "Rep. Jane Roe".
            i += 1
            if i < len(self._mentions) and self._mentions[i].span.start - place.end in (1, 2):
                return self._mentions[i]
        return None

    def _introduce(self, name: Name) -> None:
        """Make a person of a full or titled name, or join it to the one that it fits."""
        if self._is_of_a_body(name) or self._is_a_first_name(name):
            return
        last = surname(name.words)
        same = self._by_surname.setdefault(last, [])
        first = name.words[0].lower() if surname(name.words[:1]) != last else ""
        gender = name.gender or lexicon.FIRST_NAMES.get(first, "")
        known = bool(name.titles) or first in lexicon.FIRST_NAMES or has_initial(name.words)
        told = _IS_SOMEBODY.match(self._text, name.end)
        before = holds_office(self._text, name) or is_apposed_behind_office(self._text, name)
        called = looks_like_a_name(name.words) and before
        kin = kin_before(self._text, name)
        gender = gender or kin or ""
        shown = bool(told) or called or kin is not None or is_apposed_to_office(self._text, name)
        for person in same:
            if may_be_one(person, name, gender):
                if len(name.words) > len(person.words):
                    person.words = name.words
                break
        else:
            unlikely = first and not (known or shown or looks_like_a_name(name.words))
            if unlikely or len(same) == _NAMESAKES:
                return
            person = Person(name.words)
            same.append(person)
        person.gender = name.gender or person.gender or gender
        person.certain = person.certain or known or shown
        person.roles.update(offices(name.titles))
        person.roles.update(roles_beside(self._text, name))
        person.origins.update(told_beside(self._text, name))
        of_first = self._by_first.setdefault(first, []) if first else None
        if of_first is not None and len(of_first) < _NAMESAKES and person not in of_first:
            of_first.append(person)

    def _within(self, place: Span) -> Sequence[Mention]:
        """The mentions that start in a place, in order."""
        first, last = (bisect_left(self._starts, at) for at in (place.start, place.end))
        return self._mentions[first:last]

    def _leads(self, person: Person) -> bool:
        """Tell whether the text first names somebody in full, and as what a sentence is about.

        A ship may be "she", but says nothing; "the Outer Isles" are named before another one who does.
        """
        named = self._mentions[self._first[id(person)]]
        start = named.span.start
        leads = named.weight == 1 or start - self.start_of(named.sentence) < _OPENS_WITHIN
        return leads and len(person.words) > 1 and not self._text[:start].endswith(("the ", "The "))

    def _is_a_first_name(self, name: Name) -> bool:
        """Tell "Dame Ada" and "Ms Ada", as some are called of whom the text gave the surname."""
        called = name.words[0].lower()
        if len(name.words) > 1 or self._by_surname.get(called):
            return False
        return any(person.certain for person in self._by_first.get(called, ()))

    def _is_of_a_body(self, name: Name) -> bool:
        """Tell the plural that names a body: "the Aby Drivers’ Association"."""
        after = self._text[name.end : name.end + 3]
        plural = name.words[-1][-1:] == "s" and after[:2] in ("’ ", "' ")
        return plural and len(name.words) > 1 and not name.titles and after[2:].isupper()

    def _introduce_by_first_name(self, name: Name) -> None:
        """Make a person of "Melanie", who says something and whom nothing else names."""
        called = name.words[0].rstrip(".")
        first = called.lower()
        gender = lexicon.FIRST_NAMES.get(first)
        if gender is None or first in self._by_surname or first in self._by_first:
            return
        before = self._text[max(0, name.start - _BESIDE) : name.start].split()[-1:]
        after = self._text[name.end : name.end + _BESIDE].lstrip(",").split()[:1]
        if not cues.QUOTING.isdisjoint(word.lower() for word in before + after):
            self._by_surname[first] = [Person([called], gender, certain=True)]

    def _mention(self, name: Name) -> None:
        """Record whom a name means where it stands."""
        if not name.words:
            return
        if len(name.words) > _LONGEST_NAME:
            # A headline in capitals: look for the names inside it.
            at = name.start
            for word in name.words:
                at = self._text.index(word, at)
                if word.lower() in self._by_surname:
                    self._add(Span(at, at + len(word)), *self._single(word.lower(), ""))
                at += len(word)
            return
        if len(name.words) > 1 and (
            surname(name.words[:1]) != surname(name.words) or suffix(name.words)
        ):
            same = self._by_surname.get(surname(name.words), ())
            gender = name.gender or lexicon.FIRST_NAMES.get(name.words[0].lower(), "")
            fit = [person for person in same if may_be_one(person, name, gender)]
            self._add(Span(name.start, name.end), fit[0] if fit else None, 1.0)
        else:
            person, score = self._single(surname(name.words), name.gender)
            if person is None and len(name.words) == 1 and self._speaks(name):
                person, score = self._misspelt(name), 0.6
            self._add(Span(name.start, name.end), person, score)

    def _single(self, word: str, gender: str) -> tuple[Person | None, float]:
        """Whom a bare surname or first name means: of several, the one named last, or far more often."""
        people = self._by_surname.get(word, [])
        fit = [p for p in people if not gender or p.gender in ("", gender)]
        fit = [p for p in fit if not suffix(p.words)] or fit  # the son is called by his "Jr."
        if not fit:
            fit, people = self._by_first.get(word, []), []
        if not fit:
            return None, 0.0
        best = max(fit, key=lambda person: self._latest.get(id(person), (-1, -1)))
        most = max(fit, key=lambda person: self._named[id(person)])
        if self._named[id(most)] >= max(_OFTEN, _OFTENER * self._named[id(best)]):
            best = most  # a relative is named in full, and the one whom the article is about by surname
        if len(fit) == 1:
            return best, 0.97 if people else 0.9
        return best, 0.6

    def _speaks(self, name: Name) -> bool:
        """Tell a name beside a verb of saying: "Quill also questioned", "said Quill"."""
        before = self._text[max(0, name.start - _BESIDE) : name.start].split()[-1:]
        after = self._text[name.end : name.end + _BESIDE].split()[:2]
        words = {word.lower().strip(",.") for word in before + after}
        return not (words.isdisjoint(cues.QUOTING) and words.isdisjoint(cues.CUE_VERBS))

    def _misspelt(self, name: Name) -> Person | None:
        """Whose surname a name misspells, of those named before it, where it is one's only."""
        called = surname(name.words)
        near = {
            id(person): person
            for person in (mention.person for mention in self._mentions[-_LOOKED_BACK:])
            if person.certain or len(person.words) > 1
        }
        like = [p for p in near.values() if is_misspelt(called, surname(p.words))]
        return like[0] if len(like) == 1 else None

    def _add(self, span: Span, person: Person | None, score: float) -> None:
        if person is None:
            return
        sentence = self.sentence_at(span.start)
        # Who is called by his first name is "Mr. Quill" only where no other Quill was named.
        whole = surname(span.of(self._text).split()).rstrip(".") == surname(person.words)
        before, _ = self._latest.get(id(person), (-1, -1))
        self._named[id(person)] += 1
        self._first.setdefault(id(person), len(self._mentions))
        self._latest[id(person)] = (span.start if whole else before, span.start)
        if aged := _AGE.match(self._text, span.end):
            people = self._aged.setdefault(aged[1], [])
            if person not in people and len(people) < 2:
                people.append(person)
        weight = self._weight(span, sentence)
        self._mentions.append(Mention(span, person, score, sentence, weight))

    def _weight(self, span: Span, sentence: int) -> float:
        """How likely a later "he" is to mean the one named here: subjects before the rest."""
        quote = bisect_right(self._quote_starts, span.start) - 1
        if quote >= 0 and self._quotations[quote].end > span.start:
            return IN_QUOTATION
        before = self._text[max(0, span.start - 30) : span.start].split()
        while before and before[-1].strip(".").lower() in lexicon.BEFORE_NAMES:
            before.pop()
        if before and before[-1].lower() in _PREPOSITIONS:
            return 0.55
        if self._text[span.end : span.end + 2] in ("’s", "'s", "’ ", "' "):
            return POSSESSIVE
        first = not self._mentions or self._mentions[-1].sentence != sentence
        return 1.0 if first else 0.75
