"""Scoring sentences as evidence.

Each sentence of the passages found is described by a row of features and weighed by a logistic model.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexes import Document, RankedPassage, Span
from indexes.words import CAPITAL, STOP_WORDS, content_terms, stem, words
from qa.question import Question, last_names
from qa.readers.joint import Names, Reading
from qa.weights import Row, model, sigmoid, weighed_as

Said = Callable[[int, Span], tuple[Sequence[Span], Sequence[Span]]]
"""What those asked for say in a sentence (a document's number and a place), and the run of statements around it."""

FEATURES = (
    "reader",  # the joint reader's logit that this sentence is evidence
    "passage",  # the reader's logit that this passage answers at all
    "meaning",  # inner product of question and sentence
    "meaning_here",  # the same, relative to the best sentence found
    "words",  # share of the question's rare words in the sentence, by inverse document frequency
    "words_near",  # the same in the sentence and its two neighbours
    "words_passage",  # the same in the passage
    "rank",  # how far down the ranking the passage is, as 1 / (1 + rank)
    "names",  # share of the question's names in the passage
    "type",  # whether the sentence has the kind of thing asked for; 0 when any will do
    "span",  # how much likelier its best few words are to be the answer than that there is none
    "heading",  # whether it is the title, or a line without a full stop
    "before",  # the reader's logit of the sentence before it in the passage, at least -8
)
SAID_FEATURES = (
    *FEATURES,
    "words_said",  # share of the question's rare words in what the speaker says in the sentence
    "words_run",  # the same in the run of the speaker's statements that the sentence belongs to
    "theirs",  # whether the sentence reports the speaker's words
    "named",  # whether it names the speaker
    "quotes",  # whether it has quotation marks
    "length",  # its length, in hundreds of characters
)
_READER, _PASSAGE = (FEATURES.index(name) for name in ("reader", "passage"))
_READS_WELL = 0.5
"""The reader's log-odds from which a sentence is looked at though no rule sees whose words it holds."""
_NAME = re.compile(rf"(?<![.!?]\s)(?<!^)\b{CAPITAL}[\w’'-]+")
_NOTHING_BEFORE, _LEAST_BEFORE = -4.0, -8.0
"""What "before" is where a passage begins, and at least."""
_END = re.compile(r"[.!?…][\"”’'»)\]]*\Z")
QUOTATION_MARKS = re.compile("[“”\"„«»‘]|''")
"""What opens or closes words in a text."""
_LEANS = re.compile(
    r"(?:th(?:is|at|ese|ose|ey|eir)|s?he|his|her|its?|however|in addition|also|for example|thus|therefore)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:also|separately|meanwhile|in addition|additionally|besides|turning to|asked (?:about|whether)|as for)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(r"\b(?:it|its|they|them|their|this|these|those)\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d{2}|\d+(?:st|nd|rd|th)|january|february|(?-i:March|May)|april|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|yesterday|today)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand"
    r"|million|billion|half|third|quarter|dozen|percent)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|as a result|result of|in order to|so that|given that|"
    r"therefore|thanks to|caused|to \w+|reason|led to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may be evidence.

    Attributes:
        document: its document's name.
        document_number: its document's number.
        span: its place in the document's text.
        passage: the number of its passage among those read.
        short: the place of the few words in it that likeliest are the answer itself.
        apt: whether these are of the kind asked for.
        leans: whether it begins like one that goes on.
        turns: whether it says that it turns elsewhere: "also", "asked about".
        row: (features,) float64.
        logit: log-odds that it is evidence.
        refers: whether it has an "it" or "they", which may mean what was named before.
        after: where what stands before it in the text ends, blanks aside.
        indented: whether a paragraph begins with it.
        quoted: whether it opens with a quotation mark.
    """

    document: str
    document_number: int
    span: Span
    passage: int
    short: Span
    apt: bool
    leans: bool
    turns: bool
    row: Row
    logit: float = 0.0
    refers: bool = False
    after: int = -1
    indented: bool = False
    quoted: bool = False

    @property
    def probability(self) -> float:
        """The logit as a probability."""
        return sigmoid(self.logit)

    @property
    def passage_answers(self) -> float:
        """The reader's log-odds that its passage answers at all."""
        return float(self.row[_PASSAGE])

    @property
    def reads_well(self) -> bool:
        """Whether the reader alone, that knows no speakers, finds that it answers."""
        return bool(self.row[_READER] >= _READS_WELL)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How rare the question's words are on record.

    Attributes:
        weights: inverse document frequency of each of the question's stems.
        unknown: the stems that occur nowhere.
    """

    weights: Mapping[str, float]
    unknown: frozenset[str]

    @classmethod
    def empty(cls) -> Vocabulary:
        """Of a question without words."""
        return cls({}, frozenset())

    @classmethod
    def of(cls, passages: int, counts: Mapping[str, int]) -> Vocabulary:
        """Weigh stems by ``log(1 + (N - n + .5) / (n + .5))``. Source: Robertson and Zaragoza (2009)."""
        weights = {
            stem: math.log(1 + (passages - n + 0.5) / (n + 0.5)) for stem, n in counts.items()
        }
        return cls(weights, frozenset(stem for stem, n in counts.items() if n == 0))

    def covered(self, found: frozenset[str] | set[str]) -> float:
        """The share of the question's weight in ``found``, from 0 to 1; 1 if there is nothing to find."""
        total = sum(self.weights.values())
        return sum(w for stem, w in self.weights.items() if stem in found) / total if total else 1.0


def names_in(question: str) -> list[str]:
    """The stems of the question's names: its capitalised words beyond the first."""
    found = [word for match in _NAME.findall(question) for word in words(match)]
    return [stem(word) for word in dict.fromkeys(found) if word not in STOP_WORDS]


def candidates(
    question: Question,
    vocabulary: Vocabulary,
    passages: Sequence[RankedPassage],
    documents: Mapping[int, Document],
    readings: Sequence[Reading],
    said: Said,
    names_in_place: Callable[[int], Names],
) -> list[Candidate]:
    """Describe and score every sentence of the passages read, in the order given.

    ``said`` gives the words of those whose statements are asked for, ``names_in_place`` the names that are read in
    a document, by its number, instead of pronouns.
    """
    found: list[Candidate] = []
    best_meaning = max((float(p.sentence_scores.max()) for p in passages), default=0.0)
    names = names_in(question.text)
    for number, (ranked, reading) in enumerate(zip(passages, readings, strict=True)):
        text = documents[ranked.document_number].text
        title = set(content_terms(documents[ranked.document_number].title))
        meant = names_in_place(ranked.document_number)
        stems = [_stems([s.span], text, meant) for s in ranked.passage.sentences]
        whole = frozenset().union(*stems, title)
        with_names = sum(name in whole for name in names) / len(names) if names else 1.0
        for i, sentence in enumerate(ranked.passage.sentences):
            near = frozenset().union(*stems[max(0, i - 1) : i + 2])
            meaning = float(ranked.sentence_scores[i])
            quote = sentence.span.of(text)
            row = [
                reading.sentences[i], reading.answers, meaning, meaning - best_meaning,
                vocabulary.covered(stems[i]), vocabulary.covered(near), vocabulary.covered(whole),
                1 / (1 + number), with_names, has_type(question, quote), reading.spans[i],
                _is_heading(quote, documents[ranked.document_number].title),
                max(reading.sentences[i - 1], _LEAST_BEFORE) if i else _NOTHING_BEFORE,
            ]  # fmt: skip
            if question.form == "said":
                theirs, run = said(ranked.document_number, sentence.span)
                row += [
                    vocabulary.covered(_stems(theirs, text, meant)),
                    vocabulary.covered(_stems(run, text, meant)),
                    bool(theirs),
                    not last_names(question.speakers).isdisjoint(words(quote)),
                    bool(QUOTATION_MARKS.search(quote)),
                    len(quote) / 100,
                ]
            short = reading.shortest[i]
            after = _end_of_what_is_before(text, sentence.span.start)
            found.append(
                Candidate(
                    document=ranked.document,
                    document_number=ranked.document_number,
                    span=sentence.span,
                    passage=number,
                    short=short,
                    apt=has_type(question, f", {short.of(text)}") > 0,
                    leans=bool(_LEANS.match(text, sentence.span.start)),
                    turns=bool(_TURNS.search(text, sentence.span.start, sentence.span.end)),
                    row=np.array(row),
                    refers=bool(_REFERS.search(text, sentence.span.start, sentence.span.end)),
                    after=after,
                    indented="\n" in text[after : sentence.span.start],
                    quoted=bool(QUOTATION_MARKS.match(quote)),
                )
            )
    if not found:
        return []
    weigh = model(weighed_as(question), "sentence", features(question))
    logits = weigh(np.array([candidate.row for candidate in found]))
    return [replace(c, logit=float(logit)) for c, logit in zip(found, logits, strict=True)]


def _is_heading(quote: str, title: str) -> bool:
    return quote == title or not _END.search(quote)


def _end_of_what_is_before(text: str, start: int) -> int:
    # A slice of all that is before would cost as much as the text is long, for each sentence.
    while start and text[start - 1].isspace():
        start -= 1
    return start


def _stems(spans: Sequence[Span], text: str, names: Names) -> frozenset[str]:
    """The stems of some places of a text, and of the names that are read in them instead of pronouns."""
    told = [span.of(text) for span in spans]
    told += [name for place, name in names if any(span.contains(place) for span in spans)]
    return frozenset(term for words_there in told for term in content_terms(words_there))


def has_type(question: Question, sentence: str) -> float:
    """Whether a sentence has the kind of thing asked for: 1 yes, -1 no, 0 when anything may answer."""
    if question.answer_type in ("any", "list"):
        return 0.0
    if question.answer_type == "date":
        found = bool(_DATE.search(sentence))
    elif question.answer_type == "number":
        found = bool(_NUMBER.search(sentence))
    elif question.answer_type == "reason":
        found = bool(_REASON.search(sentence))
    else:  # a person, a name or a place that the question does not name already
        known = set(words(question.text))
        found = any(not known.issuperset(words(name)) for name in _NAME.findall(sentence))
    return 1.0 if found else -1.0


def features(question: Question) -> tuple[str, ...]:
    """The names of a candidate's features: those of somebody's words, or of a fact."""
    return SAID_FEATURES if question.form == "said" else FEATURES
