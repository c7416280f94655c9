"""Understanding a question: what it is about, whose words it asks for (asking.py), and what kind of answer.

Nothing here needs an index or a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from indexes.speech import Kind
from indexes.speech.lexicon import ORGANISATIONS, SUFFIXES, TITLES
from indexes.words import content_terms, stem, words
from qa.asking import ACTS, COMPARING, SAY_WORDS, WHO, asked_for
from qa.followups import asks_for_more, self_contained, with_context
from qa.framing import ABOUT, asks_for_overview, asks_nothing, asks_who_speaks, framed
from qa.imprint import Imprint, asked_of_itself
from qa.inventory import asked_to_list
from qa.naming import is_description, is_document

Form = Literal["said", "who-said", "both-said", "fact", "overview", "voices"] | Imprint | Kind
AnswerType = Literal["person", "name", "number", "date", "place", "reason", "list", "any"]

_NUMBER = re.compile(
    r"^(?:(?!\b(?:what|who|whom|whose|why|when|where|which)\b).)*?"
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
_NAME = re.compile(
    r"\bwhat(?:[’']s|\s+(?:is|was|are|were))\s+(?:the\s+(?:\w+\s+)?names?\s+of\b|[^?]*\b(?:called|named)\W*$)"
    r"|\bby what name\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^\W*(?:and\s+)?why\b|\bwhat (?:caused|was the reason)\b|\b(?:for|on) what (?:reasons?|grounds)\b|\bhow come\b",
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
_TOLD = re.compile(r"\b(?:tell|tells|told|telling)\s+(?:the\s+)?[^\s?]+\W*$")
"""The end of a question for what one was told."""
_ABOUT = re.compile(r"\b(?:about|on|over|regarding)\b", re.IGNORECASE)
"""What leads in what is compared, or told."""
_COMPARED_TOO = frozenset("account accounts match matches stories story view views".split())
"""Of the words that compare, those that may be what is compared: "about the match"."""
_ON = r"(?:about|after|at|before|during|how|in|of|on|regarding|that|what|when|whether|why)\b"
_LISTENERS = "court|inquiry|hearing|committee|panel|judges|jury|jurors"
_TO_LISTENERS = re.compile(
    r"\b(?:tells?|told)\s+(?:(?:the|an?|his|her)\s+)?(?:(?:reporters|journalists|press|media)(?:(?P<end>\W*$)|(?=\s+"
    rf"{_ON}))|(?:{_LISTENERS})(?=\s+{_ON}))",
    re.IGNORECASE,
)
"""To whom something is said, whatever it is about; to reporters anything is."""
_OFFICES = TITLES.union(("foreign", "former", "prof", "rev")) - frozenset(
    """adviser advisor aide analyst assemblyman author baron bishop brig chair correspondent councillor
    count czar economist editor emperor historian justice lawyer leader lieut maj major manager officer
    official operative opponent pastor pollster premier press reporter scientist speaker strategist
    trooper writer""".split()
)
"""Titles that are no part of a name: unlike "Baron", "Press", "Major", and callings, which are also words of bodies."""
_FORMS_OF_ADDRESS = frozenset("mr mrs ms miss madam dr sir dame lord lady king queen".split())
_REQUEST = re.compile(
    r"\W*(?:list|show|find|quote|cite|compare|summari[sz]e|explain|describe|name)\b", re.IGNORECASE
)
LONGEST = 2000
"""Characters of a question that are read; the rest of a pasted page is not a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    Attributes:
        text: the question, self-contained.
        form: said (what did X say), who-said (who said Y), both-said (X against Y), fact, overview (what
            the article is about), voices (who is quoted in it), what is asked of the article itself (qa/imprint.py),
            or what all it names (qa/inventory.py).
        strict: whether only the speaker's own words can answer (say, tell), rather than also what is
            told of them (want, call).
        speakers: the names whose words are asked for, as the question writes them.
        act: the words that report what is asked for, "deny" and its like; empty when anything said will do.
        topic: stems of what the words are about, without the speakers and the words of saying.
        answer_type: what kind of thing would answer.
        before: the question that it follows, self-contained, too; empty when it is the first.
        told: what was said before it, where it asks for more than that ("What else did he say?").
    """

    text: str
    form: Form
    strict: bool
    speakers: tuple[str, ...]
    act: frozenset[str]
    topic: tuple[str, ...]
    answer_type: AnswerType
    before: str = ""
    told: tuple[str, ...] = ()

    @property
    def names_a_topic(self) -> bool:
        """Whether nothing is asked of the topic in particular: any sentence on it will do."""
        return self.form == "fact" and self.text.startswith(ABOUT)

    @property
    def asks_for_anything_said(self) -> bool:
        """Whether any statement of the speaker will do: "What did Quill say?"."""
        told = words(self.text)
        said = self.form == "said" and not self.topic and not self.act
        listened = _TO_LISTENERS.search(self.text)
        ends = told[-1:] and told[-1] in ("say", "says", "said")  # not "say about it"
        return (
            said
            and "what" in told
            and (ends or (listened is not None and listened["end"] is not None))
        )

    @property
    def on_one_word(self) -> bool:
        """Whether somebody's words on a thing of one word are asked for: not "What did Quill tell Tamm?"."""
        one = self.form == "said" and self.strict and len(self.topic) == 1
        return one and not _TOLD.search(self.text)

    @property
    def query(self) -> str:
        """What is searched for: a follow-up's answer stands near that of the question before it."""
        return f"{self.text} ({self.before})" if self.before else self.text


