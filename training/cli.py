"""`flask training ...`: check and load courses, enrol, show how a learner stands."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select, true

from db import db, utcnow
from people.models import Employee
from training.courses.loading import CourseNotLoadedError, load_course
from training.courses.pictures import with_kept_pictures
from training.learners.progress import course_shape, learners_in
from training.learning.enrolment_operations import enrol
from training.models import Course
from training.rules.course_files.picture_files import read_pictures
from training.rules.course_files.reader import read_course


@click.group("training", help="Courses, enrolments, progress.")
def group() -> None:
    """Hold the commands about learning."""


@group.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only check the files; change nothing.")
@with_appcontext
def load(folder: Path, check: bool) -> None:
    """Load the course in FOLDER, after checking every file. Problems are named by file and line."""
    text = read_course(folder)
    if isinstance(text, list):
        for problem in text:
            click.echo(f"{problem.file}:{problem.line}: {problem.message} {problem.cure}", err=True)
        raise click.ClickException(f"{len(text)} problems. Nothing was loaded.")
    questions = sum(len(module.questions) for module in text.modules)
    if check:
        click.echo(f"{text.title}: {len(text.modules)} modules, {questions} questions, no problem.")
        return
    try:
        done = load_course(with_kept_pictures(text, read_pictures(folder).files), utcnow())
    except CourseNotLoadedError as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    counts = done.questions
    if done.unchanged_text:
        click.echo(f"{text.title}: nothing has changed since it was loaded.")
    else:
        click.echo(f"{text.title}: {counts.new} questions new, {counts.changed} changed, {counts.retired} retired.")


@group.command("enrol")
@click.argument("course")
@click.argument("employees", nargs=-1, required=True)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), default=None)
@with_appcontext
def enrol_command(course: str, employees: tuple[str, ...], due: datetime | None) -> None:
    """Enrol EMPLOYEES (ids in the directory) in COURSE (its slug)."""
    row = db.session.scalars(select(Course).where(Course.slug == course)).one_or_none()
    if row is None:
        raise click.ClickException(f"There is no course {course!r}. `flask training load FOLDER` loads one.")
    found = dict(
        db.session.execute(select(Employee.external_id, Employee.id).where(Employee.external_id.in_(employees))).all()
    )
    unknown = [one for one in employees if one not in found]
    if unknown:
        raise click.ClickException(f"There is no employee {', '.join(map(repr, unknown[:5]))}. Nobody was enrolled.")
    number = enrol(found.values(), course_id=row.id, due_on=due.date() if due else None, at=utcnow())
    db.session.commit()
    click.echo(f"{number} enrolled in {row.title}.")


@group.command("progress")
@click.argument("course")
@with_appcontext
def progress(course: str) -> None:
    """Print how each learner of COURSE stands."""
    shape = course_shape(course)
    if shape is None:
        raise click.ClickException(f"There is no course {course!r}.")
    for one in learners_in(shape, true(), utcnow().date()):
        click.echo(f"{one.standing.status.value:16} {one.name}: {one.standing.words}")
