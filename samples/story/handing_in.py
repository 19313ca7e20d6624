"""Work of the demo's learners: replies that wait for a trainer or are graded, and hand-overs that two peers grade."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from random import Random

from sqlalchemy import select

from db import db
from samples.story.handed_words import COMMENTS, HAND_OVERS, PEERS_COMMENTS, REPLIES
from samples.story.state import STARTER, Story, course_id
from training.assigning.models import Assignment
from training.enrolment_models import Attempt, Enrolment
from training.models import Module
from training.rules.grading.verdict import Verdict
from training.tasks import operations
from training.tasks.models import HandIn, PeerReview, Task
from training.tasks.operations import Work

TO_TRAINERS, TO_PEERS = 14, 7
OF_THE_BUSIEST = 5
"""So many of the first are learners of the trainer with the most learners: visitors sign in as that one."""

WAITS_DAYS = 6
"""Work older than this is graded; the demo's trainers are diligent."""

Person = tuple[int, int, int]
"""Enrolment, learner, trainer."""


def hand_in_work(story: Story) -> str:
    """Let learners hand in work for the two tasks of the starter course; returns how much of it is graded."""
    rng = Random(f"{story.seed} handing in")
    tasks = _tasks()
    graded = 0
    for place, person in enumerate(_passed(tasks[0], TO_TRAINERS, rng)):
        days = (2, 4, 8, 1, 10, 3, 12)[place % 7]
        done = Work(REPLIES[place % len(REPLIES)]), story.calendar.at(1, 12, graded)  # yesterday, one after the other
        graded += _hand_in_to_trainer(story, tasks[0], person, days, done, rng)
    graded += _hand_in_to_peers(story, tasks[1], _passed(tasks[1], TO_PEERS, rng), rng)
    return f"{graded} pieces of work are graded"


def _tasks() -> Sequence[Task]:
    query = select(Task).join(Module, Module.id == Task.module_id).where(Module.course_id == course_id(STARTER))
    return db.session.scalars(query.order_by(Module.position)).all()


def _passed(task: Task, most: int, rng: Random) -> list[Person]:
    """Learners with a trainer who have passed the quiz of the task's module, some of the busiest trainer's first."""
    query = (
        select(Enrolment.id, Enrolment.learner_id, Assignment.trainer_id)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .join(Assignment, Assignment.learner_id == Enrolment.learner_id)
        .where(
            Attempt.module_id == task.module_id,
            Attempt.passed.is_(True),
            Assignment.course_id == Enrolment.course_id,
            Assignment.ends_at.is_(None),
        )
        .distinct()
        .order_by(Enrolment.id)
    )
    people = [(row[0], row[1], row[2]) for row in db.session.execute(query)]
    load = Counter(person[2] for person in people)
    busiest = max(load, key=lambda one: (load[one], -one), default=0)
    rng.shuffle(people)
    theirs = [one for one in people if one[2] == busiest][:OF_THE_BUSIEST]
    return [*theirs, *(one for one in people if one not in theirs)][:most]


def _hand_in_to_trainer(
    story: Story, task: Task, person: Person, days: int, done: tuple[Work, datetime], rng: Random
) -> int:
    """Hand in so many days ago; what has waited long is graded, at the moment that stands beside the work."""
    at = story.calendar.at(days, 10 + days % 7, 7 * days)
    enrolment = db.session.get_one(Enrolment, person[0])
    row = operations.hand_in(enrolment, task, done[0], at, rng)
    if days < WAITS_DAYS:
        return 0
    verdict = Verdict(_levels(task, rng), rng.choice(COMMENTS))
    operations.grade(row, enrolment, verdict, grader_id=person[2], seen=0, at=done[1])
    return 1


def _hand_in_to_peers(story: Story, task: Task, people: Sequence[Person], rng: Random) -> int:
    """Everybody hands in; most of those drawn have graded, and one pair differs."""
    rows: list[tuple[HandIn, Enrolment]] = []
    for place, person in enumerate(people):
        at = story.calendar.at(5, 9, 11 * place)
        enrolment = db.session.get_one(Enrolment, person[0])
        words = HAND_OVERS[place % len(HAND_OVERS)]
        rows.append((operations.hand_in(enrolment, task, Work(words), at, rng), enrolment))
    for place, (row, enrolment) in enumerate(rows[:-2]):
        for number, given in enumerate(_drawn(row)):
            levels = (0,) * len(task.rubric) if place or not number else (2,) * len(task.rubric)
            _review(story, row, enrolment, given, Verdict(levels, rng.choice(PEERS_COMMENTS)), 3 - number)
    return sum(row.fraction is not None for row, _ in rows)


def _drawn(row: HandIn) -> Sequence[PeerReview]:
    return db.session.scalars(select(PeerReview).where(PeerReview.hand_in_id == row.id).order_by(PeerReview.id)).all()


def _review(story: Story, row: HandIn, enrolment: Enrolment, given: PeerReview, verdict: Verdict, days: int) -> None:
    at: datetime = story.calendar.at(days, 14)
    operations.review(given, row, enrolment, verdict, at)


def _levels(task: Task, rng: Random) -> tuple[int, ...]:
    """Mostly the best or the second level."""
    return tuple(min(rng.choice((0, 0, 0, 1, 1)), len(one["levels"]) - 1) for one in task.rubric)
