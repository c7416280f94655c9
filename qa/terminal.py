"""What the command line prints: for people through rich, for programs as JSON."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from indexes.errors import DocumentError
from indexes.layout import paragraph_at, paragraph_numbers
from qa.answer import Answer, Citation
from qa.assistant import Added, Assistant, Outcome, RecordedStatement
from qa.compose import flat

if TYPE_CHECKING:
    from indexes.records import DocumentSummary, Revision
    from qa.doctor import Examination
    from qa.evaluation import BrokenSetError, Question, QuestionSet, Run
    from qa.evaluation.causal import Deletion
    from qa.evaluation.reports import Report
    from qa.feedback import FeedbackSet, Opinion
    from qa.library import FoundPassage
    from qa.receipt import Finding

_WIDE = 2000
_CONTROLS = {n: "\ufffd" for n in (*range(32), *range(127, 160)) if chr(n) not in "\n\t"}


class _Terminal(Console):
    """Shows what articles say as text: a sequence in it that would steer the terminal does not."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        """Make a renderable into what is written."""
        for segment in super().render(renderable, options):
            text = segment.text if segment.control else segment.text.translate(_CONTROLS)
            yield segment._replace(text=text)

    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends all commands alike."""
        raise BrokenPipeError


_console = _Terminal(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_json(value: object) -> None:
    """Print a value as JSON, one document, readable by people too."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def adding(*, quiet: bool) -> Iterator[Callable[[Outcome, int, int], None] | None]:
    """Show progress on adding, on standard error, where somebody sees it."""
    with counting("Adding", quiet=quiet) as advance:
        yield advance and (lambda outcome, done, total: advance(done, total))


@contextmanager
def evaluating(questions: QuestionSet, *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """Show progress on a question set; when stopped, say how to go on, and end with exit code 130."""
    from qa.evaluation import StoppedError

    try:
        with counting("Asking", quiet=quiet) as advance:
            yield advance and (lambda done: advance(done, len(questions)))
    except StoppedError as stopped:
        sys.stderr.write(f"{stopped}\n")
        raise SystemExit(130) from None


@contextmanager
def counting(what: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show how much is done, on standard error, where somebody sees it."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def print_added(result: Added, *, as_json: bool) -> None:
    """Say what became of each source."""
    if as_json:
        print_json(dataclasses.asdict(result))
        return
    for outcome in [*result.added, *result.skipped]:
        _console.print(escape(outcome.reason))
    for outcome in result.failed:
        _Terminal(stderr=True, highlight=False, soft_wrap=True).print(escape(outcome.reason))


def print_documents(documents: Sequence[DocumentSummary], *, as_json: bool) -> None:
    """List documents."""
    if as_json:
        print_json([dataclasses.asdict(document) for document in documents])
        return
    if not documents:
        _console.print("Nothing is on record yet; `onrecord add FILE` adds an article.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(
        "Name", overflow="fold", min_width=min(max(len(d.name) for d in documents), 40)
    )
    table.add_column("Title")
    columns = {
        "Publisher": [d.publisher or "" for d in documents],
        "Published": [d.published or "" for d in documents],
    }
    shown = {heading: cells for heading, cells in columns.items() if any(cells)}
    for heading in (*shown, "Words", "Statements", "Speakers"):
        table.add_column(heading, justify="left" if heading in shown else "right")
    for at, d in enumerate(documents):
        cells = (d.name, d.title, *(column[at] for column in shown.values()))
        plain = [escape(cell.translate(_CONTROLS)) for cell in cells]  # before rich measures them
        table.add_row(*plain, f"{d.words:,}", str(d.statements), str(d.speakers))
    _console.print(table)
    for d in documents:
        if d.twin:
            _console.print(escape(f"{d.name} nearly repeats {d.twin}."), style="dim")
        if d.unread:
            _console.print(escape(f"{d.name}: {d.unread}"), style="dim")


def print_found(found: Sequence[FoundPassage], *, as_json: bool) -> None:
    """Print passages, best first."""
    if as_json:
        print_json([dataclasses.asdict(passage) for passage in found])
        return
    for passage in found:
        _console.print(Text(" ".join(passage.text.split())))
        page = f"page {passage.page}, " if passage.page else ""
        also = f"; also in {', '.join(passage.also_in)}" if passage.also_in else ""
        where = f"    {passage.title} ({passage.document}), {page}characters {passage.start}–{passage.end}{also}\n"
        _console.print(Text(where, style="dim"))
    if not found:
        _console.print("Nothing on record comes near this.")


def print_changes(found: Sequence[Revision], *, as_json: bool) -> None:
    """Print what new versions took away and brought."""
    if as_json:
        print_json([dataclasses.asdict(revision) for revision in found])
        return
    for revision in found:
        _console.print(Text(f"{revision.document}, {revision.at}", style="bold"))
        for sign, style, sentences in (("-", "red", revision.gone), ("+", "green", revision.new)):
            for sentence in sentences:
                _console.print(Text(f"  {sign} {' '.join(sentence.split())}", style=style))
    if not found:
        _console.print("No document has been replaced by a new version.")


def print_text(text: str) -> None:
    """Print a document's text, to a program as it is and to a terminal without what would steer it."""
    shown = text.translate(_CONTROLS) if sys.stdout.isatty() else text
    sys.stdout.buffer.write(shown.encode("utf-8", "replace"))


def save_original(assistant: Assistant, name: str, target: Path) -> None:
    """Write the file that a document's text was taken out of, and say so.

    Raises:
        DocumentError: if there is no such document, it has no such file, or it cannot be written.
    """
    original = assistant.original(name)
    if original is None:
        raise DocumentError(
            f"The text of {name} is the file's own; print it with `onrecord show`.", name
        )
    try:
        target.write_bytes(original.data)
    except OSError as error:
        raise DocumentError(
            f"{target} cannot be written ({error.strerror or error}).", str(target)
        ) from error
    _console.print(escape(f"The file that {name} was read from was written to {target}."))


def print_answer(answer: Answer, assistant: Assistant, *, as_json: bool) -> None:
    """Print an answer, then its quotations and where they stand."""
    if as_json:
        print_json(answer.model_dump(mode="json"))
        return
    if answer.interpreted_as:
        _console.print(Text(f"Understood as “{answer.interpreted_as}”", style="dim"))
    if answer.short:
        _console.print(Text(flat(answer.short), style="bold"))
    for sentence in answer.sentences:
        _console.print(
            Text(sentence.text),
            Text(" ".join(f"[{n}]" for n in sentence.citations), style="bold cyan"),
        )
    for question in answer.unanswered:
        _console.print(Text(f"The articles do not say: {question}", style="bold"))
    if not answer.answered:
        _console.print(Text(answer.text, style="bold"))
    for heading, citations in (("Sources", answer.citations), ("Closest passages", answer.nearest)):
        if citations:
            _console.print(Text(f"\n{heading}", style="dim"))
            for citation in citations:
                _console.print(_source_line(citation, assistant))
    how = f"\nConfidence {answer.confidence:.0%}, {answer.timings_ms.get('total', 0):.0f} ms"
    if answer.engine.get("reader") == "generative":
        how += f", written by {answer.engine['llm']} and held to the quotations"
    _console.print(Text(how, style="dim"))
    if note := answer.engine.get("note"):
        _console.print(Text(note, style="yellow"))


def _source_line(citation: Citation, assistant: Assistant) -> Text:
    document = assistant.document(citation.document)
    numbers = paragraph_numbers(document, assistant.paragraphs(citation.document))
    number = paragraph_at(numbers, citation.start)
    line = Text(f"[{citation.number}] ", style="bold cyan")
    if citation.speaker:
        line.append(f"{citation.speaker}: ", style="bold")
    line.append(" ".join(citation.quote.split()), style="default")
    line.append(
        f"\n    {citation.title} ({citation.document}), "
        f"{f'page {citation.page}, ' if citation.page else ''}"
        f"{f'paragraph {number}, ' if number else ''}characters {citation.start}–{citation.end}",
        style="dim",
    )
    return line


def print_statements(found: Sequence[RecordedStatement], *, as_json: bool) -> None:
    """List who said what."""
    if as_json:
        print_json([dataclasses.asdict(statement) for statement in found])
        return
    for statement in found:
        line = Text(statement.speaker or "unsure", style="bold")
        line.append(f"  {' '.join(statement.text.split())}", style="default")
        line.append(f"  ({statement.kind}, {statement.document})", style="dim")
        _console.print(line)
    if not found:
        _console.print("No such statement is on record.")


def deleting(run: Run, assistant: Assistant, *, quiet: bool) -> Deletion:
    """Run the evidence-deletion test, with progress where somebody sees it."""
    from qa.evaluation.causal import delete_evidence

    with counting("Deleting evidence", quiet=quiet) as advance:
        return delete_evidence(run, assistant, advance)


def print_report(report: Report, *, as_json: bool) -> None:
    """Print the measures of an evaluation."""
    from qa.evaluation.reports.terminal import layout

    if as_json:
        print_json(report.as_dict())
    else:
        _console.print(layout(report))


def print_faults(error: BrokenSetError) -> None:
    """Print what is wrong with a question set, a row for each fault, on standard error."""
    from qa.evaluation.reports.terminal import faults

    lead = f"{error.path} is not a question set yet; correct this and try again:"
    if sys.stderr.isatty():
        _Terminal(stderr=True, highlight=False).print(escape(lead), faults(error), sep="\n")
        return
    console = _Terminal(file=io.StringIO(), highlight=False, width=_WIDE)
    with console.capture() as table:
        console.print(faults(error))
    lines = [lead, *(line.rstrip() for line in table.get().splitlines())]
    sys.stderr.write("\n".join(lines) + "\n")


def print_made(made: Sequence[Question], path: Path) -> None:
    """Say how many questions of each kind were made."""
    kinds = Counter(question.kind for question in made)
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    _console.print(f"{len(made):,} questions are in {escape(str(path))} ({told}); review them.")


def print_examination(examination: Examination, *, as_json: bool) -> None:
    """Print what the doctor found."""
    data: dict[str, Any] = dataclasses.asdict(examination)
    if as_json:
        print_json(data)
        return
    for part in ("packages", "models", "index"):
        _console.print(Text(part.capitalize(), style="bold"))
        for key, value in data[part].items():
            _console.print(f"  {escape(str(key)):28} {escape(str(value))}")
    for fault in examination.faults:
        _console.print(Text(f"Fault: {fault}", style="bold red"))
    if not examination.faults:
        _console.print("No fault found.")


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Print what was found of a receipt."""
    if as_json:
        print_json([dataclasses.asdict(finding) for finding in findings])
        return
    for finding in findings:
        _console.print(
            Text(
                "  ✓ " if finding.holds else "  ✗ ", style="green" if finding.holds else "bold red"
            ),
            Text(finding.what),
            sep="",
        )
    wrong = sum(not finding.holds for finding in findings)
    _console.print("Everything holds." if not wrong else f"{wrong} of {len(findings)} do not hold.")


def print_feedback(
    opinions: Sequence[Opinion], made: FeedbackSet, out: Path | None, *, as_json: bool
) -> None:
    """Print the feedback, each with what keeps it from being a test, and where the set was saved."""
    reasons = {opinion.id: str(reason) for opinion, reason in made.left_out}
    if as_json:
        print_json(
            [
                {
                    "id": opinion.id,
                    "made": opinion.made,
                    "verdict": opinion.verdict,
                    "question": opinion.asked.question,
                    "answer": opinion.answer.text,
                    "note": opinion.note,
                    "expected": opinion.expected.model_dump(mode="json"),
                    "left_out": reasons.get(opinion.id),
                }
                for opinion in opinions
            ]
        )
        return
    for opinion in opinions:
        right = opinion.verdict == "right"
        mark = Text("  ✓ " if right else "  ✗ ", style="green" if right else "bold red")
        told = [opinion.asked.question, opinion.note, reasons.get(opinion.id, "")]
        _console.print(mark, Text(" – ".join(filter(None, told))), sep="")
    questions = f"{len(made.questions):,} question{'' if len(made.questions) == 1 else 's'}"
    if out:
        _console.print(Text(f"{questions} saved to {out}."))
    elif opinions:
        _console.print(f"{questions} for `onrecord evaluate`; --out FILE.jsonl saves them.")
    else:
        _console.print("No feedback yet: it is given with the thumbs under an answer in the chat.")
