"""One evaluation from the command line, end to end: plan, load, report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with a run, checked before anything is asked.

    Attributes:
        reports: files to write, by the form that their names end in.
        earlier: a run to compare with.
        floors: what measures must reach.
    """

    reports: tuple[Path, ...] = ()
    earlier: Earlier | None = None
    floors: tuple[Floor, ...] = field(default=())

    @classmethod
    def plan(
        cls,
        reports: Iterable[Path] | None,
        junit: Path | None,
        compare_with: Path | None,
        floors: Iterable[str] | None,
    ) -> Job:
        """Check what is asked for.

        Raises:
            RequestError: if a report could not be written, another run not be read, or a floor not
                be reached by any measure.
        """
        files = (*(reports or ()), *([junit] if junit else []))
        for file in files:
            check_path(file)
        if junit and junit.suffix.lower() != ".xml":
            raise RequestError(f"--junit {junit}: a JUnit file's name ends in .xml.")
        parsed = tuple(Floor.parse(text) for text in floors or ())
        earlier = Earlier.load(compare_with) if compare_with else None
        return cls(files, earlier, parsed)

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


def load(path: Path, assistant: Assistant, *, add_articles: bool) -> QuestionSet:
    """Load a set against an assistant's articles, its own put on record first if so wished.

    Raises:
        QuestionSetError: if it is broken.
    """
    if add_articles:
        for document in documents_of(path):
            assistant.index.add(document)
        assistant.index.save()
    return QuestionSet.load(path, articles=Texts(assistant))


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
