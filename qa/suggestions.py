"""Questions that the articles answer, made from who said what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexes import Index
from indexes.speech.lexicon import SUFFIXES
from indexes.speech.names import bare
from indexes.words import CAPITAL

_NAME = re.compile(
    rf"(?<=[\w,;“] )(?:the )?{CAPITAL}[\w-]+(?: {CAPITAL}[\w-]+)*"
    r"(?=[,.;:”]|’s\b|\s+(?:in|on|at|by|for|and|or|had|has|have|was|were|is|are|to|with|from|would|will"
    r"|could|that|as|after|before|during|but)\b)"
)
"""A name that stands by itself: "Russian" in "Russian interference" is none."""
_TIMES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December""".split()
)
"""Names that nobody asks about."""
_FEWEST = 2
_RECENT = 400


def suggestions(index: Index, limit: int, documents: Sequence[int] | None = None) -> list[str]:
    """Ask after the most quoted speakers, each about a name in their statements.

    Deterministic: the most quoted first, ties in reading order.

    Args:
        index: where the statements are.
        limit: how many questions at most.
        documents: numbers of the documents that should answer; None for all.
    """
    topics: dict[str, Counter[str]] = {}
    said: Counter[str] = Counter()
    for number, statement in index.statements(documents=documents)[-_RECENT:]:
        if (
            not statement.speaker
            or " and " in statement.speaker
            or not statement.speaker[0].isupper()
        ):
            continue
        said[statement.speaker] += 1
        text = index.document(number).text
        own = set(statement.speaker.split())
        for span in statement.content:
            names = [n for n in _NAME.findall(span.of(text)) if not (own | _TIMES) & set(n.split())]
            topics.setdefault(statement.speaker, Counter()).update(names)
    questions = []
    for speaker, _ in said.most_common():
        last = speaker.split()[-1]
        whole = speaker[:4].lower() == "the " or bare(last) in SUFFIXES  # nobody is called "Jr."
        name = speaker if whole else last
        if topics.get(speaker):
            questions.append(f"What did {name} say about {topics[speaker].most_common(1)[0][0]}?")
        elif said[speaker] >= _FEWEST:
            questions.append(f"What did {name} say?")
    return questions[:limit]
