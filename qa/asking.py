"""Whose words a question asks for.

Rules over the question's own words. Names have capitals, or "the"; whether anybody of that name is on
record, and with what, is found elsewhere (speakers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexes.speech.cues import CUE_VERBS
from indexes.speech.lexicon import CALLINGS
from indexes.words import CAPITAL, STOP_WORDS
from qa.naming import LEADING, RUN, VIEWS, names_of

SAY_WORDS = frozenset(
    """say said saying says tell told telling claim claimed comment commented state stated tweet tweeted post posted
    write wrote written announce announced declare declared deny denied respond responded reply replied react reacted
    answer answered argue argued warn warned suggest suggested insist insisted assert asserted allege alleged mention
    mentioned note noted remark remarked testify testified quoted explain explained""".split()
)
"""Words that ask for somebody's own words; the others ask for what is told of him, too."""
ACTS = tuple(
    (frozenset(asks.split()), frozenset(f"{asks} {reports}".split()))
    for asks, _, reports in (
        act.partition("|")
        for act in (
            "deny denied denies denying dispute disputed disputes refute refuted reject rejected rejects "
            "dismiss dismissed denial",
            "accuse accused accuses alleged allege alleges blame blamed blames accusation",
            "criticise criticize criticised criticized criticism condemn condemned condemns denounce denounced slammed "
            "blasted attacked assailed lambasted derided mocked",
            "praise praised praises laud lauded hail hailed hails applaud applauded commended complimented",
            "warn warned warns warning caution cautioned threaten threatened",
            "promise promised promises vow vowed vows pledge pledged pledges swore",
            "urge urged urges demand demanded demands request requested appealed called pleaded",
            "admit admitted admits acknowledge acknowledged acknowledges concede conceded concedes confess confessed",
            "confirm confirmed confirms",
            "predict predicted predicts forecast expects expected",
            "disclose disclosed discloses reveal revealed reveals divulged leaked",
            "complain complained complains complaint",
            "propose proposed proposes suggest suggested suggests recommended recommend",
            "tweet tweeted tweets tweeting twitter | wrote posted",
        )
    )
)
"""What one can do in saying something: the words that ask for it, and those that report it, which are more."""
_OTHER_VERBS = frozenset(
    """apologise apologised characterise characterised criticise criticised excuse excused foresaw foresee interpret
    interpreted justify justified rate rated regret regretted reproach reproached resent resented rank ranked derided
    ridicule ridiculed""".split()
)
_ASK_FOR_NO_WORDS = frozenset(
    """allow allowed appear appeared brand branded brush brushed cast
    celebrate celebrated decide decided determine determined discuss discussed dub dubbed emerge emerged encourage
    encouraged fire fired focus focused heckle heckled highlight highlighted honor honored knew know known laid lay
    laying lays learn learned learnt look looked name named nominate nominated offer offered order ordered outline
    outlined play played playing plays press pressed project projected push pushed put puts putting read rule ruled
    rules ruling seek seem seemed set sets setting shoot shot show showed shown smile smiled sought spell spelled
    """.split()
)
"""Verbs that can report speech, but ask for none: "What did Quill offer?"."""
_IDIOMS = (
    r"account\s+for",
    r"(?:brush|play|put|shrug|wave)\s+(?:aside|down|off|forward)",
    r"make\s+of",
    r"(?:have|hold)\s+against",
    r"take\s+issue",
    r"take\s+[^\s?]+(?:\s+[^\s?]+)?\s+to\s+task",
)
_VERBS = "|".join(
    [*_IDIOMS, *sorted((SAY_WORDS | _OTHER_VERBS | CUE_VERBS.keys()) - _ASK_FOR_NO_WORDS)]
)
_FOLLOWS_A_NOUN = "|".join(
    sorted(
        {word for word in SAY_WORDS if not word.endswith("ing")}
        | set("conclude find found recommend propose reveal show".split())
    )
)
"""Verbs before which another verb is a noun: "the harbour report found"."""
_ADVERB = (
    r"(?:actually|allegedly|apparently|briefly|clearly|directly|early|eventually|exactly|explicitly|expressly|finally|firmly"
    r"|formally|initially|later|openly|originally|personally|previously|privately|publicly|really|recently|repeatedly"
    r"|reportedly|specifically|strongly|subsequently|supposedly|ultimately"
    r"|(?-i:(?!(?:ally|assembly|connolly|donnelly|emily|family|holly|italy|july|kelly|molly|reilly|sally)\b)[a-z]{2,}ly)"
    r"|also|always|ever|never|often|each|both|all|now|then|once|(?:him|her|it)self|themselves|(?:have|got)\s+to|to)"
)
"""What stands between a name and its verb: by its ending alone "Quilly" would be one."""
_VERB = (
    r"(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bhis\s)(?<!\bher\s)(?<!\bits\s)(?<!\btheir\s)(?<!\bof\s)"
    rf"(?!(?-i:[A-Z][a-z])|see\s+each\s+other)(?P<verb>{_VERBS})\b(?![’'])"
    rf"(?!(?<!\btell)(?<!\btold)\s+(?:also\s+|have\s+to\s+)?(?:{_FOLLOWS_A_NOUN})\b)"
)
"""A verb, and no noun: not that of "the judge", "the State Council" and "the county judge said"."""
REPORTING = (SAY_WORDS | CUE_VERBS.keys()) - _ASK_FOR_NO_WORDS
"""Words that may report that somebody said something."""
_EYES = r"eyes?|mind|telling|reading|reckoning|estimation|judge?ment|experience|forecast"
"""In what somebody sees things: "in Quill's eyes"."""
_AUXILIARY = r"did|does|do|has|have|had|is|was|were|are|would|could|can|might|will"
_RANKS = "adm|capt|cmdr|col|dr|gen|gov|hon|insp|jr|lt|maj|mr|mrs|ms|prof|rep|rev|sen|sgt|sr|st|supt"
_SHORTENED = rf"(?:(?:[A-Z]\.)+|(?:{_RANKS})\.)"
_WORD = rf"(?:{_SHORTENED}(?:[’']s)?|(?!{_SHORTENED})[^\s?.,;:!]+)"
"""A word of a name, which an initial or a title may be."""
_LAST = r"(?:(?:[A-Z]\.){2,}|[^\s?.,;:!]+?)"
"""The last word of a name before "'s", "the U.N.'s" included."""
_LISTED = rf"{_WORD},?\s+"
"""A word of several names, of which each may end with a comma."""
_NAMED_ONE = rf"(?:{_WORD}\s+){{0,9}}?{_WORD}"
_END = r"(?=\s+(?:about|on|of|for|in|at|to|regarding|concerning)\b|[?.,;:!]|$)"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_ASKED = _pattern(
    rf"\b(?P<aux>{_AUXILIARY})\s+(?P<who>(?:{_WORD}\s+){{1,11}}?)"
    rf"(?:{_ADVERB}\s+){{0,3}}{_VERB}"
)
_SAYS_ONE = _pattern(
    rf"^\W*(?:and\s+|but\s+)?(?:what|how)\s+(?:did|does|do|has|have)\s+(?P<who>(?:{_WORD}\s+){{1,8}}?)"
    rf"(?P<verb>{'|'.join(sorted(SAY_WORDS))})\s+(?:about\s+)?(?:whether|that|if|when|how)\b"
)
"""What one says of others: "What did Quill say about whether Tamm agreed?"."""
_BY = _pattern(
    rf"\b(?:is|was|were|are|been|being)\s+(?P<verb>{_VERBS})\s+by\s+(?P<who>{_NAMED_ONE}){_END}"
)
_RELATIVE = _pattern(
    rf"\b(?:what|everything|anything|all)\s+(?P<who>(?:{_WORD}\s+){{1,11}}?)(?:(?:has|have|had)\s+)?"
    rf"{_VERB}"
)
_VIEW = _pattern(
    rf"\b(?P<who>(?:{_WORD}\s+){{0,9}}?{_LAST})[’']s?\s+(?:\w+\s+)?(?P<noun>{VIEWS}|{_EYES})\b"
)
_VIEW_OF = _pattern(
    rf"\b(?P<noun>(?:view|opinion|position|stance|response|reaction|statement|comment|remark|account|word|quote|quotation)s?"
    rf"|{_EYES})\s+(?:of|by|from)\s+"
    rf"(?P<who>{_NAMED_ONE}(?:\s+and\s+of\s+{_NAMED_ONE})?){_END}"
)
_HAS = _pattern(
    rf"\b(?P<noun>{VIEWS})\s+(?:\w+\s+){{0,6}}?(?:did|does|do|has|have)\s+(?P<who>(?:{_WORD}\s+){{1,8}}?)"
    r"(?:(?:each|both)\s+)?(?:have|had|raised?|voiced?|express(?:ed)?|give|gave|given|offer(?:ed)?|made?|make|sen[dt]|list(?:ed)?|cited?"
    r"|bring|levell?|utter|hand\s+out|put\s+forward)\b"
)
"""What somebody has for others: "What advice does Quill have for the crew?"."""
_ACCORDING = _pattern(
    rf"\baccording\s+to\s+(?P<who>{_NAMED_ONE})(?=\s*[,?.;:!]|\s+(?:what|who|why|how|when|where|which)\b|$)"
)
_SEES = _pattern(
    rf"\b(?:as\s+(?P<who>(?:{_WORD}\s+){{1,8}}?)(?P<verb>sees?|saw|tells?|told|puts?|describe[sd]?|remembers?|recalls?)\s+(?:it|them)"
    rf"|if\s+(?:one|we|you)\s+(?P<noun>believes?|trusts?)\s+(?P<one>{_NAMED_ONE})(?=\s*[,?.;:!]|$))"
)
"""How somebody has it: "as the harbour master tells it", "if we believe Quill"."""
_BY_WHOM = _pattern(
    rf"^\W*(?:in|by|to)\s+(?P<who>(?:{_WORD}\s+){{0,5}}?{_LAST})[’']s?\s+(?:own\s+)?(?P<noun>{_EYES}|account|words)\b"
)
"""In whose eyes things are compared: "By Quill's reckoning, how much …"."""
_CAPITALS = rf"(?:[Tt]he\s+)?(?:{CAPITAL}[\w.’'-]*\s+){{1,4}}"
_ON = re.compile(
    rf"^\W*(?P<who>{_CAPITALS}(?:(?:and|or|vs\.?|versus)\s+{_CAPITALS})?)(?P<verb>on)\s+[^?]+\??\s*$"
)
"""Keywords: "Ada Quill on quotas", "Quill vs. Tamm on quotas"."""
WHO = _pattern(
    rf"^\W*(?:and\s+|but\s+)?(?:who|which\s+\w+|whose)\s+(?:else\s+|has\s+|have\s+|also\s+)*(?P<verb>{_VERBS})\b"
)
"""Who said it: nobody's words in particular."""
_OWNED = rf"(?:(?<=[’']s)|(?<=s[’']))\s+(?!(?:\w+\s+)?(?:{'|'.join(sorted(CALLINGS))})\b)"
"""What stands behind whose something is that is nobody: Quill's view, and not Quill's lawyer."""
_BETWEEN = _pattern(
    rf"\b(?:differences?|gap|contrast)\s+between\s+(?:what\s+)?(?P<who>(?:{_WORD}\s+){{1,8}}?and\s+{_NAMED_ONE})"
    rf"(?=\s+(?:say|said|tell|told)\b|{_OWNED}(?:\w+\s+)?(?:{VIEWS}|{_EYES}|stor(?:y|ies))\b)"
)
"""What two say: "the difference between Quill's and Tamm's accounts"."""
_SIDES = _pattern(
    rf"\b(?:{_AUXILIARY})\s+(?P<who>(?:{_LISTED}){{2,11}}?)(?:both\s+|ever\s+)?"
    r"(?P<noun>agree|disagree|differ|clash|diverge|stand|split|argue|compare|part\s+(?:company|ways)"
    r"|(?:see|view|take|give|tell|hold|share|have|put|place|look|speak|react|respond)(?=\b.*\b(?:same|alike|similar|different|differently)\b))\b"
)
_AGAINST = _pattern(
    rf"(?:(?P<who>(?:{_WORD}\s+){{0,4}}?{_LAST})[’']s?\s[^?]*?\b(?:differ(?:s|ent|ed)?\s+from|compared?\s+(?:with|to)"
    r"|(?:match|contradict|echo)(?:es|ed|s)?|(?:square|tally|clash|agree)(?:s|d|es|ed)?\s+with)"
    rf"|\b(?:{_AUXILIARY})\s+(?P<one>(?:{_WORD}\s+){{1,5}}?)(?:on\s+the\s+same\s+side\s+as|at\s+odds\s+with"
    r"|in\s+agreement\s+with|of\s+the\s+same\s+(?:mind|opinion|view)\s+as|agree\s+with|differ\s+from|share|echo|contradict|side\s+with"
    r"|(?:just\s+)?as\s+\w+\b[^?]*?\sas|(?:more|less|\w+er)\s[^?]*?\bthan))"
    rf"\s+(?:that\s+of\s+|those\s+of\s+)?(?P<other>(?:{_WORD}\s+){{0,5}}?{_WORD}?)"
    rf"(?=[?,;:!]|\.(?:\s|$)|{_OWNED}(?!(?:\w+\s+){{0,2}}\w+[’'])|\s+(?:on|about|over|when|in|regarding|that|is|are|was|were|do|does|did)\b|$)"
)
"""One side set against another: "How does Quill's account differ from Tamm's?"."""
_REPLIES = (
    r"(?:respond(?:ed)?|react(?:ed)?|repl(?:y|ied)|answer(?:ed)?|counter(?:ed)?|retort(?:ed)?"
    r"|(?:think|thinks?|make|made|say|said|see|saw|read)\s+(?:of|to|about|into)\s+(?:it|that|this|him|her|them)"
    r"|make\s+of\s+(?:his|her|their|its)\s+\w+)"
)
_REPLY = r"(?:response|reaction|reply|answer|rejoinder|view|version|verdict)"
ANSWERED = _pattern(
    rf"\b(?:{_AUXILIARY})\s+(?P<one>(?:{_WORD}\s+){{1,9}}?){_VERB}.+?[,;]?\s+(?:and|but)\s+(?:how|what)\s+"
    rf"(?:{_AUXILIARY})\s+(?P<other>{_NAMED_ONE})(?:[’']s?\s+{_REPLY}|\s+{_REPLIES})"
    r"(?:\s+(?:to|on|of)\s+(?:it|that|this|him|her|them))?\W*$"
)
"""What one said, and another to it: "What did Quill claim, and how did Tamm respond?"."""
_TWO_VIEWS = _pattern(
    rf"(?:^|[:?,]\s|\bcompare\s|\b(?:in|by|to)\s)\W*(?P<one>(?:{_WORD}\s+){{0,5}}?{_LAST})[’']s?\s+(?:\w+\s+)?"
    rf"(?:{VIEWS}|{_EYES})\b[^?]*?\s(?:and|with|or)\s+(?:(?:in|by|to)\s+)?(?:that\s+of\s+(?P<of>{_NAMED_ONE})"
    rf"|(?P<other>(?:{_WORD}\s+){{0,5}}?[^\s?.,;:!]+?)[’']s?(?:\s+(?:{VIEWS}|{_EYES})\b[^?:]*)?)"
    r"\s*(?:[:,?.]|differ\b|compared?\b|$)"
)
"""The words of two side by side: "Is it safe? Quill's version and Tamm's"."""
_COMPARE = _pattern(
    rf"^\W*compare\s+(?P<who>(?:{_WORD}\s+){{1,9}}?(?:and|with)\s+{_NAMED_ONE})\s+(?P<verb>on|over|about|regarding)\b"
    rf"|(?:^|[?.:]\s)\W*compare\s+(?:how|what)\s+(?P<one>(?:{_WORD}\s+){{1,9}}?)(?P<noun>{_VERBS})\b"
)
"""A request: "Compare Quill and Tamm on the quotas"."""
_EACH_OF = _pattern(
    rf"\b(?:{_AUXILIARY})\s+(?P<who>(?:{_LISTED}){{2,18}}?)(?P<verb>each(?!\s+other)|both|equally|alike)\s+\w"
)
"""Several of whom the same is asked: "What do Quill and Tamm each mention?"."""
_ALL = rf"(?P<who>(?:{_LISTED}){{1,17}}?(?:and|or)\s+(?:of\s+)?{_NAMED_ONE})"
"""Several, all that are listed: "Quill, Tamm and the harbour master"."""
_OF_ALL = (
    _pattern(
        rf"\b(?:did|does|do|has|have|had|would|could|can|might|will)\s+{_ALL}\s+(?:{_ADVERB}\s+){{0,3}}"
        rf"(?!speak\b|talk\b){_VERB}"
    ),
    _pattern(
        rf"\bhow\s+(?:do|does|did|would)\s+{_ALL}\s+(?:{_ADVERB}\s+){{0,2}}"
        r"(?P<noun>see|view|regard|speak(?=\s+(?:about|of|on)\b)|take|rate|judge)\b"
    ),
    _pattern(
        rf"\bin\s+the\s+(?P<noun>view|opinion|eyes|words|judge?ment)s?\s+of\s+{_ALL}(?=\s*[?.;:!]|$)"
    ),
    _pattern(
        r"\b(?:who|which\s+(?:one|side))\s+(?:is|was)\s+(?P<noun>right|wrong|telling\s+the\s+truth)\b[^?]*?,\s*"
        rf"{_ALL}(?=\s*[?.;:!]|$)"
    ),
    _pattern(
        rf"^\W*{_ALL}\s+on\s+[^:?]+[:?]\s+(?:how|where|what|do|does)\b[^?]*\b"
        r"(?P<noun>differ|agree|disagree|compare|clash|each)\b"
    ),
)
"""What is asked of all of several, "What do Quill, Tamm and Roe think?", the likeliest first."""
_ACCORDING_TO_ALL = _pattern(rf"\baccording\s+to\s+{_ALL}(?=\s*[?.;:!]|$)")
_PAIR = re.compile(rf"(?P<who>{_CAPITALS}and\s+(?:[Tt]he\s+)?{RUN})")
_THE_TWO = re.compile(
    rf"\b(?:the|both)\s+(?:two\s+)?[^,?]{{3,40}}?s,\s+(?P<both>{RUN}\s+and\s+{RUN}),\s+"
)
"""Two named after what they are: "the two harbour masters, Quill and Tamm, differ"."""
_EACH = _pattern(
    rf"\beach(?:\s+of\s+(?:them|the\s+two))?(?:\s+one)?(?:[’']s\s+(?P<noun>{VIEWS}|{_EYES})|\s+(?P<verb>{_VERBS}))\b"
)
"""What each of two who were named before says: "Quill and Tamm both saw it: what did each say?"."""
_EITHER = re.compile(
    rf"^\W*(?P<who>{_CAPITALS}(?:or|vs\.?|versus)\s+(?:[Tt]he\s+)?{RUN})\s*[:,?]\s*"
    rf"(?:who|which(?:\s+(?:one|of\s+(?:them|the\s+two)))?)\s+(?P<verb>{_VERBS})\b"
)
"""Which of two says it: "Quill or Tamm: who wants the quotas cut?"."""
_WORDED = _pattern(
    rf"\b(?:{VIEWS}|{_EYES}|(?:plan|polic(?:y|ie)|proposal|approach(?:e)?|platform|strateg(?:y|ie)|programme|program|picture"
    r"|portrayal|tone|agenda|idea|line)s?)\b"
)
"""What of somebody's is put in words: unlike "Quill's salary", which is compared as a fact."""
COMPARING = """account accounts agree alike answer compare compared compares differ difference differences different
differently disagree equally match matches react reaction reply respond response same similar similarly stories story
version versions view views way""".split()
"""Words that set two sides beside each other, and say nothing of what about."""
_COMPARES = _pattern(
    r"\b(?:dis)?agree|\bdiffer|\bcompared?\b|\b(?:alike|similar|similarly|same|odds|unlike|contrast|apart|in\s+common"
    r"|one\s+mind|eye\s+to\s+eye)\b|\bas\s+\w+\b[^?]*\sas\s|\b(?:more|less|\w+er)\s[^?]*\bthan\s"
)
_OF_BOTH = _pattern(
    r"\W*(?:and\s+|but\s+)?(?:do|does|did|is|are|was|were|has|have|had|would|will|can|how|where"
    r"|(?:in|on|over)\s+what|what\s+(?:do|does|did)|as)\b"
)
_PARTY = re.compile(rf"{CAPITAL}[\w’'.-]*(?:\s+(?:of\s+(?:the\s+)?)?{CAPITAL}[\w’'.-]*)*")
_IN_TITLE_CASE = re.compile(r"\w\s+(?:Did|Do|Does|Has|Have|Had)\s")
_TOGETHER = frozenset("speak spoke talk talked".split())
"""What two people do with each other."""


