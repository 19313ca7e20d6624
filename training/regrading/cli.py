"""`flask training regrade`: grade a question again from the command line, or only say what would change."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from db import db, utcnow
from jobs.running import JobFailedError, run_waiting
from training.cli import group
from training.models import Course, Module, Question
from training.regrading.operations import decide
from training.regrading.queries import DryRun, Wanted, versions_of
from training.regrading.queries import dry_run as look


@group.command("regrade")
@click.argument("course")
@click.argument("module")
@click.argument("question")
@click.option("--version", "number", type=int, help="Grade by this version; without it, by the newest.")
@click.option("--as-asked", is_flag=True, help="Grade each answer by the version that it was asked in: the way back.")
@click.option("--lose-passes", is_flag=True, help="Who no longer reaches the pass mark has no longer passed.")
@click.option("--reason", default="", help="Why; learners read it. Needed unless --dry-run is given.")
@click.option("--dry-run", is_flag=True, help="Only show who would change and how.")
@with_appcontext
def regrade(
    course: str,
    module: str,
    question: str,
    number: int | None,
    as_asked: bool,
    lose_passes: bool,
    reason: str,
    dry_run: bool,
) -> None:
    """Grade every finished answer to QUESTION of MODULE in COURSE (their slugs) by another of its versions."""
    row = _question(course, module, question)
    versions = versions_of(row.id)
    target = next((one for one in versions if number in (None, one.number)), None)
    if target is None:
        raise click.ClickException(f"{question} has versions 1 to {versions[0].number}, and no version {number}.")
    asked = frozenset(one.id for one in versions)
    wanted = Wanted(row.id, asked, None if as_asked else target.id, not lose_passes)
    found = _look(wanted)
    if dry_run:
        click.echo("Nothing was changed.")
        return
    if not reason.strip():
        raise click.ClickException("Say why with --reason: learners read it. Nothing was changed.")
    done = decide(wanted, reason, actor_id=None, at=utcnow())
    db.session.commit()
    try:
        run_waiting(done.job_id or 0)
    except JobFailedError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(found.changes)} attempts were graded again.")


def _question(course: str, module: str, question: str) -> Question:
    query = (
        select(Question)
        .join(Module, Module.id == Question.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Course.slug == course, Module.slug == module, Question.slug == question)
    )
    row = db.session.scalars(query).one_or_none()
    if row is None:
        raise click.ClickException(f"There is no question {question!r} in module {module!r} of course {course!r}.")
    return row


def _look(wanted: Wanted) -> DryRun:
    found = look(wanted)
    if found.why_not:
        raise click.ClickException(f"{found.why_not} Nothing was changed.")
    for one in found.changes:
        turn = "now passed" if one.passes else "no longer passed" if one.fails else ""
        shares = f"{one.fraction_before:6.1%} -> {one.fraction_after:6.1%}"
        click.echo(f"attempt {one.attempt_id:<8} {found.people[one.attempt_id]:<30} {shares}  {turn}".rstrip())
    changed = f"{len(found.changes)} of {found.attempts} attempts change"
    click.echo(f"{changed}: {found.passes} now passed, {found.fails} no longer; {found.lost} answers not understood.")
    return found
