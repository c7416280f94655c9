"""An assistant with scripted answers: every look of the page, without models or an index."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from indexes.dates import day_of
from indexes.documents import Document, Span
from indexes.errors import DocumentError, OnrecordError
from indexes.filters import Condition
from indexes.statements import Statement
from qa.answer import Answer, AnswerSentence, Citation
from qa.refusal import Refusal
from qa.settings import Settings

REPORT = """---
title: Ministers differ over a ferry line
---

# Ministers differ over a ferry line

The transport ministers of two countries met in the port of Aldmouth on Tuesday.

Marta Ilves said that the terminal would open in May. “We are keeping to the plan that was agreed,” she told reporters.

She added that the cost had risen by a fifth, which she called “bearable”.

Jon Aasen, who spoke after her, said the date was not realistic.

“Nobody has ordered the ramps.

And without ramps there is no ferry,” he said.

## What happens next

The two sides will meet again in February. The port's owner, Aldmouth Harbour, declined to comment.
"""
OTHER = """Ferry tickets will cost more

By A. Writer, 3 January 2024

Tickets for the ferry will cost 42 crowns, Marta Ilves said on Wednesday, and children will travel free.
"""
NASTY = (
    "<img src=x onerror=\"document.body.dataset.hacked='yes'\"> & <script>alert(1)</script>\n\n"
    "Somebody said that <b>bold</b> claims & “quotes” stay text, `${1+1}` and {{7*7}} too.\r\n"
    "A second line ends here.\n\nשר התחבורה אמר שהמעבורת תחזור במאי.\n\n"
    + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    + " is a long word.\n"
)


CORPUS = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"><svg onload=window.hacked=1>',
    "' onmouseover='window.hacked=1' x='",
    "javascript:window.hacked=1",
    "</textarea><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "{{constructor.constructor('window.hacked=1')()}} ${window.hacked=1} {{{window.hacked=1}}}",
    "<a href=javascript:window.hacked=1>x</a><style>*{display:none}</style>",
    "&lt;img src=x onerror=window.hacked=1&gt; <!-- --!> ]]> \u202e",
)


def corpus() -> list[Document]:
    """An article for each string that would do harm if it were taken for markup."""
    return [
        Document(f"{text} {n}", f"{text}\n\nMarta Ilves said {text} today.", text, text, text)
        for n, text in enumerate(CORPUS)
    ]


@dataclass(frozen=True, slots=True)
class Summary:
    """A line of the library."""

    name: str
    title: str
    byline: str | None
    published: str | None
    words: int
    added: str
    speakers: int
    statements: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source."""

    source: str
    document: str | None
    reason: str


@dataclass(slots=True)
class Added:
    """What became of all sources."""

    added: list[Outcome] = field(default_factory=list)
    skipped: list[Outcome] = field(default_factory=list)
    failed: list[Outcome] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Event:
    """A step on the way to an answer."""

    stage: str
    answer: Answer | None = None


def documents() -> list[Document]:
    """The articles that the fake starts with."""
    return [
        Document(
            "ferry.md",
            REPORT,
            "Ministers differ over a ferry line",
            "Aldmouth Courier",
            "2024-01-02",
            body=REPORT.index("# "),
        ),
        Document("tickets.txt", OTHER, "Ferry tickets will cost more", None, "2024-01-03"),
    ]


def nasty() -> Document:
    """An article full of markup, in two directions, with a carriage return and a long word."""
    return Document(
        "<b>nasty</b>.txt", NASTY, "<img src=x onerror=alert(2)> & co", '"><i>by</i>', "soon"
    )


