"""The command line: ``onrecord``. Each command calls the Python API and prints what comes back."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from qa.assistant import Assistant

app = typer.Typer(
    name="onrecord",
    help="Question articles, and trust the answer: every sentence is an exact, cited quotation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="Folder of the index (default: ONRECORD_INDEX, else the user's data folder).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def main() -> NoReturn:
    """Run a command; a failure is one sentence on standard error and exit code 1 (2 for wrong usage)."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    logging.getLogger("indexes").setLevel(logging.INFO)
    from indexes.errors import OnrecordError, QuestionSetError

    try:
        app()
    except QuestionSetError as error:
        _fail(str(error), code=2)
    except OnrecordError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("Stopped.", code=130)
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say, and nothing to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    raise SystemExit(0)


def _fail(message: str, code: int = 1) -> NoReturn:
    typer.echo(message, err=True)
    raise SystemExit(code)


def _open(index: Path | None) -> Assistant:
    from pydantic import ValidationError

    from qa.assistant import Assistant
    from qa.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"ONRECORD_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()
        )
        _fail(f"A setting is not valid ({wrong}); correct it and try again.", code=2)
    return Assistant.open(index, settings=settings)


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="FILE|FOLDER…", help="Text and Markdown files, or folders of them."),
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put documents on record."""
    from qa.terminal import adding, print_added

    assistant = _open(index)
    with adding(quiet=as_json) as progress:
        result = assistant.add(*sources, progress=progress)
    print_added(result, as_json=as_json)
    if result.failed:
        raise SystemExit(1)


@app.command("list")
def list_documents(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the documents on record."""
    from qa.terminal import print_documents

    print_documents(_open(index).documents(), as_json=as_json)


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
    as_json: JsonOption = False,
) -> None:
    """Answer a question, each sentence with its quotation."""
    from qa.terminal import print_answer

    text = sys.stdin.read() if question == "-" else question
    assistant = _open(index)
    print_answer(assistant.ask(text, documents=document), assistant, as_json=as_json)


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
        Path, typer.Argument(metavar="QUESTIONS", help="A question set, JSON lines.")
    ],
    index: IndexOption = None,
    predictions: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write one Answer a line here.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a question set, and judge the answers."""
    from qa.evaluation import QuestionSet
    from qa.evaluation import evaluate as run
    from qa.terminal import evaluating, print_run

    assistant = _open(index)
    question_set = QuestionSet.load(questions)
    with evaluating(question_set, quiet=as_json) as progress:
        result = run(assistant, question_set, predictions=predictions, progress=progress)
    print_run(result, as_json=as_json)


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
def doctor(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Say what is installed, which models are used, and whether the index is sound."""
    from qa.doctor import examine
    from qa.settings import Settings
    from qa.terminal import print_examination

    examination = examine(index or Settings().index)
    print_examination(examination, as_json=as_json)
    if examination.faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
