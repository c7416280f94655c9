"""The names of a text: runs of capitalised words, and whether two of them may be one person's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.words import NAME_ARTICLE, NAME_PREFIX, begins_with_capital

_CAPITALISED = rf"(?:{NAME_PREFIX})?[^\W\d_a-z](?:[^\W\d_]|[’'-](?![sS]\b)(?=[^\W\d_]))*"
_SHORT_TITLES = "|".join(sorted(t.title() for t in lexicon.BEFORE_NAMES if len(t) < 5))
_RUN = re.compile(
    rf"(?<![\w])(?:(?:[A-Z]\.)+|{_CAPITALISED}\.?)"
    rf"(?:[ \u00a0]+(?:(?:{'|'.join(sorted(lexicon.PARTICLES))})[ \u00a0-])*"
    rf"(?:(?:[A-Z]\.)+|(?:{_SHORT_TITLES})\."
    rf"|{_CAPITALISED}))*(?:,? (?:Jr\.?|Sr\.?|III?|IV)(?!\w))?"
)
_OFFICE_OF = re.compile(r"([^\W\d_]+) (?:of|for|of the) $")
_ROLE_BEFORE = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)?),? $")
_ROLE_OF_BEFORE = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) (?:[\w-]+ )?(?P<role>[a-z-]+)"
    r" (?:of|for|from) [^,.;:\n]{3,50}, $"
)
_KIN_BEFORE = re.compile(
    rf"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Tt]he)|[’']s?) (?:[a-z-]+ )?(?P<kin>{'|'.join(lexicon.KIN)}),? $"
)
_ROLE_AFTER = re.compile(
    r", (?:who is |who was )?(?:(?:the|a|an|his|her|its|their) )?([^,.;:\n]{3,60})"
)
_ARTICLE = re.compile(rf"{NAME_ARTICLE}(?=.)")
_SHORTEST_MISSPELT = 5
_VERBS_TOO = frozenset("bill chase drew grant hope jack mark may pat rob rose sue will".split())
"""First names that a headline may mean otherwise: "Council To Sue Quill"."""
_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(r"\w{3}-[a-z]{2}")
_LOWER = re.compile(r"\b[a-z]+\b")
_OF_NAMES = lexicon.FIRST_NAMES.keys() | lexicon.PARTICLES
_FURTHER = re.compile(r" (?:of|for|to|at|in|on|under|with|from|who|whose|that|which) ")


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words that may name a person, their titles taken off."""

    start: int
    end: int
    words: list[str]
    titles: list[str]

    @property
    def gender(self) -> str:
        """What a form of address tells."""
        return next((g for t in self.titles if (g := lexicon.HONORIFICS.get(t, ""))), "")


def find_names(text: str, sentences: Sequence[Span]) -> Iterator[Name]:
    """Find the runs of capitalised words of each sentence, titles and leading small words taken off."""
    for sentence, match in ((s, m) for s in sentences for m in _RUN.finditer(text, s.start, s.end)):
        words = match.group().replace(",", "").split()
        end = match.end()
        only = words[0] if len(words) == 1 else ""
        if only.endswith(".") and not is_title(only) and (len(only) > 4 or end == sentence.end):
            words, end = [only[:-1]], end - 1  # "said Quill.": no initial
        while len(words) > 1 and not (
            begins_with_capital(words[-1]) or bare(words[-1]) in lexicon.SUFFIXES
        ):
            words.pop()
        if bare(words[-1]) in ("jr", "sr") and text[end : end + 1] == "." and words[-1][-1] != ".":
            words[-1] += "."
            end += 1
        before_last = reversed(range(len(without_suffix(words)) - 1))  # "King Jr." has no title
        last = next((i for i in before_last if is_title(words[i])), -1)
        titles = [bare(word) for word in words[: last + 1]]
        words = words[last + 1 :]
        before = _OFFICE_OF.search(text, max(0, match.start() - 30), match.start())
        if before and len(words) > 1 and words[0].lower() in lexicon.OFFICES:
            titles.append(before.group(1).lower())
            words = words[1:]
        while words and _opens_no_name(words[0]) and not (titles and len(words) == 1):
            words = words[1:]
        if not words or _ends_no_name(words):
            continue
        called = len(words) > 2 and bare(words[0]) in lexicon.CALLINGS  # "Actress Ada Quill"
        if called and bare(words[-1]) not in lexicon.ORGANISATIONS:
            titles.append(bare(words[0]))
            words = words[1:]
        if not all(begins_with_capital(word) or bare(word) in lexicon.PARTICLES for word in words):
            continue
        if len(words) > 1 and bare(words[0]) in lexicon.NO_FIRST_NAMES:
            continue
        if titles and len(words) > 1 and words[0].lower() in cues.QUOTING:
            continue  # a headline: "Governor Tells State Workers"
        start = text.rfind(words[0], match.start(), end) if len(words) == 1 else match.start()
        if len(words) > 1:
            start = _start_of(text, words, match.start(), end)
        yield Name(start, end, words, titles)


