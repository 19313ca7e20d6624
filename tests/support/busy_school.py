"""A school in the middle of its work, for pages that are to be looked at: the starter course, and learners in it."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from db import db
from people.models import Employee
from tests.support.cast import Cast
from tests.support.learning import School, assign, begin, make_school, take
from training.attempts import operations as attempt_operations
from training.attempts.operations import SentAnswer
from training.attempts.queries import placed_questions
from training.enrolment_models import Enrolment
from training.learning.enrolment_operations import enrol
from training.models import Module
from training.rules.course_files.reader import read_course
from training.rules.kinds.catalogue import kind_of

STARTER = Path(__file__).parents[2] / "samples" / "courses" / "talking-with-customers"
NAMES = (
    "Ilse van den Bergh-Castellanos",
    "Jonas Tarnhelm",
    "Kemal Rudding",
    "Lioba Marsh",
    "Maximiliana Constantinopolitana-Featherstonehaugh",
)


def busy_school(cast: Cast, now: datetime) -> School:
    """Ben is in the middle of module 4; amara has five more learners: overdue, failing, idle, new and done."""
    begun = now - timedelta(days=60)
    school = make_school(cast, read_course(STARTER), begun)
    enrolment = school.enrolment(cast.ben)
    enrolment.due_on = (now + timedelta(days=40)).date()
    modules = list(db.session.scalars(select(Module.id).order_by(Module.position)))
    for place, module_id in enumerate(modules[:3]):
        take(enrolment, module_id, right=7 if place == 1 else None, at=now - timedelta(days=12 - place))
    _all_but(begin(enrolment, modules[3], now - timedelta(days=1)), 3, now - timedelta(days=1))
    _more_learners(cast, school, modules, now)
    db.session.commit()
    return school


def _all_but(attempt, left, at) -> None:
    for question in placed_questions(attempt.id)[:-left]:
        response = kind_of(question.specification).right_response(question.specification)
        attempt_operations.save(attempt, question.position, SentAnswer(response), at)


def _more_learners(cast: Cast, school: School, modules: list[int], now: datetime) -> None:
    rows = [
        Employee(
            external_id=f"b-{place}", name=name, email=f"b-{place}@larkspur.example", created_at=now,
            team_id=cast.care_porto, site="Porto", languages="pt;en", time_zone="Europe/Lisbon",
        )
        for place, name in enumerate(NAMES)
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    enrol([row.id for row in rows], course_id=school.course_id, due_on=None, at=now - timedelta(days=60))
    mine = [db.session.scalars(select(Enrolment).where(Enrolment.learner_id == row.id)).one() for row in rows]
    for row in rows:
        assign(cast.amara, row, school.course_id, now - timedelta(days=60)).reason = "You share a site and a language."
    overdue, failing, idle, new, done = mine
    overdue.due_on = (now - timedelta(days=9)).date()
    take(overdue, modules[0], at=now - timedelta(days=30))
    failing.due_on = (now + timedelta(days=30)).date()
    take(failing, modules[0], at=now - timedelta(days=9))
    for right in (3, 4):
        take(failing, modules[1], right=right, at=now - timedelta(days=4))
    take(idle, modules[0], at=now - timedelta(days=25))
    new.enrolled_at = now - timedelta(days=1)
    for place, module_id in enumerate(modules):
        take(done, module_id, at=now - timedelta(days=20 - place))
