"""Follow-up questions made self-contained, from the questions and answers before them.

Rules over what the turns name (followup_words.py, followup_memory.py). A pronoun stands for the
likeliest thing of its kind (followup_references.py); a bare name or question word takes the rest of
the question before it. What is then still likely to be missing is added (followup_additions.py). A
question that stands alone is left as it is, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.followup_additions import Asked, added, read, trees
from qa.followup_memory import LONGEST_QUESTION, THING_FADES, Entity, Memory, alike
from qa.followup_parallels import in_parallel
from qa.followup_references import PRONOUNS, resolved
from qa.followup_speech import told_of_another, view_of
from qa.followup_words import (
    ASKING,
    AUXILIARIES,
    COMMANDS,
    PREPOSITIONS,
    SAYING,
    Words,
    mentions,
    relational,
)

LONGEST = LONGEST_QUESTION
"""Characters beyond which a text is a pasted page, and no follow-up."""
_TURNS = 12
_ANSWER_READ = 400
_HEADING = 120
_SENTENCE_ENDS = (".", "!", "?", "]", "”", '"')

_AUX = "|".join(sorted(AUXILIARIES, key=len, reverse=True))


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LEAD = _re(r"^\s*(?:(?:and|but|so|also|ok|okay|well|then)\b[\s,.]*)+(?=\S)")
_QUESTION = _re(
    r"\?\s*$|^\W*(?:(?:and|but|so|also|ok|okay)\W+)*"
    rf"(?:{'|'.join(sorted(ASKING | COMMANDS | AUXILIARIES | {'any', 'whose', 'in what'}))})\b"
)
_REFUSED = _re(r"^\W*(?:i (?:don[’']t|do not) know|the articles? do(?:es)? not say)\b")
_BARE = _re(
    r"^(?P<asked>when|where|why|who|since when|what for|how(?: many| much| long| often)?)"
    r"(?: exactly| so)?(?P<no> not)?\W*$"
)
_HAPPENED = _re(
    r"^(?P<asked>when|where|why|how) (?:did|does|do|will|would|has|had) (?P<what>it|this|that|all (?:this|that)) "
    r"(?:happen(?:ed)?|occur(?:red)?|take place|taken place|come about|come to (?:this|that))\W*$"
)
_PHRASE = (
    r"(?P<asked>when and where|where and when|when|where|why|how long ago"
    r"|(?:(?:at|in|on|to|for|during) )?(?:which|what) (?:day|month|year|event|occasion))"
)
_WAS_THAT = _re(rf"^{_PHRASE} (?:is|was|are|were) (?P<what>that|this|it)\W*$")
_SAID_THAT = _re(
    rf"^{_PHRASE} (?:did|does|has|had) (?:he|she|they) (?:{'|'.join(sorted(SAYING))}) (?:that|this|so|it)\W*$"
)
_SAYS_NO_CLAUSE = r"\b{}(?:\W*$|\s+(?:about|of|on|to|in|at|after|before|when|during|regarding)\b)"
"""A verb of saying with a topic, or nothing, behind it: not "say he would do"."""
_MORE = _re(
    r"^(?:please )?(?:(?:can|could) you )?(?:tell me more|say more|go on|continue|elaborate"
    r"|more(?: details?| information)?|(?:anything|what) else)"
    r"(?: (?:about|on) (?:that|it|this|him|her|them))?(?: please)?\W*$"
)
_FURTHER = _re(r"\b(?:what|any(?:thing)?|some(?:thing)?) else\b")
_ELSE = _re(r"^(?P<asked>who|where|when|why|how|(?:what|which)(?: \w+)?) else\W*$")
_WHAT_ABOUT = _re(r"^(?:(?:what|how) about|as (?:for|to))\s+")
_BARE_NAME = re.compile(
    r"(?:(?i:in|on|since|before|after|during|about) )?(?:the )?[A-Z]\w*(?<!ly)(?: [A-Z]\w*){0,3}\?"
    r"|(?i:in|on|since|before|after|during) .*\d{4}\?"
)
_DATE = _re(r"\b(?:in|on|during|since|before|after|by|until) (?:\w+ ){0,2}\d{4}\b")
_ASKED_PARTS = _re(
    r"^(?:(?P<wh>(?:what|which)(?: \w+)?|who|whom|when|where|why|how(?: many \w+| much| long| often)?)"
    rf"(?: else)? )?(?P<aux>{_AUX})\b (?P<rest>.*?)\W*$"
)
_COUNTED = _re(r"(?:what|which) (?=\w+s\b)")
_TELLS_AN_EVENT = _re(r"(?:how many|did|was|were)\b")
_PARTICIPLE = _re(
    r"(?:\w+(?:ed|en)|bought|brought|built|caught|cut|found|held|hit|hurt|kept|laid|led|left|lost|made|met|paid|put|sent|shot|sold"
    r"|spent|struck|swept|told|won)\b"
)
_ANY = _re(r"\bany (?:other )?(?P<noun>\w+)")
_ARTICLE = _re(r"\b(?:this|the) (?:article|section|passage)\b")
_HAPPEN = _re(r"\bhappen(?:ed|s)?\b(?! to)")
_ITS_KIND = _re(
    r"\b(?:the|this|that|these|those) "
    r"(?:band|group|team|album|song|film|movie|show|series|book|game)\b"
)
_RELATION = _re(
    r"\b(?:the|any|some|other|main|different|many|a|an|what|which)\s+"
    rf"(?:(?!(?:{'|'.join(sorted(PREPOSITIONS | AUXILIARIES | {'and', 'this', 'that', 'it'}))})\b)\w+\s+){{0,2}}?"
    r"(?P<noun>\w+)(?=\W*$| (?:are|were|is|was) there\W*$)"
)
_WHOLE = frozenset(
    "time date day days week year years world word words lot rest number people person place life first last next "
    "second season end thing things story question questions answer topic topics subject".split()
)
"""Relational nouns that are whole in themselves often enough: the time, the world."""
_OURS = frozenset("i me my we us our you your".split())
_REPLIES = frozenset(
    """agree agreed answer answered disagree disagreed react reacted replied reply respond responded""".split()
)
"""What is done to what was said before."""
_TO_THAT = _re(r"\s+(?:(?:to|with) (?:it|that|this)|in (?:reply|response|return))$")
_ON_TOPIC = _re(r"(?:about|concerning|of|regarding) (?P<what>.+)")
_NEGATED = {"can": "can't", "will": "won't", "shall": "shan't", "am": "am not", "may": "may not"}


def self_contained(question: str, history: Sequence[str]) -> str:
    """Write a follow-up so that it can be understood alone.

    Args:
        question: as it was asked.
        history: earlier questions, or questions and answers, oldest first. A title, or a title and
            a section, may stand before the first question.

    Returns:
        The question with its pronouns and omissions filled in from the history; unchanged when it
        stands alone, or when nothing in the history fits.
    """
    return with_context(question, history)[0]


def asks_for_more(question: str) -> bool:
    """Tell whether a follow-up asks for what was not said yet: "Tell me more", "What else did he say?".

    "Who else came?" does not: a sentence that was cited for something else may tell it.
    """
    return bool(_MORE.match(_LEAD.sub("", question)) or _FURTHER.search(question))


def with_context(question: str, history: Sequence[str]) -> tuple[str, str]:
    """Write a follow-up so that it can be understood alone, and tell what it follows.

    Args:
        question: as it was asked.
        history: as for ``self_contained``.

    Returns:
        The question, self-contained, and the question before it, self-contained, too; empty when
        there is none.
    """
    if not history or len(question) > LONGEST or not question.strip():
        return question, ""
    memory = remembered(history)
    asked = understood(question, memory)
    before = memory.questions[-1] if memory.questions else ""
    if asks_for_more(question):
        return (
            asked.resolved,
            before,
        )  # what was said is left out by what answers, not by the question
    return added(asked, [trees()(one.row) for one in asked.found]), before


def remembered(history: Sequence[str]) -> Memory:
    """Take in what was said before, each question as the rules understand it."""
    earliest = history[: min(2, max(0, len(history) - _TURNS))]
    turns = [turn[: LONGEST + 1].strip() for turn in (*earliest, *history[-_TURNS:])]
    turns = [turn for turn in turns if turn]
    memory = Memory()
    headings = _headings(turns)
    for turn in turns[:headings]:
        memory.head(turn)
    for place, turn in enumerate(turns[headings:]):
        text = turn[:_ANSWER_READ]
        if len(turn) <= LONGEST and (_QUESTION.search(text) or not place):
            memory.ask(_rewritten(text, memory))
        elif not _REFUSED.match(text):
            memory.tell(text)
    return memory


def _headings(turns: Sequence[str]) -> int:
    """Count the headings before the first question: a title, or a title and a section.

    A first turn whose answer follows it is none: it is a question in keywords.
    """
    first = next((i for i, turn in enumerate(turns) if _QUESTION.search(turn)), len(turns))
    like = all(len(t) <= _HEADING and not t.endswith(_SENTENCE_ENDS) for t in turns[:first])
    return first if first <= 2 and like else 0


def understood(question: str, memory: Memory) -> Asked:
    """Resolve what the rules can, and describe what else may belong into a question."""
    return read(question, _rewritten(question, memory), memory)


def _rewritten(question: str, memory: Memory) -> str:
    bare = _LEAD.sub("", question).strip()
    led = len(bare) < len(question.strip())
    done = _completed(bare, memory, led) or _replying(bare, memory) or bare
    done = _carried(resolved(done, memory), memory, led)
    if done == bare:
        done = _of_the_topic(bare, memory)
    return question if done == bare else done[:1].upper() + done[1:]


def _completed(question: str, memory: Memory, led: bool) -> str | None:
    """Fill in what an elliptical question leaves out: "And Tamm?", "When?", "Tell me more"."""
    if not memory.questions:
        return None
    base = memory.questions[-1]
    if asked := _BARE.match(question):
        return _asked_again(asked["asked"].lower(), base, no=bool(asked["no"]))
    if (asked := _HAPPENED.match(question)) and (
        all(m.kind != "thing" for m in memory.last)
        or (asked["what"].lower() != "it" and _TELLS_AN_EVENT.match(base))
    ):
        return _asked_again(asked["asked"].lower(), base, no=False)
    if (
        (asked := _WAS_THAT.match(question))
        and (asked["what"].lower() != "it" or all(m.kind != "thing" for m in memory.last))
        and not base.lower().startswith(("when ", "where ", asked["asked"].lower()))
    ):
        return _asked_again(asked["asked"].lower(), base, no=False)
    if (asked := _SAID_THAT.match(question)) and any(m.role == "speaker" for m in memory.last):
        return _asked_again(asked["asked"].lower(), base, no=False)
    if _MORE.match(question):
        return _more(base, memory)
    if asked := _ELSE.match(question):
        first = asked["asked"].split()[0].lower()
        if base.lower().startswith(first + " "):
            return re.sub(r"^(\w+)(?: else)?", r"\1 else", base, count=1)
        speaks = any(m.role == "speaker" for m in memory.last)
        about = _tail(memory)
        return f"Who else said something {about}?" if first == "who" and speaks and about else None
    new = _WHAT_ABOUT.sub("", question)
    if new == question and not led and not (question.endswith("?") and _BARE_NAME.match(question)):
        return None
    return _switched(new.rstrip(" ?.!,"), base, memory)


def _asked_again(asked: str, base: str, *, no: bool) -> str | None:
    """Ask the earlier question with another question word: "When did Quill meet Tamm?"."""
    if asked == "who":
        return None
    if asked == "how many" and (counted := _COUNTED.match(base)):
        return f"How many {base[counted.end() :]}"
    parts = _ASKED_PARTS.match(base)
    stem = base.rstrip(" ?.!")
    if not parts or not parts["rest"]:
        return f"{stem}, and {asked}?"
    wh, aux, rest = (parts["wh"] or "").lower(), parts["aux"].lower(), parts["rest"]
    if wh.startswith(("what", "which")):
        verb = next((w for w in Words(rest).low if w in SAYING), "")
        if wh != "what" or not verb:
            return f"{stem}, and {asked}?"
        if not re.search(_SAYS_NO_CLAUSE.format(verb), rest, re.IGNORECASE):
            return f"{stem}, and {asked}?"
        rest = re.sub(rf"\b({verb})\b", r"\1 this", rest, count=1, flags=re.IGNORECASE)
    elif wh in ("who", "whom", "how much", "how long", "how often"):
        return f"{stem}, and {asked}?"
    elif wh.startswith("how many "):
        if not _PARTICIPLE.match(rest):
            return f"{stem}, and {asked}?"
        rest = f"{wh.removeprefix('how many ')} {rest}"
    if no:
        aux = _NEGATED.get(aux, aux + "n't")
    if asked == "how many":
        any_ = _ANY.search(rest)
        if any_:
            asked, rest = f"how many {any_['noun']}", (rest[: any_.start()] + rest[any_.end() :])
            rest = " ".join(rest.split())
        else:
            asked = "how many times"
    return f"{asked} {aux} {rest}?"


def _more(base: str, memory: Memory) -> str | None:
    if any(m.role == "speaker" for m in memory.last) and base.lower().startswith("what "):
        return re.sub(r"^(\w+)(?: else)?", r"\1 else", base, count=1)
    pair = memory.pair()
    if pair:
        return f"Tell me more about {pair[0].text} and {pair[1].text}."
    likely = [m for m in memory.last if m.role in ("topic", "subject")] or memory.last
    return f"Tell me more about {likely[-1].text}." if likely else None


def _switched(new: str, base: str, memory: Memory) -> str | None:
    """Put a name or a time in the place of one like it in the earlier question."""
    words = Words(new)
    if not words or len(words) > 8 or words.low[0] in ASKING | AUXILIARIES | COMMANDS:
        return None
    if _DATE.fullmatch(new):
        new = new[:1].lower() + new[1:]
        if _DATE.search(base):
            return _DATE.sub(lambda _: new, base, count=1)
        return f"{base.rstrip(' ?.!')} {new}?"
    if other := view_of(new) or in_parallel(new, base, memory.last) or told_of_another(new, base):
        return other
    prefix = re.match(r"(?:(about|on|with|for|to|in|at|against)\s+)", new, re.IGNORECASE)
    name = new[prefix.end() :] if prefix else new
    here = mentions(f"about {name}", memory.known())
    if len(here) != 1 or here[0].start > 6 or here[0].end < 6 + len(name.rstrip("’'s")):
        return None
    (it,) = here
    text = name.rstrip()
    candidates = [m for m in memory.last if alike(m, it) and m.sure == it.sure]
    if prefix:
        before = prefix[1].lower()
        candidates = [m for m in memory.last if base[: m.start].lower().endswith(before + " ")]
    speaker = next((m for m in memory.last if m.role == "speaker"), None)
    if not prefix and speaker:
        topics = [m for m in memory.last if m.role == "topic"]
        candidates = [speaker] if it.sure and it.kind != "thing" else topics
    if text.lower().startswith("the ") and not prefix and not speaker:
        candidates = [m for m in candidates if m.sure or base[m.start :].startswith("the ")]
    if not candidates:
        return None
    old = candidates[-1]
    if old.text.lower() == text.lower() or text.lower() in base.lower():
        return None
    return base[: old.start] + text + base[old.end :]


def _carried(question: str, memory: Memory, led: bool) -> str:
    """Carry the topic of the earlier question over: "What else did Quill say about Farrow?"."""
    if all(m.role != "speaker" for m in memory.last):
        return question
    asks_more = led or re.search(r"\belse\b", question, re.IGNORECASE)
    tail = _tail(memory)
    if tail and asks_more and SAYING.intersection(Words(question.rstrip(" ?.!")).low[-1:]):
        return f"{question.rstrip(' ?.!')} {tail}?"
    return question


def _replying(question: str, memory: Memory) -> str | None:
    """Say on what somebody answered: "What did Quill answer?", "What did he say to that?"."""
    asked = question.rstrip(" ?.!")
    plain = _TO_THAT.sub("", asked)
    *words, last = Words(plain).low or [""]
    replies = last in _REPLIES or (plain != asked and last in SAYING)
    topic = _ON_TOPIC.match(_tail(memory))
    if not (replies and topic and any(m.role == "speaker" for m in memory.last)):
        return None
    on = Words(topic["what"]).low
    if {"he", "she"}.isdisjoint(words):
        answers = {"they", *on[-1:]}.intersection(words)
        return None if answers else f"{plain} about {topic['what']}?"
    # Of whom it was said is the one who answers.
    about = next(m for m in memory.last if m.role == "topic")
    if about.sure and about.kind in ("person", "name") and about.text == topic["what"]:
        return re.sub(r"\b(?:he|she)\b", about.text, asked, count=1, flags=re.IGNORECASE) + "?"
    return None


def _tail(memory: Memory) -> str:
    """The words of the latest question from its topic on: "about Farrow"."""
    topic = next((m for m in memory.last if m.role == "topic"), None)
    if topic is None:
        return ""
    base = memory.questions[-1]
    return base[base.rfind(" ", 0, topic.start - 1) + 1 :].strip(" ?.!")


def _of_the_topic(question: str, memory: Memory) -> str:
    """Say of what a question asks for "the main causes", or what happened.

    Only of questions that name nothing themselves. Where a heading says what all is about, the
    bare ones get it too; without one, only relational nouns ask for a topic surely enough.
    """
    words = Words(question)
    if not words or words.low[0] not in ASKING | AUXILIARIES | {"any"}:
        return question
    title = memory.title.text if memory.title else ""
    match = _RELATION.search(question)
    if not _OURS.isdisjoint(words.low) or not (title or match):
        return question
    here = mentions(question, memory.known())
    if any(m.sure for m in here):
        return question
    for pattern, joined in ((_ARTICLE, "on"), (_HAPPEN, "to"), (_ITS_KIND, "of")):
        if title and (found := pattern.search(question)):
            return f"{question[: found.end()]} {joined} {title}{question[found.end() :]}"
    noun = match["noun"].lower() if match else ""
    said = any(m.role == "speaker" for m in memory.last)
    if match and relational(noun) and noun not in _WHOLE and not here and not said:
        best = memory.best(_topicality, THING_FADES)
        topic = title or (best.mention.text if best else "")
        if topic:
            return f"{question[: match.end()]} of {topic}{question[match.end() :]}"
    if title and not here and len(words) > 1 and not any(g & {*words.low} for g in PRONOUNS):
        stem = question.rstrip(" ?.!")
        return f"{stem} for {title}{question[len(stem) :]}"
    return question


def _topicality(entity: Entity) -> float:
    precise = entity.mention.sure or len(entity.mention.text.split()) > 1
    return entity.asked * (1.0 if precise else 0.6)
