"""What the commands of the command line share: options, opening the index, failing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from qa.assistant import Assistant

IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="Folder of the index (default: ONRECORD_INDEX, else the user's data folder).",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        help="Only documents that meet it, as published>=2019-12-01 or publisher=…; may be repeated.",
    ),
]


def fail(message: str, code: int = 1) -> NoReturn:
    """Say one sentence on standard error, and end."""
    typer.echo(message, err=True)
    raise SystemExit(code)


def open_assistant(index: Path | None) -> Assistant:
    """Open the index that a command is for, with the settings of the environment."""
    from pydantic import ValidationError

    from qa.assistant import Assistant
    from qa.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"ONRECORD_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()
        )
        fail(f"A setting is not valid ({wrong}); correct it and try again.", code=2)
    return Assistant.open(index, settings=settings)
