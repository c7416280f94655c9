"""Of what party, state or country somebody is: "Sen. Ada Quill (D-Vt.)", "the Vermont senator"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexes.speech import lexicon
from indexes.speech.names import Name, bare

PARTIES = frozenset(("democratic", "labour", "republican"))
"""Whoever is called by one of them is not of another."""
_PARTY_NAMES = {"d": "democratic", "democrat": "democratic", "r": "republican", "gop": "republican"}

_SHORT_STATES: Mapping[str, str] = {
    short: shorts[0].replace("_", " ")
    for shorts in (
        line.split(":")
        for line in """alabama:ala:al alaska:ak arizona:ariz:az arkansas:ark:ar california:calif:ca colorado:colo:co
        connecticut:conn:ct delaware:del:de florida:fla:fl georgia:ga hawaii:hi idaho:id illinois:ill:il
        indiana:ind:in iowa:ia kansas:kan:ks kentucky:ky louisiana:la maine:me maryland:md massachusetts:mass:ma
        michigan:mich:mi minnesota:minn:mn mississippi:miss:ms missouri:mo montana:mont:mt nebraska:neb:ne
        nevada:nev:nv new_hampshire:n.h:nh new_jersey:n.j:nj new_mexico:n.m:nm new_york:n.y:ny
        north_carolina:n.c:nc north_dakota:n.d:nd ohio:oh oklahoma:okla:ok oregon:ore:or pennsylvania:pa
        rhode_island:r.i:ri south_carolina:s.c:sc south_dakota:s.d:sd tennessee:tenn:tn texas:tex:tx utah:ut
        vermont:vt virginia:va washington:wash:wa west_virginia:w.va:wv wisconsin:wis:wi wyoming:wyo:wy""".split()
    )
    for short in shorts[1:]
}
STATES = frozenset(_SHORT_STATES.values())
"""American states in full, lower case."""
_STATE = re.compile(rf"\b(?:{'|'.join(sorted(STATES, key=len, reverse=True))})\b")

DEMONYMS: Mapping[str, str] = dict(
    pair.split(":")
    for pair in """afghan:afghanistan albanian:albania algerian:algeria american:america argentine:argentina
    australian:australia austrian:austria belgian:belgium bolivian:bolivia brazilian:brazil british:britain
    bulgarian:bulgaria canadian:canada chilean:chile chinese:china colombian:colombia croatian:croatia cuban:cuba
    czech:czechia danish:denmark dutch:netherlands egyptian:egypt estonian:estonia ethiopian:ethiopia finnish:finland
    french:france german:germany ghanaian:ghana greek:greece hungarian:hungary indian:india indonesian:indonesia
    iranian:iran iraqi:iraq irish:ireland israeli:israel italian:italy japanese:japan jordanian:jordan kenyan:kenya
    korean:korea kuwaiti:kuwait latvian:latvia lebanese:lebanon libyan:libya lithuanian:lithuania malaysian:malaysia
    mexican:mexico moroccan:morocco nigerian:nigeria norwegian:norway pakistani:pakistan palestinian:palestine
    peruvian:peru philippine:philippines polish:poland portuguese:portugal romanian:romania russian:russia
    saudi:saudi_arabia scottish:scotland serbian:serbia singaporean:singapore slovak:slovakia slovenian:slovenia
    somali:somalia spanish:spain sudanese:sudan swedish:sweden swiss:switzerland syrian:syria thai:thailand
    tunisian:tunisia turkish:turkey ugandan:uganda ukrainian:ukraine venezuelan:venezuela vietnamese:vietnam
    welsh:wales yemeni:yemen""".split()
)
"""Countries by what is called after them; lower case."""
_BEHIND = re.compile(
    r"(?:,? \(|, )(?P<party>[DRI])-"
    r"(?P<state>(?:[A-Z]\.){2}|W\. ?Va\.?|(?:New|North|South|West|Rhode) [A-Z][a-z]+|[A-Z][A-Za-z]*\.?)(?=[),;\s]|$)"
)
_FROM = re.compile(r" (?:of|from) (?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_MOST_BEFORE = 4
"""Words before a name or a title that are looked at."""
_BEFORE = re.compile(rf"(?:[^\W\d_]+ ){{1,{_MOST_BEFORE}}}$")


def told_in(description: str) -> set[str]:
    """The parties and states that the words of a description name, in full and lower case."""
    lowered = description.lower()
    parties = (_PARTY_NAMES.get(word, word) for word in re.findall(r"\w{2,}", lowered))
    return {*PARTIES.intersection(parties), *_STATE.findall(lowered)}


def told_behind(text: str, start: int, end: int) -> set[str]:
    """The party and the state between two places or right behind them: "(D-Vt.)"."""
    behind = _BEHIND.match(text, end) or _BEHIND.search(text, start, end)
    if behind is None:
        return set()
    party, state = behind["party"].lower(), bare(behind["state"]).replace(" ", "")
    spelt = _SHORT_STATES.get(state, behind["state"].lower())
    return {_PARTY_NAMES.get(party, "independent"), spelt}


def told_beside(text: str, name: Name) -> set[str]:
    """Of what party, state or country the words beside a name say somebody is.

    "Sen. Jane Roe (D-Vt.)", "Sen. Roe of Ohio", "Texas Sen. Roe", "Republican nominee Jane Roe". A
    state behind the name goes before one in front of it.
    """
    found = told_behind(text, name.end, name.end)
    if name.titles and (place := _FROM.match(text, name.end)):
        found |= set(_STATE.findall(place["place"].lower())) or {place["place"].lower()}
    before = [word for word in name.titles[-_MOST_BEFORE:] if word not in lexicon.CALLINGS]
    if not name.titles:
        before = _called_before(text, name.start)
    words = " ".join(before)
    in_front = {_PARTY_NAMES.get(word, word) for word in _STATE.sub("", words).split()}
    in_front |= set(_STATE.findall(words))
    return found | (in_front - STATES if found & STATES else in_front)


def _called_before(text: str, start: int) -> list[str]:
    """The capitalised words right before the calling before a name: "Republican presidential nominee Jane Roe"."""
    before = _BEFORE.search(text, max(0, start - 60), start)
    *words, calling = before[0].split() if before else [""]
    if calling not in lexicon.CALLINGS:
        return []
    found: list[str] = []
    for word in reversed(words):
        if word[0].isupper():
            found.append(word.lower())
        elif word not in lexicon.CALLINGS and not word.endswith("al"):  # "presidential"
            break
    return found[::-1]


def contradict(one: set[str], other: set[str]) -> bool:
    """Tell whether two are of different parties or states, as far as is told of both."""
    return any(
        one & kind and other & kind and one.isdisjoint(other & kind) for kind in (PARTIES, STATES)
    )
