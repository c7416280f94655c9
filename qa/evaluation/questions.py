"""Questions: what is asked, and what the answer is held to."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from qa.evaluation.remarks import remark

Words = Annotated[str, StringConstraints(min_length=1)]
NotBlank = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]


class Place(BaseModel):
    """The half-open range ``[start, end)`` of a document's text, in code points."""

    model_config = ConfigDict(frozen=True)

    document: NotBlank
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(remark("backwards", start=self.start, end=self.end))
        return self


def _form(value: object) -> str:
    return "words" if isinstance(value, str) else "place"


Alternative = Annotated[
    Annotated[Words, Tag("words")] | Annotated[Place, Tag("place")], Discriminator(_form)
]
"""A piece of evidence: an exact substring of a document, or a place in one."""


def _not_empty(group: tuple[Any, ...]) -> tuple[Any, ...]:
    if not group:
        raise ValueError(remark("no-alternative"))
    return group


_FULL = AfterValidator(_not_empty)


class Question(BaseModel):
    """One question of a set, and what its answer is held to.

    Attributes:
        id: unique in its set; the answer bears it too.
        kind: what the measures are broken down by.
        question: as a person asks it.
        history: earlier questions and answers of the conversation, in order.
        documents: names of the documents to which it is scoped; None for all.
        answerable: whether the documents say.
        evidence: groups of alternatives; an answer cites one of each group.
        answer_contains: groups of alternatives; an answer says one of each group.
        answer_excludes: what an answer must not say, another speaker's words for instance.
        reference_answers: short answers that exact match and token F1 compare with.
        relevant_documents: names of documents judged relevant, with their grades; above 0 is relevant.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: NotBlank
    question: NotBlank
    answerable: bool
    kind: str = ""
    history: tuple[str, ...] = ()
    documents: tuple[NotBlank, ...] | None = None
    evidence: tuple[Annotated[tuple[Alternative, ...], _FULL], ...] = ()
    answer_contains: tuple[Annotated[tuple[Words, ...], _FULL], ...] = ()
    answer_excludes: tuple[Words, ...] = ()
    reference_answers: tuple[Words, ...] = ()
    relevant_documents: dict[str, int] = Field(default_factory=dict)

    @field_validator("documents")
    @classmethod
    def _no_names_are_no_scope(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return names or None

    @property
    def references(self) -> tuple[str, ...]:
        """The reference answers, or where there are none the only thing that must be said."""
        if self.reference_answers or len(self.answer_contains) != 1:
            return self.reference_answers
        return self.answer_contains[0]
