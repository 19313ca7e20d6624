"""Commands about activity: `flask activity import`, `import-folder`, `rejected`."""

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup

from activity.formats.fields import FileKind, field_names
from activity.formats.mapping import ColumnMapping
from activity.formats.reader import open_table
from activity.formats.suggestion import suggest
from activity.imports import folder_import
from activity.imports import queries as import_queries
from activity.imports.operations import ImportRefusedError, saved_mapping, source_name
from activity.imports.reading import UnreadableError
from activity.imports.running import sentence
from activity.models import Import
from db import db, utcnow
from jobs.running import JobFailedError
from jobs.terminal import TerminalBar

MOST_SHOWN = 10
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
TROUBLE = (UnreadableError, ImportRefusedError, JobFailedError, FileNotFoundError)

group = AppGroup("activity", help="What happened: import directories, activity, outcomes and supplied texts.")


@group.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in FileKind]))
@click.argument("file", type=FILE)
@click.option("--source", required=True, help="The system that the file comes from. Ids are unique within it.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Read FIELD from COLUMN of the file.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
def import_one(kind: str, file: Path, source: str, columns: tuple[str, ...], dry_run: bool) -> None:
    """Import FILE (CSV or JSON Lines, plain or gzip) as KIND."""
    kind_of_file = FileKind(kind)
    bar = TerminalBar(file.name)
    try:
        row = folder_import.import_file(
            kind_of_file,
            file,
            source,
            at=utcnow(),
            progress=bar,
            actor_id=None,
            mapping=_mapping(kind_of_file, file, source_name(source), columns) if columns else None,
            dry_run=dry_run,
        )
    except TROUBLE as error:
        bar.close()
        raise click.ClickException(str(error)) from None
    bar.close()
    _show(row)


@group.command("import-folder")
@click.argument("folder", type=FOLDER)
@click.option("--source", required=True, help="The system that the files come from.")
def import_all(folder: Path, source: str) -> None:
    """Import people or directory, library, activity and outcomes of FOLDER, in this order."""
    bar = TerminalBar(folder.name)
    try:
        rows = folder_import.import_folder(folder, source, at=utcnow(), progress=bar, actor_id=None)
    except TROUBLE as error:
        bar.close()
        raise click.ClickException(str(error)) from None
    bar.close()
    for row in rows:
        _show(row)


@group.command()
@click.argument("import_id", type=int)
def rejected(import_id: int) -> None:
    """Write the rejected rows of an import as CSV: line, column, value, reason, cure."""
    if db.session.get(Import, import_id) is None:
        raise click.ClickException(f"There is no import {import_id}.")
    for line in import_queries.rejections_csv(import_id):
        click.echo(line, nl=False)


def _mapping(kind: FileKind, file: Path, source: str, pairs: tuple[str, ...]) -> ColumnMapping:
    """The saved mapping or a first guess, with the columns that were named."""
    with file.open("rb") as stream:
        header = open_table(stream).columns
    mapping = saved_mapping(kind, source) or suggest(header, kind)
    columns = {name: column for name, column in mapping.columns.items() if column in header}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or name not in field_names(kind):
            known = ", ".join(field_names(kind))
            raise click.ClickException(f"--map {pair}: write FIELD=COLUMN. Fields of {kind}: {known}.")
        columns = {field: other for field, other in columns.items() if other != column}
        if column:
            columns[name] = column
        else:
            columns.pop(name, None)
    return replace(mapping, columns=columns)


def _show(row: Import) -> None:
    click.echo(f"Import {row.id}, {row.file_name}: {sentence(row)}")
    for column, reason, number in row.faults[:MOST_SHOWN]:
        click.echo(f"  {number:>9,}  {reason}{f' (column {column})' if column else ''}")
    if row.rejected:
        click.echo(f"  `flask activity rejected {row.id}` writes them with line and cure.")
    for note in row.notes:
        click.echo(f"  {note}")
