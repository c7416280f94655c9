"""The command line: ``onrecord``. Each command calls the Python API and prints what comes back."""

from __future__ import annotations

import io
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.core import TyperGroup

from qa import document_commands
from qa.command_options import IndexOption, JsonOption, WhereOption, fail, folder_of
from qa.command_options import open_assistant as _open

if TYPE_CHECKING:
    from indexes.errors import OnrecordError


class _Commands(TyperGroup):
    """The commands. Ctrl+C and a closed pipe are seen to here, because Typer lets neither past."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # its own base is private
        """Run one; whoever stops it is told so, and whoever has read enough of it is content."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            fail("Stopped.", code=130)
        except BrokenPipeError:
            # The reader of our output has gone: nothing more to say, and nothing to flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        return result


app = typer.Typer(
    name="onrecord",
    cls=_Commands,
    help="Question articles, and trust the answer: every sentence is an exact, cited quotation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> NoReturn:
    """Run a command; a failure is one sentence on standard error and exit code 1 (2 for wrong usage)."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("indexes").setLevel(logging.INFO)
    from indexes.errors import OnrecordError

    if isinstance(sys.stdout, io.TextIOWrapper):  # an article may hold what no encoding can carry
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except OnrecordError as error:
        _tell(error)
    except UnicodeEncodeError:
        fail("A name or a condition has bytes that are not UTF-8; write it in UTF-8.", code=2)
    raise SystemExit(0)


def _tell(error: OnrecordError) -> NoReturn:
    """Say what went wrong; what was asked for wrongly has exit code 2, and faults of a set a table."""
    from indexes.errors import FilterError, QuestionSetError
    from qa.evaluation.faults import BrokenSetError, RequestError
    from qa.settings import SettingsError
    from qa.terminal import print_faults

    if isinstance(error, BrokenSetError):
        print_faults(error)
        raise SystemExit(2)
    wrong_usage = isinstance(error, (QuestionSetError, FilterError, RequestError, SettingsError))
    fail(str(error), code=2 if wrong_usage else 1)


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER|URL|-…",
            help="Files of any format that docs/formats.md lists, folders and archives of them, pages from the web, "
            "or - for standard input.",
        ),
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put documents on record."""
    from qa.terminal import adding, print_added

    assistant = _open(index)
    with adding(quiet=as_json) as progress:
        result = assistant.add(*[s for s in sources if s != "-"], progress=progress)
    if "-" in sources:
        result += assistant.add_text(sys.stdin.buffer.read(), "standard input")
    print_added(result, as_json=as_json)
    if result.failed:
        raise SystemExit(1)


@app.command("list")
def list_documents(
    index: IndexOption = None, where: WhereOption = None, as_json: JsonOption = False
) -> None:
    """List the documents on record."""
    from qa.terminal import print_documents

    print_documents(_open(index).documents(where=where or ()), as_json=as_json)


@app.command()
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="Names as `onrecord list` shows them.")
    ],
    index: IndexOption = None,
) -> None:
    """Take documents off the record."""
    assistant = _open(index)
    for name in names:
        assistant.remove(name)
        typer.echo(f"{name} was removed.")


@app.command()
def ask(
    question: Annotated[
        str, typer.Argument(help="The question, in plain words; - reads it from standard input.")
    ],
    index: IndexOption = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", "-d", help="Only this document; may be repeated."),
    ] = None,
    where: WhereOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, each sentence with its quotation."""
    from qa.terminal import print_answer

    text = sys.stdin.buffer.read().decode("utf-8", "replace") if question == "-" else question
    assistant = _open(index)
    answer = assistant.ask(text, documents=document, where=where or ())
    nothing_searched = answer.refusal is not None and answer.refusal.nothing_searched
    if nothing_searched and not as_json:
        fail(answer.text)
    print_answer(answer, assistant, as_json=as_json)
    if nothing_searched:
        raise SystemExit(1)


@app.command()
def statements(
    speaker: Annotated[str | None, typer.Option(help="Only of this speaker.")] = None,
    about: Annotated[str | None, typer.Option(help="Only with these words.")] = None,
    document: Annotated[
        str | None, typer.Option("--document", "-d", help="Only in this document.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who said what."""
    from qa.terminal import print_statements

    print_statements(
        _open(index).statements(speaker=speaker, about=about, document=document), as_json=as_json
    )


