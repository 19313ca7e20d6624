"""A mended key: who would change, then grading again, on record, with the history untouched and a way back."""

import pytest
from sqlalchemy import func, select

from db import db
from jobs.running import run_waiting
from people.auditing.models import AuditEntry
from tests.support.behaving import course_that
from tests.support.cast import NOW
from tests.support.learning import begin, make_school, question_ids
from tests.support.small_course import SPECIFICATIONS, small_course, with_change
from training.attempts import operations as attempt_operations
from training.attempts.operations import SentAnswer
from training.attempts.queries import asked_questions, placed_questions
from training.courses.loading import load_course
from training.enrolment_models import Attempt, Grading, Response
from training.models import QuestionVersion
from training.regrading.models import RegradedQuestion, Regrading, RegradingState
from training.regrading.operations import NotRegradedError, carry_out, decide
from training.regrading.queries import Wanted, dry_run, versions_of
from training.rules.kinds.catalogue import kind_of

MENDED = {**SPECIFICATIONS["numeric"], "right": 40}


class World:
    """A course whose question for a number gets another key after three learners have answered it."""

    def __init__(self, cast, quiz=None):
        self.course = course_that(quiz or {}, hints=False)
        self.school = make_school(cast, self.course)
        self.question_id = question_ids(self.school.modules["answer"])["numeric"]
        self.cast = cast

    def sit(self, person, written, choice=True):
        attempt = begin(self.school.enrolment(person), self.school.modules["answer"])
        first = placed_questions(attempt.id)[0].specification
        if choice:
            attempt_operations.save(attempt, 1, SentAnswer(kind_of(first).right_response(first)), NOW)
        attempt_operations.save(attempt, 2, SentAnswer({"written": written}), NOW)
        attempt_operations.finish(attempt, self.school.enrolment(person), NOW)
        return attempt.id

    def mend(self, specification=MENDED):
        load_course(with_change(self.course, "answer", "numeric", specification=specification), NOW)
        return self.wanted(versions_of(self.question_id)[0].id)

    def wanted(self, version_id, keep_passes=True):
        asked = frozenset(one.id for one in versions_of(self.question_id))
        return Wanted(self.question_id, asked, version_id, keep_passes)


@pytest.fixture
def world(cast):
    return World(cast)


def regrade(wanted):
    row = decide(wanted, "The key was wrong.", actor_id=None, at=NOW)
    carry_out(row.id, NOW)
    return row


def result(attempt_id):
    row = db.session.get_one(Attempt, attempt_id)
    return round(row.fraction, 4), row.passed


def gradings(attempt_id):
    query = select(Grading.number, Grading.fraction, Grading.passed).where(Grading.attempt_id == attempt_id)
    return [tuple(row) for row in db.session.execute(query.order_by(Grading.number))]


def test_a_new_version_changes_no_attempt_by_itself(cast, world):
    attempt_id = world.sit(cast.ben, "37.5")
    world.mend()
    assert result(attempt_id) == (1.0, True)
    assert asked_questions(attempt_id)[1].version.number == 1


def test_a_dry_run_says_who_would_change_and_changes_nothing(cast, world):
    ben, carla = world.sit(cast.ben, "37.5"), world.sit(cast.carla, "40", choice=False)
    tomas = world.sit(cast.tomas, "1")
    found = dry_run(world.mend())
    assert {one.attempt_id for one in found.changes} == {ben, carla}
    assert (found.attempts, found.passes, found.fails, found.lost) == (3, 1, 0, 0)
    assert found.people[ben] == cast.ben.name
    assert [result(one) for one in (ben, carla, tomas)] == [(1.0, True), (0.0, False), (0.5, True)]
    assert db.session.scalar(select(func.count()).select_from(RegradedQuestion)) == 0


