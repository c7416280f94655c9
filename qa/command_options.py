"""What the commands of the command line share: options, opening the index, failing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from qa.assistant import Assistant


def _folder(given: str) -> Path:
    if not given.strip():  # a variable that is not set, most likely: "" would be the current folder
        raise typer.BadParameter("it is empty; name a folder, or leave the option out.")
    return Path(given)


IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index",
        parser=_folder,
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
    from qa.assistant import Assistant

    return Assistant.open(index)


def folder_of(index: Path | None) -> Path:
    """The folder of the index that a command is for, which need not hold one."""
    from qa.settings import Settings

    return index or Settings.of_environment().index
