"""Whether words of a question name somebody, and by which of them he can be found."""

from __future__ import annotations

import operator
import re

from indexes.speech.lexicon import CALLINGS, OFFICES, PARTICLES
from indexes.speech.origins import DEMONYMS
from indexes.words import (
    CAPITAL,
    NAME_PREFIX,
    STOP_WORDS,
    begins_with_capital,
    content_terms,
    words,
)

_CAPITALISED = rf"(?:\b{NAME_PREFIX})?{CAPITAL}"
RUN = rf"{_CAPITALISED}[\w.’'-]*(?:\s+{_CAPITALISED}[\w.’'-]*){{0,3}}"
"""A name: words with capitals."""
VIEWS = (
    r"(?:view|opinion|position|response|reaction|statement|comment|remark|account|explanation|argument|claim|complaint"
    r"|objection|concern|fear|hope|wish|prediction|warning|promise|pledge|justification|excuse|assessment|impression"
    r"|judge?ment|demand|denial|accusation|allegation|recommendation|feeling|thought|doubt|interpretation|description"
    r"|recollection|perspective|viewpoint|belief|expectation|reason|criticism|word|verdict|message|answer|grievance"
    r"|gripe|reproach|plea|caution|lesson|charge|quote|quotation)s?|stance|reply|replies|take|advice|counsel|worry|worries|defen[cs]e"
    r"|attitude|praise|reasoning|rationale|versions?"
)
"""What somebody has said or thinks, as nouns."""
LEADING = re.compile(
    r"^(?:(?:what|who|how|why|when|where)[’']?s|what|how|why|when|where|which|who|exactly|else|and|but|in|is|was|were|are|did"
    r"|does|do|please|quote|cite|list|find|compare|summari[sz]e|explain|describe|(?:tell|show|give)\s+(?:me|us)|the\s+(?=\W))\s+",
    re.IGNORECASE,
)
"""Words before a name that are the question's."""
_BOTH = re.compile(r"^both\s+(?=.*\sand\s)", re.IGNORECASE)
_OF_BOTH_SIDES = re.compile(
    rf"(?:\s+(?:camp|campaign|team|side|administration)s|[’']s?\s+(?:\w+\s+)?(?:{VIEWS})s?(?<=s))$",
    re.IGNORECASE,
)
"""What two sides are said to have: "the Quill and Tamm camps", "Quill's and Tamm's versions"."""
_OFFICE = re.compile(
    rf"(?:(?P<owner>{CAPITAL}[\w-]*(?:\s+{CAPITAL}[\w-]*){{0,2}})[’']s?\s+)?(?P<office>(?:[\w-]+\s+){{0,4}}?[a-z][\w-]*)"
)
_NAMED = re.compile(rf"(?P<office>(?:[\w’'&.-]+\s+){{0,4}}[a-z][\w’'-]*)\s+(?P<name>{RUN})")
"""Somebody named after what he is: "the poet Ada Quill", "Aby's harbour master Bo Tamm"."""
_ARE_MANY = re.compile(r"\w+s")
"""A name of many: "the two Democrats" are not all of them."""
DESCRIPTION = re.compile(
    r"the\s+(?:[\w’'&.-]+\s+)*?(?P<head>[a-z][\w-]*)(?:\s+(?:of|for|from|in|at)\s.*)?", re.DOTALL
)
"""Somebody who is not named: "the harbour master of Aby"."""
_DEMONYM = re.compile(
    r"[Tt]he\s+(?:\w+\s+){0,2}(?:American|Australian|Briton|Californian|Canadian|Democrat|Floridian|German|Iranian|Israeli"
    r"|Mexican|New\s+Yorker|Norwegian|Republican|Russian|Swede|Texan|Ukrainian|Vermonter|Virginian)s?"
)
"""Somebody called by his country, state or party, of the commonest: by its ending alone "the Vatican" would be one."""
_GROUP = re.compile(
    rf"(?P<of>{CAPITAL}[\w.&-]*\s+(?:{CAPITAL}[\w.&-]*\s+)?)?(?P<kind>(?!the\b)[a-z][\w-]*\s+){{0,2}}(?:[a-z][\w-]*s|police)"
)
_PARTICLES = PARTICLES | frozenset("& of the for".split())
_TEXTS = frozenset(
    """tweet tweets statement letter memo memoir speech testimony post email e-mail interview column essay op-ed
    remarks comments words account version""".split()
)
"""What somebody's words stand in: "according to Quill's letter"."""
_DOCUMENTS = _TEXTS | frozenset(
    """ad article articles book complaint document documents essay indictment lawsuit poll report review study survey
    transcript""".split()
)
"""What is said in it is told as any fact is, by whomever."""
_LONGEST_NAME = 4
"""Words of a name that begins with "the", at most."""
_ALIKE = re.compile(rf"the\s+{CAPITAL}\w+\s+and\s+the\s+{CAPITAL}\w+\s+(?P<kind>[a-z][\w -]*)")
"""Two of a kind: "the Norwegian and the Russian ambassador"."""
_OWN = re.compile(r"^(?:his|her|its|their)\s+")
"""Whose a group beside another name is: "Quill and her advisers"."""
_VIEWED = re.compile(r"\s+(?:own\s+)?(?:accounts?|stor(?:y|ies)|versions?|views?)$", re.IGNORECASE)
_PARTS = re.compile(r",?\s+(?:and|or|vs\.?|versus)\s+(?:(?:of|by|according\s+to)\s+)?|,\s*")
"""What stands between the names of several."""
_INDEFINITE = re.compile(r"^an?\s+", re.IGNORECASE)
_RELATIVE = re.compile(r"(?<=\w)\s+(?:who|which)\s.*$|\s+(?:him|her|it)self$|\s+themselves$")
"""What is told of somebody behind his name: "the harbour master who was there", "Quill himself"."""
_CAPITAL_OFFICE = re.compile(
    rf"(?:the|his|her|its|their)\s+(?:[\w’'&.-]+\s+)*?(?:{'|'.join(w.title() for w in sorted(CALLINGS))}|MP|CEO)"
)
"""Who is not named, though he has capitals: "the Foreign Secretary"."""