def asked_for(text: str) -> tuple[tuple[str, ...], str]:
    """Tell whose words a question asks for, as it names them, and the word that asks ("say", "view")."""
    any_case = text == text.lower()
    if _IN_TITLE_CASE.search(text):
        text = re.sub(r"\b[A-Z][a-z]+\b", _lowered_unless_a_name, text)
    text = _THE_TWO.sub(r"\g<both> ", text)
    if (by := _asked_by(text, (_BY_WHOM,), any_case=any_case))[0]:
        return by
    if match := _AGAINST.search(text):
        if match["who"] and not _WORDED.search(text):
            return _asked_by(text, (_ACCORDING, _SEES), any_case=any_case)
        one = names_of(match["who"] or match["one"], any_case=any_case)
        other = names_of(match["other"], any_case=any_case)
        if one and other:
            return (*one, *other), "differ"
    if (sides := _asked_by(text, (_SIDES, _COMPARE, _BETWEEN), any_case=any_case))[0]:
        return sides
    alone = _SAYS_ONE.match(text)
    if alone and len(who := names_of(alone["who"], any_case=any_case)) == 1:
        return who, alone["verb"].lower()
    if _OF_BOTH.match(text) and _COMPARES.search(text) and len(parties := _parties(text)) == 2:
        return parties, "differ"
    patterns = (_ACCORDING, _SEES, _BY, _HAS, _ASKED, _RELATIVE, _VIEW, _VIEW_OF, _ON)
    found = _asked_by(text, patterns, any_case=any_case)
    return found if len(found[0]) > 1 else _several(text, any_case=any_case) or found


