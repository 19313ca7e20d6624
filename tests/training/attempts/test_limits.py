"""Time and attempts: what one learner has on top, what the pages say of it, and attempts that nobody comes back to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from people.auditing.models import AuditEntry
from tests.support.behaving import course_that
from tests.support.cast import NOW
from tests.support.learning import answer_all, begin, make_school, read_lessons, take
from training.attempts.limits import allow
from training.attempts.overdue import finish_overdue
from training.enrolment_models import Attempt


@pytest.fixture
def school(cast):
    return make_school(cast, course_that({"minutes": 20, "attempts": 1, "counts": "last"}))


def test_more_time_moves_the_end_of_an_attempt_under_way(cast, school):
    enrolment = school.enrolment(cast.ben)
    attempt = begin(enrolment, school.modules["answer"])
    allow(enrolment, 25, 0, actor_id=cast.amara.id, at=NOW)
    assert attempt.ends_at == NOW + timedelta(minutes=25)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "time or attempts allowed")).one()
    assert (entry.actor_id, entry.subject_id, entry.detail["extra_time"]) == (cast.amara.id, cast.ben.id, 25)


def test_more_attempts_let_one_begin_again(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["answer"], right=0)
    allow(enrolment, 0, 1, actor_id=cast.amara.id, at=NOW)
    assert begin(enrolment, school.modules["answer"]).number == 2


@pytest.mark.parametrize(("time", "attempts"), [(-1, 0), (201, 0), (0, 21)])
def test_what_is_out_of_range_is_refused(cast, school, time, attempts):
    with pytest.raises(ValueError, match="cannot be allowed"):
        allow(school.enrolment(cast.ben), time, attempts, actor_id=cast.amara.id, at=NOW)


def test_a_trainer_allows_it_on_a_page(cast, school, client_of):
    amara, address = client_of(cast.amara), f"/allowances/{school.enrolments[cast.ben.id]}"
    assert "has the same time and attempts as everybody" in amara.get(address).text
    assert amara.post(address, data={"extra_time": "300", "extra_attempts": "0"}).status_code == 422
    assert amara.post(address, data={"extra_time": "25", "extra_attempts": "1"}).status_code == 302
    text = amara.get(address).text
    assert "25 % more time and 1 attempt more" in text
    assert client_of(cast.otto).get(address).status_code == 404


def test_the_course_page_says_what_holds_and_what_is_left(cast, school, client_of, statements):
    enrolment = school.enrolment(cast.ben)
    read_lessons(enrolment, "listen")
    take(enrolment, school.modules["listen"], right=0)
    allow(enrolment, 50, 1, actor_id=cast.amara.id, at=NOW)
    db.session.commit()
    ben = client_of(cast.ben)
    with statements() as sent:
        text = ben.get("/course").text
    assert len(sent) <= 8, str(sent)
    for words in ("30 minutes of time", "1 attempt left", "the last attempt counts: 0"):
        assert words in text
    allow(school.enrolment(cast.ben), 0, 0, actor_id=cast.amara.id, at=NOW)
    db.session.commit()
    assert "All attempts are used: your trainer can allow another" in ben.get("/course").text
    refused = ben.post("/course/small-talk/listen")
    assert "You have used all attempts at this quiz." in ben.get(refused.location).text


def test_what_nobody_comes_back_to_is_finished_when_its_time_was_up(cast, school):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    other = begin(school.enrolment(cast.carla), school.modules["answer"], NOW + timedelta(minutes=10))
    answer_all(attempt)
    assert finish_overdue(NOW + timedelta(minutes=21)) == 0
    assert finish_overdue(NOW + timedelta(minutes=22)) == 1
    assert attempt.finished_at == NOW + timedelta(minutes=20)
    assert attempt.fraction == pytest.approx(1)
    assert db.session.get_one(Attempt, other.id).finished_at is None
    assert finish_overdue(NOW + timedelta(minutes=22)) == 0
