"""Understanding a question: what it is about, and whose words it asks for.

Rules over the question's own words; names are matched to the speakers on record elsewhere
(speakers.py). Nothing here needs an index or a model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from indexes.words import STOP_WORDS, content_terms, words
from qa.followups import self_contained

Form = Literal["said", "who-said", "both-said", "fact"]
AnswerType = Literal["person", "number", "date", "place", "reason", "list", "any"]

_SAY = (
    "say said saying says tell told telling claim claimed comment commented state stated tweet tweeted post posted "
    "write wrote written announce announced declare declared deny denied respond responded reply replied react reacted "
    "answer answered argue argued warn warned suggest suggested insist insisted assert asserted allege alleged mention "
    "mentioned note noted remark remarked testify testified quoted explain explained"
)
_OPINE = (
    "think believe thinks believes describe described call called criticise criticize criticised criticized praise "
    "praised accuse accused admit admitted defend defended characterise characterize characterised characterized "
    "urge urged propose proposed predict predicted demand demanded dismiss dismissed express expressed want wanted "
    "reject rejected feel felt promise promised vow vowed hope hoped condemn condemned denounce denounced pledge "
    "pledged threaten threatened acknowledge acknowledged concede conceded confirm confirmed dispute "
    "disputed blame blamed recommend recommended refute refuted"
)
_SAY_WORDS = frozenset(_SAY.split())
_ACTS = tuple(
    frozenset(act.split())
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
        "propose proposed proposes suggest suggested suggests recommended recommend",
        "tweet tweeted tweets tweeting",
    )
)
"""What one can do in saying something, each with the words that ask for it or report it."""
_VERBS = "|".join((*_SAY.split(), *_OPINE.split()))
_AUXILIARY = r"did|does|do|has|have|had|is|was|were|are|would|could|can|might|will"
_WORD = r"(?:[A-Z]\.|(?:jr|sr|mr|mrs|ms|dr|st|gov|sen|rep|gen|prof)\.|[^\s?.,;:!]+)"
"""A word of a name, which an initial or a title may be."""
_ASKED = re.compile(
    rf"\b(?P<aux>{_AUXILIARY})\s+(?P<who>(?:{_WORD}\s+){{1,8}}?)(?:\w+ly\s+|also\s+|ever\s+|reportedly\s+)?"
    rf"(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b(?:is|was|were|are|been|being)\s+(?P<verb>{_VERBS})\s+by\s+(?P<who>(?:the\s+)?[^?.,;:!]+?)"
    r"(?=\s+(?:about|on|of|for|in|at|regarding|concerning)\b|[?.,;:!]|$)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:what|everything|anything|all)\s+(?P<who>(?:{_WORD}\s+){{1,8}}?)(?:has\s+|have\s+|had\s+)?"
    rf"(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_VIEW = re.compile(
    rf"\b(?P<who>(?:{_WORD}\s+){{0,9}}?[^\s?.,;:!]+?)[’']s?\s+(?:\w+\s+)?"
    r"(?P<noun>views?|opinions?|positions?|stance|response|reaction|reply|answer|statements?|comments?"
    r"|remarks?|accounts?|explanation|arguments?|criticism|words|claims?|take)\b",
    re.IGNORECASE,
)
_VIEW_OF = re.compile(
    r"\b(?P<noun>(?:view|opinion|position|stance|response|reaction|statement|comment|account)s?)\s+of\s+(?P<who>(?:the\s+)?[^?.,;:!]+?)"
    r"(?=\s+(?:on|about|regarding|to|concerning)\b|[?.,;:!]|$)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\baccording\s+to\s+(?P<who>(?:the\s+)?[^?.,;:!]+?)(?=\s*[,?.;:!]|\s+(?:what|who|why|how|when|where|which)\b|$)",
    re.IGNORECASE,
)
_ON = re.compile(r"^\W*(?P<who>(?:[Tt]he\s+)?(?:[A-Z][\w.’'-]*\s+){1,4})(?P<verb>on)\s+[^?]+$")
"""Keywords: "Ada Quill on quotas"."""
_WHO = re.compile(
    rf"^\W*(?:and\s+|but\s+)?(?:who|which\s+\w+|whose)\s+(?:else\s+|has\s+|have\s+|also\s+)*"
    rf"(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_SIDES = re.compile(
    rf"\b(?:{_AUXILIARY})\s+(?P<who>(?:{_WORD}\s+){{2,9}}?)(?:both\s+|ever\s+)?"
    r"(?P<noun>agree|disagree|differ|clash|diverge|stand|split|argue|compare"
    r"|(?:see|view|take|give|tell|hold|share|have|put|place)(?=\b.*\b(?:same|alike|similar|different|differently)\b))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    rf"(?:(?P<who>(?:{_WORD}\s+){{0,4}}?[^\s?.,;:!]+?)[’']s?\s[^?]*?\b(?:differ(?:s|ent|ed)?\s+from|compared?\s+(?:with|to))"
    rf"|\b(?:{_AUXILIARY})\s+(?P<one>(?:{_WORD}\s+){{1,5}}?)(?:on\s+the\s+same\s+side\s+as|at\s+odds\s+with"
    r"|in\s+agreement\s+with|of\s+the\s+same\s+(?:mind|opinion|view)\s+as))"
    rf"\s+(?:that\s+of\s+|those\s+of\s+)?(?P<other>(?:{_WORD}\s+){{0,4}}?[^\s?.,;:!]+?)"
    r"(?=[’']|[?.,;:!]|\s+(?:on|about|over|when|in|regarding|account|version|view)\b|$)",
    re.IGNORECASE,
)
"""One side set against another: "How does Quill's account differ from Tamm's?"."""
_LEADING = re.compile(
    r"^(?:what|how|why|when|where|which|who|exactly|else|and|but|in|is|was|were|are|did|does|do|the\s+(?=\W))\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|long|far|often|large|big|tall|high)\b"
    r"|\bwhat (?:percentage|number|proportion|share|amount|year)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^\W*(?:and\s+)?(?:when|since when|until when|in (?:what|which) (?:year|month|century|decade))\b"
    r"|\bwhat (?:year|date|day|month)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^\W*(?:and\s+)?where\b|\b(?:what|which) (?:city|country|place|state|town|region)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^\W*(?:and\s+)?who(?:m|se)?\b", re.IGNORECASE)
_REASON = re.compile(
    r"^\W*(?:and\s+)?why\b|\bwhat (?:caused|was the reason)\b|\bfor what reason\b|\bhow come\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\W*list\b|\bname (?:the|all|some)\b|\b(?:which|what)\s+(?:\w+\s+)?"
    r"(?:countries|topics|items|things|issues|people|states|names|reasons|factors|types|kinds|examples|members|steps|points|parts|places|cities|areas|groups|\w+ies)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:which|what)\s+(?:(?:kinds?|types?|sorts?)\s+of\s+)?(?:other\s+|different\s+)?"
    r"(?P<noun>(?:topic|subject|item|thing|issue|reason|factor|type|kind|example|step|year|date|day|month|decade|century|city"
    r"|country|place|state|town|region|person|group|percentage|number|amount|name|word)s?|people|cities|countries|centuries)\b",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"\b(?:mr|mrs|ms|dr|sir|lord|lady|president|vice|prime|minister|secretary|senator|sen|rep|gov|governor|general|gen|"
    r"foreign|former|ambassador|director|chancellor|king|queen|pope|judge|professor|prof|candidate|nominee|spokesman|"
    r"spokeswoman|spokesperson|chairman|chairwoman|congressman|congresswoman|mayor|chief)\b\.?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:mr|mrs|ms|dr|sir|lord|lady)\.?", re.IGNORECASE)
_PARTICLES = frozenset("of the for de del der van von bin al la le du da di".split())
_LONGEST_NAME = 4
LONGEST = 2000
"""Characters of a question that are read; the rest of a pasted page is not a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    Attributes:
        text: the self-contained question that is searched for.
        form: said (what did X say), who-said (who said Y), both-said (X against Y), or fact.
        strict: whether only the speaker's own words can answer (say, tell), rather than also what is
            told of them (want, call).
        speakers: the names whose words are asked for, as the question writes them.
        act: the words that report what is asked for, "deny" and its like; empty when anything said will do.
        topic: stems of what the words are about, without the speakers and the words of saying.
        answer_type: what kind of thing would answer.
    """

    text: str
    form: Form
    strict: bool
    speakers: tuple[str, ...]
    act: frozenset[str]
    topic: tuple[str, ...]
    answer_type: AnswerType


def understand(question: str, history: tuple[str, ...] = ()) -> Question:
    """Read a question, in the light of the questions and answers before it."""
    text = self_contained(question.strip()[:LONGEST], history)
    speakers, saying = _speakers(text)
    strict = saying in _SAY_WORDS
    form: Form = "fact"
    if speakers:
        form = "both-said" if len(speakers) > 1 else "said"
    elif match := _WHO.search(text):
        form, saying = "who-said", match["verb"].lower()
        strict = saying in _SAY_WORDS
    # "Which topics": the noun names the kind of answer, and an answer seldom does.
    kinds = [match["noun"] for match in _ASKED_FOR.finditer(text)]
    ignored = {stem for name in (*speakers, saying, *kinds) for stem in content_terms(name)}
    topic = tuple(term for term in content_terms(text) if term not in ignored)
    act = next((act for act in _ACTS if form != "fact" and saying in act), frozenset())
    return Question(text, form, strict, speakers, act, topic, _answer_type(text))


def _speakers(text: str) -> tuple[tuple[str, ...], str]:
    """Whose words are asked for, and the word that asks for them ("say", "view")."""
    if match := _AGAINST.search(text):
        any_case = text == text.lower()
        one = _names(match["who"] or match["one"], any_case=any_case)
        other = _names(match["other"], any_case=any_case)
        if one and other:
            return (*one, *other), "differ"
    for pattern in (_SIDES, _ACCORDING, _BY, _ASKED, _RELATIVE, _VIEW, _VIEW_OF, _ON):
        for match in pattern.finditer(text):
            who = _names(match["who"], any_case=text == text.lower())
            found = match.groupdict()
            if _is_passive(found) or (pattern is _SIDES and len(who) < 2):
                continue
            if who:
                return who, (found.get("verb") or found.get("noun") or "say").lower()
    return (), ""


def _is_passive(found: dict[str, str | None]) -> bool:
    """Tell "was the ban denied" from "did she deny" and "was she saying"."""
    return (found.get("aux") or "").lower() in ("is", "was", "were", "are") and not (
        found.get("verb") or ""
    ).endswith("ing")


def _names(who: str, *, any_case: bool) -> tuple[str, ...]:
    """Split "Quill and Tamm" into names; empty if these words do not name anybody.

    Names have capitals, or "the"; in a question without any capital, whatever stands there.
    """
    while (shorter := _LEADING.sub("", who.strip())) != who.strip():
        who = shorter
    names = []
    for part in re.split(r"\s+(?:and|or)\s+|,\s*", who.strip()):
        name = re.sub(r"[’']s?$", "", part.strip())
        if not _is_name(name, any_case=any_case):
            return ()
        names.append(name)
    return tuple(names)


def _is_name(name: str, *, any_case: bool) -> bool:
    """Tell whether words can name somebody: "Ada Quill", "the harbour master"; not "Quill list in her"."""
    tokens = name.split()
    if not words(name) or tokens[-1].lower() in _PARTICLES:  # "the clerk put the" blame on somebody
        return False
    if any_case or tokens[0].lower() == "the":
        inner = tokens[1:] if tokens[0].lower() == "the" else tokens
        return 0 < len(inner) <= _LONGEST_NAME and not any(
            token.lower() in STOP_WORDS and token.lower() not in _PARTICLES for token in inner
        )
    return all(token[0].isupper() or token.lower() in _PARTICLES for token in tokens) and any(
        token[0].isupper() for token in tokens
    )


def without_titles(name: str) -> str:
    """Strip titles and offices: "President Quill" is "Quill"; "the White House" and "Ada King" stay."""
    *before, last = name.split() or [""]
    kept = [word for word in before if not _TITLES.fullmatch(word)]
    if kept and kept[0].lower() == "the":
        kept = kept[1:]
    addressed = bool(before) and all(_ADDRESS.fullmatch(word) for word in before)
    return " ".join([*kept, last]) if kept or addressed or not _TITLES.fullmatch(last) else name


def _answer_type(text: str) -> AnswerType:
    kinds: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
        (_LIST, "list"), (_DATE, "date"), (_NUMBER, "number"), (_REASON, "reason"), (_PLACE, "place"),
        (_PERSON, "person"),
    )  # fmt: skip
    return next((kind for pattern, kind in kinds if pattern.search(text)), "any")


__all__ = [
    "LONGEST",
    "AnswerType",
    "Form",
    "Question",
    "self_contained",
    "understand",
    "without_titles",
]
