"""One evaluation from the command line, end to end: plan, load, report."""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexes.errors import DocumentError
from qa.assistant import Assistant
from qa.evaluation.causal import Deletion
from qa.evaluation.comparison import Earlier, compare
from qa.evaluation.faults import RequestError
from qa.evaluation.formats import documents_of
from qa.evaluation.gate import Floor
from qa.evaluation.reports import Report, check_path, write
from qa.evaluation.reports.content import Rate
from qa.evaluation.runner import Run
from qa.evaluation.sets import QuestionSet
from qa.evaluation.texts import Texts

_log = logging.getLogger(__name__)

_MANY = 200
"""Questions from which on processes of their own are worth their start."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with a run, checked before anything is asked.

    Attributes:
        questions: the set's file or folder.
        reports: files to write, by the form that their names end in.
        earlier: a run to compare with.
        floors: what measures must reach.
    """

    questions: Path
    reports: tuple[Path, ...] = ()
    earlier: Earlier | None = None
    floors: tuple[Floor, ...] = field(default=())

    @classmethod
    def plan(
        cls,
        questions: Path,
        predictions: Path | None = None,
        *,
        reports: Iterable[Path] | None = None,
        junit: Path | None = None,
        compare_with: Path | None = None,
        floors: Iterable[str] | None = None,
    ) -> Job:
        """Check what is asked for.

        Raises:
            RequestError: if a report could not be written, or in the place of another file of this
                job, another run not be read, or a floor not be reached by any measure.
        """
        files = (*(reports or ()), *([junit] if junit else []))
        _keep_apart([questions, *([predictions] if predictions else []), *files])
        for file in files:
            check_path(file)
        if junit and junit.suffix.lower() != ".xml":
            raise RequestError(f"--junit {junit}: a JUnit file's name ends in .xml.")
        parsed = tuple(Floor.parse(text) for text in floors or ())
        earlier = Earlier.load(compare_with) if compare_with else None
        return cls(questions, files, earlier, parsed)

    def load(self, assistant: Assistant, *, add_articles: bool) -> QuestionSet:
        """Load the set against an assistant's articles, its own put on record first if so wished.

        Raises:
            QuestionSetError: if it is broken.
            RequestError: if the other run asked none of its questions.
        """
        if add_articles:
            put_on_record(self.questions, assistant)
        loaded = QuestionSet.load(self.questions, articles=Texts(assistant))
        if self.earlier:
            self.earlier.check(loaded, loaded.path.name)
        return loaded

    def finish(self, run: Run, assistant: Assistant, deletion: Deletion | None) -> Report:
        """Make the report, and write it wherever it is to go.

        Raises:
            OnrecordError: if it cannot be written, or compared.
        """
        comparison = compare(self.earlier, run) if self.earlier else None
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        rates = tuple(rates_of(deletion)) if deletion else ()
        report = Report(run, Texts(assistant), today, comparison, self.floors, rates)
        for path in self.reports:
            write(report, path)
        return report


def put_on_record(path: Path, assistant: Assistant) -> None:
    """Add the articles that a set brings with it; those in which nothing can be read are left out.

    Raises:
        QuestionSetError: if it brings none, or is broken.
    """
    left_out = 0
    for document in documents_of(path):
        try:
            assistant.index.add(document)
        except DocumentError:
            left_out += 1
    assistant.index.save()
    if left_out:
        _log.warning(
            "Articles of the set left out, because nothing in them can be read: %d", left_out
        )


def workers_for(questions: QuestionSet) -> int:
    """How many processes a program does well to ask a set in: one for each core if it is long."""
    return (os.cpu_count() or 1) if len(questions) >= _MANY else 1


def _keep_apart(paths: Iterable[Path]) -> None:
    """Refuse to write what would take the place of the set, or of what else is written.

    Raises:
        RequestError: if two of the paths lead to the same file.
    """
    taken: set[Path] = set()
    for path in paths:
        if path.resolve() in taken:
            raise RequestError(
                f"{path} would be written over another file of this evaluation; choose another name."
            )
        taken.add(path.resolve())


def rates_of(deletion: Deletion) -> Sequence[Rate]:
    """The rates of the evidence-deletion test, as reports show them."""
    return (
        Rate("causal_changed", "Changes without its evidence", "The share of answers that change or "
             "are declined when the cited sentences are deleted.", deletion.changed, deletion.questions),
        Rate("causal_declined", "Declined without its evidence", "The share of answers that are declined "
             "then.", deletion.declined, deletion.questions),
        Rate("causal_stayed", "Stays without other sentences", "The share of answers that stay when as "
             "many other sentences of the same articles are deleted.", deletion.stayed, deletion.others),
    )  # fmt: skip
