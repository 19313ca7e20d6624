"""`flask reports team NAME`: the manager's report on the command line."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import true

from champions.words import title_of
from db import utcnow
from reports import team_queries, team_report
from training.rules.standing import Status


@click.group("reports", help="What came of it, by team.")
def group() -> None:
    """Hold the commands of reports."""


@group.command("team")
@click.argument("name")
@with_appcontext
def team(name: str) -> None:
    """Print statuses and outcomes of the team NAME and the teams below it."""
    teams = team_queries.tree(true(), utcnow().date())
    found = next((row for row in teams.values() if row.name == name), None)
    if found is None:
        raise click.ClickException(f"There is no team {name!r}.")
    smallest = current_app.config["SMALLEST_GROUP"]
    if not team_report.may_be_shown(teams, found, smallest):
        raise click.ClickException(f"{name} would show figures about fewer than {smallest} people.")
    report = team_report.build(teams, found, utcnow().date(), smallest)
    click.echo(f"{name}: {found.people} people, {len(report.learners)} learners")
    for status in Status:
        click.echo(f"  {status.value.replace('_', ' '):16} {report.statuses.get(status, 0):6}")
    for kind, number in report.by_kind:
        click.echo(f"  {title_of(kind):40} {number:8.1f} in twelve months")
