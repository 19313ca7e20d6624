"""Waves: drawn by lot where there is not room for all, kept, repeated by a command, and moved by a person only."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from champions.models import Champion
from db import db
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.planned import computed_plan, live_pairs, published_plan
from tests.support.taught import everybody_speaks, make_champions, make_course
from training.assigning import operations as plan_operations
from training.assigning import wave_operations, wave_queries
from training.assigning.wave_models import WaveDraw, WaveMember
from training.enrolment_models import Enrolment, EnrolmentState

LATER = NOW + timedelta(days=3)


@pytest.fixture
def course(cast):
    """Two trainers with eight places each, for everybody else."""
    make_champions(cast, cast.amara, cast.otto, capacity=8)
    everybody_speaks("pt;en")
    return make_course()


def wave_of():
    return dict(db.session.execute(select(WaveMember.learner_id, WaveMember.wave)).all())


def hire(name):
    row = Employee(
        external_id=f"n-{name}", name=name, email=f"{name}@larkspur.example", languages="pt", time_zone="Europe/Lisbon",
        site="Porto", created_at=LATER,
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()
    return row.id


def give_places(number):
    db.session.execute(update(Champion).values(capacity=number))
    db.session.commit()


def test_with_room_for_all_nothing_is_drawn(course, cast):
    give_places(100)
    assert computed_plan(course.id, cast).summary["waves"] == 0
    assert wave_of() == {}


def test_without_room_for_all_everybody_is_drawn_and_the_first_wave_takes_part(course, cast):
    plan = computed_plan(course.id, cast)
    first = {learner for learner, wave in wave_of().items() if wave == 1}
    assert plan.summary["asked"] == len(first) <= 16
    assert plan.summary["waits"] == len(wave_of()) - len(first)
    assert (plan.summary["wave"], plan.summary["waves"]) == (1, max(wave_of().values()))


def test_making_the_proposal_anew_does_not_draw_anew(course, cast):
    computed_plan(course.id, cast)
    before, seed = wave_of(), db.session.scalar(select(WaveDraw.seed))
    computed_plan(course.id, cast, LATER)
    assert wave_of() == before
    assert db.session.scalar(select(WaveDraw.seed)) == seed
    assert db.session.scalar(select(func.count()).select_from(WaveDraw)) == 1


def test_before_the_first_publishing_other_places_make_other_waves_of_the_same_seed(course, cast):
    computed_plan(course.id, cast)
    seed = db.session.scalar(select(WaveDraw.seed))
    give_places(14)
    computed_plan(course.id, cast, LATER)
    assert db.session.scalars(select(WaveDraw.seed)).all() == [seed]
    assert max(wave_of().values()) == 2


def test_in_the_middle_of_a_wave_the_draw_stays(course, cast):
    published_plan(course.id, cast)
    before = wave_of()
    give_places(14)
    plan = computed_plan(course.id, cast, LATER)
    assert wave_of() == before
    assert set(live_pairs()) <= {learner for learner, wave in before.items() if wave == 1}
    assert plan.summary["keeps"] == len(live_pairs())


def test_the_next_wave_begins_once_there_is_room(course, cast):
    published_plan(course.id, cast)
    done = {"state": EnrolmentState.COMPLETED, "completed_at": LATER}
    db.session.execute(update(Enrolment).values(**done))
    plan = published_plan(course.id, cast, LATER)
    assert plan.summary["wave"] == 2
    second = {learner for learner, wave in wave_of().items() if wave == 2}
    assert plan.summary["asked"] >= len(second)
    assert db.session.scalar(select(WaveDraw.started)) == 2


def test_who_comes_later_is_drawn_into_waves_that_have_not_begun(course, cast):
    published_plan(course.id, cast)
    before = wave_of()
    new = hire("Nadia")
    computed_plan(course.id, cast, LATER)
    after = wave_of()
    assert {learner: wave for learner, wave in after.items() if learner != new} == before
    assert after[new] >= 2
    assert db.session.scalar(select(func.count()).select_from(WaveDraw)) == 2


def test_who_comes_after_the_last_wave_takes_part_at_once_if_there_is_room(course, cast):
    published_plan(course.id, cast)
    give_places(200)
    published_plan(course.id, cast, LATER)
    new = hire("Nadia")
    plan = computed_plan(course.id, cast, LATER + timedelta(days=1))
    assert new not in wave_of()
    assert plan.summary["joins"] == 1


def test_the_command_draws_the_same_again_and_finds_a_changed_row(course, cast, cli):
    plan = published_plan(course.id, cast)
    hire("Nadia")
    computed_plan(course.id, cast, LATER)
    told = cli.invoke(args=["assignments", "draw", "--plan", str(plan.id)])
    assert told.exit_code == 0
    assert told.output.count("Drawn again: the same as stored. 0 of") == 2
    row = db.session.scalars(select(WaveMember).where(WaveMember.wave == 1)).first()
    row.drawn_wave = row.wave = 2
    told = cli.invoke(args=["assignments", "draw", "--plan", str(plan.id)])
    assert told.exit_code == 1
    assert "NOT the same as stored" in told.output
    assert cli.invoke(args=["assignments", "draw", "--plan", "9999"]).exit_code == 1


def test_an_owner_moves_somebody_with_a_reason_and_out_of_the_comparison(course, cast):
    published_plan(course.id, cast)
    late = next(learner for learner, wave in wave_of().items() if wave == 2)
    move = {"actor_id": cast.petra.id, "at": LATER}
    with pytest.raises(RefusedError, match="sentence"):
        wave_operations.override(course.id, late, 1, "so", **move)
    with pytest.raises(RefusedError, match="no wave 99"):
        wave_operations.override(course.id, late, 99, "Starts a new job in May.", **move)
    with pytest.raises(RefusedError, match="in no wave"):
        wave_operations.override(course.id, cast.amara.id, 1, "Starts a new job in May.", **move)
    before = {one.learner_id for one in wave_queries.compared(course.id)}
    wave_operations.override(course.id, late, 1, "Starts a new job in May.", **move)
    assert {one.learner_id for one in wave_queries.compared(course.id)} == before - {late}
    assert (
        db.session.scalar(select(audit.AuditEntry.subject_id).where(audit.AuditEntry.verb == "moved to another wave"))
        == late
    )


def test_the_lot_says_the_same_after_a_move(course, cast, cli):
    plan = published_plan(course.id, cast)
    late = next(learner for learner, wave in wave_of().items() if wave == 2)
    wave_operations.override(course.id, late, 1, "Starts a new job in May.", actor_id=cast.petra.id, at=LATER)
    told = cli.invoke(args=["assignments", "draw", "--plan", str(plan.id)])
    assert "the same as stored. 1 of" in told.output


def test_whom_reports_compare_have_the_day_on_which_they_began(course, cast):
    published_plan(course.id, cast)
    found = {one.learner_id: one for one in wave_queries.compared(course.id)}
    assert {found[learner].began_at for learner in live_pairs()} == {NOW}
    assert all(one.began_at is None for learner, one in found.items() if learner not in live_pairs())


def test_the_page_shows_waves_and_moves_somebody(course, cast, client_of):
    published_plan(course.id, cast)
    client = client_of(cast.petra)
    page = client.get("/assignments/waves").text
    assert "wait for theirs" in page
    late = next(learner for learner, wave in wave_of().items() if wave == 2)
    client.post("/assignments/waves", data={"learner_id": late, "wave": 1, "reason": ""})
    assert "Nothing was changed" in client.get("/assignments/waves").text
    client.post("/assignments/waves", data={"learner_id": late, "wave": 1, "reason": "Starts a new job in May."})
    page = client.get("/assignments/waves?moved=1").text
    assert "Starts a new job in May." in page
    assert wave_of()[late] == 1
    assert client_of(cast.amara).get("/assignments/waves").status_code == 403


def test_undoing_the_first_wave_keeps_the_draw(course, cast):
    plan = published_plan(course.id, cast)
    before = wave_of()
    plan_operations.undo(plan, actor_id=cast.petra.id, at=NOW)
    computed_plan(course.id, cast, LATER)
    assert wave_of() == before
