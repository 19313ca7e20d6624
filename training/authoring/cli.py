"""`flask training export COURSE FOLDER`: a published course as the folder of text files that it was loaded from."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from db import db
from training.authoring.pictures import as_in_files, pictures_of
from training.cli import group
from training.courses.kept_text import unpacked
from training.courses.version_models import CourseVersion
from training.models import Course
from training.rules.course_files.writer import write_course


@group.command("export")
@click.argument("course")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--version", "number", type=int, default=None, help="A version by its number; the newest if left out.")
@with_appcontext
def export(course: str, folder: Path, number: int | None) -> None:
    """Write COURSE (its slug) as a new folder below FOLDER, as it is published. Nothing is written over."""
    query = select(CourseVersion.content).join(Course, Course.id == CourseVersion.course_id)
    query = query.where(Course.slug == course).order_by(CourseVersion.number.desc()).limit(1)
    content = db.session.scalar(query if number is None else query.where(CourseVersion.number == number))
    if content is None:
        raise click.ClickException(f"There is no such course or version: {course!r}. Nothing was written.")
    try:
        text = unpacked(content)
        written = write_course(as_in_files(text), folder, pictures_of(text))
    except OSError as error:
        raise click.ClickException(f"{folder / course}: {error.strerror}. Nothing was written over.") from error
    click.echo(f"{written}: {sum(path.is_file() for path in written.rglob('*'))} files.")
