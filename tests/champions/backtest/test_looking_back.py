"""Looking back: whom we would have named, what they brought, and a plain verdict; started by outcomes that come in."""

import pytest
from sqlalchemy import select

from activity.models import Import, ImportState, Outcome
from champions.backtest.job import look_job
from champions.backtest.models import Backtest
from champions.backtest.operations import KIND, compute_backtest, enqueue_for, look_for_outcomes
from champions.models import ScoreView
from champions.scoring.parameters import Parameters
from db import db
from jobs.models import Job
from jobs.running import run_now
from people.auditing import audit
from people.models import Employee
from tests.support.cast import NOW
from tests.support.scored import add_activity, scored_run


def looked_back(cast, days=500):
    """A backtest over `days` of activity about the cast; committed."""
    add_activity(cast, days=days)
    row = compute_backtest(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    db.session.commit()
    return row


def jobs_in_line():
    return db.session.scalars(select(Job).where(Job.kind == KIND)).all()


def test_each_earlier_day_tells_whom_we_would_have_named_and_what_came(cast):
    row = looked_back(cast)
    assert row.horizon_days == 182.0
    assert len(row.moments) >= 2
    named = {person for moment in row.moments for person, _ in moment["named"]}
    assert cast.amara.id in named
    assert all(moment["per_person"]["our list"] >= moment["others_per_person"] for moment in row.moments)


def test_too_short_a_past_is_too_little_data_to_tell(cast):
    row = looked_back(cast, days=100)
    assert row.quality == "too_little"
    assert row.moments == []
    assert "Too little data to tell" in row.statement


def test_without_any_data_the_verdict_is_the_same(cast):
    row = compute_backtest(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    assert row.quality == "too_little"


def test_new_outcomes_put_one_look_back_in_line(cast):
    assert look_for_outcomes(NOW) is None
    add_activity(cast)
    assert look_for_outcomes(NOW) is not None
    assert look_for_outcomes(NOW) is None, "one is in line already"
    assert len(jobs_in_line()) == 1


def test_once_looked_at_outcomes_call_for_nothing_more(cast):
    looked_back(cast)
    assert look_for_outcomes(NOW) is None
    db.session.add(Outcome(source="forum", external_id="new", at=NOW, kind="accepted", value=1.0))
    db.session.flush()
    assert look_for_outcomes(NOW) is not None


def test_while_an_import_runs_nothing_is_started(cast):
    add_activity(cast)
    running = Import(
        kind="outcomes",
        source="forum",
        file_name="a.csv",
        stored_name="a",
        digest="",
        mapping={},
        state=ImportState.IMPORTING,
        created_at=NOW,
    )
    db.session.add(running)
    db.session.flush()
    assert look_for_outcomes(NOW) is None
    running.state = ImportState.DONE
    db.session.flush()
    assert look_for_outcomes(NOW) is not None


def test_settings_that_were_looked_at_are_not_looked_at_again(cast):
    looked_back(cast)
    assert enqueue_for(Parameters(), at=NOW) is None
    assert enqueue_for(Parameters(dial=0.2), at=NOW) is not None


def test_the_jobs_do_it_end_to_end(cast):
    add_activity(cast, days=500)
    db.session.commit()
    run_now("champions.look", {}, actor_id=None, at=NOW)
    assert len(jobs_in_line()) == 1
    run_now(KIND, {"as_of": NOW.isoformat()}, actor_id=None, at=NOW)
    assert db.session.scalars(select(Backtest)).one().last_outcome_id is not None
    assert look_job.__doc__


def test_the_page_says_the_verdict_and_names_the_people(cast, client_of):
    scored_run(cast, days=500)
    row = compute_backtest(
        as_of=NOW, parameters=Parameters(), created_by_id=None, at=NOW, progress=lambda done, total, message: None
    )
    db.session.commit()
    text = client_of(cast.rafa).get("/looking-back").text
    assert row.quality == "no_difference", "the two best are also the two busiest here"
    assert "nobody could tell the lists apart" in text
    assert cast.amara.name in text
    seen = select(ScoreView.employee_id).where(ScoreView.viewer_id == cast.rafa.id)
    assert cast.amara.id in set(db.session.scalars(seen))


def test_who_opted_out_since_is_counted_and_not_named(cast, client_of):
    looked_back(cast)
    db.session.get_one(Employee, cast.amara.id).opted_out_at = NOW
    db.session.commit()
    text = client_of(cast.petra).get("/looking-back").text
    assert cast.amara.name not in text
    assert "no part in the scoring any more" in text


def test_before_the_first_look_the_page_offers_one(cast, client_of):
    assert "We have not looked back yet" in client_of(cast.petra).get("/looking-back").text
    answer = client_of(cast.petra).post("/looking-back")
    assert answer.status_code == 302
    assert len(jobs_in_line()) == 1
    assert "in line" in client_of(cast.petra).get("/looking-back").text


@pytest.mark.parametrize("name", ["ben", "dev", "amara"])
def test_looking_back_is_for_those_who_decide(cast, client_of, name):
    assert client_of(getattr(cast, name)).get("/looking-back").status_code == 403
    assert client_of(cast.rafa).post("/looking-back").status_code == 403


def test_the_page_keeps_to_its_statements(cast, client_of, statements):
    looked_back(cast)
    audit.append(audit.Verb.TEAM_CHANGED, actor_id=None, subject_id=None, at=NOW)
    client = client_of(cast.petra)
    with statements() as sent:
        client.get("/looking-back")
    assert len(sent) <= 12, str(sent)


def test_the_command_prints_the_verdict(cast, cli):
    add_activity(cast, days=500)
    result = cli.invoke(args=["champions", "backtest", "--as-of", "2026-03-02"])
    assert result.exit_code == 0
    assert "share of the best possible" in result.output
    assert "results a person in the next" in result.output