def is_group(name: str) -> bool:
    """Tell "critics" and "party officials" from a name, from "the harbour master" and from "Quill hear voters"."""
    found = _GROUP.fullmatch(name)
    if not found or not STOP_WORDS.isdisjoint(name.split()):
        return False
    first = name.split()[0]
    between = bool(found["of"]) and bool(found["kind"])
    return not between or first.lower() in DEMONYMS or first.isupper()


def is_description(name: str) -> bool:
    """Tell "the harbour master" from a name such as "the White House", and from "the others"."""
    return bool(DESCRIPTION.fullmatch(name.strip()) and content_terms(name))


def is_document(name: str) -> bool:
    """Tell "the report" and "the inspector's new study" from "the inspector" and "the Quill report"."""
    return (
        is_description(name)
        and name.split()[-1] in _DOCUMENTS
        and not re.search(rf"\b{CAPITAL}", name)
    )


def is_unnamed(name: str) -> bool:
    """Tell "critics" and "the harbour master", whom an article may well name otherwise, from a name."""
    return is_group(name) or is_description(name) or bool(_DEMONYM.fullmatch(name))


def names_of(who: str, *, any_case: bool) -> tuple[str, ...]:
    """Split "Quill and Tamm" into names; empty if these words do not name anybody.

    Names have capitals, or "the"; in a question without any capital, whatever stands there.
    """
    while (shorter := LEADING.sub("", who.strip())) != who.strip():
        who = shorter
    who = _BOTH.sub("", who)
    if _holds_an_office(definite := _INDEFINITE.sub("the ", who)):
        who = definite
    parts = _PARTS.split(who.strip())
    if len(parts) > 1 and _OF_BOTH_SIDES.search(parts[-1]):
        parts[-1] = _OF_BOTH_SIDES.sub("", parts[-1])
        parts[0] = re.sub(r"^the\s+", "", parts[0], flags=re.IGNORECASE)
    if len(parts) == 2 and (kind := _ALIKE.fullmatch(" and ".join(parts))):
        parts[0] = f"{parts[0]} {kind['kind']}"
    if len(parts) > 1:
        parts = [_of_several(_without_view(part)) for part in parts]
    names = [_name(re.sub(r"[’']s?$", "", part.strip()), any_case=any_case) for part in parts]
    return tuple(names) if all(names) else ()