def understand(question: str, history: tuple[str, ...] = ()) -> Question:
    """Read a question, in the light of the questions and answers before it."""
    asked = " ".join(question.split())[:LONGEST]
    plain = framed(asked)
    overview = any(asks_for_overview(text, first=not history) for text in (asked, plain))
    if overview or asks_who_speaks(asked) or asks_who_speaks(plain):
        form: Form = "overview" if overview else "voices"
        return Question(asked, form, False, (), frozenset(), (), "any")
    if kind := asked_to_list(asked) or asked_to_list(plain):
        return Question(asked, kind, False, (), frozenset(), (), "list")
    if asks_nothing(asked, first=not history):
        return Question("", "fact", False, (), frozenset(), (), "any")
    text, before = with_context(asked, history)
    text = framed(text)
    of_itself = (asked_of_itself(said, history) for said in (asked, plain, text))
    if itself := next(filter(None, of_itself), None):
        form, about = itself
        return Question(asked, form, False, (), frozenset(), tuple(content_terms(about)), "any")
    speakers, saying = asked_for(text)
    strict = saying in SAY_WORDS
    described = len(speakers) == 1 and is_description(speakers[0])
    if described and (not strict or is_document(speakers[0])):
        # The reader finds what "the harbour master" thinks, or the report says, as it finds any fact.
        speakers, saying = (), ""
    form = "fact"
    if speakers:
        form = "both-said" if len(speakers) > 1 else "said"
    elif match := WHO.search(text):
        form, saying = "who-said", match["verb"].lower()
        strict = saying in SAY_WORDS
    # "Which topics": the noun names the kind of answer, and an answer seldom does.
    kinds = [match["noun"] for match in _ASKED_FOR.finditer(text)]
    request = _REQUEST.match(text)
    behind = _ABOUT.split(text)[1:]
    named = _COMPARED_TOO.intersection(words(behind[-1])) if behind else set()
    kept = {stem(w) for w in named}
    comparing = [w for w in COMPARING if stem(w) not in kept] if form == "both-said" else []
    asking = (*speakers, saying, *kinds, *comparing, request[0] if request else "")
    ignored = {term for name in asking for term in content_terms(name)}
    topic = tuple(t for t in content_terms(_TO_LISTENERS.sub(" ", text)) if t not in ignored)
    act = next((report for ask, report in ACTS if form != "fact" and saying in ask), frozenset())
    told = history if asks_for_more(asked) else ()
    return Question(text, form, strict, speakers, act, topic, _answer_type(text), before, told)


def of_one_side(question: Question, speaker: str) -> Question:
    """Ask for one speaker's words on what several are compared about."""
    topic = " ".join(word for word in words(question.text) if stem(word) in question.topic)
    text = f"What did {speaker} say about {topic}?" if topic else f"What did {speaker} say?"
    return replace(
        question, text=text, form="said", strict=False, speakers=(speaker,), answer_type="any"
    )


def last_names(names: Iterable[str]) -> frozenset[str]:
    """The last word of each name but for a "Jr.", by which articles mostly call somebody."""
    told = (words(name) for name in names)
    return frozenset(([w for w in name if w not in SUFFIXES] or name)[-1] for name in told if name)


def without_titles(name: str) -> str:
    """Strip titles and offices: "President Quill" and "Ohio Sen. Quill" are "Quill"; "the White House" stays."""
    *before, last = name.split() or [""]
    lowered = [word.strip(".").lower() for word in before]
    if any(word in ("of", "for", "from") for word in lowered):
        return name  # "the mayor of Aby" is no name
    offices = (i + 1 for i, word in enumerate(lowered) if word in _OFFICES)
    office = max(offices, default=0)
    if lowered[:office][-1:] == ["chief"] and lowered[office : office + 1] == ["justice"]:
        office += 1
    kept = [word for word in before[office:] if word.strip(".").lower() not in _FORMS_OF_ADDRESS]
    if kept and kept[0].lower() == "the":
        kept = kept[1:]
    if kept or (before and set(lowered) <= _FORMS_OF_ADDRESS):
        return " ".join([*kept, last])
    return name if last.strip(".").lower() in _OFFICES | _FORMS_OF_ADDRESS | ORGANISATIONS else last


def _answer_type(text: str) -> AnswerType:
    kinds: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
        (_LIST, "list"), (_DATE, "date"), (_NUMBER, "number"), (_REASON, "reason"), (_PLACE, "place"),
        (_PERSON, "person"), (_NAME, "name"),
    )  # fmt: skip
    return next((kind for pattern, kind in kinds if pattern.search(text)), "any")


__all__ = [
    "LONGEST",
    "AnswerType",
    "Form",
    "Question",
    "last_names",
    "of_one_side",
    "self_contained",
    "understand",
    "without_titles",
]
