"""Discussions for tests."""

from datetime import datetime

from db import db
from tests.support.cast import NOW, Person
from tests.support.learning import School
from training.discussions.access import Place
from training.discussions.models import Contribution
from training.discussions.operations import say
from training.models import Course, Lesson, Module


def place_of(school: School, *, moderates: bool = False, lesson: str = "") -> Place:
    """The discussion of a lesson of the school: the first, unless one is named."""
    lesson_id = school.lessons[lesson] if lesson else next(iter(school.lessons.values()))
    row = db.session.get_one(Lesson, lesson_id)
    module = db.session.get_one(Module, row.module_id)
    return Place(row, module, db.session.get_one(Course, module.course_id), moderates, not moderates)


def question_of(
    school: School, person: Person, text: str = "What if she is angry?", at: datetime = NOW
) -> Contribution:
    """A question that somebody asks under the first lesson."""
    return say(place_of(school), text, author_id=person.id, name=person.name, at=at)


def answer_of(
    school: School, person: Person, question: Contribution, text: str = "Listen first.", *, moderates: bool = False
) -> Contribution:
    """An answer to it."""
    place = place_of(school, moderates=moderates)
    return say(place, text, author_id=person.id, name=person.name, at=NOW, question=question)
