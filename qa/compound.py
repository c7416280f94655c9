"""Two questions in one: "Where was he born, and who were his parents?".

Each is understood in the light of the one before it, as a follow-up is, and answered on its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from indexes.words import CAPITAL
from qa.answer import Answer, AnswerSentence, Citation
from qa.asking import ANSWERED
from qa.compose import flat
from qa.framing import DOES, WHICH
from qa.imprint import asked_of_itself

_HE = r"(?:he|she|it|they|we|you|i)"
_WHOM = (
    rf"(?:{_HE}|there|this|that|these|those|the|any|anybody|anyone|his|her|their|its"
    rf"|(?-i:{CAPITAL})\w*)"
)
_TO = r"(?:(?:in|on|at|for|to|by|from|with)\s+)?"
_NEXT = re.compile(
    rf"(?<=\w)(?:\?\s+(?:(?:and|but)\s+)?|[,;]?\s+(?:and|but)\s+(?:also\s+)?)"
    rf"(?={_TO}{WHICH}\s+(?:(?!{_HE}\b)\w+\s+){{0,2}}?{DOES}\s+\w|{WHICH}(?:\s+(?:not|so|else|exactly))?[\s?]*$|{DOES}\s+{_WHOM}\b)",
    re.IGNORECASE,
)
"""Where a second question begins: not in "Who knows what he said and what she did?", which has one."""
_ASKS = re.compile(rf"\W*(?:(?:and|but|so)\s+)?{_TO}(?:{WHICH}|{DOES}|according)\b", re.IGNORECASE)
_WORDS = 3
"""Words of a question that another can follow: "How and when was it built?" is one."""
_AND = re.compile(r",?\s+and\s+", re.IGNORECASE)
_WHICH = re.compile(rf"\W*{WHICH}\s*", re.IGNORECASE)


def parts(text: str) -> list[str]:
    """Cut a text into the questions that it asks, one or more, in order."""
    if both := _of_an_article_itself(text):
        return both
    if ANSWERED.search(text):  # one thing, asked of two
        return [text]
    found, start = [], 0
    for match in _NEXT.finditer(text):
        before = text[start : match.start()].strip()
        if _ASKS.match(before) and len(before.split()) >= _WORDS:
            found.append(f"{before}?")
            start = match.end()
    return [*found, text[start:]]


def _of_an_article_itself(text: str) -> list[str]:
    """The two things asked of an article: "What is the headline, and who wrote it?"; [] where it is not that."""
    for match in _AND.finditer(text):
        one, other = text[: match.start()].strip(), text[match.end() :].strip()
        word = _WHICH.match(other)
        if word and _WHICH.fullmatch(one):  # "When and where was this published?"
            one = f"{one} {other[word.end() :]}"
        if asked_of_itself(one) and asked_of_itself(other, (one,)):
            return [f"{one.rstrip(' ?')}?", other]
    return []


def together(asked: str, answers: Sequence[Answer]) -> Answer:
    """Make one answer of those to the parts of a question; it says which parts the articles leave open.

    Args:
        asked: the question as it was asked.
        answers: what came of each part, in order. Where all decline, the likeliest speaks for them.
    """
    answered = [answer for answer in answers if answer.answered]
    if not answered:
        likeliest = max(answers, key=lambda answer: answer.confidence)
        return likeliest.model_copy(
            update={"question": asked, "interpreted_as": _understood(answers)}
        )
    sentences: list[AnswerSentence] = []
    cited: dict[tuple[str, int, int], Citation] = {}
    texts: list[str] = []
    for answer in answered:
        said = [_renumbered(sentence, answer, cited) for sentence in answer.sentences]
        new = [sentence for sentence in said if sentence not in sentences]
        sentences += new
        lead = [f"**{flat(answer.short)}** —"] if answer.short and new else []
        texts += [*lead, *(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in new)]
    timings = Counter[str]()
    engine: dict[str, Any] = {}
    for answer in answers:
        timings.update(answer.timings_ms)
        dropped = engine.get("dropped", 0) + answer.engine.get("dropped", 0)
        engine |= answer.engine | ({"dropped": dropped} if "dropped" in answer.engine else {})
    return Answer(
        question=asked,
        interpreted_as=_understood(answers),
        answered=True,
        confidence=min(answer.confidence for answer in answered),
        text=" ".join(texts),
        sentences=tuple(sentences),
        citations=tuple(cited.values()),
        unanswered=tuple(a.interpreted_as or a.question for a in answers if not a.answered),
        timings_ms=dict(timings),
        engine=engine,
    )


def _understood(answers: Sequence[Answer]) -> str | None:
    """The parts as they were understood; None where all were as they were asked."""
    if not any(answer.interpreted_as for answer in answers):
        return None
    return " ".join(answer.interpreted_as or answer.question for answer in answers)


def _renumbered(
    sentence: AnswerSentence, answer: Answer, cited: dict[tuple[str, int, int], Citation]
) -> AnswerSentence:
    """The sentence with its citations' numbers among all those of the parts, where new ones are added."""
    numbers = []
    for number in sentence.citations:
        citation = answer.citations[number - 1]
        place = citation.document, citation.start, citation.end
        cited.setdefault(place, citation.model_copy(update={"number": len(cited) + 1}))
        numbers.append(cited[place].number)
    return sentence.model_copy(update={"citations": tuple(numbers)})
