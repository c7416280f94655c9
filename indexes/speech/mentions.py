"""The names and dates in a text, by kind: its people, countries, cities, places, organisations and dates.

A model labels the names; who a person is, and which names are of one, the roll of the text says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel import Locale

from indexes.documents import Span
from indexes.sentences import paragraphs, sentences
from indexes.speech.frames import MODEL
from indexes.speech.names import bare
from indexes.speech.origins import DEMONYMS, STATES
from indexes.speech.quotations import find_quotations
from indexes.speech.roll import Roll

if TYPE_CHECKING:
    from spacy.language import Language

Kind = Literal["people", "countries", "cities", "places", "organisations", "dates"]

_LABELS: Mapping[Kind, frozenset[str]] = {
    "people": frozenset({"PERSON"}),
    "countries": frozenset({"GPE", "LOC"}),
    "cities": frozenset({"GPE"}),
    "places": frozenset({"GPE", "LOC", "FAC"}),
    "organisations": frozenset({"ORG"}),
    "dates": frozenset({"DATE"}),
}
"""What the model calls them; to it a country may be a region, and a city is what a country is."""
_ALSO_CALLED: Mapping[str, str] = {
    "us": "united states", "usa": "united states", "america": "united states",
    "united states of america": "united states", "uk": "britain", "united kingdom": "britain",
    "great britain": "britain", "uae": "united arab emirates", "czech republic": "czechia",
    "türkiye": "turkey", "turkiye": "turkey", "burma": "myanmar", "holland": "netherlands",
    "palestinian territories": "palestine", "vatican": "vatican city", "ivory coast": "côte d’ivoire",
    "cote d’ivoire": "côte d’ivoire", "macedonia": "north macedonia", "swaziland": "eswatini",
}  # fmt: skip
"""Names of countries, lower case and without full stops, and the one that stands for all."""
_MORE_COUNTRIES = frozenset(
    "england|scotland|wales|northern ireland|turkey|myanmar|congo|democratic republic of congo|bosnia|soviet union|ussr"
    "|yugoslavia|czechoslovakia|east germany|west germany|hong kong|macao|trinidad|samoa|vatican city".split(
        "|"
    )
)
_NO_COUNTRIES = frozenset({"european union", "eurozone", "united nations", "antarctica"})
"""Of what the library lists beside countries, what is commonly named."""
_DATED = re.compile(
    r"\b(?:1[0-9]|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
"""What says when something was, and not how long it took or how old somebody is."""
_ACRONYM = re.compile(r"[A-Z][A-Z&.]+")
_SHORT_STATE = re.compile(r"(?<!\bst)(?<!\bft)(?<!\bmt)\.")
"""The full stop of "Va."; unlike that of "St. Ives"."""
_HALF = re.compile("[\\s\ud800-\udfff]")
"""The model takes neither line breaks as spaces nor half characters at all."""
_LONGEST = 100_000
"""Characters of a text that are looked through."""


def find_mentions(text: str, kind: Kind) -> list[tuple[Span, str]]:
    """Find the names of a kind: where each stands, and the one name for all that mean the same, in order.

    Args:
        text: the text.
        kind: what kind of name.
    """
    blocks = [block for block in paragraphs(text) if block.end <= _LONGEST]
    labelled = list(_labelled(text, blocks))
    people = _roll(text, blocks)
    if kind == "people":
        return _people(people, labelled)
    often = Counter(place.of(text) for place, label in labelled if label in _LABELS[kind])
    named = []
    for place, label in labelled:
        written = place.of(text)
        told = _plain(written)
        if label not in _LABELS[kind]:
            name = ""
        elif kind == "dates":
            name = told if _DATED.search(written) else ""
        elif kind == "organisations":
            known = " " in told or _ACRONYM.fullmatch(written) or often[written] > 1
            name = told if known and people.at(place) is None else ""
        else:
            name = _place(told, written, kind)
        if name:
            named.append((place, name))
    return named


def _people(people: Roll, labelled: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """People by their fullest names; those of whom the roll is not certain, the model must be."""
    named = []
    for mention in people.mentions:
        person = mention.person
        labels = {label for place, label in labelled if place.overlaps(mention.span)}
        in_full = len(person.words) > 1
        sure = "PERSON" in labels or (person.certain and in_full and not labels)
        if sure and (person.certain or in_full):
            named.append((mention.span, person.name))
    return named


def _roll(text: str, blocks: Sequence[Span]) -> Roll:
    cut = [sentence for block in blocks for sentence in sentences(text, block)]
    quoted = [quotation.span for block in blocks for quotation in find_quotations(text, block)]
    return Roll(text, cut, quoted)


def _place(told: str, written: str, kind: Kind) -> str:
    country = _country(told)
    if kind == "countries" or (country and kind == "places"):
        return country
    shortened = _ACRONYM.fullmatch(written) or _SHORT_STATE.search(told)
    state = kind == "cities" and told in STATES
    return "" if country or state or shortened else told


def _labelled(text: str, blocks: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    parts = (_HALF.sub(" ", block.of(text)) for block in blocks)
    for block, doc in zip(blocks, _labeller().pipe(parts), strict=True):
        for entity in doc.ents:
            yield (
                Span(block.start + entity.start_char, block.start + entity.end_char),
                entity.label_,
            )


def _plain(name: str) -> str:
    """A name, lower case, without its article and what makes it a possessive."""
    told = " ".join(name.lower().replace("'", "’").split()).removesuffix("’s").removesuffix("’")
    return told.removeprefix("the ").strip()


def _country(told: str) -> str:
    """The one name for a country; empty when it is none."""
    short = bare(told).replace(".", "")
    name = _ALSO_CALLED.get(short, short)
    return name if name in _countries() else ""


@cache
def _countries() -> frozenset[str]:
    listed = {
        re.sub(r" (?:SAR China|\(.*\))", "", str(name)).lower().replace("&", "and")
        for code, name in Locale("en").territories.items()
        if code.isalpha()
    }
    common = {country.replace("_", " ") for country in DEMONYMS.values()}
    return (frozenset(listed | common) | _MORE_COUNTRIES) - _NO_COUNTRIES


@cache
def _labeller() -> Language:
    """Load the model once: it takes about a second."""
    import spacy

    return spacy.load(MODEL, enable=["tok2vec", "ner"])
