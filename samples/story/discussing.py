"""Two short discussions in the demo: somebody asks, the trainer answers, a colleague adds a word; one waits."""

from random import Random

from sqlalchemy import Row, select

from db import db
from people.models import Employee
from samples.story.handed_words import QUESTIONS
from samples.story.state import STARTER, Story, course_id
from training.assigning.models import Assignment
from training.discussions.access import Place
from training.discussions.operations import say
from training.models import Course, Lesson, Module

MODULES = ("listen-first", "safe-to-speak")
WAITING = "Does “twenty minutes a week” mean twenty minutes in one go, or four a day?"


def discuss(story: Story) -> str:
    """Let learners ask under three lessons of the starter course."""
    rng = Random(f"{story.seed} discussing")
    pairs = _pairs()
    rng.shuffle(pairs)
    for number, (slug, words) in enumerate(zip(MODULES, QUESTIONS, strict=True)):
        asker, other = pairs[2 * number], pairs[2 * number + 1]
        place = _place(slug, 0)
        asked = {"author_id": asker.learner_id, "name": asker.learner}
        row = say(place, words[0], **asked, at=story.calendar.at(9 - number, 10, 20))
        trainer = Place(place.lesson, place.module, place.course, True, False)
        answers = {"author_id": asker.trainer_id, "name": asker.trainer, "question": row}
        said = {"author_id": other.learner_id, "name": other.learner, "question": row}
        if number:
            said = {**asked, "question": row}
        say(place, words[2], **said, at=story.calendar.at(8 - number, 9, 5))
        say(trainer, words[1], **answers, mentions=[asker.learner_id], at=story.calendar.at(7 - number, 16, 45))
    last = pairs[4]
    say(_place(MODULES[0], 2), WAITING, author_id=last.learner_id, name=last.learner, at=story.calendar.at(1, 11, 30))
    return f"{len(QUESTIONS)} questions are answered, one waits"


def _place(module_slug: str, lesson: int) -> Place:
    query = (
        select(Lesson, Module, Course)
        .join(Module, Module.id == Lesson.module_id)
        .join(Course, Course.id == Module.course_id)
        .where(Course.slug == STARTER, Module.slug == module_slug)
        .order_by(Lesson.position)
    )
    row = db.session.execute(query).all()[lesson]
    return Place(row[0], row[1], row[2], moderates=False, learns=True)


def _pairs() -> list[Row]:
    """Learners of the starter course with their trainers: ids and names."""
    trainer = Employee.__table__.alias("trainer")
    query = (
        select(
            Assignment.learner_id,
            Employee.name.label("learner"),
            Assignment.trainer_id,
            trainer.c.name.label("trainer"),
        )
        .join(Employee, Employee.id == Assignment.learner_id)
        .join(trainer, trainer.c.id == Assignment.trainer_id)
        .where(Assignment.course_id == course_id(STARTER), Assignment.ends_at.is_(None), Employee.ends_on.is_(None))
        .order_by(Assignment.id)
    )
    return list(db.session.execute(query).all())
