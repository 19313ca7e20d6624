"""A person grades: appended, final once, told, and by those alone who may."""

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from db import db
from messages.models import Message
from people.auditing import audit
from people.auditing.models import AuditEntry
from people.models import Role
from people.viewer import Grant, Viewer
from tests.support.cast import NOW
from tests.support.handed_in import FILE_UPLOAD, LONG_TEXT, ask_by_hand, sit, waiting_answers
from tests.support.learning import assign, read_lessons, take
from training.assigning.models import Assignment
from training.attempts.queries import asked_questions
from training.enrolment_models import Enrolment, EnrolmentState, Grading
from training.grading import handing_over, operations
from training.grading.access import access_answer
from training.grading.models import AnswerGrade, AnswerToGrade
from training.grading.operations import GradedMeanwhileError
from training.learners.progress import course_shapes, learners
from training.models import Course
from training.rules.grading.verdict import Verdict

BEST, WORST = Verdict((0, 0), "Just so."), Verdict((2, 1))
FIRST, SECOND = {"written": "By Friday I will know."}, {"written": "Later."}


def viewer(person, *roles):
    words = dict.fromkeys(("external_id", "job", "site", "languages", "team_name", "token"), "")
    grants = tuple(Grant(role, None) for role in roles)
    return Viewer(person.id, person.name, person.email, time_zone="UTC", grants=grants, **words)


@pytest.fixture
def amara(cast):
    return viewer(cast.amara, Role.TRAINER)


@pytest.fixture
def attempt(cast, school):
    ask_by_hand(school.modules["answer"], LONG_TEXT, LONG_TEXT)
    return sit(school, cast.ben, "answer", FIRST, SECOND)


def give(amara, answer, verdict, seen=0, at=NOW):
    opened = access_answer(amara, answer.id, lock=True)
    return operations.grade(opened, verdict, grader_id=amara.id, seen=seen, at=at)


def told(person):
    return db.session.scalars(select(Message.kind).where(Message.employee_id == person.id).order_by(Message.id)).all()


def gradings(attempt):
    query = select(Grading.number, Grading.fraction, Grading.passed).where(Grading.attempt_id == attempt.id)
    return [tuple(row) for row in db.session.execute(query.order_by(Grading.number))]


def test_a_finished_attempt_waits_and_its_trainer_is_told_once(cast, attempt):
    assert [one.position for one in waiting_answers(attempt)] == [1, 2]
    assert (attempt.fraction, attempt.passed) == (0.0, False)
    assert told(cast.amara) == ["to_grade"]
    assert told(cast.otto) == []


def test_owners_are_told_where_nobody_teaches(cast, school):
    ask_by_hand(school.modules["answer"], LONG_TEXT)
    sit(school, cast.tomas, "answer", FIRST)
    assert told(cast.petra) == ["to_grade"]


def test_an_unanswered_question_waits_for_nobody(cast, school):
    ask_by_hand(school.modules["answer"], LONG_TEXT, FILE_UPLOAD)
    attempt = sit(school, cast.ben, "answer", {}, {})
    assert waiting_answers(attempt) == []
    assert gradings(attempt) == [(1, 0.0, False)]


def test_the_result_comes_when_the_last_answer_is_graded_and_the_learner_is_told(cast, attempt, amara):
    first, second = waiting_answers(attempt)
    assert not give(amara, first, BEST).is_final
    assert attempt.fraction == 0.0
    assert told(cast.ben) == []
    assert give(amara, second, Verdict((1, 1))).is_final
    assert attempt.fraction == pytest.approx((1 + 1 / 3) / 2)
    assert attempt.passed
    assert [row[0] for row in gradings(attempt)] == [1, 2]
    assert told(cast.ben) == ["graded"]


def test_a_grade_may_complete_the_course(cast, school, attempt, amara):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    read_lessons(enrolment)
    assert enrolment.state == EnrolmentState.ACTIVE
    for answer in waiting_answers(attempt):
        give(amara, answer, BEST)
    assert enrolment.state == EnrolmentState.COMPLETED


