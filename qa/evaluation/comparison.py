"""Two runs on the same questions: what got better, what got worse, and whether that is chance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.evaluation.faults import RequestError
from qa.evaluation.intervals import Difference, difference
from qa.evaluation.measures import MEASURES, Measure
from qa.evaluation.outcomes import Columns, Outcome
from qa.evaluation.questions import Question
from qa.evaluation.remarks import Remark
from qa.evaluation.runner import Run

REPORT_FORM = "onrecord evaluation 1"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A run as its JSON report keeps it.

    Attributes:
        name: the report's file.
        fingerprint: of the questions.
        outcomes: by the question's id.
    """

    name: str
    fingerprint: str
    outcomes: dict[str, Outcome]

    @classmethod
    def load(cls, path: Path) -> Earlier:
        """Read a report.

        Raises:
            RequestError: if it cannot be read, or is no report of onrecord.
        """
        try:
            data = json.loads(path.read_bytes())
            if data["form"] != REPORT_FORM:
                raise ValueError(data["form"])
            found = [Outcome.from_fields(fields) for fields in data["questions"]]
            return cls(path.name, str(data["fingerprint"]), {one.id: one for one in found})
        except OSError as error:
            raise RequestError(
                f"The report {path} cannot be read ({error.strerror or error}); check the path."
            ) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise RequestError(
                f"{path} is not a report that can be compared with; write one with --report {path.stem}.json."
            ) from error

    def check(self, questions: Iterable[Question], name: str) -> None:
        """Make sure that there is something to compare.

        Raises:
            RequestError: if none of the questions of a set of this name was asked in this run.
        """
        if not any(question.id in self.outcomes for question in questions):
            raise RequestError(
                f"{self.name} has no question in common with {name}; compare reports on the same set."
            )


@dataclass(frozen=True, slots=True)
class Change:
    """A question that is right in one run and not in the other."""

    id: str
    question: str
    why: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from an earlier run to this one.

    Attributes:
        earlier: the earlier report's name.
        same_questions: whether both runs asked the very same set.
        questions: how many questions both have, by id; only these are compared.
        differences: of each measure that both have.
        better: right now, and not before.
        worse: right before, and not now, with what is wrong.
    """

    earlier: str
    same_questions: bool
    questions: int
    differences: Sequence[tuple[Measure, Difference]]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]


def compare(earlier: Earlier, run: Run) -> Comparison:
    """Compare a run with an earlier one, question by question.

    Raises:
        RequestError: if they have no question in common.
    """
    earlier.check(run.questions, run.name)
    before, after = Columns(), Columns()
    better: list[Change] = []
    worse: list[Change] = []
    for question, outcome in zip(run.questions, run.outcomes(), strict=True):
        was = earlier.outcomes.get(outcome.id)
        if was is None:
            continue
        before.add(was)
        after.add(outcome)
        if was.right != outcome.right:
            change = Change(outcome.id, question.question, outcome.why)
            (better if outcome.right else worse).append(change)
    found = []
    for measure in MEASURES:
        pairs = (measure.hits(before), measure.hits(after)) if measure.hits else None
        told = difference(measure.statistic(before), measure.statistic(after), len(after), pairs)
        if told:
            found.append((measure, told))
    same = earlier.fingerprint == run.fingerprint
    return Comparison(earlier.name, same, len(after), found, tuple(better), tuple(worse))
