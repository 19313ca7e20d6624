"""`flask training`: check and load courses, enrol, show how learners stand."""

from pathlib import Path

from sqlalchemy import func, select

from db import db
from tests.training.rules.course_files.courses import small_course
from training.enrolment_models import Enrolment
from training.models import Course, Module, QuestionVersion

SAMPLES = Path(__file__).parents[2] / "samples" / "courses"


def test_a_course_is_checked_without_being_loaded(cli):
    told = cli.invoke(args=["training", "load", "--check", str(SAMPLES / "talking-with-customers")])
    assert (told.exit_code, told.output) == (0, "Talking with customers: 8 modules, 68 questions, no problem.\n")
    assert db.session.scalar(select(func.count()).select_from(Course)) == 0


def test_a_course_is_loaded_and_loaded_again(cli, tmp_path):
    folder = str(small_course(tmp_path))
    assert cli.invoke(args=["training", "load", folder]).output == "Talk: 1 questions new, 0 changed, 0 retired.\n"
    assert cli.invoke(args=["training", "load", folder]).output == "Talk: nothing has changed since it was loaded.\n"
    question = "01-listen/questions/01-who.md"
    changed = (
        "---\nkind: single_choice\nabout: why\nchoices:\n  - text: You\n    right: true\n  - text: We\n---\n\nWho?\n"
    )
    small_course(tmp_path, **{question: changed})
    assert cli.invoke(args=["training", "load", folder]).output == "Talk: 0 questions new, 1 changed, 0 retired.\n"
    assert db.session.scalar(select(func.count()).select_from(QuestionVersion)) == 2


def test_every_problem_is_named_by_file_and_line_and_nothing_is_loaded(cli, tmp_path):
    folder = small_course(tmp_path, **{"01-listen/01-first.md": "---\ntitle: First\nminuts: 5\n---\n\nText.\n"})
    told = cli.invoke(args=["training", "load", str(folder)])
    assert told.exit_code == 1
    assert "01-listen/01-first.md:3: " in told.output
    assert "Nothing was loaded." in told.output
    assert db.session.scalar(select(func.count()).select_from(Course)) == 0


def test_a_module_that_is_gone_from_the_files_is_retired_with_its_questions(cli, tmp_path):
    folder = small_course(tmp_path)
    cli.invoke(args=["training", "load", str(folder)])
    (folder / "01-listen").rename(folder / "01-other")
    told = cli.invoke(args=["training", "load", str(folder)])
    assert (told.exit_code, told.output) == (0, "Talk: 1 questions new, 0 changed, 1 retired.\n")
    listed = select(Module.slug).where(Module.retired_at.is_(None))
    assert list(db.session.scalars(listed)) == ["other"]


def test_employees_are_enrolled_by_their_ids(cli, cast, school):
    args = ["training", "enrol", school.slug, cast.dev.external_id, cast.ben.external_id, "--due", "2026-09-01"]
    assert cli.invoke(args=args).output == "1 enrolled in Small talk.\n"
    row = db.session.scalars(select(Enrolment).where(Enrolment.learner_id == cast.dev.id)).one()
    assert row.due_on.isoformat() == "2026-09-01"


def test_an_unknown_course_or_employee_is_named_and_nobody_is_enrolled(cli, cast, school):
    told = cli.invoke(args=["training", "enrol", "none", cast.dev.external_id])
    assert (told.exit_code, "There is no course 'none'" in told.output) == (1, True)
    told = cli.invoke(args=["training", "enrol", school.slug, cast.dev.external_id, "p-999"])
    assert (told.exit_code, "There is no employee 'p-999'" in told.output) == (1, True)
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 3


def test_progress_is_told_in_a_line_each(cli, cast, school):
    told = cli.invoke(args=["training", "progress", school.slug])
    assert [line.split()[1:3] for line in told.output.splitlines()] == [
        ["Ben", "Harrowgate:"], ["Carla", "Windermoss:"], ["Tomás", "Eberlake:"],
    ]  # fmt: skip
    assert cli.invoke(args=["training", "progress", "none"]).exit_code == 1
