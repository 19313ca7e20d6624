"""Practical tasks: handed in, handed in anew, graded by the trainer or by two peers drawn by lot."""

import pytest
from sqlalchemy import select

from db import db
from messages.models import Message
from people.models import Employee, Role
from people.viewer import Grant, Viewer
from tests.support.cast import NOW
from tests.support.tasks import REPLY, give_task, hand_in
from training.grading.operations import GradedMeanwhileError
from training.grading.queries import queue, waiting_for
from training.learning.enrolment_operations import enrol
from training.rules.grading.verdict import Verdict
from training.tasks import operations
from training.tasks.models import HandInGrade, HandInState, PeerReview
from training.tasks.operations import PEERS_HAVE, NothingToHandInError, Work
from training.tasks.queries import task_lines

BEST, NEAR, FAR = Verdict((0, 0)), Verdict((1, 0)), Verdict((2, 1))


@pytest.fixture
def peers_task(school):
    return give_task(school, "peers")


def viewer(person, *roles):
    words = dict.fromkeys(("external_id", "job", "site", "languages", "team_name", "token"), "")
    grants = tuple(Grant(role, None) for role in roles)
    return Viewer(person.id, person.name, person.email, time_zone="UTC", grants=grants, **words)


def told(person):
    return db.session.scalars(select(Message.kind).where(Message.employee_id == person.id).order_by(Message.id)).all()


def drawn_for(row):
    query = select(PeerReview).where(PeerReview.hand_in_id == row.id).order_by(PeerReview.id)
    return list(db.session.scalars(query))


def three_pieces(school, cast, task):
    return [hand_in(school, person, task) for person in (cast.ben, cast.carla, cast.tomas)]


def review(school, given, row, person, verdict):
    operations.review(given, row, school.enrolment(person), verdict, NOW)


def test_work_waits_for_the_trainer_and_is_told(cast, school):
    row = hand_in(school, cast.ben, give_task(school))
    assert (row.state, row.number, row.written) == ("waiting", 1, REPLY.written)
    assert told(cast.amara) == ["to_grade"]
    page = queue(viewer(cast.amara, Role.TRAINER), 1, NOW)
    assert [(piece.kind, piece.learner, piece.title) for piece in page.rows] == [
        ("task", cast.ben.name, "A real reply")
    ]
    assert waiting_for(viewer(cast.otto, Role.TRAINER), NOW) == 0


def test_a_new_piece_takes_the_place_of_the_old_until_it_is_graded(cast, school):
    task = give_task(school)
    first, second = hand_in(school, cast.ben, task), hand_in(school, cast.ben, task, Work(link="https://a.example/1"))
    assert (first.state, second.state, second.number) == ("replaced", "waiting", 2)
    operations.grade(second, school.enrolment(cast.ben), BEST, grader_id=cast.amara.id, seen=0, at=NOW)
    with pytest.raises(NothingToHandInError, match="graded already"):
        hand_in(school, cast.ben, task)
    assert told(cast.ben) == ["graded"]


def test_nothing_is_not_handed_in(cast, school):
    with pytest.raises(NothingToHandInError, match="at least one thing"):
        hand_in(school, cast.ben, give_task(school), Work())


def test_a_grade_is_appended_and_the_last_one_counts(cast, school):
    row = hand_in(school, cast.ben, give_task(school))
    enrolment = school.enrolment(cast.ben)
    operations.grade(row, enrolment, FAR, grader_id=cast.amara.id, seen=0, at=NOW)
    with pytest.raises(GradedMeanwhileError):
        operations.grade(row, enrolment, BEST, grader_id=cast.petra.id, seen=0, at=NOW)
    operations.grade(row, enrolment, BEST, grader_id=cast.petra.id, seen=1, at=NOW)
    assert row.fraction == pytest.approx(1.0)
    fractions = db.session.scalars(select(HandInGrade.fraction).order_by(HandInGrade.number)).all()
    assert fractions == [0.0, 1.0]


def test_work_that_was_replaced_is_not_graded(cast, school):
    task = give_task(school)
    first = hand_in(school, cast.ben, task)
    hand_in(school, cast.ben, task)
    with pytest.raises(GradedMeanwhileError, match="something new"):
        operations.grade(first, school.enrolment(cast.ben), BEST, grader_id=cast.amara.id, seen=0, at=NOW)


