"""Who the people of a text are, and where one is named."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexes.documents import Span
from indexes.speech.lexicon import PARTICLES
from indexes.speech.names import Name, same_first, suffix, without_suffix

POSSESSIVE = 0.6
"""Weight of whose something is."""
IN_QUOTATION = 0.35
"""Weight of who is named in a quotation."""


@dataclass(slots=True)
class Person:
    """One person of a text, as far as its names tell.

    Attributes:
        words: the fullest name, without titles.
        gender: "m", "f" or "" when nothing tells it.
        certain: whether a title, a first name or the like says that this is a person.
        roles: lower-case words of titles and descriptions seen beside the name.
        origins: likewise of parties, states and countries.
    """

    words: list[str]
    gender: str = ""
    certain: bool = False
    roles: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest name."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place at which a person is named; ``weight`` says how likely "he" is to mean that one."""

    span: Span
    person: Person
    score: float
    sentence: int
    weight: float

    @property
    def owns(self) -> bool:
        """Whether it only says whose something is: "Quill's team"."""
        return self.weight == POSSESSIVE

    @property
    def quoted(self) -> bool:
        """Whether it stands in a quotation."""
        return self.weight == IN_QUOTATION


def may_be_one(person: Person, name: Name, gender: str) -> bool:
    """Tell whether a name with the same surname can be a person's."""
    if gender and person.gender and gender != person.gender:
        return False
    own, theirs = without_suffix(name.words), without_suffix(person.words)
    bare = min(len(name.words), len(person.words)) == 1  # "Quill" may be Ada Quill Jr.
    if suffix(name.words) != suffix(person.words) and not bare:
        return False
    if len(own) == 1 or len(theirs) == 1:
        return True
    shorter, longer = sorted(([word.lower() for word in words] for words in (own, theirs)), key=len)
    if shorter[0] in PARTICLES and longer[-len(shorter) :] == shorter:
        return True  # "Von Quill" is Ada von Quill
    return same_first(person.words[0].lower(), name.words[0].lower())
