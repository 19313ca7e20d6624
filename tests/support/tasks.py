"""Practical tasks for tests: the rubric is that of tests.support.handed_in."""

from random import Random

from db import db
from tests.support.cast import NOW, Person
from tests.support.handed_in import RUBRIC, handed_in
from tests.support.learning import School
from training.files.models import Shelf
from training.models import Module
from training.rules.course_files.course_text import TaskText
from training.tasks import operations
from training.tasks.loading import load_task
from training.tasks.models import HandIn, PeerReview, Task
from training.tasks.operations import Work

REPLY = Work("Dear Maria, by Friday I will know.")


def give_task(school: School, graded_by: str = "trainer", module: str = "listen", **changes: object) -> Task:
    """Give a module a task."""
    values = {"title": "A real reply", "text": "Hand in *one* reply.", "accepts": ("text", "link", "picture")}
    text = TaskText(**{**values, "graded_by": graded_by, "rubric": RUBRIC, **changes})  # type: ignore[arg-type]
    load_task(db.session.get_one(Module, school.modules[module]), text, NOW)
    return db.session.query(Task).filter_by(module_id=school.modules[module]).one()


def hand_in(school: School, person: Person, task: Task, work: Work = REPLY, seed: int = 1) -> HandIn:
    """Let somebody hand in work."""
    return operations.hand_in(school.enrolment(person), task, work, NOW, Random(seed))


def work_and_reviews(school: School, people: dict[str, Person]) -> tuple[int, dict[str, dict[str, int]]]:
    """For the matrix: a task, and by parameter the work of each of these people and what each was drawn for."""
    task = give_task(school)
    pieces, reviews, files = {}, {}, {}
    for name, person in people.items():
        files[name] = handed_in(person, shelf=Shelf.TASK).id
        pieces[name] = hand_in(school, person, task, Work("Hello.", "", files[name])).id
    for name, person in people.items():
        other = next(pieces[one] for one in pieces if one != name)
        row = PeerReview(hand_in_id=other, peer_id=person.id, drawn_at=NOW)
        db.session.add(row)
        db.session.flush()
        reviews[name] = row.id
    return task.id, {"hand_in_id": pieces, "review_id": reviews}
