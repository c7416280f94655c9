"""Passages that come up for a question and do not answer it, to train the reader beside those that do.

The product reads several passages of a question, and the best sentence of all is cited: a reader that
only ever saw one passage at a time cannot tell whose sentences are better. Source of the idea: Clark
and Gardner, Simple and effective multi-paragraph reading comprehension (2018).

A rival of a question on news comes from the same article, as such questions are asked of one; of
other questions from any text. Passages are cut as the product cuts them, and ranked by TF-IDF.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from indexes.documents import Document, Span
from indexes.passages import split
from indexes.words import content_terms
from training.data import Article, Example, Rival

_KEPT = 5
_LOOKED_AT = 24
_AT_ONCE = 500
_SHORTEST = 200
"""Characters: a heading alone is like many questions, and no rival."""


def with_rivals(examples: Sequence[Example]) -> list[Example]:
    """Give each example its rivals, found among the texts that all of them were cut from."""
    pools: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        pools[example.article.name if example.news else ""].append(number)
    found = list(examples)
    for numbers in pools.values():
        asked = [examples[number] for number in numbers]
        for number, rivals in zip(numbers, _rivals(asked), strict=True):
            found[number] = dataclasses.replace(examples[number], rivals=rivals)
    return found


def _rivals(examples: Sequence[Example]) -> Iterator[tuple[Rival, ...]]:
    texts = {example.whole: example.article for example in examples}
    pool = [
        rival
        for text, article in texts.items()
        for rival in _cut(text, article)
        if len(rival.text) >= _SHORTEST
    ]
    if not pool:
        yield from (() for _ in examples)
        return
    counted = TfidfVectorizer(analyzer=content_terms, sublinear_tf=True, dtype=np.float32)
    passages = counted.fit_transform([rival.text for rival in pool]).T.tocsr()
    for start in range(0, len(examples), _AT_ONCE):
        some = examples[start : start + _AT_ONCE]
        likeness = (counted.transform([e.question for e in some]) @ passages).toarray()
        for example, row in zip(some, likeness, strict=True):
            best = np.argpartition(-row, min(_LOOKED_AT, len(row)) - 1)[:_LOOKED_AT]
            best = best[np.lexsort((best, -row[best]))]
            fit = [pool[i] for i in best if not _answers(pool[i], example)]
            yield tuple(fit[:_KEPT])


def _answers(rival: Rival, example: Example) -> bool:
    """Whether a passage has a sentence that answers, or the answer's words, or may be the passage itself."""
    if example.answer and example.answer.of(example.text) in rival.text:
        return True
    return any(sentence in rival.text for sentence in example.answering or (example.text,))


def _cut(whole: str, article: Article) -> Iterator[Rival]:
    for passage in split(Document("", whole, "")):
        start = passage.span.start
        spans = [Span(s.span.start - start, s.span.end - start) for s in passage.sentences]
        yield Rival(passage.span.of(whole), tuple(spans), article)