def _ends_no_name(words: Sequence[str]) -> bool:
    """Tell "Aby Harbour Authority" and "Quillstone Partners", but not "Ada Partners"."""
    last, given = bare(words[-1]), bare(words[0]) in lexicon.FIRST_NAMES
    return last in lexicon.NO_SURNAMES or (last in lexicon.FIRMS and len(words) > 1 and not given)


def _opens_no_name(word: str) -> bool:
    """Tell "The" and "Ohio-based"."""
    return bare(word) in lexicon.NOT_NAMES or bool(_COMPOUND.search(word))


def without_openers(text: str, names: Sequence[Name], sentences: Sequence[Span]) -> list[Name]:
    """Take the word off that only opens a sentence: "See Quill’s report", "Continued Quill".

    Such a word is a verb of saying, or no first name and in lower case somewhere in the text; it never
    stands inside a sentence with the rest, which names somebody elsewhere without it.
    """
    opening = {match.start() for s in sentences if (match := _WORD.search(text, s.start, s.end))}
    inside = {tuple(name.words) for name in names if name.start not in opening}
    known = {surname(words) for words in inside}
    lower: set[str] | None = None
    found: list[Name] = []
    for name in names:
        first, *rest = name.words
        doubtful = rest and name.start in opening and not name.titles and first.isalpha()
        if doubtful and tuple(name.words) not in inside and surname(rest) in known:
            lower = lower if lower is not None else set(_LOWER.findall(text)) - _OF_NAMES
            if first.lower() in lower or first.lower() in cues.QUOTING:
                name = Name(_start_of(text, rest, name.start, name.end), name.end, rest, [])
        found.append(name)
    return found


def in_headline(text: str, name: Name, called: Collection[str]) -> Iterator[Name]:
    """Yield the full names in a run of capitals, of those whom the text calls by their surname.

    "Ada Quill Goes After Bo Tamm" names Ada Quill where "Quill" follows.
    """
    for first, last in pairwise(name.words):
        known = first.lower() in lexicon.FIRST_NAMES and first.lower() not in _VERBS_TOO
        if known and last.lower() in called:
            start = _start_of(text, [first, last], name.start, name.end)
            yield Name(start, text.index(last, start) + len(last), [first, last], [])


def _start_of(text: str, words: Sequence[str], start: int, end: int) -> int:
    """Where the last of a run's words, those that are left, begin."""
    at = end
    for word in reversed(words):
        at = text.rfind(word, start, at)
    return max(at, start)


def bare(word: str) -> str:
    """A word without its stops, lower case."""
    return word.strip(".").lower()


def is_title(word: str) -> bool:
    """Tell what stands before a name."""
    return bare(word) in lexicon.BEFORE_NAMES


def surname(words: Sequence[str]) -> str:
    """The last word that is not "Jr." or the like, lower case; of "al-Habsi" it is "habsi", as some write it."""
    kept = without_suffix(words) or words
    return _ARTICLE.sub("", kept[-1].lower())


def without_suffix(words: Sequence[str]) -> list[str]:
    """A name's words but for "Jr." or the like."""
    return [word for word in words if bare(word) not in lexicon.SUFFIXES]


