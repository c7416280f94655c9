"""The commands for documents beside adding and removing: search, show, changes, and safekeeping."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa.command_options import IndexOption, JsonOption, WhereOption, folder_of, open_assistant

commands = typer.Typer()


@commands.command()
def search(
    query: Annotated[str, typer.Argument(help="A question, or keywords.")],
    index: IndexOption = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", "-d", help="Only this document; may be repeated."),
    ] = None,
    where: WhereOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many passages at most.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Find passages, by meaning and by words together."""
    from qa.terminal import print_found

    found = open_assistant(index).search(query, limit, documents=document, where=where or ())
    print_found(found, as_json=as_json)


@commands.command()
def show(
    name: Annotated[str, typer.Argument(help="A name as `onrecord list` shows it.")],
    index: IndexOption = None,
    original: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write the file that the text was taken out of here."),
    ] = None,
) -> None:
    """Print a document's text as it is stored, or save the file that it was taken out of."""
    from qa.terminal import print_text, save_original

    assistant = open_assistant(index)
    if original is not None:
        save_original(assistant, name, original)
    else:
        print_text(assistant.document(name).text)


@commands.command()
def changes(
    name: Annotated[str | None, typer.Argument(help="Only of this document.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what changed when new versions of documents replaced old ones."""
    from qa.terminal import print_changes

    print_changes(open_assistant(index).changes(name), as_json=as_json)


@commands.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    index: IndexOption = None,
) -> None:
    """Copy the whole index into one file."""
    from indexes.safekeeping import backup as run

    run(folder_of(index), target)
    typer.echo(f"The index was backed up to {target}.")


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `onrecord backup` wrote.")],
    index: IndexOption = None,
) -> None:
    """Put a backup in the index's place."""
    from indexes.safekeeping import restore as run

    run(source, folder_of(index))
    typer.echo(f"The index was restored from {source}.")


@commands.command("export")
def export_documents(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, JSON lines.")],
    index: IndexOption = None,
) -> None:
    """Write every document with all that is known of it, one a line."""
    from indexes.exchange import export

    count = export(open_assistant(index).index, target)
    typer.echo(f"{count} documents were written to {target}.")


@commands.command("import")
def import_documents(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `onrecord export` wrote.")],
    index: IndexOption = None,
) -> None:
    """Put the documents of an export on record."""
    from indexes.exchange import import_from

    added, known = import_from(open_assistant(index).index, source)
    typer.echo(f"{added} documents were added; {known} were there already.")


@commands.command()
def reembed(
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The model (default: ONRECORD_ENCODER).")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Change the index to another embedding model; if it is stopped, run it again."""
    from indexes.reembedding import reembed as run
    from qa.settings import Settings
    from qa.terminal import counting

    settings = Settings.of_environment()
    with counting("Embedding", quiet=False) as progress:
        done = run(
            index or settings.index, model or settings.encoder,
            exact_up_to=settings.exact_up_to, progress=progress,
        )  # fmt: skip
    typer.echo(f"{done.passages} passages were embedded anew; the index is of {done.model} now.")
    if done.model != settings.encoder:
        typer.echo(f"Set ONRECORD_ENCODER={done.model} to use it.")
