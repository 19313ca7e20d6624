"""`flask training questions ...`: import questions of other programs, export a course's questions."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from db import db, utcnow
from training import cli
from training.exchange.operations import can_be_asked, import_questions
from training.exchange.queries import asked_in
from training.models import Course, Module
from training.rules.course_files.course_text import About
from training.rules.exchange.reading import read
from training.rules.exchange.results import TITLES, WRITTEN, Format
from training.rules.exchange.writing import write


@cli.group.group("questions", help="Questions from and for other programs.")
def group() -> None:
    """Hold the commands about files of questions."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("course")
@click.argument("module")
@click.option("--about", type=click.Choice([one.value for one in About]), default=About.HOW.value, show_default=True)
@click.option("--check", is_flag=True, help="Only say what was understood; change nothing.")
@with_appcontext
def import_command(file: Path, course: str, module: str, about: str, check: bool) -> None:
    """Import the questions in FILE (GIFT, Aiken, Moodle XML, QTI, CSV) into MODULE of COURSE (their slugs)."""
    row = db.session.scalars(
        select(Module).join(Course, Course.id == Module.course_id).where(Course.slug == course, Module.slug == module)
    ).one_or_none()
    if row is None:
        raise click.ClickException(f"There is no module {module!r} in a course {course!r}.")
    exchange = read(file.read_bytes(), file.name, About(about))
    for problem in exchange.problems:
        click.echo(f"{'left out' if problem.left_out else 'changed'}: {problem}", err=True)
    for question in exchange.questions:
        if reason := can_be_asked(question, exchange.files):
            click.echo(f"left out: “{question.slug}”: {reason}", err=True)
    if exchange.format is None or not exchange.questions:
        raise click.ClickException("No question was understood. Nothing was changed.")
    words = f"{TITLES[exchange.format]}: {len(exchange.questions)} questions understood, {len(exchange.left_out)} not"
    if check:
        click.echo(f"{words}. Nothing was changed.")
        return
    done = import_questions(row, exchange.questions, exchange.files, at=utcnow())
    db.session.commit()
    click.echo(f"{words}; {done.new} are new in {row.title}, {done.known} were there already.")


@group.command("export")
@click.argument("course")
@click.option("--module", default=None, help="Only this module (its slug).")
@click.option("--format", "form", type=click.Choice([one.value for one in WRITTEN]), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@with_appcontext
def export_command(course: str, module: str | None, form: str, out: Path) -> None:
    """Write the questions of COURSE (its slug) to a file. What the format cannot hold is named."""
    row = db.session.scalars(select(Course).where(Course.slug == course)).one_or_none()
    asked = asked_in(row.id, module) if row else None
    if asked is None or not asked.questions:
        raise click.ClickException(f"There are no questions in {course!r}{f', module {module!r}' if module else ''}.")
    written = write(asked.questions, Format(form), asked.files)
    for problem in written.problems:
        click.echo(f"{'left out' if problem.left_out else 'changed'}: {problem}", err=True)
    out.write_bytes(written.data)
    click.echo(f"{len(written.carried)} of {len(asked.questions)} questions are in {out.name}.")
