"""`flask champions ...`: rank a folder, run a scoring, list the few, nominate, answer, decide."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from champions.backtest.cli import backtest
from champions.cli_rank import rank
from champions.models import Nomination
from champions.nominations import operations as nomination_operations
from champions.runs.operations import chosen_parameters, compute_run
from champions.shortlist import queries as shortlist_queries
from db import db, utcnow
from people.models import Employee
from people.refusal import RefusedError


@click.group("champions", help="Find the few, nominate them, decide about nominations.")
def group() -> None:
    """Hold the commands about who is good."""


group.add_command(backtest)
group.add_command(rank)


@group.command("run")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Score as things stood on this day.")
@with_appcontext
def run(as_of: datetime | None) -> None:
    """Compute a scoring run now and store it."""
    at = utcnow()
    moment = as_of.replace(tzinfo=UTC) if as_of else at
    with click.progressbar(length=4, label="Scoring") as bar:

        def show(done: int, total: int, message: str) -> None:
            bar.update(done - bar.pos)

        row = compute_run(as_of=moment, parameters=chosen_parameters(), created_by_id=None, at=at, progress=show)
    db.session.commit()
    click.echo(f"Run {row.id}: {row.statement}")


@group.command("shortlist")
@with_appcontext
def shortlist() -> None:
    """List the people in the bands of the latest run."""
    row = shortlist_queries.latest_run()
    if row is None:
        raise click.ClickException("There is no scoring run yet: `flask champions run` makes one.")
    click.echo(f"Run {row.id}, as of {row.as_of:%Y-%m-%d}: {row.statement}")
    for person in shortlist_queries.people_in_bands(row.id):
        span = f"{person.value:.2f} ({person.lower:.2f} to {person.upper:.2f})"
        click.echo(f"{person.band.value:11} {span:22} {person.name}, {person.team}: {'; '.join(person.reasons)}")


@group.command("nominate")
@click.argument("employee")
@click.option("--by", "actor", required=True, help="E-mail address of the person who proposes.")
@click.option("--reason", required=True)
@with_appcontext
def nominate(employee: str, actor: str, reason: str) -> None:
    """Propose that EMPLOYEE (id in the directory) train others."""
    row = shortlist_queries.latest_run()
    if row is None:
        raise click.ClickException("There is no scoring run yet.")
    person = _employee(Employee.external_id == employee, employee)
    by = _employee(Employee.email == actor, actor)
    with _said():
        made = nomination_operations.propose(person, run_id=row.id, reason=reason, actor_id=by.id, at=utcnow())
    click.echo(f"Nomination {made.id}: {person.name} is {'asked now' if made.state == 'invited' else 'under review'}.")


@group.command("answer")
@click.argument("nomination", type=int)
@click.argument("answer", type=click.Choice(["yes", "no"]))
@with_appcontext
def answer(nomination: int, answer: str) -> None:
    """Record the nominee's own answer to NOMINATION, given to you in person."""
    row = _nomination(nomination)
    with _said():
        nomination_operations.answer(row, accepts=answer == "yes", actor_id=row.employee_id, at=utcnow())
    click.echo(f"Nomination {row.id} is {row.state}.")


@group.command("decide")
@click.argument("nomination", type=int)
@click.argument("verdict", type=click.Choice(["approve", "reject"]))
@click.option("--by", "actor", required=True, help="E-mail address of the person who decides.")
@click.option("--reason", required=True)
@with_appcontext
def decide(nomination: int, verdict: str, actor: str, reason: str) -> None:
    """Decide on NOMINATION; a second person must approve too."""
    row, by = _nomination(nomination), _employee(Employee.email == actor, actor)
    with _said():
        nomination_operations.decide(row, approves=verdict == "approve", reason=reason, actor_id=by.id, at=utcnow())
    click.echo(f"Nomination {row.id} is {row.state}.")


@contextmanager
def _said() -> Iterator[None]:
    """Commit when the step was taken; turn a refusal into the command's error."""
    try:
        yield
    except RefusedError as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()


def _employee(criterion: object, name: str) -> Employee:
    row = db.session.scalars(select(Employee).where(criterion)).one_or_none()  # type: ignore[arg-type]
    if row is None:
        raise click.ClickException(f"There is no employee {name!r}. `flask people list` shows them.")
    return row


def _nomination(number: int) -> Nomination:
    row = db.session.scalars(select(Nomination).where(Nomination.id == number).with_for_update()).one_or_none()
    if row is None:
        raise click.ClickException(f"There is no nomination {number}.")
    return row