def test_grading_again_appends_and_leaves_the_history(cast, world):
    attempt_id = world.sit(cast.carla, "40", choice=False)
    before = db.session.execute(select(Response.id, Response.answer, Response.at)).all()
    row = regrade(world.mend())
    assert result(attempt_id) == (0.5, True)
    assert gradings(attempt_id) == [(1, 0.0, False), (2, 0.5, True)]
    assert db.session.execute(select(Response.id, Response.answer, Response.at)).all() == before
    kept = db.session.scalars(select(RegradedQuestion)).one()
    assert (kept.fraction_before, kept.fraction_after, kept.state_before) == (0.0, 1.0, "wrong")
    assert (row.state, row.attempts, row.passed, row.failed) == (RegradingState.DONE, 1, 1, 0)
    asked = asked_questions(attempt_id)[1]
    assert (asked.version.number, asked.key.number) == (1, 2)


def test_what_was_decided_is_done_once(cast, world):
    attempt_id = world.sit(cast.carla, "40", choice=False)
    row = regrade(world.mend())
    carry_out(row.id, NOW)
    assert len(gradings(attempt_id)) == 2


def test_each_change_is_on_record_about_its_learner(cast, world):
    world.sit(cast.carla, "40", choice=False)
    row = regrade(world.mend())
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "grade changed")).one()
    assert entry.subject_id == cast.carla.id
    assert (entry.detail["regrading"], entry.detail["before"], entry.detail["after"]) == (row.id, 0.0, 0.5)


def test_who_has_passed_stays_passed_unless_it_is_decided_otherwise(cast):
    world = World(cast)
    attempt_id = world.sit(cast.ben, "37.5", choice=False)
    assert result(attempt_id) == (0.5, True)
    wanted = world.mend()
    assert dry_run(wanted).fails == 0
    regrade(wanted)
    assert result(attempt_id) == (0.0, True)


def test_a_pass_can_be_lost_where_that_is_decided(cast, world):
    attempt_id = world.sit(cast.ben, "37.5", choice=False)
    wanted = world.wanted(world.mend().version_id, keep_passes=False)
    assert dry_run(wanted).fails == 1
    regrade(wanted)
    assert result(attempt_id) == (0.0, False)


def test_the_way_back_grades_by_the_version_that_was_asked(cast, world):
    attempt_id = world.sit(cast.carla, "40", choice=False)
    regrade(world.mend())
    regrade(world.wanted(None, keep_passes=False))
    assert result(attempt_id) == (0.0, False)
    assert [row[1] for row in gradings(attempt_id)] == [0.0, 0.5, 0.0]
    assert asked_questions(attempt_id)[1].key.number == 1


def test_only_the_versions_chosen_are_graded(cast, world):
    world.sit(cast.ben, "37.5")
    newest = world.mend().version_id
    assert dry_run(Wanted(world.question_id, frozenset({newest}), newest, True)).attempts == 0


def test_answers_that_the_version_does_not_know_are_named(cast):
    world = World(cast)
    attempt = begin(world.school.enrolment(cast.ben), world.school.modules["answer"])
    right = kind_of(SPECIFICATIONS["single-choice"]).right_response(SPECIFICATIONS["single-choice"])
    attempt_operations.save(attempt, 1, SentAnswer(right), NOW)
    attempt_operations.finish(attempt, world.school.enrolment(cast.ben), NOW)
    reworded = {"kind": "single_choice", "choices": [{"text": "Their need", "right": True}, {"text": "Ours"}]}
    load_course(with_change(world.course, "answer", "single-choice", specification=reworded), NOW)
    question_id = question_ids(world.school.modules["answer"])["single-choice"]
    versions = versions_of(question_id)
    assert dry_run(Wanted(question_id, frozenset({versions[1].id}), versions[0].id, True)).lost == 1


