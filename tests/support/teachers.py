"""The course for trainers, and who has completed it."""

from db import db
from tests.support.cast import NOW, Person
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course


def make_course_for_trainers() -> Course:
    """An empty course with the audience of trainers."""
    course = Course(
        slug="teaching-colleagues",
        title="Teaching colleagues",
        summary="",
        language="en",
        audience="trainers",
        pass_mark=0.7,
        introduction="",
        digest="",
        loaded_at=NOW,
    )
    db.session.add(course)
    db.session.commit()
    return course


def has_learnt_to_teach(course: Course, *people: Person) -> None:
    """Let people have completed the course."""
    for person in people:
        done = {"state": EnrolmentState.COMPLETED, "enrolled_at": NOW, "completed_at": NOW}
        db.session.add(Enrolment(learner_id=person.id, course_id=course.id, **done))
    db.session.commit()
