"""Question sets: the bundled one, those that were uploaded, and the one that feedback makes."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from indexes.errors import OnrecordError
from qa.evaluation import BrokenSetError, Question, QuestionSet, Texts
from qa.evaluation.formats import documents_of
from qa.evaluation.job import put_on_record
from qa.feedback import set_of
from ui.desk import Desk, Reply, Sent
from ui.language import t
from ui.remarks import told
from ui.render import fill
from ui.uploads import Uploaded, under_its_name
from ui.wording import count

EXAMPLE, FROM_FEEDBACK, UPLOADED = "example", "feedback", "set/"
"""The keys of question sets; that of an uploaded one ends in its name."""
EXAMPLE_ARTICLE = "lavrov-visit.md"
FAULTS = 40
"""Faults of a set that are shown; the rest are counted."""


class Chosen(Sent):
    """A question set, by its key."""

    key: str


class Weighed(Uploaded):
    """A question set that Gradio has taken in; ``add`` puts the articles that it brings on record."""

    add: bool = False


def example() -> Path | None:
    """The bundled questions: in the package, or beside it in a working tree."""
    inside = Path(str(files("ui").joinpath("examples")))
    for folder in (inside, inside.parents[1] / "examples"):
        if (folder / "questions.jsonl").is_file():
            return folder / "questions.jsonl"
    return None


def offered(desk: Desk, tests: int) -> list[dict[str, str]]:
    """List the sets that can be run, each with its key and what people call it.

    Args:
        desk: what the page works on.
        tests: how many questions the feedback makes.
    """
    made = [{"key": EXAMPLE, "label": t("evaluate.example")}] if example() else []
    if tests:
        label = t("evaluate.from-feedback", questions=count(tests, "question"))
        made.append({"key": FROM_FEEDBACK, "label": label})
    kept = desk.runner.kept.sets()
    return [*made, *({"key": f"{UPLOADED}{path.name}", "label": path.stem} for path in kept)]


def chosen(desk: Desk, key: str) -> tuple[str, Iterable[Question]]:
    """Return a set's name and its questions, checked against what is on record.

    Raises:
        BrokenSetError: if they refer to what is not there.
        OnrecordError: if there is no such set.
    """
    texts = Texts(desk.assistant)
    if key == FROM_FEEDBACK:
        made = set_of(desk.feedback.all(), texts).questions
        if not made:
            raise OnrecordError(t("evaluate.nothing-right"))
        return t("evaluate.feedback-name"), made
    path = example() if key == EXAMPLE else None
    if key.startswith(UPLOADED):
        path = next((p for p in desk.runner.kept.sets() if p.name == key[len(UPLOADED) :]), None)
    if path is None:
        raise OnrecordError(t("evaluate.set-gone"))
    name = t("evaluate.example-name") if key == EXAMPLE else path.stem
    return name, QuestionSet.load(path, articles=texts)


def faults_html(error: BrokenSetError, name: str, *, uploaded: bool = False) -> str:
    """Return the table of what is wrong with a set, by row; ``uploaded`` when it came just now."""
    return fill(
        "faults.html",
        name=name,
        uploaded=uploaded,
        faults=[(told(f.where), f.field, told(f.what)) for f in error.faults[:FAULTS]],
        told=count(error.count, "fault"),
        left=error.count - min(len(error.faults), FAULTS),
    )


def _weigh(desk: Desk, sent: object) -> Reply:
    wanted = Weighed.model_validate(sent)
    with under_its_name(wanted, desk.uploads) as path:
        try:
            if wanted.add:
                put_on_record(path, desk.assistant)
            read = QuestionSet.load(path, articles=Texts(desk.assistant))
        except BrokenSetError as error:
            brings = 0
            if any(fault.field == "context" for fault in error.faults):
                brings = sum(1 for _ in documents_of(path))
            return {"faults": faults_html(error, wanted.name, uploaded=True), "brings": brings}
        except OnrecordError as error:
            raise OnrecordError(str(error).replace(str(path), wanted.name)) from error
        kept = desk.runner.kept.keep_set(wanted.name, read)
    return {"key": f"{UPLOADED}{kept.name}", "size": read.size}


def _forget_set(desk: Desk, sent: object) -> Reply:
    desk.runner.kept.remove_set(Chosen.model_validate(sent).key.removeprefix(UPLOADED))
    return {}


def _put_example(desk: Desk, _: object) -> Reply:
    there = example()
    if there is None:
        raise OnrecordError(t("evaluate.no-example"))
    added = desk.assistant.add(there.with_name(EXAMPLE_ARTICLE))
    if added.failed:
        raise OnrecordError(added.failed[0].reason)
    return {}


SET_REPLIES = {"weigh": _weigh, "forget_set": _forget_set, "put_example": _put_example}
