"""Answers and citations: the contract with every caller.

An answer that claims something without a citation, or that declines and cites all the same,
cannot be constructed.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer, model_validator

from qa.refusal import Refusal

Support = Literal["verbatim", "supported", "partial", "unsupported"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Value):
    """An exact quotation: ``document.text[start:end] == quote``, in code points."""

    number: int = Field(ge=1)
    document: str
    title: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str
    document_id: str
    speaker: str | None = None
    page: int | None = Field(default=None, ge=1)
    score: float = 0.0

    @model_validator(mode="after")
    def _quote_fills_its_range(self) -> Citation:
        if self.end - self.start != len(self.quote):
            raise ValueError("a quote is as long as the range that it is cited from")
        return self


class AnswerSentence(_Value):
    """One sentence of an answer, with the numbers of the citations that carry it."""

    text: str
    citations: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)
    support: Support = "verbatim"


class Answer(_Value):
    """What came of a question.

    Attributes:
        question: the question as it was asked.
        interpreted_as: the question that was searched for, where it differs: a follow-up made self-contained, misspelt
            names put right.
        answered: False when the articles do not say.
        confidence: calibrated probability in [0, 1] that the articles answer the question.
        text: Markdown, ``[n]`` after each sentence; one sentence that says so when declined.
        short: the answer itself, a few words of a quote, where a fact is asked for and they are sure.
        sentences: the answer's sentences, empty when declined.
        citations: numbered 1..n in order of use, empty when declined.
        nearest: when declined, the closest passages.
        refusal: when declined, why, as facts; ``text`` says them in English.
        unanswered: of several questions asked in one, those that the articles do not answer.
        timings_ms: milliseconds by stage.
        engine: which answerer, models and index generation produced it.
    """

    question: str
    answered: bool
    confidence: float = Field(ge=0, le=1)
    text: str
    short: str | None = None
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    interpreted_as: str | None = None
    nearest: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    unanswered: tuple[str, ...] = ()
    id: str | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)
    engine: dict[str, Any] = Field(default_factory=dict)

    def speaker_of(self, sentence: AnswerSentence) -> str | None:
        """Whose words a sentence is; None for the articles' own, and for a written one, which names whoever it is."""
        if sentence.support != "verbatim":
            return None
        return self.citations[sentence.citations[0] - 1].speaker or None

    @model_validator(mode="after")
    def _keeps_the_promise(self) -> Answer:
        if self.answered != bool(self.citations) or self.answered != bool(self.sentences):
            raise ValueError("an answer has sentences and citations, a refusal has neither")
        if self.answered and self.refusal is not None:
            raise ValueError("only a refusal says why the articles do not say")
        if self.unanswered and not self.answered:
            raise ValueError("only an answer leaves a part of a question open")
        if self.short is not None and not any(self.short in c.quote for c in self.citations):
            raise ValueError("the short answer is a part of a quote")
        if [c.number for c in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("citations are numbered 1..n")
        used = list(dict.fromkeys(n for s in self.sentences for n in s.citations))
        if used != [c.number for c in self.citations]:
            raise ValueError("citations are numbered in the order in which the answer uses them")
        return self

    @model_serializer(mode="wrap")
    def _leave_out_what_is_not_there(self, handler: Any) -> dict[str, Any]:  # noqa: ANN401 - pydantic's own
        """What the schema has as optional is absent, never null."""
        data: dict[str, Any] = handler(self)
        for key in ("id", "interpreted_as", "short", "refusal"):
            if data.get(key) is None:
                data.pop(key, None)
        if not data.get("unanswered"):
            data.pop("unanswered", None)
        return data
