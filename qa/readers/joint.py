"""The joint reader: question and passage through one small transformer together.

One pass scores every sentence of a passage in its context, and says whether the passage answers at
all. Trained by ``training/reader.py``; docs/reader.md says on what, and how well it does.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from indexes import Span
from indexes.encoder import open_session, open_tokenizer
from indexes.model_files import default_model_files

MODEL = Path(__file__).parent / "joint.onnx"
LONGEST = 288
"""Word pieces that the reader sees at once, question and markers included."""
LONGEST_QUESTION = 64
"""Word pieces of a question that it sees."""
LONGEST_TITLE = 24
"""Word pieces of a title that it sees."""
MOST_SENTENCES = 64
"""Sentences of a passage that it sees."""
_LONGEST_ANSWER = 16
_UNREAD = -12.0
"""Log-odds of a sentence that the reader does not see."""


Names = Sequence[tuple[Span, str]]
"""Places of a text, in order, and the names that are read there instead of what they hold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a passage.

    Attributes:
        sentences: (sentences,) log-odds that each is evidence for the answer.
        answers: log-odds that the passage answers the question.
        spans: (sentences,) how much likelier the best few words in each are to be the answer than
            that there is none, as a difference of log-odds. Source: Devlin et al., BERT (2019), 4.3.
        shortest: (sentences,) the place in the text of those words.
    """

    sentences: NDArray[np.float64]
    answers: float
    spans: NDArray[np.float64]
    shortest: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the reader is shown of a document.

    Attributes:
        title: what stands above the text; empty for none.
        text: the document's text.
        sentences: the places of a passage's sentences in it, which are judged.
        seen: the place of what is read.
        names: the names that are read in it instead of pronouns.
    """

    title: str
    text: str
    sentences: Sequence[Span]
    seen: Span
    names: Names = ()

    def written(self) -> tuple[str, list[Span]]:
        """The words that are read, and for each of their characters the place that it comes from."""
        words, places = [], []
        at = self.seen.start
        for place, name in self.names:
            if place.start >= at and place.end <= self.seen.end:
                words += [self.text[at : place.start], name]
                places += [Span(i, i + 1) for i in range(at, place.start)] + [place] * len(name)
                at = place.end
        words.append(self.text[at : self.seen.end])
        places += [Span(i, i + 1) for i in range(at, self.seen.end)]
        return "".join(words), places


class JointReader:
    """Reads passages for a question. Any thread may call."""

    def __init__(self, model: Path = MODEL) -> None:
        """Load the model.

        Raises:
            ModelError: if it cannot be loaded: a reader that fails is never "the articles do not say".
        """
        self._session = open_session(model)
        self._tokenizer = open_tokenizer(default_model_files().tokenizer)
        self._cls, self._sep = (
            self._tokenizer.token_to_id(marker) for marker in ("[CLS]", "[SEP]")
        )
        self._threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reader")

    def is_common(self, word: str) -> bool:
        """Tell whether a lower-case word is one piece to the reader, as common words and well-known names are."""
        return self._tokenizer.token_to_id(word) is not None

    def read(self, question: str, passages: Sequence[Shown]) -> list[Reading]:
        """Read passages side by side."""
        asked = self._pieces(question)[:LONGEST_QUESTION]
        return list(self._threads.map(lambda passage: self._read(asked, passage), passages))

    def _pieces(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def _read(self, asked: list[int], shown: Shown) -> Reading:
        title, sentences, seen = shown.title, shown.sentences, shown.seen
        question = [self._cls, *asked, self._sep]
        titled = [*self._pieces(title)[:LONGEST_TITLE], self._sep] if title else []
        head = question + titled
        text, places = shown.written()
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        room = LONGEST - len(head) - 1
        ids = encoding.ids[:room]
        offsets = [(places[a].start, places[b - 1].end) for a, b in encoding.offsets[:room]]
        begin = next((i for i, place in enumerate(sentences) if place.end > seen.start), 0)
        tokens = np.array([[*head, *ids, self._sep]], dtype=np.int64)
        types = np.zeros_like(tokens)
        types[0, len(question) :] = 1
        owner = np.full_like(tokens, -1)
        owner[0, len(head) : len(head) + len(ids)] = owners(
            offsets, sentences[begin : begin + MOST_SENTENCES]
        )
        feed = {
            "input_ids": tokens,
            "token_type_ids": types,
            "sentence_of_token": owner,
        }
        names = ["sentence_logits", "answer_logit", "start_logits", "end_logits"]
        scores, answers, starts, ends = cast(
            list[NDArray[np.float32]], self._session.run(names, feed)
        )
        logits = np.full(len(sentences), _UNREAD)
        spans = np.full(len(sentences), 2 * _UNREAD)
        shortest = list(sentences)
        for own in np.unique(owner[owner >= 0]):
            number = begin + own
            logits[number] = scores[0][own]
            (tokens_of,) = np.nonzero(owner[0] == own)
            score, first, last = best_span(starts[0][tokens_of], ends[0][tokens_of])
            spans[number] = score - starts[0][0] - ends[0][0]
            first, last = (int(tokens_of[i]) - len(head) for i in (first, last))
            shortest[number] = Span(offsets[first][0], offsets[last][1])
        return Reading(logits, float(answers.reshape(-1)[0]), spans, tuple(shortest))


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32]) -> tuple[float, int, int]:
    """The likeliest start and end, not more than 16 tokens apart.

    Args:
        starts: (tokens,) logits that the answer starts at each.
        ends: (tokens,) logits that it ends there.

    Returns:
        The sum of the two logits, and the numbers of the two tokens.
    """
    sums = starts[:, None] + ends[None, :]
    apart = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
    sums = np.where((apart >= 0) & (apart < _LONGEST_ANSWER), sums, -np.inf)
    first, last = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return float(sums[first, last]), int(first), int(last)


def owners(offsets: Sequence[tuple[int, int]], sentences: Sequence[Span]) -> list[int]:
    """The number of the sentence in which each token starts, -1 for none."""
    found: list[int] = []
    number = 0
    for start, _ in offsets:
        while number < len(sentences) and start >= sentences[number].end:
            number += 1
        inside = number < len(sentences) and start >= sentences[number].start
        found.append(number if inside else -1)
    return found


@cache
def joint_reader() -> JointReader:
    """The reader, loaded once a process."""
    return JointReader()
