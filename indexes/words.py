"""Words as search sees them: lower case, without accents, stemmed.

The same terms are stored for full-text search and scored in sentences, so that the two agree.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x530)))) + "]"
"""The capitals of the Latin, Greek, Cyrillic alphabets, for regular expressions: a name is Łukasz, too."""
NAME_ARTICLE = r"(?:a[dlnrstz]|ash|el|ul)-"
"""The article of an Arabic name, which some leave out: al-Habsi."""
NAME_PREFIX = rf"(?:{NAME_ARTICLE}|d[’'])"
"""What stands in lower case before the capital of a name: al-Habsi, d’Arcy."""
_NAME_PREFIX = re.compile(rf"{NAME_PREFIX}(?=.)")
_WORD = re.compile(r"[^\W_]+")
_SOME_INITIALS = re.compile(r"\.[^\W\d_]\.")  # quicker to look for than what it is a part of
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"[’'ʼ][sS]\b")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’'ʼ](?=[^\W\d_])")

STOP_WORDS = frozenset(
    """a about above across after again against all almost along also although am among an and any
    are aren around as at away back be because been before being below between both but by came can
    could couldn did didn do does doesn doing don done down during each either else ever every few
    for from further get gets give given gives go goes got had hadn has hasn have haven having he her
    here hers herself him himself his how however i if in instead into is isn it its itself just let
    ll made make makes many may me might more most much must mustn my myself near neither no nor not
    now of off on once one only or other others our ours ourselves out over own per rather re s said
    same say says shall she should shouldn so some such t tell tells than that the their theirs them
    themselves then there these they this those though through thus to told too toward towards under
    until up upon us use used uses using ve very was wasn we were weren what when where whether which
    while who whom whose why will with within without would wouldn yet you your yours yourself
    yourselves
    according saying whats anyone anybody anything everyone everybody everything someone somebody something""".split()
)
"""English words that say little about a topic, with the words that every question of speech has."""


@cache
def _stemmer() -> object:
    import Stemmer

    return Stemmer.Stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word. Source: Porter's English Snowball stemmer."""
    return str(_stemmer().stemWord(word))  # type: ignore[attr-defined]  # a C extension without types


def begins_with_capital(word: str) -> bool:
    """Tell a word with a capital, behind the small beginning of a name if it has one."""
    return _NAME_PREFIX.sub("", word)[0].isupper()


def plain(text: str) -> str:
    """Fold case, width and accents away, and write ``U.S.`` as ``US`` and ``Russia's`` as ``Russia``."""
    quoted = any(mark in text for mark in "’'ʼ")
    if quoted:
        text = _POSSESSIVE.sub(" ", text)
    if _SOME_INITIALS.search(text):
        text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    if quoted:
        text = _APOSTROPHE.sub("", text)
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return text.casefold()


def words(text: str) -> list[str]:
    """Split into plain words, in order, unstemmed."""
    return _WORD.findall(plain(text))


def terms(text: str) -> list[str]:
    """Split into stems, in order, stop words included."""
    return [stem(word) for word in words(text)]


def content_terms(text: str) -> list[str]:
    """Return the stems that carry meaning, in order, without repetition."""
    found = [stem(word) for word in words(text) if word not in STOP_WORDS]
    return list(dict.fromkeys(found))
