"""Two champions of the cast and a course, so that everybody else can be given a trainer."""

from sqlalchemy import select, update

from champions.models import Champion
from champions.nominations import operations as nomination_operations
from db import db
from people.models import Employee
from tests.support.cast import NOW, Cast, Person
from tests.support.scored import scored_run
from training.models import Course, Lesson, Module

REASON = "The answers are taken up, again and again."


def make_champions(cast: Cast, *people: Person, capacity: int = 40) -> None:
    """Make people of the cast champions the only way there is: asked, and approved by two others."""
    run = scored_run(cast)
    for person in people:
        row = db.session.get_one(Employee, person.id)
        nomination = nomination_operations.propose(row, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
        nomination_operations.answer(nomination, accepts=True, actor_id=person.id, at=NOW)
        for decider in (cast.rafa, cast.sunniva):
            nomination_operations.decide(nomination, approves=True, reason=REASON, actor_id=decider.id, at=NOW)
    db.session.execute(update(Champion).values(capacity=capacity))
    db.session.commit()


def make_course() -> Course:
    """The starter course with one short module."""
    course = Course(
        slug="talking-with-customers",
        title="Talking with customers",
        summary="",
        language="en",
        audience="everyone",
        pass_mark=0.7,
        introduction="",
        digest="",
        loaded_at=NOW,
    )
    db.session.add(course)
    db.session.flush()
    module = Module(
        course_id=course.id, position=1, slug="why", title="Why", aim="say why", minutes=9, pass_mark=0.7, why=""
    )
    db.session.add(module)
    db.session.flush()
    db.session.add(
        Lesson(module_id=module.id, position=1, slug="one", title="One", minutes=5, text="Text", html="<p>Text</p>")
    )
    db.session.commit()
    return course


def everybody_speaks(languages: str) -> None:
    """Give all employees the same languages."""
    db.session.execute(update(Employee).values(languages=languages, time_zone="Europe/Lisbon"))
    db.session.commit()


def active_people() -> set[int]:
    """The ids of everybody who works here."""
    return set(db.session.scalars(select(Employee.id).where(Employee.deactivated_at.is_(None))))
