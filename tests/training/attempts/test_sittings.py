"""Learning that took place before: taken over in one go, it is the same as if it had been done step by step."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import db
from tests.support.cast import NOW
from tests.support.learning import read_lessons, take
from training.attempts.operations import start
from training.attempts.sitting_operations import Reading, Sitting, take_over
from training.attempts.sitting_queries import quizzes_of
from training.enrolment_models import Attempt, AttemptQuestion, Grading, LessonRead, Response
from training.models import Lesson
from training.rules.kinds.catalogue import kind_of

LATER = NOW + timedelta(minutes=20)


def right_answers(school, module_id, most=None):
    questions = quizzes_of(school.course_id)[module_id].questions[:most]
    right = {one.position: kind_of(one.specification).right_response(one.specification) for one in questions}
    return {place: (NOW, answer) for place, answer in right.items()}


def sitting(school, person, module_id, most=None, finished=NOW):
    return Sitting(school.enrolments[person.id], module_id, 5, NOW, right_answers(school, module_id, most), finished)


def whole_course(school, person):
    lessons = [Reading(school.enrolments[person.id], one, NOW) for one in school.lessons.values()]
    modules = [one for one in school.modules.values() if one in quizzes_of(school.course_id)]
    return lessons, [sitting(school, person, module_id, finished=LATER) for module_id in modules]


def stored_about(enrolment_id):
    """Everything kept about the attempts of an enrolment, without the numbers of rows and seeds."""
    mine = Attempt.enrolment_id == enrolment_id
    attempt = (Attempt.module_id, Attempt.number, Attempt.pass_mark, Attempt.started_at, Attempt.finished_at)
    question = (
        AttemptQuestion.position, AttemptQuestion.version_id, AttemptQuestion.fraction, AttemptQuestion.state,
        AttemptQuestion.parts, AttemptQuestion.summary,
    )  # fmt: skip
    response = (
        Response.position,
        Response.sequence,
        Response.page,
        Response.page_sequence,
        Response.answer,
        Response.at,
    )
    grading = (Grading.number, Grading.at, Grading.fraction, Grading.passed)
    queries = (
        select(*attempt, Attempt.fraction, Attempt.passed).where(mine).order_by(Attempt.id),
        select(*question).join(Attempt, Attempt.id == AttemptQuestion.attempt_id).where(mine).order_by(*question[:1]),
        select(*response).join(Attempt, Attempt.id == Response.attempt_id).where(mine).order_by(*response[:2]),
        select(*grading).join(Attempt, Attempt.id == Grading.attempt_id).where(mine).order_by(Attempt.id),
    )
    return [[tuple(row) for row in db.session.execute(query)] for query in queries]


@pytest.mark.parametrize("right", [0, 2, None])
def test_a_sitting_taken_over_is_stored_as_one_in_the_browser(cast, school, right):
    take(school.enrolment(cast.carla), school.modules["listen"], right)
    read_lessons(school.enrolment(cast.ben), "listen")
    take_over(school.course_id, [], [sitting(school, cast.ben, school.modules["listen"], right)])
    assert stored_about(school.enrolments[cast.ben.id]) == stored_about(school.enrolments[cast.carla.id])


def test_an_attempt_under_way_is_gone_on_with(cast, school):
    take_over(school.course_id, [], [sitting(school, cast.ben, school.modules["listen"], 2, finished=None)])
    attempt = start(school.enrolment(cast.ben), school.modules["listen"], LATER)
    assert (attempt.number, attempt.started_at, attempt.finished_at) == (1, NOW, None)


def test_sittings_are_numbered_after_those_that_are_there(cast, school):
    take(school.enrolment(cast.ben), school.modules["listen"], 0)
    again = [sitting(school, cast.ben, school.modules["listen"], most) for most in (1, None)]
    take_over(school.course_id, [], again)
    assert [row[1] for row in stored_about(school.enrolments[cast.ben.id])[0]] == [1, 2, 3]


def test_who_has_nothing_left_to_do_has_completed_the_course_at_the_last_thing_done(cast, school):
    lessons, sittings = whole_course(school, cast.ben)
    only_lessons, _ = whole_course(school, cast.carla)
    assert take_over(school.course_id, lessons + only_lessons, sittings) == 1
    assert (school.enrolment(cast.ben).state, school.enrolment(cast.ben).completed_at) == ("completed", LATER)
    assert school.enrolment(cast.carla).state == "active"
    assert len(db.session.scalars(select(LessonRead.lesson_id)).all()) == 2 * len(
        db.session.scalars(select(Lesson.id)).all()
    )


def test_as_many_statements_for_three_learners_as_for_one(cast, school, statements):
    people = (cast.ben, cast.carla, cast.tomas)
    lessons, sittings = whole_course(school, people[0])
    with statements() as for_one:
        take_over(school.course_id, lessons, sittings)
    db.session.rollback()
    for person in people[1:]:
        more = whole_course(school, person)
        lessons, sittings = lessons + more[0], sittings + more[1]
    with statements() as for_three:
        take_over(school.course_id, lessons, sittings)
    assert len(for_three) == len(for_one) <= 14, str(for_three)