def test_peers_are_drawn_once_they_have_handed_in_their_own(cast, school, peers_task):
    first = hand_in(school, cast.ben, peers_task)
    assert drawn_for(first) == []
    second = hand_in(school, cast.carla, peers_task)
    assert [one.peer_id for one in drawn_for(first)] == [cast.carla.id]
    assert [one.peer_id for one in drawn_for(second)] == [cast.ben.id]
    third = hand_in(school, cast.tomas, peers_task)
    for row, learner in ((first, cast.ben), (second, cast.carla), (third, cast.tomas)):
        peers = {one.peer_id for one in drawn_for(row)}
        assert len(peers) == 2
        assert learner.id not in peers
    assert told(cast.ben) == ["to_grade", "to_grade"]
    assert told(cast.amara) == []


def test_nobody_is_drawn_in_their_line_of_management(cast, school, peers_task):
    enrol([cast.dev.id], course_id=school.course_id, due_on=None, at=NOW)
    db.session.get_one(Employee, cast.carla.id).manager_id = cast.ben.id
    first, second = hand_in(school, cast.ben, peers_task), hand_in(school, cast.carla, peers_task)
    assert drawn_for(first) == drawn_for(second) == []


def test_two_peers_who_agree_give_the_grade_together(cast, school, peers_task):
    row = three_pieces(school, cast, peers_task)[0]
    for given, verdict in zip(drawn_for(row), (BEST, NEAR), strict=True):
        review(school, given, row, cast.ben, verdict)
    assert row.state == HandInState.GRADED
    assert row.fraction == pytest.approx((1 + 2 / 3) / 2)
    assert told(cast.ben)[-1] == "graded"
    assert waiting_for(viewer(cast.amara, Role.TRAINER), NOW) == 0


def test_two_peers_who_differ_leave_it_to_the_trainer(cast, school, peers_task):
    row = three_pieces(school, cast, peers_task)[0]
    for given, verdict in zip(drawn_for(row), (BEST, FAR), strict=True):
        review(school, given, row, cast.ben, verdict)
    assert (row.state, row.disputed) == ("waiting", True)
    assert told(cast.amara) == ["to_grade"]
    waiting = queue(viewer(cast.amara, Role.TRAINER), 1, NOW).rows
    assert [piece.title for piece in waiting] == ["A real reply: two colleagues differ"]
    operations.grade(row, school.enrolment(cast.ben), NEAR, grader_id=cast.amara.id, seen=0, at=NOW)
    assert row.fraction == pytest.approx(2 / 3)


def test_a_peer_grades_once_and_not_after_the_trainer(cast, school, peers_task):
    row = three_pieces(school, cast, peers_task)[0]
    first, second = drawn_for(row)
    review(school, first, row, cast.ben, BEST)
    with pytest.raises(GradedMeanwhileError):
        review(school, first, row, cast.ben, FAR)
    operations.grade(row, school.enrolment(cast.ben), BEST, grader_id=cast.amara.id, seen=0, at=NOW)
    with pytest.raises(GradedMeanwhileError):
        review(school, second, row, cast.ben, FAR)


def test_work_that_a_peer_has_graded_stays_and_peers_of_a_new_piece_are_those_of_the_old(cast, school, peers_task):
    row = three_pieces(school, cast, peers_task)[0]
    before = {one.peer_id for one in drawn_for(row)}
    newer = hand_in(school, cast.ben, peers_task)
    assert {one.peer_id for one in drawn_for(newer)} == before
    review(school, drawn_for(newer)[0], newer, cast.ben, BEST)
    with pytest.raises(NothingToHandInError, match="colleague"):
        hand_in(school, cast.ben, peers_task)


def test_the_trainer_is_asked_when_peers_take_long(cast, school, peers_task):
    hand_in(school, cast.ben, peers_task)
    amara = viewer(cast.amara, Role.TRAINER)
    assert waiting_for(amara, NOW) == 0
    assert waiting_for(amara, NOW + PEERS_HAVE) == 1


def test_work_keeps_the_rubric_it_was_handed_in_for(cast, school):
    row = hand_in(school, cast.ben, give_task(school))
    other = [{"criterion": "Short", "levels": [{"text": "Yes", "mark": 1}, {"text": "No", "mark": 0}]}]
    give_task(school, rubric=other)
    assert [one["criterion"] for one in row.rubric] == ["Says what comes next", "Own words"]


def test_the_course_page_says_how_a_task_stands(cast, school):
    task = give_task(school)
    enrolment = school.enrolment(cast.ben)
    assert task_lines(enrolment)[task.module_id].state == ""
    row = hand_in(school, cast.ben, task)
    assert task_lines(enrolment)[task.module_id].state == "waiting"
    operations.grade(row, enrolment, BEST, grader_id=cast.amara.id, seen=0, at=NOW)
    assert task_lines(enrolment)[task.module_id].is_done
