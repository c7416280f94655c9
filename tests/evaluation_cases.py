"""Two short articles, questions on them, and an assistant with scripted answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexes.errors import DocumentError, OnrecordError
from qa.answer import Answer, AnswerSentence, Citation
from qa.evaluation import Question

TEXT = "Quill said the talks went well. Tamm did not agree. “It cannot happen again,” he said. Nobody else spoke."
TEXTS = {"harbour.txt": TEXT, "prize.txt": "Lindow won the prize. Tamm did not agree."}
FIRST, SECOND = "Quill said the talks went well.", "Tamm did not agree."


def cite(
    *quotes: str, document: str = "harbour.txt", text: str | None = None, **rest: object
) -> Answer:
    """An answer of verbatim quotations from one document."""
    starts = [TEXTS[document].index(quote) for quote in quotes]
    places = [
        (document, start, start + len(quote)) for start, quote in zip(starts, quotes, strict=True)
    ]
    return answer_of(places, text if text is not None else " ".join(quotes), **rest)


def answer_of(
    places: Sequence[tuple[str, int, int]], text: str, confidence: float = 0.9, wrong: bool = False
) -> Answer:
    def quote(document: str, start: int, end: int) -> str:
        exact = TEXTS.get(document, "")[start:end]
        return "#" * (end - start) if wrong or len(exact) != end - start else exact

    citations = [
        Citation(
            number=n, document=d, title=d, start=s, end=e, quote=quote(d, s, e), document_id="0"
        )
        for n, (d, s, e) in enumerate(places, start=1)
    ]
    return Answer(
        question="?",
        answered=bool(citations),
        confidence=confidence,
        text=text,
        sentences=tuple(AnswerSentence(text=c.quote, citations=(c.number,)) for c in citations),
        citations=tuple(citations),
    )


def declined(confidence: float = 0.1) -> Answer:
    return Answer(question="?", answered=False, confidence=confidence, text="They do not say.")


def asked(**given: object) -> Question:
    return Question.model_validate({"id": "q", "question": "Who?", "answerable": True, **given})


@dataclass
class FakeAssistant:
    """Answers with what it was given, question by question, and remembers what it was asked."""

    identity = "fake"

    answers: dict[str, Answer]
    seen: list[tuple[str, list[str] | None, tuple[str, ...]]] = field(default_factory=list)

    def ask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        scope = None if documents is None else list(documents)
        self.seen.append((question, scope, tuple(history)))
        if question not in self.answers:
            raise OnrecordError("The model broke.")
        return self.answers[question].model_copy(update={"question": question})

    @dataclass
    class Text:
        text: str

    @dataclass
    class Name:
        name: str

    def document(self, name: str) -> Text:
        if name not in TEXTS:
            raise DocumentError(f"There is no document named {name}.", name)
        return self.Text(TEXTS[name])

    def documents(self) -> list[Name]:
        return [self.Name(name) for name in TEXTS]
