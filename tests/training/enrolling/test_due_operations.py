"""More time and leave: the day that counts, who is told, and what is refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db import db
from messages.models import Message
from people.auditing.audit import Verb
from people.auditing.models import AuditEntry
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.enrolling import in_team, make_rule
from tests.support.learning import DUE, take
from training.enrolling import due_operations
from training.enrolling.models import LeaveOfAbsence
from training.enrolling.reminding import remind
from training.enrolling.watch import evaluate_all
from training.enrolment_models import Enrolment, EnrolmentState
from training.learners.progress import course_shapes, learners
from training.models import Course
from training.rules.standing import Reason, Status

LATE = timedelta(days=1)


def extend(cast, school, person, to: date, reason="Covers for a colleague."):
    due_operations.extend(
        school.enrolment(person),
        db.session.get_one(Course, school.course_id),
        db.session.get_one(Employee, person.id),
        to=to,
        reason=reason,
        actor_id=cast.amara.id,
        at=NOW,
    )


def away(cast, person, first: date, last: date) -> LeaveOfAbsence:
    learner = db.session.get_one(Employee, person.id)
    return due_operations.enter_leave(learner, first=first, last=last, actor_id=cast.amara.id, at=NOW)


def texts(person) -> list[str]:
    query = select(Message.subject).where(Message.employee_id == person.id).order_by(Message.id)
    return list(db.session.scalars(query))


def test_more_time_moves_the_day_is_noted_and_told_with_its_reason(cast, school):
    extend(cast, school, cast.ben, DUE + timedelta(days=20))
    ben = school.enrolment(cast.ben)
    assert (ben.due_on, ben.planned_due_on) == (DUE + timedelta(days=20), DUE)
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.verb == Verb.DUE_DATE_EXTENDED)).one().subject_id
    text = db.session.scalars(select(Message.text).where(Message.employee_id == cast.ben.id)).one()
    assert "Covers for a colleague." in text


def test_more_time_is_refused_where_it_makes_no_sense(cast, school):
    for day, words in ((DUE, "after"), (DUE + timedelta(days=9999), "two years")):
        with pytest.raises(RefusedError, match=words):
            extend(cast, school, cast.ben, day)
    away(cast, cast.ben, DUE + timedelta(days=30), DUE + timedelta(days=40))
    with pytest.raises(RefusedError, match="one of leave"):
        extend(cast, school, cast.ben, DUE + timedelta(days=35))
    school.enrolment(cast.ben).due_on = None
    with pytest.raises(RefusedError, match="no due date"):
        extend(cast, school, cast.ben, DUE)
    for module in ("listen", "answer"):
        take(school.enrolment(cast.ben), school.modules[module])
    with pytest.raises(RefusedError, match="being learnt"):
        extend(cast, school, cast.ben, DUE)


def test_leave_stops_the_clock_and_taken_out_it_runs_again(cast, school):
    leave = away(cast, cast.ben, date(2026, 4, 1), date(2026, 4, 10))
    ben = school.enrolment(cast.ben)
    assert ben.due_on == DUE + timedelta(days=10)
    assert school.enrolment(cast.carla).due_on == DUE
    extend(cast, school, cast.ben, DUE + timedelta(days=30))
    assert ben.due_on == DUE + timedelta(days=30)
    due_operations.remove_leave(leave, actor_id=cast.amara.id, at=NOW)
    assert ben.due_on == DUE + timedelta(days=20)


def test_why_somebody_is_away_is_stored_nowhere(cast, school):
    away(cast, cast.ben, date(2026, 4, 1), date(2026, 4, 10))
    columns = set(LeaveOfAbsence.__table__.columns.keys())
    assert columns == {"id", "employee_id", "first_day", "last_day", "by_id", "at"}
    assert db.session.scalars(select(AuditEntry.detail).where(AuditEntry.verb == Verb.LEAVE_ENTERED)).one() == {}


def test_a_leave_that_ends_before_it_begins_or_never_is_refused(cast, school):
    for first, last in ((date(2026, 4, 2), date(2026, 4, 1)), (date(2026, 4, 2), date(2036, 4, 1))):
        with pytest.raises(RefusedError):
            away(cast, cast.ben, first, last)


def test_who_is_enrolled_by_rule_while_away_gets_the_days_on_top(cast, school):
    away(cast, cast.otto, NOW.date(), NOW.date() + timedelta(days=9))
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    evaluate_all(NOW + timedelta(hours=1))
    otto = db.session.scalars(select(Enrolment).where(Enrolment.learner_id == cast.otto.id)).one()
    assert otto.due_on == NOW.date() + timedelta(days=42 + 10)


def test_nobody_is_overdue_or_idle_in_reports_while_the_clock_stands(cast, school):
    away(cast, cast.ben, date(2026, 3, 10), date(2027, 8, 1))
    ben, carla = Employee.id == cast.ben.id, Employee.id == cast.carla.id
    courses, day = course_shapes(Course.id == school.course_id), date(2027, 7, 1)
    assert learners(courses, carla, day)[0].standing.reason is Reason.OVERDUE
    assert learners(courses, ben, day)[0].standing.status is Status.ON_TRACK


def test_reminders_come_before_and_after_once_each_and_never_while_away(cast, school):
    week_before = NOW + (DUE - NOW.date() - timedelta(days=7))
    remind(week_before - timedelta(days=1))
    assert texts(cast.ben) == []
    assert remind(week_before).learners == 3
    assert remind(week_before + timedelta(hours=1)).learners == 0
    away(cast, cast.ben, DUE - timedelta(days=3), DUE + timedelta(days=3))
    assert remind(week_before + timedelta(days=6)).learners == 2
    assert remind(week_before + timedelta(days=8)).learners == 2
    assert "was due" in texts(cast.carla)[-1]


def test_the_trainer_then_the_manager_is_told_at_most_once_a_day_about_all_at_once(cast, school):
    due_at = NOW + (DUE - NOW.date())
    remind(due_at + timedelta(days=2))
    assert not [one for one in texts(cast.amara) if "overdue" in one]
    remind(due_at + timedelta(days=3))
    remind(due_at + timedelta(days=3, hours=5))
    remind(due_at + timedelta(days=4))
    assert [one for one in texts(cast.amara) if "overdue" in one] == ["1 person who learns with you is overdue"]
    remind(due_at + timedelta(days=10))
    remind(due_at + timedelta(days=11))
    assert texts(cast.dev) == ["1 person of your team is overdue"]


def test_who_has_completed_or_left_is_neither_reminded_nor_told_about(cast, school):
    for module in ("listen", "answer"):
        take(school.enrolment(cast.ben), school.modules[module])
    school.enrolment(cast.carla).state = EnrolmentState.WITHDRAWN
    db.session.get_one(Employee, cast.tomas.id).deactivated_at = NOW
    db.session.flush()
    told = remind(NOW + (DUE - NOW.date() + timedelta(days=30)))
    assert (told.learners, told.others) == (0, 0)


def test_the_number_of_statements_does_not_grow_with_learners(cast, school, statements):
    db.session.flush()
    with statements() as sent:
        remind(NOW + (DUE - NOW.date() - timedelta(days=7)))
    assert len(sent) <= 10, str(sent)
