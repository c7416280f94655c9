"""Whom a description in a question means, by how the articles present those who speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from indexes import Span, Statement
from indexes.speech.lexicon import (
    BODIES,
    CALLINGS,
    DEPUTIES,
    FIRMS,
    FIRST_NAMES,
    KIN,
    ORGANISATIONS,
    TITLES,
    spelled_out,
)
from indexes.speech.origins import DEMONYMS, told_behind
from indexes.words import CAPITAL, content_terms, stem, words
from qa.naming import DESCRIPTION

_KINDS = {
    stem(kind): {stem(one) for one in ones.split()}
    for kind, ones in {
        "diplomat": "ambassador envoy consul negotiator",
        "leader": "president premier chancellor king queen monarch emperor",
        "lawmaker": "senator representative congressman congresswoman mp deputy",
        "boss": "executive chairman manager ceo",
        "ceo": "executive",
        "lawyer": "attorney barrister solicitor counsel",
        "attorney": "lawyer",
        "king": "monarch",
        "widow": "wife",
        "wife": "widow",
        "husband": "widower",
        "mother": "mom mum",
        "father": "dad",
    }.items()
}
"""What somebody may be called more generally, or otherwise."""
_OFFICE_TERMS = frozenset(stem(title) for title in TITLES) | {"counterpart"}
_DEPUTIES = frozenset(stem(word) for word in (*DEPUTIES, "former"))
_PEERS = frozenset(stem(one) for one in ("colleague", "counterpart"))
_KIN = frozenset(map(stem, KIN))
_GIVEN = re.compile(rf"(?<=the )(?P<given>{CAPITAL}[\w-]+) (?={CAPITAL})")
_POSSESSIVES = re.compile(r"\b(?:his|her|their)\b", re.IGNORECASE)
_COUNTRIES = {stem(adjective): stem(country) for adjective, country in DEMONYMS.items()}
_COUNTRY_NAMES = frozenset(_COUNTRIES.values())
_LOOKED_AT = 6
"""Places at which a name stands in a text that are looked at."""
_SPOKES = re.compile(r"\bspokes", re.IGNORECASE)
_BEFORE = re.compile(r"[^.,;:!?()\"“”\n]{0,60}$")
_APPOSITION = re.compile(
    r",\s+(?!(?:who|which|whose|whom|said|says|and|but|or|after|before|when|while|as|in|at|on|speaking)\b)"
    r"([^.,;:!?()\"“”\n]{3,100})"
)


def described(description: str, statements: Iterable[tuple[str, Statement]]) -> list[str]:
    """Find the speaker whom a description means, by how the articles present those who speak.

    "The harbour master" is Bo Tamm where "Bo Tamm, the harbour master of Aby, said" stands, or "harbour
    master Tamm"; of several, it is the one who is presented so most often.

    Args:
        description: as the question has it, "the harbour master".
        statements: each with the text that it stands in.

    Returns:
        The speaker, or nobody.
    """
    match = DESCRIPTION.fullmatch(description.strip())
    if not match:
        return []
    head = stem(match["head"].lower())
    known = _GIVEN.sub(_without_given, description) if head in _KIN else description
    wanted = set(content_terms(known))
    if head in _KIN:  # "her husband, Bo Tamm,": whose he is, is told further before
        statements = _in_texts_with(wanted - {head}, statements)
    presented = _presentations(statements, head)
    found = Counter(speaker for speaker, told in presented if _tells(told, wanted, head))
    named = Counter({speaker: n for speaker, n in found.items() if speaker[:1].isupper()})
    return [speaker for speaker, _ in (named or found).most_common(1)]


def _without_given(owner: re.Match[str]) -> str:
    """Whose somebody is, by the surname: "the Ada Quill brother" is hers in an article that calls her Quill."""
    return "" if owner["given"].lower() in FIRST_NAMES else owner[0]


def _in_texts_with(
    terms: set[str], statements: Iterable[tuple[str, Statement]]
) -> Iterator[tuple[str, Statement]]:
    """Yield the statements of texts that have all of these terms."""
    for text, found in groupby(statements, key=itemgetter(0)):
        if terms <= set(content_terms(text)):
            yield from found


def is_body(name: str) -> bool:
    """Tell what may have somebody speak for it: "the White House", "the ministry", "Aby Police"."""
    last = words(name)[-1:]
    return name.startswith("the ") or not {*last}.isdisjoint(ORGANISATIONS | FIRMS | BODIES)


def spoken_for(body: str, statements: Iterable[tuple[str, Statement]]) -> list[str]:
    """Find who speaks for a body: "Bo Tamm, a spokesman for the ministry", "ministry spokesman Bo Tamm".

    Args:
        body: as the question has it, "the ministry".
        statements: each with the text that it stands in.
    """
    called = body.removeprefix("the ")
    if not content_terms(called) or words(called)[-1] in CALLINGS:
        return []
    whole = re.compile(rf"(?:(?P<before>[\w-]+) )?\b{re.escape(called)}\b", re.IGNORECASE)
    found = (
        speaker
        for speaker, told in _presentations(statements, stem("spokesman"))
        if _SPOKES.search(told) and any(map(_begins_there, whole.finditer(told)))
    )
    return list(dict.fromkeys(found))


def _begins_there(found: re.Match[str]) -> bool:
    """Tell that no other word of the name stands before: "the House" is not the White House."""
    before = found["before"] or ""
    return not before[:1].isupper() or "-" in before or before == "The"


def _presentations(
    statements: Iterable[tuple[str, Statement]], head: str
) -> Iterator[tuple[str, str]]:
    """Yield the speakers whom the text names, each with its name and the words that name it there."""
    seen: set[tuple[int, str]] = set()
    for text, statement in statements:
        speaker = statement.speaker
        if speaker and statement.source:
            yield speaker, f"{speaker}, {_presented(text, statement.source, head)}"
        if speaker[:1].isupper() and (id(text), speaker) not in seen:
            seen.add((id(text), speaker))
            for place in islice(re.finditer(re.escape(speaker), text), _LOOKED_AT):
                yield speaker, f"{speaker}, {_presented(text, Span(*place.span()), head)}"


def _kinds(head: str) -> set[str]:
    """What somebody may be presented as who is called so."""
    return {*_KINDS.get(head, ()), head}


def _tells(told: str, wanted: set[str], head: str) -> bool:
    """Tell whether words present somebody so: an ambassador is a diplomat, one of Russia a Russian one."""
    terms = {_COUNTRIES.get(term, term) for term in content_terms(told)}
    others = {_COUNTRIES.get(term, term) for term in wanted} - {head}
    if head in terms and not _DEPUTIES.isdisjoint(terms - wanted):
        return False  # a deputy minister is not "the minister"
    if head in _KIN and not terms.isdisjoint(_kinds(head)):
        return bool(_POSSESSIVES.search(told)) or not others.isdisjoint(terms)
    countries = others & _COUNTRY_NAMES
    of_the_country = bool(countries) and countries <= terms
    if head in _PEERS:  # "Quill's Polish colleague": whose is told further before
        return of_the_country and not _OFFICE_TERMS.isdisjoint(terms)
    if "counterpart" in terms and head in _OFFICE_TERMS and others == countries:
        return of_the_country
    return others <= terms and not terms.isdisjoint(_kinds(head))


def _is_office(word: str, head: str) -> bool:
    """Tell whether a word before a name says what its bearer is."""
    return stem(word.lower()) in {*_kinds(head), "counterpart"} or bool(_SPOKES.match(word))


def _presented(text: str, source: Span, head: str) -> str:
    """The words that name a speaker, with the office before them and the apposition behind them."""
    before = _BEFORE.search(text[max(0, source.start - 60) : source.start].removesuffix(", "))
    office = before[0].split() if before else []
    after = _APPOSITION.match(text, source.end)
    named = source.of(text)
    return " ".join([
        *(office if office and _is_office(office[-1], head) else []),
        named,
        *(full for word in words(named) if (full := spelled_out(word)) != word),
        *told_behind(text, source.start, source.end),
        after[1] if after else "",
    ])  # fmt: skip