@lru_cache(maxsize=64)
def paragraph_spans(text: str) -> list[Span]:
    """Cut at blank lines, headings included, front matter too."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:.|\r?\n(?!\r?\n))*", text)]


LONG_QUOTES = (
    "Here the engineers gave the depth of the harbour as nineteen metres.",
    "There the engineers gave the depth of the canal as seven metres.",
)
"""What is cited of the long article: in its middle, and near its end."""


def long() -> Document:
    """An article of 5 MB in 12,000 paragraphs."""
    words = (
        "the harbour and its canal were measured again in the spring by a crew of the port".split()
    )
    lines = [
        f"Section {n}. " + " ".join((words[n % 7 :] + words) * (2 + n % 3)) for n in range(12_000)
    ]
    lines[6000] += " " + LONG_QUOTES[0]
    lines[11_500] += " " + LONG_QUOTES[1]
    text = "A survey of the harbour\n\n" + "\n\n".join(lines)
    text += "\n\n" + "z" * max(0, 5_000_000 - len(text))
    return Document("survey.txt", text, "A survey of the harbour")


SILENT = Refusal(cause="named-only", names=("Ilves",), times=3, wanted="number")
"""Why a question is declined."""


class FakeIndex:
    """The part of an index that the page asks; articles are numbered as they stand on the shelf."""

    def __init__(self, shelf: dict[str, Document], folder: Path) -> None:
        self.shelf, self.folder, self.store = shelf, folder, self

    def numbers(self, names: Sequence[str] | None) -> list[int] | None:
        """The numbers of some articles."""
        known = list(self.shelf)
        return None if names is None else [known.index(name) for name in names]

    def document(self, number: int) -> Document:
        """Read a document by its number."""
        return list(self.shelf.values())[number]

    def statements(self, *, documents: Sequence[int] | None = None) -> list[tuple[int, Statement]]:
        """What is said in the articles: one statement a paragraph that has the word "said"."""
        found = []
        for number, document in enumerate(self.shelf.values()):
            for span in paragraph_spans(document.text):
                cue = re.search(r"\bsaid\b", span.of(document.text))
                if cue is None or documents not in (None, [number]):
                    continue
                names = ("Marta Ilves", "Jon Aasen", "<b>bold</b>")
                name = next((n for n in names if n in span.of(document.text)), "")
                at = span.start + cue.start()
                content = (Span(at + 5, span.end),)
                found.append(
                    (number, Statement(content, Span(at, at + 4), None, name, "indirect", 1.0))
                )
        return found

    def speakers(self, documents: Sequence[int] | None = None) -> dict[str, int]:
        """The speakers with how many statements each has."""
        names = [s.speaker for _, s in self.statements(documents=documents) if s.speaker]
        return dict(Counter(names).most_common())

    def save(self) -> None:
        """Nothing to save."""


class FakeAssistant:
    """Answers from a script; the words of a question choose the look.

    "Ilves" and "ferry": two speakers and two documents; "ramps": a quotation over a paragraph
    break; "reworded": written by a language model; "unreachable": a note;
    "deep": two places of a long article; "nasty": markup; "fail": an error of ours;
    "crash": any other; "slow": takes 3 s; "linger": half a second in the thread; anything else is
    declined.
    """

    def __init__(self, *, empty: bool = False, folder: Path | None = None) -> None:
        self.shelf: dict[str, Document] = {} if empty else {d.name: d for d in documents()}
        self.settings = Settings()
        self.llm = None
        self.index = FakeIndex(self.shelf, folder or Path(tempfile.mkdtemp()))
        self.histories: list[tuple[str, ...]] = []
        self.conditions: list[tuple[str, ...]] = []

    def documents(self, *, where: Sequence[str] = ()) -> list[Summary]:
        """List the documents; the conditions are on the day of publication."""
        return [
            Summary(d.name, d.title, d.byline, d.published, d.words, "2024-01-04T00:00:00", 3, 7)
            for d in self.shelf.values()
            if all(self.meets(d, Condition.of(text)) for text in where)
        ]

    def meets(self, document: Document, condition: Condition) -> bool:
        """Whether an article was published when a condition says."""
        day = day_of(document.published)
        if day is None:
            return False
        return day >= condition.value if condition.operator == ">=" else day <= condition.value

    def document(self, name: str) -> Document:
        """Read a document."""
        if name not in self.shelf:
            raise DocumentError(f"There is no document {name}.", name)
        return self.shelf[name]

    def paragraphs(self, name: str) -> list[Span]:
        """The places of a document's paragraphs."""
        return paragraph_spans(self.document(name).text)

    def add(self, *sources: str | Path, progress: object = None) -> Added:
        """Add files; one named "bad…" fails."""
        result = Added()
        for path in map(Path, sources):
            if path.name.startswith("bad"):
                reason = "bad.txt is not text in any encoding that was tried: UTF-8, UTF-16, Windows-1252."
                result.failed.append(Outcome(str(path), None, reason))
            elif path.name in self.shelf:
                reason = f"{path.name} is in the index already, as {path.name}."
                result.skipped.append(Outcome(str(path), path.name, reason))
            else:
                text = path.read_text(encoding="utf-8")
                self.shelf[path.name] = Document(path.name, text, text.strip().splitlines()[0])
                result.added.append(Outcome(str(path), path.name, f"{path.name} was added."))
        return result

    def suggestions(self, limit: int = 4, documents: Sequence[str] | None = None) -> list[str]:
        """Examples."""
        known = [
            "What did Ilves say about the ferry?",
            "What did Aasen say about ramps?",
            "When do the two sides meet again?",
            "How much will a ticket cost?",
        ]
        return known[:limit] if self.shelf else []

    def warm_up(self) -> None:
        """Nothing to load."""

    def cite(self, number: int, name: str, quote: str, speaker: str | None = None) -> Citation:
        """Cite a quotation that stands in a document."""
        document = self.document(name)
        start = document.text.index(quote)
        return Citation(
            number=number,
            document=name,
            title=document.title,
            start=start,
            end=start + len(quote),
            quote=quote,
            document_id=document.id,
            speaker=speaker,
        )

    def answered(self, question: str, cites: Sequence[Citation], **more: object) -> Answer:
        """An answer of one sentence a citation."""
        sentences = tuple(AnswerSentence(text=c.quote, citations=(c.number,)) for c in cites)
        return Answer(
            question=question,
            answered=True,
            text=" ".join(f"{s.text} [{s.citations[0]}]" for s in sentences),
            sentences=sentences,
            citations=tuple(cites),
            timings_ms={"total": 41.3},
            **{"confidence": 0.94, **more},
        )

    def ask(self, question: str, documents: object = None, history: Sequence[str] = ()) -> Answer:
        """Answer by the words of the question."""
        self.histories.append(tuple(history))
        if "linger" in question:
            time.sleep(0.5)
        if "fail" in question:
            raise OnrecordError("The index cannot be read: its disk is gone; check it and retry.")
        if "crash" in question:
            raise RuntimeError("a secret detail")
        if "nasty" in question:
            return self.answered(
                question,
                [
                    self.cite(1, nasty().name, NASTY.split("\n")[0], "<u>Somebody</u>"),
                    self.cite(2, nasty().name, NASTY.split("\n\n")[1]),
                    self.cite(3, nasty().name, NASTY.split("\n\n")[2]),
                    self.cite(4, nasty().name, NASTY.split("\n\n")[3].strip()),
                ],
            )
        if any(text in question for text in CORPUS):
            document = max((d for d in corpus() if d.title in question), key=lambda d: len(d.title))
            quote = document.text.split("\n\n")[1]
            return self.answered(
                question,
                [self.cite(1, document.name, quote, document.title)],
                interpreted_as=question + " too",
            )
        if "reworded" in question:
            quote = "Marta Ilves said that the terminal would open in May."
            said = AnswerSentence(
                text="Ilves said the terminal would open in May.",
                citations=(1,),
                support="supported",
            )
            by = {"reader": "generative", "llm": "small", "dropped": 1}
            made = self.answered(question, [self.cite(1, "ferry.md", quote, "Marta Ilves")])
            return made.model_copy(update={"sentences": (said,), "engine": by})
        if "unreachable" in question:
            note = "The language model small cannot be reached; start its server, or correct ONRECORD_LLM_URL."
            quote = "The two sides will meet again in February."
            return self.answered(question, [self.cite(1, "ferry.md", quote)], engine={"note": note})
        if "deep" in question:
            cites = [self.cite(n, "survey.txt", quote) for n, quote in enumerate(LONG_QUOTES, 1)]
            return self.answered(question, cites)
        if "ramps" in question:
            quote = REPORT[REPORT.index("“Nobody") : REPORT.index(" he said.\n\n##") + 9]
            return self.answered(
                question,
                [self.cite(1, "ferry.md", quote, "Jon Aasen")],
                confidence=0.62,
                interpreted_as="What did Jon Aasen say about the ramps?" if history else None,
            )
        if "Ilves" in question or "ferry" in question:
            return self.answered(
                question,
                [
                    self.cite(
                        1,
                        "ferry.md",
                        "Marta Ilves said that the terminal would open in May.",
                        "Marta Ilves",
                    ),
                    self.cite(
                        2,
                        "ferry.md",
                        "“We are keeping to the plan that was agreed,” she told reporters.",
                        "Marta Ilves",
                    ),
                    self.cite(3, "tickets.txt", OTHER.strip().split("\n\n")[-1], "Marta Ilves"),
                    self.cite(
                        4,
                        "ferry.md",
                        "Jon Aasen, who spoke after her, said the date was not realistic.",
                        "Jon Aasen",
                    ),
                ],
            )
        if "meet" in question:
            return self.answered(
                question,
                [self.cite(1, "ferry.md", "The two sides will meet again in February.")],
                confidence=0.41,
            )
        nearest = tuple(
            self.cite(n, "ferry.md", quote)
            for n, quote in enumerate(
                (
                    "She added that the cost had risen by a fifth, which she called “bearable”.",
                    "The two sides will meet again in February.",
                ),
                1,
            )
        )
        return Answer(
            question=question,
            answered=False,
            confidence=0.06,
            text=str(SILENT),
            refusal=SILENT,
            nearest=nearest if self.shelf else (),
            timings_ms={"total": 1234.0},
        )

    async def stream(
        self,
        question: str,
        documents: object = None,
        history: Sequence[str] = (),
        *,
        where: Sequence[str] = (),
    ) -> AsyncIterator[Event]:
        """Answer in steps."""
        self.conditions.append(tuple(where))
        yield Event("searching")
        if "slow" in question:
            await asyncio.sleep(1.5)
        yield Event("reading")
        if "slow" in question:
            await asyncio.sleep(1.5)
        yield Event("answered", self.ask(question, documents, history))


if __name__ == "__main__":
    import sys

    from ui.app import serve

    folders = [Path(flag) for flag in sys.argv[2:] if not flag.startswith("--")]
    scripted = FakeAssistant(empty="--empty" in sys.argv, folder=folders[0] if folders else None)
    if "--nasty" in sys.argv:
        scripted.shelf[nasty().name] = nasty()
    if "--long" in sys.argv:
        scripted.shelf["survey.txt"] = long()
    if "--corpus" in sys.argv:
        scripted.shelf.update({document.name: document for document in corpus()})
    serve(scripted, port=int(sys.argv[1]))  # type: ignore[arg-type]  # the same interface
