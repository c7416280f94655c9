"""Sentences that quotations support, and the same ones corrupted, made from annotated sets.

True ones are worded by people: SQuAD's questions with their answers put in ("Who wrote it?" gives "Ada
wrote it"), and PolNeAR's statements reported anew by their annotated speaker. False ones are the true
ones with one thing wrong, and SQuAD's unanswerable questions with an answer put in.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexes import Span, Statement
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.frames import load_parser
from indexes.words import content_terms, words
from qa.speakers import matching
from qa.verify import Reading

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|could|should|can|may)\b(?! not)"
)
_SAID = frozenset("said says told tells added adds stated wrote noted".split())
_DENIED = frozenset("denied denies rejected rejects dismissed disputed".split())


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a quotation: what kind of one, and whether the quotation supports it."""

    kind: str
    sentence: str
    quotation: Reading
    holds: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """An article, read."""

    text: str
    sentences: tuple[Span, ...]
    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, path: Path) -> _Text:
        text = path.read_text(encoding="utf-8")
        parts = paragraphs(text)
        spans = [span for part in parts for span in sentences(text, part)]
        return cls(text, tuple(spans), tuple(find_statements(text, spans, parts)))

    def sentence(self, place: Span) -> Span | None:
        return next((s for s in self.sentences if s.contains(place)), None)

    def reading(self, place: Span) -> Reading:
        return Reading.of(self.text, place, self.statements)


def claims(data: Path, half: int, *, seed: int = 0) -> list[Claim]:
    """Make the claims of one half of the articles: 0 to choose rules on, 1 to measure them.

    Args:
        data: the folder with ``squad/`` and ``polnear/dev/``.
        half: which articles, by their place in alphabetical order.
        seed: of what is drawn.
    """
    draw = random.Random(seed)
    names = [
        sorted((data / part / "articles").iterdir())[half::2] for part in ("squad", "polnear/dev")
    ]
    squad, news = ({path.name: _Text.of(path) for path in paths} for paths in names)
    found = [*_of_facts(data / "squad" / "questions.jsonl", squad, draw)]
    found += _of_speech(data / "polnear" / "dev" / "statements.jsonl", news, draw)
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _of_facts(path: Path, texts: dict[str, _Text], draw: random.Random) -> Iterator[Claim]:
    asked = [q for q in _lines(path) if q["paragraph"]["document"] in texts]
    answers: dict[tuple[str, int], list[tuple[str, str, Span]]] = {}
    for question in asked:
        if question["answerable"]:
            at = question["evidence"][0][0]
            place = texts[at["document"]].sentence(Span(at["start"], at["end"]))
            if place:
                key = at["document"], question["paragraph"]["start"]
                said = texts[at["document"]].text[at["start"] : at["end"]]
                answers.setdefault(key, []).append((question["question"], said, place))
    for (name, _), known in answers.items():
        for question, answer, place in known:
            sentence = _declared(question, answer)
            if sentence:
                true = Claim("question and answer", sentence, texts[name].reading(place), True)
                yield true
                yield from _corrupted(true, texts[name], draw)
                others = [a for _, a, _ in known if not set(words(a)) & set(words(answer))]
                if others:
                    wrong = _declared(question, draw.choice(others)) or ""
                    yield replace(true, kind="another answer", sentence=wrong, holds=False)
    for question in asked:
        key = question["paragraph"]["document"], question["paragraph"]["start"]
        if not question["answerable"] and key in answers:
            topic = set(content_terms(question["question"]))
            _, answer, place = max(
                answers[key], key=lambda a: len(topic & set(content_terms(a[0])))
            )
            if sentence := _declared(question["question"], answer):
                yield Claim("unanswerable, answered", sentence, texts[key[0]].reading(place), False)


def _declared(question: str, answer: str) -> str | None:
    """A question for its subject, with the answer put in."""
    doc = load_parser()(question.strip().rstrip("?"))
    for token in doc:
        parts = list(token.subtree)
        asks = parts[0].i == 0 and parts[0].tag_ in ("WP", "WDT", "WP$")
        if asks and token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT":
            rest = doc[parts[-1].i + 1 :].text
            return f"{answer[0].upper()}{answer[1:].rstrip(' .,;')} {rest}."
    return None


