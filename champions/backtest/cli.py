"""`flask champions backtest`: would we have been right? Computes a backtest, stores it, and prints it."""

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from champions.backtest import queries as backtest_queries
from champions.backtest.models import Backtest
from champions.backtest.operations import compute_backtest
from champions.runs.operations import chosen_parameters
from db import db, utcnow
from jobs.progress import News
from jobs.terminal import TerminalBar


@click.command("backtest")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Look back from this day.")
@with_appcontext
def backtest(as_of: datetime | None) -> None:
    """Look back: whom we would have named on earlier days, and what they and the others brought."""
    at = utcnow()
    bar = TerminalBar("Looking back")
    row = compute_backtest(
        as_of=as_of.replace(tzinfo=UTC) if as_of else at,
        parameters=chosen_parameters(),
        created_by_id=None,
        at=at,
        progress=lambda done, total, message: bar(News(done, total, message)),
    )
    bar.close()
    db.session.commit()
    show(row)


def show(row: Backtest) -> None:
    """Print a backtest: the verdict, shares of the best possible, and results a person on each earlier day."""
    click.echo(row.statement)
    both = backtest_queries.figures(row, "both")
    if both:
        click.echo(f"\n{'share of the best possible':<36} {'figure':>7}   likely")
    for name, figure in both.items():
        words = backtest_queries.WORDS[name]
        click.echo(f"{words:<36} {figure.value:>7.2f}   {figure.lower:.2f} to {figure.upper:.2f}")
    for name, figure in backtest_queries.figures(row, "gap").items():
        words = f"our list less: {backtest_queries.WORDS[name].lower()}"
        click.echo(f"{words:<48} {figure.value:>+6.2f}   {figure.lower:+.2f} to {figure.upper:+.2f}")
    for day in backtest_queries.days(row):
        told = ", ".join(f"{words.lower()} {value:.1f}" for words, value in day.lists)
        click.echo(
            f"\n{day.as_of:%Y-%m-%d}: {len(day.named)} of {day.people} named; results a person in the next "
            f"{row.horizon_days:.0f} days: {told}; everybody else {day.others:.1f}"
        )