def is_misspelt(called: str, last: str) -> bool:
    """Tell a surname with a letter too many, too few, or two that changed places, or with another apostrophe.

    Another letter makes another name as often, and a plural is no slip: "the Quills", "farmers".
    """
    one, other = called.replace("'", "’"), last.replace("'", "’")
    if min(len(one), len(other)) < _SHORTEST_MISSPELT or f"{other}s" == one:
        return False
    if len(one) == len(other):
        return one == other or (sorted(one) == sorted(other) and OSA.distance(one, other) == 1)
    return abs(len(one) - len(other)) == 1 and OSA.distance(one, other) == 1


def suffix(words: Sequence[str]) -> str:
    """The "jr" of a name, or ""."""
    return next((found for word in words if (found := bare(word)) in lexicon.SUFFIXES), "")


def has_initial(words: Sequence[str]) -> bool:
    """Tell a name like "Ada B. Quill"."""
    return any(word.endswith(".") and len(word) <= 4 for word in words[:-1])


def looks_like_a_name(words: Sequence[str]) -> bool:
    """Tell an unknown run of two or three words, the small ones aside, that may be a name."""
    main = [word for word in words if bare(word) not in lexicon.PARTICLES]
    return len(main) <= 3 and not any(bare(w) in lexicon.NO_PERSONS or w.isupper() for w in main)


def same_first(a: str, b: str) -> bool:
    """Tell whether two first names may be one: short forms, initials, other transliterations."""
    if a == b or ((len(a.strip(".")) == 1 or len(b.strip(".")) == 1) and a[0] == b[0]):
        return True
    if lexicon.NICKNAMES.get(a, a) == lexicon.NICKNAMES.get(b, b):
        return True
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and long.startswith(short):
        return True
    return len(short) >= 5 and len(long) - len(short) <= 1 and short[:-2] == long[: len(short) - 2]


def is_apposed_to_office(text: str, name: Name) -> bool:
    """Tell a person by what follows the name: "Jane Roe, a spokeswoman for the port, …"."""
    after = _ROLE_AFTER.match(text, name.end)
    called = _FURTHER.split(after.group(1))[0].split() if after else []
    return bool(called) and called[-1].lower() in lexicon.CALLINGS


def offices(words: Sequence[str]) -> Iterator[str]:
    """Yield titles, "vice" and "president" as one: a vice president is no president, nor a deputy trade minister."""
    deputy = ""
    for word in words:
        if word in lexicon.DEPUTIES:
            deputy = word
        elif word in lexicon.OFFICES:
            yield word
        else:
            yield f"{deputy} {word}".strip()
            deputy = ""
    if deputy:
        yield deputy


def holds_office(text: str, name: Name) -> bool:
    """Tell a person by the word before the name: "former harbour chief Jane Roe"."""
    return bool(_called_before(text, name))


def _called_before(text: str, name: Name) -> str:
    before = _ROLE_BEFORE.search(text, max(0, name.start - 40), name.start)
    called = before.group(1).lower() if before else ""
    return called if called in lexicon.CALLINGS else ""


def is_apposed_behind_office(text: str, name: Name) -> bool:
    """Tell a person by what stands before the name: "The captain of the ferry, Jane Roe, …"."""
    of = _ROLE_OF_BEFORE.search(text, max(0, name.start - 90), name.start)
    return of is not None and of["role"] in lexicon.CALLINGS


def kin_before(text: str, name: Name) -> str | None:
    """The gender that the word of kin before a name tells: "her brother Bo Tamm"; None without one."""
    before = _KIN_BEFORE.search(text, max(0, name.start - 40), name.start)
    return lexicon.KIN[before["kin"]] if before else None


def roles_beside(text: str, name: Name) -> Iterator[str]:
    """Yield what a name is called right before or after it (Jane Roe, the mayor)."""
    before = _called_before(text, name)
    if before and not name.titles:
        yield before
    after = _ROLE_AFTER.match(text, name.end)
    if after:
        called = after.group(1).lower().split()
        # "Jane Roe, the Republican nominee's aide", is neither of the two.
        owners = [i for i, word in enumerate(called) if _owner(word) in lexicon.CALLINGS]
        called = called[owners[-1] + 1 :] if owners else called
        yield from offices([word for word in called if word in lexicon.CALLINGS])


def _owner(word: str) -> str:
    """Who has what follows: "mayor" of "mayor's", or ""."""
    return word[:-2] if word.endswith(("'s", "’s")) else ""
