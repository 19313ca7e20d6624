"""Who missed the date of a renewal while inactive or on leave is caught when they are back.

This is the first thing to be sure of: a job that asks for a certain day loses them for good.
"""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db import db
from messages.models import Message
from people.models import Employee
from tests.support.certified import certificates_of, certify, complete, on
from tests.support.learning import take
from training.certificates.models import Renewal
from training.certificates.renewing import work
from training.enrolling.due_operations import enter_leave
from training.rules.certification.terms import may_open, renewal_due

ENDS = date(2027, 3, 2)
OPENS = ENDS - timedelta(days=60)


def renewal_of(person) -> Renewal | None:
    (last,) = certificates_of(person)[-1:]
    return db.session.get(Renewal, last.id)


def told(person) -> list[str]:
    query = select(Message.subject).where(Message.employee_id == person.id, Message.kind == "certificate")
    return list(db.session.scalars(query.order_by(Message.id)))


def test_who_was_inactive_through_the_window_and_the_last_day_is_asked_on_the_day_they_are_back(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    ben = db.session.get_one(Employee, cast.ben.id)
    ben.deactivated_at = on(OPENS - timedelta(days=5))
    for offset in (0, 1, 30, 60, 61, 120):
        work(on(OPENS + timedelta(days=offset)))
    assert renewal_of(cast.ben) is None
    assert len(told(cast.ben)) == 1
    ben.deactivated_at = None
    back = ENDS + timedelta(days=200)
    assert work(on(back)).opened == 1
    assert renewal_of(cast.ben).due_on == back + timedelta(days=60)
    assert "expired on 2 March 2027" in told(cast.ben)[-1]
    for module_id in school.modules.values():
        take(school.enrolment(cast.ben), module_id, at=on(back + timedelta(days=2)))
    assert work(on(back + timedelta(days=3))).renewed == 1
    assert certificates_of(cast.ben)[-1].expires_on == date(2028, 9, 20)


def test_who_is_on_leave_is_left_in_peace_and_asked_on_the_first_day_after(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    ben = db.session.get_one(Employee, cast.ben.id)
    first, last = OPENS - timedelta(days=10), ENDS + timedelta(days=40)
    enter_leave(ben, first=first, last=last, actor_id=cast.amara.id, at=on(first))
    for day in (OPENS, ENDS, last):
        assert work(on(day)).opened == 0
    assert work(on(last + timedelta(days=1))).opened == 1
    assert renewal_of(cast.ben).due_on == last + timedelta(days=61)


def test_a_renewal_is_opened_once_however_often_the_job_runs(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    assert work(on(OPENS - timedelta(days=1))).opened == 0
    assert work(on(OPENS)).opened == 1
    assert renewal_of(cast.ben).due_on == ENDS
    assert work(on(OPENS)).opened == 0
    assert work(on(ENDS + timedelta(days=9))).opened == 0
    assert len(told(cast.ben)) == 2


def test_days_on_which_no_job_ran_lose_nobody(cast, school):
    certify(school, cast)
    complete(school, cast.ben)
    complete(school, cast.carla)
    assert work(on(ENDS + timedelta(days=500))).opened == 2


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(1, 365), st.integers(-400, 800))
@settings(max_examples=80)
def test_once_it_is_time_it_stays_time_and_nobody_gets_less_than_the_window(expires_on, window, offset):
    day = expires_on + timedelta(days=offset)
    if may_open(expires_on, window, day):
        assert may_open(expires_on, window, day + timedelta(days=1))
        assert renewal_due(expires_on, window, day) - day >= timedelta(days=window) or day < expires_on
        assert renewal_due(expires_on, window, day) >= expires_on