def test_another_kind_cannot_grade_the_answers(cast, world):
    world.sit(cast.ben, "37.5")
    wanted = world.mend({"kind": "true_false", "right": True})
    assert "Version 1: It was of kind numeric" in dry_run(wanted).why_not
    with pytest.raises(NotRegradedError):
        decide(wanted, "So.", actor_id=None, at=NOW)
    assert db.session.scalar(select(func.count()).select_from(Regrading)) == 0


@pytest.mark.parametrize(("counts", "passed"), [("mean", True), ("first", False)])
def test_what_counts_over_several_attempts_is_told_anew(cast, counts, passed):
    world = World(cast, {"counts": counts})
    first, second = world.sit(cast.ben, "40", choice=False), world.sit(cast.ben, "1", choice=True)
    assert [result(one) for one in (first, second)] == [(0.0, False), (0.5, False)]
    found = dry_run(world.mend())
    assert [one.attempt_id for one in found.changes if one.passes] == [first, second]
    regrade(world.wanted(found and versions_of(world.question_id)[0].id))
    assert result(second) == (0.5, True)


def test_a_dry_run_takes_the_same_statements_for_many_as_for_few(cast, world, statements):
    world.sit(cast.ben, "40")
    wanted = world.mend()
    with statements() as few:
        dry_run(wanted)
    for _ in range(3):
        world.sit(cast.carla, "40")
    with statements() as many:
        dry_run(world.wanted(wanted.version_id))
    assert len(many) - 1 <= len(few) <= 8, str(few)


def test_an_owner_looks_first_and_then_does_it(cast, world, client_of):
    attempt_id = world.sit(cast.carla, "40", choice=False)
    wanted = world.mend()
    db.session.commit()
    petra = client_of(cast.petra)
    address = f"/courses/{world.school.slug}/questions/{world.question_id}/regrade"
    assert "1 finished attempt can be graded again" in petra.get(address).text
    asked = "".join(f"&asked={one}" for one in sorted(wanted.asked_ids))
    chosen = f"{address}?version={wanted.version_id}&keep=y{asked}"
    text = petra.get(chosen).text
    assert "1 of 1 attempt would change: 1 would pass, 0 no longer." in text
    assert cast.carla.name in text
    assert petra.post(chosen, data={"reason": ""}).status_code == 422
    assert result(attempt_id) == (0.0, False)
    assert "/jobs/" in petra.post(chosen, data={"reason": "The key was wrong."}).location
    run_waiting(db.session.scalars(select(Regrading.job_id)).one())
    db.session.expire_all()
    assert result(attempt_id) == (0.5, True)
    review = client_of(cast.carla).get(f"/attempts/{attempt_id}").text
    assert "Graded again by version 2" in review
    assert "The key was wrong." in petra.get(address).text


def test_the_command_shows_and_does_the_same(cast, world, cli):
    attempt_id = world.sit(cast.carla, "40", choice=False)
    world.mend()
    db.session.commit()
    command = ["training", "regrade", "small-talk", "answer", "numeric"]
    shown = cli.invoke(args=[*command, "--dry-run"])
    assert "1 of 1 attempts change: 1 now passed, 0 no longer; 0 answers not understood." in shown.output
    assert "Nothing was changed." in shown.output
    assert cli.invoke(args=command).exit_code == 1
    assert "no version 9" in cli.invoke(args=[*command, "--version", "9"]).output
    assert "There is no question 'nothing'" in cli.invoke(args=[*command[:4], "nothing"]).output
    assert result(attempt_id) == (0.0, False)
    assert cli.invoke(args=[*command, "--reason", "The key was wrong."]).exit_code == 0
    db.session.expire_all()
    assert result(attempt_id) == (0.5, True)


def test_versions_are_never_changed(cast, world):
    world.mend()
    versions = db.session.scalars(
        select(QuestionVersion).where(QuestionVersion.question_id == world.question_id).order_by(QuestionVersion.number)
    ).all()
    assert [one.specification["right"] for one in versions] == [37.5, 40]
    assert small_course().modules[1].questions[1].specification["right"] == pytest.approx(37.5)