def test_grading_again_appends_and_the_last_grade_counts(cast, attempt, amara):
    first, second = waiting_answers(attempt)
    give(amara, first, WORST)
    give(amara, second, BEST)
    assert give(amara, first, BEST, seen=1).number == 2
    assert attempt.fraction == pytest.approx(1.0)
    grades = db.session.scalars(select(AnswerGrade.fraction).where(AnswerGrade.answer_id == first.id))
    assert grades.all() == [0.0, 1.0]
    assert [round(row[1], 2) for row in gradings(attempt)] == [0.0, 0.5, 1.0]
    assert told(cast.ben) == ["graded", "graded"]


def test_who_saw_an_older_state_grades_nothing(attempt, amara):
    first = waiting_answers(attempt)[0]
    give(amara, first, BEST)
    with pytest.raises(GradedMeanwhileError):
        give(amara, first, WORST)
    assert db.session.scalar(select(func.count()).select_from(AnswerGrade)) == 1


def test_the_parts_of_a_grade_stand_with_the_answer(attempt, amara):
    give(amara, waiting_answers(attempt)[0], Verdict((1, 0)))
    parts = asked_questions(attempt.id)[0].marked.graded.parts
    assert [(part.label, part.fraction) for part in parts] == [("Says what comes next", 0.5), ("Own words", 1.0)]


def test_each_grade_stands_in_the_audit_trail(cast, attempt, amara):
    first = waiting_answers(attempt)[0]
    give(amara, first, BEST)
    give(amara, first, WORST, seen=1)
    query = select(AuditEntry.verb).where(AuditEntry.subject_id == cast.ben.id).order_by(AuditEntry.id)
    assert db.session.scalars(query).all() == [audit.Verb.WORK_GRADED, audit.Verb.GRADE_CHANGED]


def test_the_trainer_of_the_learner_and_owners_may_grade_and_nobody_else(cast, school, attempt, amara):
    answer = waiting_answers(attempt)[0]
    assert access_answer(amara, answer.id).learner.id == cast.ben.id
    assert access_answer(viewer(cast.petra, Role.OWNER), answer.id).learner.id == cast.ben.id
    for other in (viewer(cast.otto, Role.TRAINER), viewer(cast.ben), viewer(cast.dev, Role.MANAGER)):
        with pytest.raises(NotFound):
            access_answer(other, answer.id)


def test_nobody_grades_their_own_work_whatever_their_role(cast, school):
    ask_by_hand(school.modules["answer"], LONG_TEXT)
    answer = waiting_answers(sit(school, cast.ben, "answer", FIRST))[0]
    with pytest.raises(NotFound):
        access_answer(viewer(cast.ben, Role.OWNER, Role.TRAINER), answer.id)


def test_a_trainer_whose_assignment_has_ended_grades_no_more(cast, school, attempt, amara):
    for row in db.session.scalars(select(Assignment).where(Assignment.trainer_id == cast.amara.id)):
        row.ends_at = NOW
    assign(cast.otto, cast.ben, school.course_id)
    answer = waiting_answers(attempt)[0]
    with pytest.raises(NotFound):
        access_answer(amara, answer.id)
    assert access_answer(viewer(cast.otto, Role.TRAINER), answer.id)


def test_answers_that_were_taken_over_are_put_in_line_once(school, attempt):
    db.session.query(AnswerToGrade).delete()
    assert handing_over.hand_over_what_waits(school.course_id) == 2
    assert handing_over.hand_over_what_waits(school.course_id) == 0


def test_an_attempt_that_waits_is_no_failed_one(cast, school, attempt, amara):
    def finished():
        rows = learners(course_shapes(Course.id == school.course_id), Enrolment.learner_id == cast.ben.id, NOW.date())
        return rows[0].done[school.modules["answer"]].finished

    assert finished() == 0
    for answer in waiting_answers(attempt):
        give(amara, answer, WORST)
    assert finished() == 1