def _of_speech(path: Path, texts: dict[str, _Text], draw: random.Random) -> Iterator[Claim]:
    for told in _lines(path):
        text = texts.get(told["document"])
        source, cue = told["source_text"], " ".join(_cut(text, told["cue"])) if text else ""
        if (
            not text
            or len(told["content"]) != 1
            or not cue
            or not re.match(r"[A-Z][a-z]+ ?[A-Z]?", source)
        ):
            continue
        content = Span(*told["content"][0])
        place = text.sentence(content)
        if (
            not place
            or len(source) > 40
            or words(source)[0] in ("he", "she", "it", "they", "i", "we")
        ):
            continue
        quotation = text.reading(place)
        plain = _plain(content.of(text.text))
        if len(content_terms(plain)) < 3:
            continue
        if set(words(cue)) & _SAID:
            reported = f"According to {source}, {plain}."
            true = Claim("reported anew", reported, quotation, True)
        else:
            reported = f"{source} {cue} {_unmarked(content.of(text.text))}."
            true = Claim("reported as it was", reported, quotation, True)
            if set(words(cue)) & _DENIED:
                yield Claim(
                    "denied made said", f"According to {source}, {plain}.", quotation, False
                )
        yield true
        yield from _corrupted(true, text, draw)
        others = sorted(
            {s.speaker for s in text.statements if s.speaker[:1].isupper()}
            - set(matching(source, [s.speaker for s in text.statements]))
        )
        if others:
            wrong = reported.replace(source, draw.choice(others), 1)
            yield replace(true, kind="another speaker", sentence=wrong, holds=False)
        yield replace(
            true, kind="nobody's words", sentence=f"{plain[0].upper()}{plain[1:]}.", holds=False
        )


def _cut(text: _Text, places: Sequence[Sequence[int]]) -> list[str]:
    return [text.text[a:b] for a, b in places]


def _unmarked(content: str) -> str:
    return re.sub(r"[“”\"]", "", content).strip(" ,.;")


def _plain(content: str) -> str:
    return re.sub(r"^that ", "", _unmarked(content))


def _corrupted(true: Claim, text: _Text, draw: random.Random) -> Iterator[Claim]:
    """The claim with one thing wrong, in each way that it can be."""
    for kind, pattern in (("another number", _NUMBER), ("another name", _NAME)):
        there = list(pattern.finditer(true.sentence))
        others = sorted(set(pattern.findall(text.text)) - {m.group() for m in there})
        if there and others:
            at = draw.choice(there)
            other = draw.choice(others)
            wrong = true.sentence[: at.start()] + other + true.sentence[at.end() :]
            if not set(words(other)) <= set(words(true.sentence)):
                yield replace(true, kind=kind, sentence=wrong, holds=False)
    names = list(dict.fromkeys(_NAME.findall(true.sentence)))
    if len(names) > 1:
        a, b = draw.sample(names, 2)
        swapped = re.sub(f"{a}|{b}", lambda m: b if m.group() == a else a, true.sentence)
        yield replace(true, kind="names exchanged", sentence=swapped, holds=False)
    if auxiliary := _AUXILIARY.search(true.sentence):
        wrong = true.sentence[: auxiliary.end()] + " not" + true.sentence[auxiliary.end() :]
        yield replace(true, kind="negation added", sentence=wrong, holds=False)
    if re.search(r"\b(?:not|never|no)\b", true.sentence):
        wrong = re.sub(r"\b(?:not|never|no) ", "", true.sentence, count=1)
        yield replace(true, kind="negation taken out", sentence=wrong, holds=False)
    lower = [m for m in re.finditer(r"\b[a-z]{5,}\b", true.sentence) if content_terms(m.group())]
    pool = sorted({m for m in re.findall(r"\b[a-z]{5,}\b", text.text) if content_terms(m)})
    if lower:
        at = draw.choice(lower)
        if others := [word for word in pool if word != at.group()]:
            wrong = true.sentence[: at.start()] + draw.choice(others) + true.sentence[at.end() :]
            yield replace(true, kind="another word", sentence=wrong, holds=False)
