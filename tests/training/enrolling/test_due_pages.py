"""Pages about due dates: trainers and owners move them, learners read why."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from tests.support.learning import DUE
from training.enrolling.models import DueExtension, LeaveOfAbsence

FAR = (DUE + timedelta(days=20)).isoformat()


def address(school, person, rest=""):
    return f"/due-dates/{school.enrolments[person.id]}{rest}"


def test_a_trainer_gives_more_time_and_the_learner_reads_why(cast, school, client_of, statements):
    amara = client_of(cast.amara)
    answer = amara.post(address(school, cast.ben, "/extend"), data={"to": FAR, "reason": "Covers for Otto."})
    assert answer.status_code == 302
    with statements() as sent:
        text = amara.get(address(school, cast.ben)).text
    assert len(sent) <= 12, str(sent)
    assert "Covers for Otto." in text
    with statements() as sent:
        mine = client_of(cast.ben).get("/my-due-dates").text
    assert len(sent) <= 12, str(sent)
    assert "Covers for Otto." in mine
    assert cast.amara.name in mine


def test_wrong_days_are_refused_beside_the_field_and_kept(cast, school, client_of):
    amara = client_of(cast.amara)
    for data in ({"to": FAR, "reason": ""}, {"to": "tomorrow", "reason": "x"}, {"to": DUE.isoformat(), "reason": "x"}):
        assert amara.post(address(school, cast.ben, "/extend"), data=data).status_code == 422
    wrong = {"first": "2026-05-02", "last": "2026-05-01"}
    answer = amara.post(address(school, cast.ben, "/leave"), data=wrong)
    assert answer.status_code == 422
    assert "2026-05-02" in answer.text
    assert db.session.scalars(select(DueExtension)).all() == []


def test_leave_is_entered_and_taken_out_by_who_teaches_that_learner_alone(cast, school, client_of):
    days = {"first": "2026-05-02", "last": "2026-05-11"}
    assert client_of(cast.otto).post(address(school, cast.ben, "/leave"), data=days).status_code == 404
    amara = client_of(cast.amara)
    assert amara.post(address(school, cast.ben, "/leave"), data=days).status_code == 302
    leave_id = db.session.scalars(select(LeaveOfAbsence.id)).one()
    assert "2 May 2026" in client_of(cast.ben).get("/my-due-dates").text
    assert client_of(cast.otto).post(address(school, cast.carla, f"/leave/{leave_id}/remove")).status_code == 404
    assert amara.post(address(school, cast.ben, f"/leave/{leave_id}/remove")).status_code == 302
    assert db.session.scalars(select(LeaveOfAbsence.id)).all() == []


def test_the_list_shows_a_trainer_their_own_learners_and_the_owner_all(cast, school, client_of, statements):
    with statements() as sent:
        trainers = client_of(cast.amara).get("/due-dates").text
    assert len(sent) <= 12, str(sent)
    assert cast.ben.name in trainers
    assert cast.carla.name not in trainers
    owners = client_of(cast.petra)
    assert cast.carla.name in owners.get("/due-dates").text
    assert cast.carla.name not in owners.get("/due-dates?q=harrow").text
    assert "Nobody here" in owners.get("/due-dates?overdue=1&q=zzz").text


@pytest.mark.browser
def test_due_dates_in_the_browser(cast, school, open_page, sign_in, check_page):
    db.session.commit()
    page = open_page()
    sign_in(page, cast.amara)
    page.goto("/due-dates")
    check_page(page)
    page.get_by_role("link", name=cast.ben.name).click()
    check_page(page)
    page.get_by_label("Due on").fill(FAR)
    page.get_by_label("Why").fill("Covers for Otto.")
    page.get_by_role("button", name="Give more time").click()
    assert page.get_by_text("Covers for Otto.").is_visible()
    mine = open_page()
    sign_in(mine, cast.ben)
    mine.goto("/my-due-dates")
    check_page(mine)