def _lowered_unless_a_name(word: re.Match[str]) -> str:
    low = word[0].lower()
    return low if low in SAY_WORDS | STOP_WORDS | CUE_VERBS.keys() else word[0]


def _several(text: str, *, any_case: bool) -> tuple[tuple[str, ...], str] | None:
    """Those whose words are asked for though no verb or noun goes with all of their names."""
    for pattern in (ANSWERED, _TWO_VIEWS):
        if match := pattern.search(text):
            found = match.groupdict()
            one = names_of(found["one"], any_case=any_case)
            other = names_of(found.get("of") or found["other"] or "", any_case=any_case)
            if len(one) == len(other) == 1 and one != other:
                return (*one, *other), "differ"
    all_of = _EACH_OF.search(text)
    if all_of and len(who := names_of(all_of["who"], any_case=any_case)) > 1:
        return who, "differ"
    listed = (_ACCORDING_TO_ALL,) if _ACCORDING.search(text) else _OF_ALL
    if (everybody := _asked_by(text, listed, any_case=any_case))[0]:
        return everybody
    sources = (names_of(match["who"], any_case=any_case) for match in _ACCORDING.finditer(text))
    if len(told := dict.fromkeys(name for names in sources for name in names)) > 1:
        return tuple(told), "say"
    pair = _PAIR.search(text)
    each = pair and _EACH.search(text, pair.end())
    if pair and each and (both := names_of(pair["who"], any_case=any_case)):
        return both, (each["noun"] or each["verb"]).lower()
    asked = _asked_by(text, (_EITHER, _ON), any_case=any_case)
    return asked if len(asked[0]) > 1 else None


