"""`flask assignments ...`: propose who teaches whom, look at it, publish it, take it back."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from db import db, utcnow
from people.models import Employee
from people.refusal import RefusedError
from training.assigning import operations as plan_operations
from training.assigning import queries as plan_queries
from training.assigning import wave_operations, wave_queries
from training.assigning.models import Plan
from training.assigning.operations import EVEN, STAY
from training.assigning.telling import tell_of_publishing, tell_of_undoing


@click.group("assignments", help="Who teaches whom: propose, look, publish, take back.")
def group() -> None:
    """Hold the commands about assignments."""


@group.command("propose")
@click.option("--stay", type=click.IntRange(0, 5), default=STAY, show_default=True, help="Keep present pairs.")
@click.option("--even", type=click.IntRange(0, 5), default=EVEN, show_default=True, help="Even load.")
@with_appcontext
def propose(stay: int, even: int) -> None:
    """Compute a proposal now and store it; nothing changes before it is published."""
    course = plan_queries.starter_course()
    if course is None:
        raise click.ClickException("The starter course is not loaded: `flask training load FOLDER` does it.")
    at = utcnow()
    plan = plan_operations.begin(course.id, stay=stay, even=even, actor_id=None, at=at)
    with click.progressbar(length=4, label="Matching") as bar:
        plan_operations.compute(plan, at=at, progress=lambda done, total, message: bar.update(done - bar.pos))
    db.session.commit()
    db.session.refresh(plan)
    figures = plan.summary
    click.echo(f"Proposal {plan.id}: {figures['pairs']} of {figures['asked']} learners get a trainer.")
    for left in plan_queries.leftovers(plan.id):
        click.echo(f"  {left.number} left over ({', '.join(left.names)}): {left.reason} {left.cure}")


@group.command("publish")
@click.argument("proposal", type=int)
@click.option("--by", "actor", required=True, help="E-mail address of the person who publishes.")
@with_appcontext
def publish(proposal: int, actor: str) -> None:
    """Make PROPOSAL real and enrol its learners."""
    _do(proposal, actor, "publish", "new pairs.")


@group.command("undo")
@click.argument("proposal", type=int)
@click.option("--by", "actor", required=True, help="E-mail address of the person who takes it back.")
@with_appcontext
def undo(proposal: int, actor: str) -> None:
    """Take PROPOSAL back, within a day of publishing it."""
    _do(proposal, actor, "undo", "pairs ended.")


@group.command("draw")
@click.option("--plan", "plan_id", type=int, required=True, help="A plan of the course whose waves are drawn again.")
@with_appcontext
def draw(plan_id: int) -> None:
    """Draw the waves of a plan's course again from the recorded seeds, and compare with what is stored."""
    plan = db.session.get(Plan, plan_id)
    if plan is None:
        raise click.ClickException(f"There is no proposal {plan_id}.")
    drawn = wave_queries.draws(plan.course_id)
    if not drawn:
        click.echo("No waves are drawn for this course: there was room for everybody at once.")
    members, differ = wave_queries.members_by_draw(plan.course_id), 0
    for row in drawn:
        again = wave_operations.drawn_again(row, members[row.id])
        same = again.digest == row.digest and all(
            again.wave_of[one.learner_id] + row.first_wave - 1 == one.drawn_wave for one in members[row.id]
        )
        differ += not same
        click.echo(f"Draw {row.id} of {row.drawn_at:%Y-%m-%d %H:%M} UTC, seed {row.seed}, digest {again.digest}")
        for stratum, counts in again.counts().items():
            click.echo(f"  {', '.join(filter(None, stratum)) or 'no team and site'}: {' '.join(map(str, counts))}")
        moved = sum(one.override_reason is not None for one in members[row.id])
        told = "the same as stored" if same else f"NOT the same as stored, which has {row.digest}"
        click.echo(f"  Drawn again: {told}. {moved} of {len(members[row.id])} were moved by a person since.")
    if differ:
        raise click.ClickException("Somebody has changed a draw outside this program.")


def _do(proposal: int, actor: str, deed: str, told: str) -> None:
    plan = db.session.scalars(select(Plan).where(Plan.id == proposal).with_for_update()).one_or_none()
    by = db.session.scalar(select(Employee.id).where(Employee.email == actor))
    if plan is None or by is None:
        raise click.ClickException(
            f"There is no {'proposal ' + str(proposal) if plan is None else 'employee ' + actor}."
        )
    at = utcnow()
    try:
        number = getattr(plan_operations, deed)(plan, actor_id=by, at=at)
    except RefusedError as error:
        raise click.ClickException(str(error)) from error
    (tell_of_publishing if deed == "publish" else tell_of_undoing)(plan, at=at)
    db.session.commit()
    click.echo(f"Proposal {plan.id} is {plan.state}: {number} {told}")