def _without_view(part: str) -> str:
    """Whose account is compared: of "Quill's story" it is Quill, of "the police account" the police."""
    return owner if content_terms(owner := _VIEWED.sub("", part)) else part


def _of_several(part: str) -> str:
    """One of several, named after the others: of "the ferry company and its workers", of "Quill and his deputy"."""
    part = _RELATIVE.sub("", part)
    own = _OWN.sub("", part)
    if own == part or is_group(own):
        return own
    return f"the {own}" if is_description(f"the {own}") else part


def _name(named: str, *, any_case: bool) -> str:
    """The words by which somebody can be found: of "Aby's harbour master Bo Tamm" the name; "" if they name nobody.

    "Aby's harbour master" is "the Aby harbour master". "Quill list in her" is nobody.
    """
    if _CAPITAL_OFFICE.fullmatch(named):
        return _lowered(named)
    match = _NAMED.fullmatch(named)
    name = match["name"] if match and _is_office(match["office"]) else ""
    if name and named.startswith("the ") and not _ARE_MANY.fullmatch(name):
        return name
    if _is_name(named, any_case=any_case) or is_group(named) or _holds_an_office(named):
        return named
    if name:
        return name
    if (match := _OFFICE.fullmatch(named)) and match["owner"] and _is_office(match["office"]):
        if match["office"].split()[-1].lower() in _TEXTS:
            return match["owner"]
        return f"the {match['owner']} {match['office']}"
    return ""


def _lowered(named: str) -> str:
    """Lower the office: of "the White House Press Secretary" it is "the White House press secretary"."""
    tokens = named.split()
    i = len(tokens) - 1
    while i and tokens[i].lower() in CALLINGS:
        tokens[i] = tokens[i].lower()
        i -= 1
    if tokens[i].lower() in OFFICES - {"house", "state"}:
        tokens[i] = tokens[i].lower()
    return " ".join(tokens)


def _is_office(text: str) -> bool:
    own = re.sub(r"^(?:his|her|their|its|the|[^\s]+[’']s?)\s+", "", text)
    *before, last = own.split() or [""]
    inside = STOP_WORDS - {"for", "of"}
    return last.lower() not in STOP_WORDS and not any(token.lower() in inside for token in before)


def _holds_an_office(named: str) -> bool:
    """Tell whether somebody is named by what he is, at length: "the chair of the Friends of the Aby Fields"."""
    described = DESCRIPTION.fullmatch(named)
    return bool(described and described["head"] in CALLINGS)


def _is_name(name: str, *, any_case: bool) -> bool:
    """Tell whether words can name somebody: "Ada Quill", "the harbour master"; not "Quill list in her"."""
    tokens = name.split()
    if not words(name) or name == "I":
        return False
    if tokens[-1].lower() in _PARTICLES:  # "the clerk put the" blame on somebody
        return False
    if any_case or tokens[0].lower() == "the":
        inner = tokens[1:] if tokens[0].lower() == "the" else tokens
        return 0 < len(inner) <= _LONGEST_NAME and not any(
            map(_ends_a_name, inner, [*inner[1:], ""])
        )
    capitals = [begins_with_capital(token) for token in tokens]
    small = [token.lower() in _PARTICLES for token in tokens]
    return any(capitals) and all(map(operator.or_, capitals, small))


def _ends_a_name(word: str, following: str) -> bool:
    """Tell a word that is part of no name, but "to" in "the Committee to Save Whales"."""
    low = word.lower()
    inside = low in _PARTICLES or (low == "to" and following[:1].isupper())
    return low in STOP_WORDS and not inside