@app.command()
def chat(
    index: IndexOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on 127.0.0.1.")] = 7860,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open the page in a browser.")
    ] = False,
) -> None:
    """Serve the chat page on 127.0.0.1 until interrupted."""
    # The page is the one thing above this package; it is named here so that it stays optional below.
    import importlib

    importlib.import_module("ui.app").serve(_open(index), port=port, open_browser=open_browser)


@app.command()
def evaluate(
    questions: Annotated[
        Path,
        typer.Argument(
            metavar="QUESTIONS", help="JSON lines, CSV, XLSX, SQuAD's JSON, or a BEIR folder."
        ),
    ],
    index: IndexOption = None,
    predictions: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write one Answer a line here; a stopped run goes on."),
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Write a report: .html, .json, .csv or .md; may be repeated."
        ),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE.xml", help="Write a JUnit file for CI.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="OTHER.json", help="Compare with another run's report.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=SHARE", help="Exit with 1 below this; may be repeated."),
    ] = None,
    causal: Annotated[
        bool, typer.Option("--causal", help="Delete what is cited, and ask again.")
    ] = False,
    add_articles: Annotated[
        bool, typer.Option("--add-articles", help="First add a SQuAD or BEIR set's own articles.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a question set, judge the answers, and report."""
    from qa.evaluation import evaluate as run
    from qa.evaluation.job import Job, workers_for
    from qa.terminal import deleting, evaluating, print_report

    job = Job.plan(
        questions, predictions, reports=report, junit=junit, compare_with=compare, floors=fail_under
    )
    assistant = _open(index)
    question_set = job.load(assistant, add_articles=add_articles)
    workers = workers_for(question_set)
    with evaluating(question_set, quiet=as_json) as progress:
        result = run(
            assistant, question_set, predictions=predictions, progress=progress, workers=workers
        )
    deletion = deleting(result, assistant, quiet=as_json) if causal else None
    done = job.finish(result, assistant, deletion)
    print_report(done, as_json=as_json)
    if done.failures:
        fail(" ".join(done.failures))


@app.command()
def questions(
    articles: Annotated[
        list[Path], typer.Argument(metavar="ARTICLE…", help="Files, or folders of them.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE.jsonl", help="Write the questions here.")],
    count: Annotated[int, typer.Option(min=1, help="Questions per article, at most.")] = 30,
    seed: Annotated[int, typer.Option(help="Of what is drawn; the same gives the same.")] = 0,
) -> None:
    """Make a question set from articles, for a person to review."""
    from qa.evaluation.making import make, save
    from qa.terminal import print_made

    made = make(articles, count=count, seed=seed)
    save(made, out)
    print_made(made, out)


@app.command()
def feedback(
    index: IndexOption = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.jsonl", help="Write what it makes of a question set here."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the feedback given in the chat, or save it as a question set."""
    from qa.evaluation import Texts
    from qa.feedback import FILE, Feedback, save, set_of
    from qa.terminal import print_feedback

    assistant = _open(index)
    opinions = Feedback(assistant.index.folder / FILE).all()
    made = set_of(opinions, Texts(assistant))
    if out:
        save(made, out)
    print_feedback(opinions, made, out, as_json=as_json)


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A receipt, as the page downloads it.")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a receipt: whether each quotation still stands where it was quoted from."""
    from qa.receipt import check, read
    from qa.terminal import print_findings

    findings = check(read(file), _open(index).document)
    print_findings(findings, as_json=as_json)
    if not all(finding.holds for finding in findings):
        raise SystemExit(1)


@app.command()
def doctor(
    index: IndexOption = None,
    rescue: Annotated[
        bool, typer.Option("--rescue", help="Save what can be read of a damaged index.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say what is installed, which models are used, and whether the index is sound."""
    from qa.doctor import examine, rescued
    from qa.terminal import print_examination

    if rescue:
        typer.echo(rescued(folder_of(index)), err=as_json)
    examination = examine(index)
    print_examination(examination, as_json=as_json)
    if examination.faults:
        raise SystemExit(1)


app.registered_commands += document_commands.commands.registered_commands

if __name__ == "__main__":
    main()
