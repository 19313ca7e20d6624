"""`flask reports team NAME` and `flask reports effect`: the reports on the command line."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import true

from champions.words import title_of
from db import utcnow
from reports import team_queries, team_report
from reports.effect.comparing import find_effect
from reports.effect.queries import courses_drawn
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


@group.command("effect")
@click.option("--course", help="The course's short name; default: the one with most people in waves.")
@with_appcontext
def effect(course: str | None) -> None:
    """Print what the training changed: those whose wave had begun against those who waited, by lot."""
    chosen = next((one for one in courses_drawn() if course in (None, one[1])), None)
    if chosen is None:
        raise click.ClickException(f"No waves were drawn for {course}." if course else "No waves were drawn yet.")
    found = find_effect(*chosen)
    click.echo(f"{found.title}: {found.whole.trained} people began, {found.whole.waiting} waited")
    for kind, one in {"": found.whole, **found.by_kind}.items():
        name = title_of(kind) if kind else "All results"
        verdict = one.verdict.value.replace("_", " ")
        if one.difference is None:
            click.echo(f"  {name:40} {verdict}, from {one.results:.0f}")
        else:
            span = f"{one.difference:+.2f} ({one.lower:+.2f} to {one.upper:+.2f}) a month each"
            click.echo(f"  {name:40} {span}: {verdict}, from {one.results:.0f}")
