"""Who-said questions of our own making, from news with gold statements (``polnear/train``).

Each statement has its speaker, cue and content. A question asks a speaker about something in the
content; evidence is what that speaker says of it in the passage. Traps ask for the same thing of
somebody who does not speak of it, in the same passage, or where he speaks of other things.
"""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexes.documents import Span
from indexes.words import STOP_WORDS, content_terms
from training.data import Article, Example, cropped, sentences_of

_RUN = r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|van|von))*"
_NAMED = re.compile(rf"^(?:[a-z’' -]+ )?({_RUN})$")
_TITLES = frozenset(
    "mr. mrs. ms. dr. sen. rep. gov. president senator governor congressman congresswoman secretary "
    "former the judge speaker justice gen. general professor mayor chairman republican democratic "
    "attorney".split()
)
_NOBODY = frozenset(
    "he she they we i you it that who which this some many one voters republicans democrats officials "
    "critics experts sources supporters people americans".split()
)
_NO_TOPIC = frozenset(
    "still also just even really very more most many much want wants make made going being like think "
    "know said says will would could should been have they them their there that this what when "
    "where which while because about other another thing things want need needs best better back "
    "good great never always something anything".split()
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_SAID = (
    *("What did {} say about {}?",) * 4, "What has {} said about {}?", "What does {} think of {}?",
    "What did {} say on {}?", "How did {} comment on {}?", "What is the position of {} on {}?",
    "Did {} say anything about {}?", "What are the views of {} on {}?",
)  # fmt: skip
_ANYBODY = ("Who spoke about {}?", "Who said something about {}?", "Who commented on {}?")
_ASKED, _OF_ANYBODY, _TRAPS = 0.65, 0.1, 0.7


@dataclass(frozen=True)
class Said:
    """A statement.

    Attributes:
        speaker: the name as written, without titles; empty when unknown.
        content: where its words are.
        topic: the stems of its words.
    """

    speaker: str
    content: tuple[Span, ...]
    topic: frozenset[str]


def who_said(folder: Path, longest: int, draw: random.Random) -> Iterator[Example]:
    """Make questions with their evidence, and traps, of every article below ``folder``."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "statements.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        rows[row["document"]].append(row)
    for name in sorted(rows):
        text = (folder / "articles" / name).read_text(encoding="utf-8")
        yield from _of_article(
            Article.of(name, text), text, _statements(text, rows[name]), longest, draw
        )


def _statements(text: str, rows: Sequence[dict[str, Any]]) -> list[Said]:
    """Statements in reading order; one of "he" or "she" is of the speaker just before."""
    found: list[Said] = []
    last = ""
    for row in sorted(rows, key=lambda row: min(row["content"])):
        source = str(row["source_text"]).strip()
        last = name_in(source) or (last if source.lower() in ("he", "she") else "")
        spans = tuple(Span(a, b) for a, b in row["content"])
        stems = frozenset(s for span in spans for s in content_terms(span.of(text)))
        found.append(Said(last, spans, stems))
    return found


def name_in(source: str) -> str:
    """The one name in a source's words: "Congressman Chris Collins, a lawyer" gives Chris Collins."""
    for part in source.split(","):
        if match := _NAMED.match(part.strip()):
            words = match.group(1).split()
            while words and words[0].lower() in _TITLES:
                words = words[1:]
            if 0 < len(words) <= 3 and words[0].lower() not in _NOBODY:
                return " ".join(words)
    return ""


def _same(one: str, other: str) -> bool:
    return bool(one and other) and one.split()[-1] == other.split()[-1]


def _of_article(
    article: Article, text: str, statements: Sequence[Said], longest: int, draw: random.Random
) -> Iterator[Example]:
    spans = sentences_of(text)
    speakers = sorted({s.speaker for s in statements if s.speaker})
    for said in statements:
        about = _topic(text, said, draw)
        if not about or draw.random() > _ASKED:
            continue
        stems = frozenset(content_terms(about))
        on_topic = [s for s in statements if stems <= s.topic]
        asked: list[tuple[str, Said, list[Said]]] = []
        if draw.random() < _OF_ANYBODY:
            asked.append((draw.choice(_ANYBODY).format(about), said, on_topic))
        elif said.speaker:
            own = [s for s in on_topic if _same(s.speaker, said.speaker)]
            asked.append((draw.choice(_SAID).format(said.speaker, about), said, own))
        silent = [n for n in speakers if not any(_same(n, s.speaker) for s in on_topic)]
        if silent and all(s.speaker for s in on_topic) and draw.random() < _TRAPS:
            other = draw.choice(silent)
            theirs = [s for s in statements if _same(s.speaker, other)]
            around = said if draw.random() < 0.7 else draw.choice(theirs)
            asked.append((draw.choice(_SAID).format(other, about), around, []))
        for question, around, answering in asked:
            gold = [span for s in answering for span in s.content]
            made = cropped(
                question, text, spans, around.content, article, longest, draw, news=True, gold=gold
            )
            if made:
                yield dataclasses.replace(made, answer=None)


def _topic(text: str, said: Said, draw: random.Random) -> str:
    """A name, a word or two words of a statement's content that its speaker's name does not have."""
    taken = {word.lower() for word in said.speaker.split()} | STOP_WORDS | _NO_TOPIC
    choices: list[str] = []
    for span in said.content:
        words = [(m.group(), *m.span()) for m in _WORD.finditer(span.of(text))]
        fit = [
            len(w) >= 4 and w.lower() not in taken and not re.search("[’']|ly$", w)
            for w, *_ in words
        ]
        for i, (word, _, end) in enumerate(words):
            if fit[i]:
                choices.append(word)
            if fit[i] and i + 1 < len(words) and fit[i + 1] and words[i + 1][1] == end + 1:
                choices += [f"{word} {words[i + 1][0]}"] * (3 if word[0].isupper() else 1)
    return draw.choice(choices) if choices else ""
