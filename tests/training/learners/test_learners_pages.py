"""The trainer's pages: those who need help first; only those whom one teaches; what was answered stays theirs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from db import db, utcnow
from people.models import Employee
from tests.support.cast import NOW
from tests.support.learning import assign, begin, take
from tests.support.small_course import small_course
from training.assigning.models import Assignment
from training.courses.loading import load_course
from training.enrolment_models import Enrolment
from training.learning.enrolment_operations import enrol


@pytest.fixture
def amara(cast, school, client_of):
    return client_of(cast.amara)


def crowd(cast, school, number):
    """So many more learners of amara."""
    rows = [Employee(external_id=f"x-{n}", name=f"Extra {n:03}", created_at=NOW) for n in range(number)]
    db.session.add_all(rows)
    db.session.flush()
    enrol([row.id for row in rows], course_id=school.course_id, due_on=None, at=utcnow())
    for row in rows:
        assign(cast.amara, row, school.course_id)
    return rows


def test_a_trainer_without_learners_is_told_so(cast, client_of):
    assert "Nobody is assigned to you at present." in client_of(cast.amara).get("/learners").text


def test_who_needs_nothing_is_said(cast, school, amara):
    db.session.execute(update(Enrolment).values(enrolled_at=utcnow(), due_on=None))
    text = amara.get("/learners").text
    assert "Your one learner does not need you today." in text
    assert "No quiz finished yet" in text


def test_overdue_learners_come_first_with_what_would_help(cast, school, amara):
    crowd(cast, school, 3)
    school.enrolment(cast.ben).due_on = date(2026, 3, 20)
    text = amara.get("/learners").text
    assert "One of four learners needs you today." in text
    assert "Ask Ben what has stood in the way" in text
    assert text.index("Ben Harrowgate") < text.index("Extra 000")


def test_a_quiz_failed_twice_is_named_with_its_best_result(cast, school, amara):
    now = utcnow() - timedelta(days=1)
    db.session.execute(update(Enrolment).values(enrolled_at=now, due_on=None))
    for _ in range(2):
        take(school.enrolment(cast.ben), school.modules["listen"], right=3, at=now)
    text = amara.get("/learners").text
    assert "The quiz of module 1 is not passed after 2 attempts, best 27 %." in text
    assert "Talk, the how: 1 of 5 right" in text


def test_search_finds_names_and_teams_and_keeps_to_a_status(cast, school, amara):
    crowd(cast, school, 3)
    assert "Extra 001" not in amara.get("/learners?q=harrow").text.partition("Everybody")[2]
    assert "Ben Harrowgate" in amara.get("/learners?q=care+porto").text.partition("Everybody")[2]
    assert "Nobody fits that." in amara.get("/learners?q=nobody").text
    assert "Nobody fits that." in amara.get("/learners?status=done").text


def test_a_long_list_is_paged(cast, school, amara):
    crowd(cast, school, 40)
    assert "1 to 25 of 41 learners" in amara.get("/learners").text
    assert "26 to 41 of 41 learners" in amara.get("/learners?page=2").text


def test_one_learner_is_shown_with_attempts_to_review_and_without_what_was_answered(cast, school, amara):
    attempt = take(school.enrolment(cast.ben), school.modules["listen"], right=4)
    text = amara.get(f"/learners/{cast.ben.id}").text
    assert "Ben Harrowgate has done none of two modules" in text
    assert f"/attempts/{attempt.id}" in text
    assert "36 %</a>" in text
    assert "What the person needs" not in text


def test_an_attempt_under_way_is_no_link(cast, school, amara):
    attempt = begin(school.enrolment(cast.ben), school.modules["listen"])
    text = amara.get(f"/learners/{cast.ben.id}").text
    assert "under way" in text
    assert f"/attempts/{attempt.id}" not in text


def test_a_learner_of_another_trainer_is_not_there(cast, school, amara):
    assert amara.get(f"/learners/{cast.carla.id}").status_code == 404
    assert amara.get(f"/learners/{cast.tomas.id}").status_code == 404
    assert amara.get("/learners/999").status_code == 404
    assert "Carla" not in amara.get("/learners").text


def test_after_the_assignment_ended_the_learner_is_gone(cast, school, amara):
    db.session.execute(update(Assignment).values(ends_at=NOW))
    assert amara.get(f"/learners/{cast.ben.id}").status_code == 404
    assert "Nobody is assigned" in amara.get("/learners").text


def test_a_trainer_sees_a_learner_in_the_course_of_the_assignment_alone(cast, school, amara, client_of):
    other = load_course(replace(small_course(), slug="other", title="Other talk"), NOW).course
    enrol([cast.ben.id], course_id=other.id, due_on=None, at=NOW)
    assert "Other talk" not in amara.get(f"/learners/{cast.ben.id}?course=other").text
    assign(cast.otto, cast.ben, other.id)
    assert "Other talk" in client_of(cast.otto).get(f"/learners/{cast.ben.id}").text
    assign_to_amara = assign(cast.amara, cast.carla, other.id)
    assert assign_to_amara
    assert "Other talk" not in amara.get(f"/learners/{cast.ben.id}").text


@pytest.mark.parametrize("who", ["ben", "dev", "petra", "rafa"])
def test_who_is_no_trainer_may_not_look(cast, school, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get("/learners").status_code == 403
    assert client.get(f"/learners/{cast.ben.id}").status_code == 403


def test_pages_keep_to_their_statements_whatever_the_number(cast, school, amara, statements):
    for row in crowd(cast, school, 20):
        enrolment = db.session.scalars(select(Enrolment).where(Enrolment.learner_id == row.id)).one()
        take(enrolment, school.modules["listen"], right=2)
    take(school.enrolment(cast.ben), school.modules["listen"], right=2)
    for address in ("/learners", f"/learners/{cast.ben.id}"):
        with statements() as sent:
            assert amara.get(address).status_code == 200
        assert len(sent) <= 12, str(sent)
