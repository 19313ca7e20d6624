"""`flask samples ...`: fill an empty database to look around, and write the demo company's files to try the imports."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from db import db, utcnow
from jobs.terminal import TerminalBar
from people.settings.company_settings import company_settings
from samples.company import files
from samples.company.company import generate
from samples.load import SEED, load_if_empty
from samples.loading import LoadError

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)

samples = AppGroup("samples", help="The demo company, and real communities to look around in.")


@samples.command("load")
@click.option("--data", type=FOLDER, help="A folder with people, activity and outcomes. Default: the demo company.")
def load(data: Path | None) -> None:
    """Fill an empty database. With anybody in it already, nothing is done."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    db.session.commit()
    try:
        loaded = load_if_empty(app, data, TerminalBar)
    except LoadError as error:
        raise click.ClickException(str(error)) from None
    if not loaded.what:
        click.echo("There are people in the database already: nothing was loaded.")
        return
    settings = company_settings()
    click.echo(f"Loaded {loaded.what}. The password is: {settings['demo_password']}")
    for line in settings["demo_sign_ins"].splitlines():
        click.echo("  {:<18} {}".format(*line.split("=", 1)))


@samples.command("write-company")
@click.argument("folder", type=NEW_FOLDER)
@click.option("--seed", default=SEED, show_default=True, help="Another number makes another company.")
def write_company(folder: Path, seed: int) -> None:
    """Write the demo company's directory, activity, outcomes and library into FOLDER, to try the imports by hand."""
    company = generate(seed, utcnow().date())
    for path in files.write(company, folder):
        click.echo(str(path))
