"""How the demo's trainers teach: what each has set, who began before the end of the course, pauses, two kept apart."""

from datetime import timedelta

from sqlalchemy import select

from champions.models import Champion
from db import db
from samples.company.chance import stream
from samples.story.days import WAVES
from samples.story.state import TRAINERS, Story, course_id
from training.assigning.models import Assignment
from training.enrolment_models import Enrolment
from training.trainers import operations as trainer_operations
from training.trainers.models import Hours
from training.trainers.operations import Teaching
from training.trainers.queries import topics_taught

NO_LIMIT = 1000
OFFERED = 5
"""So many of the topics a trainer offers, if not all."""

EARLY: Hours = [[480, 960]] * 5 + [None, None]
LATE: Hours = [[600, 1080]] * 5 + [None, None]
PART: Hours = [[540, 1020], [540, 1020], [540, 1020], None, [540, 900], None, None]
WEEKS: tuple[Hours, ...] = ([], [], [], EARLY, LATE, PART)
WAIVED = "Has taught new colleagues for years, and finishes the course within a fortnight."
APART = "They share a flat; both asked for it."


def set_how_they_teach(story: Story, day: int) -> str:
    """Everybody who is a champion since no more than a few days sets how they teach; each is drawn."""
    at, topics = story.calendar.at(day, 11), topics_taught()
    since = Champion.starts_at > at - timedelta(days=8)
    query = select(Champion.employee_id, Champion.capacity).where(Champion.ends_at.is_(None), since)
    rows = db.session.execute(query.order_by(Champion.employee_id)).all()
    for row in rows:
        rng = stream(story.seed, f"teaching {row.employee_id}")
        some = sorted(rng.choice(len(topics), size=min(OFFERED, len(topics)), replace=False))
        chosen = Teaching(
            places=row.capacity,
            takes_learners=True,
            languages=[],
            hours=WEEKS[int(rng.integers(len(WEEKS)))],
            topics=[topics[place] for place in some] if rng.random() < 0.5 else [],
        )
        trainer_operations.set_teaching(
            row.employee_id, chosen, ceiling=NO_LIMIT, actor_id=row.employee_id, at=min(at, story.calendar.now)
        )
    return f"{len(rows)} trainers have said how they teach"


def let_off_the_course(story: Story, wave: int) -> str:
    """The owner waives the course for those who will not have completed it when the wave begins."""
    begins = story.calendar.at(WAVES[wave])
    late = (
        select(Champion.employee_id)
        .join(Enrolment, Enrolment.learner_id == Champion.employee_id)
        .where(
            Enrolment.course_id == course_id(TRAINERS),
            Champion.ends_at.is_(None),
            Enrolment.completed_at.is_(None) | (Enrolment.completed_at > begins),
        )
        .where(Champion.employee_id.not_in(select(Assignment.trainer_id)))
        .order_by(Champion.employee_id)
    )
    people = list(db.session.scalars(late))
    for person in people:
        at = begins - timedelta(hours=2)
        trainer_operations.waive_course(person, WAIVED, actor_id=story.owner_id, at=at)
    return f"{len(people)} trainers need not wait for the end of the course"


def keep_two_apart(story: Story) -> str:
    """A learner and a trainer who are no pair asked not to become one."""
    trainer = _teaching()[0]
    others = select(Assignment.learner_id).where(Assignment.trainer_id != trainer, Assignment.ends_at.is_(None))
    learner = db.session.scalars(others.order_by(Assignment.learner_id).limit(1)).one()
    at = story.calendar.at(WAVES[2] - 1, 15)
    trainer_operations.keep_apart(learner, trainer, APART, actor_id=story.owner_id, at=at)
    return "two people are kept apart"


def pause(story: Story) -> str:
    """One trainer is away for a fortnight, and says so late; another will be."""
    today, trainers = story.calendar.today, _teaching()
    for trainer, first, last in ((trainers[len(trainers) // 3], -2, 12), (trainers[len(trainers) // 2], 20, 34)):
        days = today + timedelta(days=first), today + timedelta(days=last)
        trainer_operations.pause(trainer, *days, actor_id=trainer, at=story.calendar.now)
    return "two trainers have said when they are away"


def _teaching() -> list[int]:
    query = select(Assignment.trainer_id).where(Assignment.ends_at.is_(None)).distinct()
    return list(db.session.scalars(query.order_by(Assignment.trainer_id)))
