"""Who teaches whom, wave after wave: places are raised, a proposal is made and published, and people learn."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from champions.models import Champion
from champions.nominations.capacity_operations import set_capacity
from db import db
from people.models import Employee
from people.roles.queries import is_active
from samples.loading import Tell
from samples.story.days import LATER_YES, TRAINERS_LEARN, WAVES, Calendar
from samples.story.learning import learn, teach_trainers
from samples.story.state import STARTER, TRAINERS, Story, course_id
from training.assigning import operations as plan_operations
from training.assigning.models import Plan
from training.enrolment_models import Enrolment, EnrolmentState

FIRST_PLACES = 12
SECOND_PLACES = 24
ROOM = 1.6
"""In the last wave there are more places than learners by so much, since not every pair speaks one language."""

TRAINERS_TIME = timedelta(weeks=3)


def begin_wave(story: Story, wave: int, tell: Tell) -> str:
    """Publish the proposal of wave 0, 1 or 2, and let its learners learn until now."""
    at = story.calendar.at(WAVES[wave])
    champions = _champions(story.calendar, WAVES[wave])
    places = (FIRST_PLACES, SECOND_PLACES, _places_for_all(len(champions), at))[wave]
    set_capacity(places, employee_ids=champions, at=at)
    plan = plan_operations.begin(course_id(STARTER), actor_id=story.owner_id, at=at - timedelta(minutes=30))
    plan_operations.compute(plan, at=at, progress=tell)
    locked = db.session.scalars(select(Plan).where(Plan.id == plan.id).with_for_update()).one()
    pairs = plan_operations.publish(locked, actor_id=story.owner_id, at=at)
    done = learn(story, STARTER, at)
    return f"{pairs} pairs, {done} learners have finished"


def teach_first(story: Story) -> str:
    """The champions take the course for trainers before the first wave."""
    return _teach(story, TRAINERS_LEARN)


def teach_later(story: Story) -> str:
    """Whoever became a champion later takes it then."""
    return _teach(story, LATER_YES - 1)


def _teach(story: Story, day: int) -> str:
    at = story.calendar.at(day)
    champions = _champions(story.calendar, day)
    teach_trainers(champions, story, TRAINERS, at, at + TRAINERS_TIME)
    return f"{len(champions)} champions"


def _champions(calendar: Calendar, day: int) -> list[int]:
    started = Champion.starts_at <= calendar.at(day)
    return list(db.session.scalars(select(Champion.employee_id).where(Champion.ends_at.is_(None), started)))


def _places_for_all(trainers: int, at: datetime) -> int:
    """Places so that everybody who has not finished finds one."""
    finished = select(Enrolment.learner_id).where(Enrolment.state == EnrolmentState.COMPLETED)
    learners = select(func.count()).where(is_active(at), Employee.id.not_in(finished))
    return int(ROOM * (db.session.scalar(learners) or 0) / max(trainers, 1)) + 1
