"""What-if: settings are tried without saving, and published only by an explicit step with a reason."""

import json

import pytest
from sqlalchemy import select

from champions.models import Score, ScoreView, ScoringRun
from champions.runs.operations import SETTING, chosen_parameters
from champions.scoring.parameters import Parameters
from champions.what_if.settings import read_sliders
from db import db
from jobs.models import Job
from people.auditing import audit
from people.models import CompanySetting, Employee
from tests.support.cast import NOW
from tests.support.scored import scored_run

WHY = "We want to know who passes issues on."


@pytest.fixture
def long_run(cast):
    """A run over more than a year, so that there is a past to look back on."""
    return scored_run(cast, days=500)


def test_before_anything_is_moved_the_list_is_that_of_the_run(cast, long_run, client_of):
    text = client_of(cast.petra).get("/what-if").text
    assert "Nothing is moved yet" in text
    assert "of the best possible" in text


def test_a_setting_is_tried_without_saving_anything(cast, long_run, client_of):
    answer = client_of(cast.rafa).get("/what-if?dial=0&worth.accepted=2&rate=60&pace=200")
    assert answer.status_code == 200
    assert "With these settings" in answer.text
    assert db.session.scalar(select(CompanySetting).where(CompanySetting.name == SETTING)) is None
    assert len(db.session.scalars(select(ScoringRun)).all()) == 1


def test_a_moved_dial_says_by_what_it_is_judged(cast, long_run, client_of):
    text = client_of(cast.petra).get("/what-if?dial=0").text
    assert "judged by results alone" in text
    assert "Judged as run" in text
    assert "yardstick" not in client_of(cast.petra).get("/what-if?worth.accepted=2").text


def test_whoever_would_leave_is_said(cast, long_run, client_of):
    text = client_of(cast.petra).get("/what-if?worth.accepted=0").text
    assert "leave" in text
    assert cast.amara.name in text


def test_who_opted_out_since_the_run_is_not_named(cast, long_run, client_of):
    db.session.get_one(Employee, cast.amara.id).opted_out_at = NOW
    db.session.commit()
    assert cast.amara.name not in client_of(cast.petra).get("/what-if?worth.accepted=0").text


def test_whose_score_is_seen_because_they_enter_can_read_that(cast, long_run, client_of):
    client = client_of(cast.rafa)
    few = db.session.scalars(select(Score).where(Score.band != "not_shown")).all()
    for row in few:  # as if they had not been among the few
        row.band = "not_shown"
    db.session.commit()
    assert client.get("/what-if").status_code == 200
    seen = set(db.session.scalars(select(ScoreView.employee_id).where(ScoreView.viewer_id == cast.rafa.id)))
    assert seen == {row.employee_id for row in few}


@pytest.mark.parametrize("address", ["/what-if?dial=abc", "/what-if?rate=-5", "/what-if?worth.accepted=1e9"])
def test_a_value_that_is_none_is_said_and_the_published_one_stands(cast, long_run, client_of, address):
    answer = client_of(cast.petra).get(address)
    assert answer.status_code == 422
    assert "The published value stands" in answer.text


def test_publishing_stores_the_settings_tells_the_trail_and_starts_a_run(cast, long_run, client_of):
    answer = client_of(cast.petra).post("/what-if", data={"dial": "20", "worth.accepted": "2", "reason": WHY})
    assert answer.status_code == 302
    stored = chosen_parameters()
    assert (stored.dial, stored.worth_of("accepted")) == (0.2, 2.0)
    job = db.session.scalars(select(Job).where(Job.kind == "champions.score")).one()
    assert job.payload["reason"] == WHY
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.verb == "setting changed")).one()
    assert (entry.actor_id, entry.detail) == (cast.petra.id, {"setting": SETTING})


def test_without_a_reason_nothing_is_published(cast, long_run, client_of):
    answer = client_of(cast.petra).post("/what-if", data={"dial": "20", "reason": "so"})
    assert answer.status_code == 422
    assert 'value="20"' in answer.text
    assert chosen_parameters() == Parameters()
    assert db.session.scalar(select(Job.id).where(Job.kind == "champions.score")) is None


def test_only_the_owner_publishes(cast, long_run, client_of):
    assert client_of(cast.rafa).post("/what-if", data={"dial": "20", "reason": WHY}).status_code == 403
    assert client_of(cast.ben).get("/what-if").status_code == 403
    assert chosen_parameters() == Parameters()


def test_when_the_data_are_no_longer_there_the_page_says_so(cast, long_run, client_of, app, tmp_path):
    app.config["INSTANCE_DIR"] = str(tmp_path)
    long_run.digest = "0" * 32
    db.session.commit()
    assert "no longer at hand" in client_of(cast.petra).get("/what-if").text


def test_before_the_first_run_the_page_says_so(cast, client_of):
    assert "nothing to try settings on yet" in client_of(cast.petra).get("/what-if").text


def test_the_page_keeps_to_its_statements(cast, long_run, client_of, statements):
    audit.append(audit.Verb.TEAM_CHANGED, actor_id=None, subject_id=None, at=NOW)  # the trail has begun
    client = client_of(cast.petra)
    with statements() as sent:
        client.get("/what-if?dial=0&worth.accepted=2")
    assert len(sent) <= 12, str(sent)


def test_sliders_stand_where_published_until_moved():
    published = Parameters(dial=0.3, window_days=400)
    sliders = read_sliders({}, published, ("accepted", "vote"), months=30)
    assert sliders.moved == ()
    assert sliders.parameters == published
    assert [slider.value for slider in sliders.worths] == [1.0, 0.0]


def test_a_window_at_its_end_reads_everything():
    published = Parameters(window_days=400)
    sliders = read_sliders({"window": "30"}, published, (), months=30)
    assert sliders.parameters.window_days == 7300
    narrow = read_sliders({"window": "6"}, published, (), months=30)
    assert 180 <= narrow.parameters.window_days <= 184


def test_published_settings_are_read_back_as_they_were(cast, long_run, client_of):
    client_of(cast.petra).post("/what-if", data={"pace": "120", "reason": WHY})
    stored = json.loads(db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == SETTING)) or "")
    assert Parameters.from_json(stored) == Parameters(volume_half_life_days=120)


def test_peer_groups_are_shown_on_and_off(cast, run, client_of):
    client = client_of(cast.petra)
    assert 'name="peers" value="on" checked' in client.get("/what-if").text
    off = client.get("/what-if?peers=off").text
    assert 'name="peers" value="off" checked' in off
    assert 'type="hidden" name="peers" value="off"' in off
    assert "Nothing is moved yet" not in off


def test_peer_groups_can_be_published_off(cast, run, client_of):
    client = client_of(cast.petra)
    reason = "Jobs in our directory are out of date."
    assert client.post("/what-if", data={"peers": "off", "reason": reason}).status_code == 302
    assert not chosen_parameters().peer_groups