def _asked_by(
    text: str, patterns: Iterable[re.Pattern[str]], *, any_case: bool
) -> tuple[tuple[str, ...], str]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            found = match.groupdict()
            who = names_of(found["who"] or found["one"] or "", any_case=any_case)
            word = (found.get("verb") or found.get("noun") or "say").lower()
            sides = pattern in (_SIDES, _COMPARE, _BETWEEN, _ACCORDING_TO_ALL, *_OF_ALL)
            fits = len(who) > 1 if sides else len(who) == 1 or word not in _TOGETHER
            if who and fits and not _is_of_another(found):
                return who, word
    return (), ""


def _parties(text: str) -> tuple[str, ...]:
    """The names in a question: its runs of words with capitals."""
    runs = (LEADING.sub("", run.strip(" .")) for run in _PARTY.findall(text))
    names = (re.sub(r"[’']s?$", "", run) for run in runs)
    return tuple(dict.fromkeys(n for n in names if n and n.lower() not in STOP_WORDS))


def _is_of_another(found: dict[str, str | None]) -> bool:
    """Tell "was the ban denied" and "did she leave them thinking" from "did she deny" and "was she saying"."""
    auxiliary, goes_on = (found.get("aux") or "").lower(), (found.get("verb") or "").endswith("ing")
    if auxiliary in ("is", "was", "were", "are"):
        return not goes_on
    return auxiliary in ("did", "does", "do") and goes_on
