"""The demo's story: what is on its pages came about by real scoring, real decisions and real attempts."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select, true

from champions.contests.models import ScoreContest
from champions.models import Champion, Nomination, NominationDecision, ScoringRun
from champions.scoring.result import Band
from champions.shortlist.queries import people_in_bands
from db import db
from messages.models import Message
from people.auditing import audit
from people.auditing.models import AuditEntry
from people.models import Employee
from people.roles.queries import works_on
from people.settings.company_settings import company_settings
from samples.company.mishaps import players
from samples.load import SEED, load_if_empty
from samples.story.days import Calendar
from samples.story.learning import example_learner
from samples.story.state import STARTER, TRAINERS, Story, course_id
from tests.support.told_story import STORY_NOW, NoBar, make_once
from training.assigning.models import Assignment, PlanPair
from training.assigning.wave_models import WaveDraw
from training.enrolment_models import Attempt, Enrolment, EnrolmentState, LessonRead
from training.feedback.models import Side
from training.feedback.queries import by_module, by_trainer, questions_for
from training.learners.progress import course_shape, learners_in
from training.meetings.models import MeetingSeat, SeatState
from training.meetings.periodic import look_after_meetings
from training.meetings.queries import counts, next_meetings
from training.meetings.slot_queries import hours_for_learner
from training.practice.models import PracticeAnswer
from training.practice.queries import curves_of
from training.rules.figures import Estimate
from training.rules.standing import Status
from training.trainers.models import TeachingPause, TeachingSettings
from training.trainers.queries import known_trainers

TODAY = STORY_NOW.date()
pytestmark = pytest.mark.xdist_group("story")  # told once, by one worker


@dataclass(frozen=True)
class Facts:
    """What must be the same wherever the story is told."""

    statements: list[str]
    nominations: dict[str, int]
    enrolments: dict[str, int]
    pairs: int
    attempts: list[tuple[bool | None, int]]
    decisions: int


def company():
    return make_once(SEED, TODAY, {})


def external_ids(query):
    return set(db.session.scalars(select(Employee.external_id).where(Employee.id.in_(query))))


def latest_run():
    return db.session.scalars(select(ScoringRun).order_by(ScoringRun.id.desc()).limit(1)).one()


def counted(column):
    return dict(db.session.execute(select(column, func.count()).group_by(column)).all())


def facts():
    passed = select(Attempt.passed, func.count()).group_by(Attempt.passed).order_by(func.count())
    return Facts(
        statements=list(db.session.scalars(select(ScoringRun.statement).order_by(ScoringRun.id))),
        nominations=counted(Nomination.state),
        enrolments=counted(Enrolment.state),
        pairs=db.session.scalar(select(func.count()).where(Assignment.ends_at.is_(None))),
        attempts=[tuple(row) for row in db.session.execute(passed)],
        decisions=db.session.scalar(select(func.count()).select_from(AuditEntry)),
    )


def test_two_or_three_in_a_hundred_are_the_few_by_real_scoring(story):
    run = latest_run()
    assert 0.02 <= run.few / run.people <= 0.03
    listed = people_in_bands(run.id)
    assert 0.02 <= len(listed) / len(company().people) <= 0.04
    assert any(person.band is Band.SURE for person in listed)


def test_scores_have_a_past(story):
    assert len(list(db.session.scalars(select(ScoringRun.id)))) == 4
    days = list(db.session.scalars(select(ScoringRun.as_of).order_by(ScoringRun.id)))
    assert days == sorted(days)
    assert days[-1].date() == TODAY


def test_people_chose_the_truly_good_and_nobody_who_plays_games(story):
    champions = external_ids(select(Champion.employee_id))
    good = {nature.person for nature in company().natures if nature.truly_good}
    assert len(champions) >= 6
    assert len(champions & good) / len(champions) >= 0.7
    assert not champions & players(company().mishaps)


def test_nominations_stand_in_every_way_there_is(story):
    states = counted(Nomination.state)
    assert states["active"] >= 6
    assert states["declined"] == states["accepted"] == states["invited"] == 1
    waiting = select(Nomination.id).where(Nomination.state == "accepted")
    yes = db.session.scalars(select(NominationDecision.approves).where(NominationDecision.nomination_id.in_(waiting)))
    assert list(yes) == [True]


def test_one_contest_was_answered_and_one_waits(story):
    rows = {row.state: row for row in db.session.scalars(select(ScoreContest))}
    assert set(rows) == {"answered", "open"}
    assert rows["answered"].answered_at < rows["answered"].due_at
    assert rows["open"].due_at > STORY_NOW


def test_nearly_everybody_else_has_a_trainer_and_the_rest_a_reason(story):
    champions = select(Champion.employee_id)
    here = set(db.session.scalars(select(Employee.id).where(works_on(TODAY), Employee.id.not_in(champions))))
    taught = set(db.session.scalars(select(Assignment.learner_id).where(Assignment.ends_at.is_(None))))
    newcomers = {
        row.id
        for row in db.session.execute(select(Employee.id, Employee.starts_on))
        if row.starts_on and (TODAY - row.starts_on).days < 28
    }
    left = here - taught - newcomers
    assert len(left) <= 0.03 * len(here)
    rules = dict(
        db.session.execute(select(PlanPair.learner_id, PlanPair.rule).where(PlanPair.trainer_id.is_(None))).all()
    )
    assert all(rules.get(one) for one in left)


def test_learners_stand_in_every_way_there_is(story):
    learners = learners_in(course_shape(STARTER), true(), TODAY)
    found = Counter(one.standing.status for one in learners)
    assert set(found) == set(Status)
    assert found[Status.DONE] > 100
    assert min(found.values()) >= 8
    under_way = db.session.scalar(select(func.count()).where(Attempt.finished_at.is_(None)))
    assert under_way >= 5


def test_trainers_took_their_own_course_first(story):
    query = select(Enrolment.learner_id, Enrolment.state, Enrolment.completed_at)
    rows = db.session.execute(query.where(Enrolment.course_id == course_id(TRAINERS))).all()
    assert {row.learner_id for row in rows} == set(db.session.scalars(select(Champion.employee_id)))
    assert {row.state for row in rows} == {EnrolmentState.COMPLETED}
    first_pair = db.session.scalar(select(func.min(Assignment.starts_at)))
    assert min(row.completed_at for row in rows) < first_pair


def test_what_was_learnt_is_practised_and_some_of_it_is_still_known(story):
    curves = curves_of(course_id(STARTER))
    month = [points[1] for points in curves.values() if isinstance(points[1].known, Estimate)]
    assert len(month) >= 5
    assert all(0.7 < point.known.value < 1 for point in month)
    assert db.session.scalar(select(func.max(PracticeAnswer.given_on))) < TODAY


def test_nothing_lies_in_the_future(story):
    for column in (
        Attempt.started_at,
        Attempt.finished_at,
        LessonRead.at,
        Assignment.starts_at,
        Enrolment.enrolled_at,
        Enrolment.completed_at,
        AuditEntry.at,
        ScoringRun.created_at,
    ):
        assert db.session.scalar(select(func.max(column))) <= STORY_NOW, column


def test_the_audit_trail_verifies_and_is_in_the_order_of_time(story):
    assert audit.verify() is None
    moments = list(db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.id)))
    assert moments == sorted(moments)


def test_the_whole_company_is_marked_as_made_up(story):
    assert b"every name and figure is made up" in story.test_client().get("/sign-in").data


def test_visitors_sign_in_with_the_one_password_in_each_role(story):
    settings = company_settings()
    hashes = set(db.session.scalars(select(Employee.password_hash)))
    assert len(hashes) == 1
    assert hashes.pop().startswith("$argon2id$")
    roles = [line.split("=") for line in settings["demo_sign_ins"].splitlines()]
    assert [role for role, _ in roles] == ["Employee", "Trainer", "Manager", "Programme owner", "Reviewer"]
    for _, email in roles:
        form = {"email": email, "password": settings["demo_password"]}
        visitor = story.test_client()
        answer = visitor.post("/sign-in", data=form)
        assert answer.status_code == 302, email
        assert b"Sign out" in visitor.get("/account").data


def test_the_example_learner_has_a_quiz_to_go_on_with(story):
    email = company_settings()["demo_sign_ins"].splitlines()[0].partition("=")[2]
    learner = db.session.scalars(select(Employee).where(Employee.email == email)).one()
    own = next(one for one in learners_in(course_shape(STARTER), Employee.id == learner.id, TODAY))
    assert own.standing.status is Status.ON_TRACK
    query = select(Attempt.finished_at).where(Attempt.enrolment_id == own.enrolment_id).order_by(Attempt.id.desc())
    assert db.session.scalars(query.limit(1)).one() is None


def test_a_second_load_does_nothing(story):
    before = facts()
    db.session.rollback()
    assert load_if_empty(story, None, NoBar, make=make_once).what == ""
    assert facts() == before


def test_meetings_were_held_with_worksheets_and_hardly_any_to_come_must_be_cancelled(story):
    held = counts(STORY_NOW - timedelta(days=30), STORY_NOW)
    assert held.held >= 10
    assert held.came == held.noted == held.worksheets == held.held
    assert db.session.scalar(select(func.count()).where(MeetingSeat.state == SeatState.WAITING)) >= 1
    unread = select(func.min(Message.created_at)).where(Message.read_at.is_(None))
    assert db.session.scalar(unread) > STORY_NOW - timedelta(days=3)
    assert sum(look_after_meetings(STORY_NOW)) <= 6


def test_the_example_learner_is_invited_can_book_and_is_still_to_be_heard(story):
    learner = example_learner(Story(SEED, Calendar(STORY_NOW), make_once))
    assert [line.mine for line in next_meetings(learner, STORY_NOW)] == ["invited"]
    assert hours_for_learner(learner, STORY_NOW)[0].free
    assert {one.side for one in questions_for(learner, STORY_NOW)} <= {Side.LEARNER}
    assert by_module(Side.LEARNER)
    assert by_trainer()


def test_trainers_say_how_they_teach_and_the_lot_decides_who_begins(story):
    champions = set(db.session.scalars(select(Champion.employee_id).where(Champion.ends_at.is_(None))))
    assert set(db.session.scalars(select(TeachingSettings.trainer_id))) == champions
    assert all(one.completed or one.waived for one in known_trainers(STORY_NOW).values())
    assert db.session.scalar(select(func.count()).select_from(TeachingPause)) == 2
    first = db.session.scalars(select(WaveDraw).order_by(WaveDraw.id).limit(1)).one()
    assert len(first.sizes) > 2
    assert first.started >= len(first.sizes)
