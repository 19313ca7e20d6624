"""The portal, the course and its lessons: what is open, what comes next, what others do not see."""

import pytest
from sqlalchemy import func, select

from db import db
from tests.support.busy_school import STARTER
from tests.support.learning import begin, make_school, read_lessons, take
from training.enrolment_models import Attempt, EnrolmentState, LessonRead
from training.rules.course_files.reader import read_course

LESSON = "/course/small-talk/listen/hear"
LOCKED = "/course/small-talk/answer/reply"


@pytest.fixture
def ben(cast, school, client_of):
    return client_of(cast.ben)


def rows_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_portal_shows_the_next_step_and_the_trainer(ben):
    text = ben.get("/portal").text
    assert "two modules are to come" in text
    assert "How to hear" in text
    assert "Amara Quillfeather" in text


def test_the_portal_of_somebody_in_no_course_says_so(cast, client_of):
    assert "You are in no course yet" in client_of(cast.ben).get("/portal").text
    assert "You are in no course yet" in client_of(cast.ben).get("/course").text


def test_the_portal_says_what_to_do_at_each_turn(cast, school, ben):
    enrolment = school.enrolment(cast.ben)
    read_lessons(enrolment, "listen")
    assert "Start the quiz" in ben.get("/portal").text
    begin(school.enrolment(cast.ben), school.modules["listen"])
    assert "Go on with the quiz" in ben.get("/portal").text
    take(school.enrolment(cast.ben), school.modules["listen"], right=1)
    assert "Last time 9 %; 50 % passes" in ben.get("/portal").text
    take(school.enrolment(cast.ben), school.modules["listen"])
    assert "one of two modules is done" in ben.get("/portal").text
    take(school.enrolment(cast.ben), school.modules["answer"])
    assert "the course is done: all two modules" in ben.get("/portal").text


def test_reading_on_marks_a_lesson_as_read_and_leads_to_the_next(cast, school, ben):
    answer = ben.post(LESSON)
    assert answer.location == "/course/small-talk/listen/ask"
    assert db.session.get(LessonRead, (school.enrolment(cast.ben).id, school.lessons["hear"]))
    assert ben.post("/course/small-talk/listen/ask").location == "/course/small-talk#module-1"


def test_opening_a_lesson_marks_nothing(ben):
    assert ben.get(LESSON).status_code == 200
    assert rows_of(LessonRead) == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_module_opens_after_the_one_before_it(cast, school, ben, method):
    answer = getattr(ben, method)(LOCKED)
    assert (answer.status_code, answer.location) == (302, "/course/small-talk")
    assert "Opens after “Listen first”." in ben.get("/course/small-talk").text
    assert rows_of(LessonRead) == 0
    take(school.enrolment(cast.ben), school.modules["listen"])
    assert ben.get(LOCKED).status_code == 200


def test_a_quiz_opens_when_the_lessons_are_read(cast, school, ben):
    answer = ben.post("/course/small-talk/listen")
    assert answer.location == LESSON
    assert rows_of(Attempt) == 0
    read_lessons(school.enrolment(cast.ben), "listen")
    assert ben.post("/course/small-talk/listen").location == "/attempts/1/1"


def test_a_quiz_of_a_locked_module_does_not_start(ben):
    assert ben.post("/course/small-talk/answer").location == "/course/small-talk"
    assert rows_of(Attempt) == 0


def test_starting_again_goes_on_where_one_stopped(cast, school, ben):
    begin(school.enrolment(cast.ben), school.modules["listen"])
    ben.post("/attempts/1/1", data={"answer": "x"})
    first = ben.post("/course/small-talk/listen").location
    assert first == "/attempts/1/1"
    assert rows_of(Attempt) == 1


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.EXPIRED, EnrolmentState.INVITED])
def test_who_is_not_in_the_course_does_not_see_it(cast, school, ben, state):
    school.enrolment(cast.ben).state = state
    for address in ("/course/small-talk", LESSON):
        assert ben.get(address).status_code == 404
    assert ben.post(LESSON).status_code == 404
    assert ben.post("/course/small-talk/listen").status_code == 404


def test_what_is_not_there_is_404(ben):
    for address in ("/course/big-talk", "/course/small-talk/hum/hear", "/course/small-talk/listen/hum"):
        assert ben.get(address).status_code == 404


def test_a_completed_course_can_be_read_again(cast, school, ben):
    take(school.enrolment(cast.ben), school.modules["listen"])
    take(school.enrolment(cast.ben), school.modules["answer"])
    assert ben.get(LESSON).status_code == 200
    assert "all two modules are done" in ben.get("/course").text


@pytest.mark.parametrize(
    ("address", "most"),
    [("/portal", 12), ("/course", 8), ("/course/small-talk", 8), (LESSON, 12)],
)
def test_pages_keep_to_their_statements(cast, school, ben, statements, address, most):
    take(school.enrolment(cast.ben), school.modules["listen"], right=2)
    begin(school.enrolment(cast.ben), school.modules["listen"])
    with statements() as sent:
        assert ben.get(address).status_code == 200
    assert len(sent) <= most, str(sent)


def test_the_course_page_of_the_starter_course_is_light(cast, client_of, statements):
    school = make_school(cast, read_course(STARTER))
    read_lessons(school.enrolment(cast.ben))
    client = client_of(cast.ben)
    with statements() as sent:
        answer = client.get("/course")
    assert len(answer.data) < 40 * 1024
    assert len(sent) <= 8, str(sent)


def test_starting_a_quiz_and_reading_on_keep_to_their_statements(cast, school, ben, statements):
    with statements() as sent:
        assert ben.post(LESSON).status_code == 302
    assert len(sent) <= 12, str(sent)
    read_lessons(school.enrolment(cast.ben), "listen")
    for _ in range(2):  # a new attempt, and the same once more
        with statements() as sent:
            assert ben.post("/course/small-talk/listen").location == "/attempts/1/1"
        assert len(sent) <= 12, str(sent)
