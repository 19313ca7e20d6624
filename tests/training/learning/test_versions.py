"""Versions of a course: who began one finishes it, or is moved by the rule that was chosen; modules with conditions."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from db import db
from tests.support.cast import NOW
from tests.support.learning import answer_all, begin, read_lessons, take
from tests.support.small_course import small_course, with_change, without
from training.attempts import operations as attempt_operations
from training.attempts.queries import placed_questions
from training.courses.loading import Publication, load_course
from training.courses.moving import movers_of
from training.courses.queries import outline
from training.courses.version_models import CourseVersion, MoveRule
from training.enrolment_models import EnrolmentState
from training.exchange.operations import import_questions
from training.models import Module
from training.rules.course_files.course_text import About, QuestionText

REWORDED = with_change(small_course(), "answer", "numeric", specification={"kind": "numeric", "right": 40})


def shorter():
    """The second module alone."""
    return replace(small_course(), modules=small_course().modules[1:])


def publish(text, rule):
    return load_course(text, NOW, Publication(rule=rule))


def numbers(school, *people):
    query = select(CourseVersion.number)
    return [
        db.session.scalar(query.where(CourseVersion.id == school.enrolment(person).version_id)) for person in people
    ]


@pytest.mark.parametrize(("rule", "expected"), [("all", [2, 2, 2]), ("not_begun", [1, 1, 2]), ("keep", [1, 1, 1])])
def test_the_rule_says_who_goes_on_with_the_new_version(cast, school, rule, expected):
    read_lessons(school.enrolment(cast.ben), "listen")
    begin(school.enrolment(cast.carla), school.modules["answer"])
    movers = movers_of(school.course_id)
    assert (movers.under_way, movers.not_begun, movers.moved_by(MoveRule(rule))) == (3, 1, expected.count(2))
    publish(REWORDED, MoveRule(rule))
    assert numbers(school, cast.ben, cast.carla, cast.tomas) == expected


def test_who_keeps_a_version_sees_its_modules_and_is_asked_its_questions(cast, school):
    read_lessons(school.enrolment(cast.ben), "listen")
    publish(replace(REWORDED, modules=REWORDED.modules[1:]), MoveRule.NOT_BEGUN)
    assert [one.slug for one in outline(school.enrolment(cast.ben)).modules] == ["listen", "answer"]
    assert [one.slug for one in outline(school.enrolment(cast.tomas)).modules] == ["answer"]
    old, new = (begin(school.enrolment(one), school.modules["answer"]) for one in (cast.ben, cast.tomas))
    assert [placed_questions(one.id)[1].specification["right"] for one in (old, new)] == [37.5, 40]


def test_who_keeps_a_version_reads_its_lessons_as_they_were(cast, school, client_of):
    ben, tomas = client_of(cast.ben), client_of(cast.tomas)
    read_lessons(school.enrolment(cast.ben), "listen")
    first, second = small_course().modules
    changed = replace(first.lessons[0], title="To hear well", text="Quite another text.")
    publish(replace(small_course(), modules=(replace(first, lessons=(changed,)), second)), MoveRule.NOT_BEGUN)
    assert "Try it this week." in ben.get("/course/small-talk/listen/hear").text
    assert ben.get("/course/small-talk/listen/ask").status_code == 200
    assert "Quite another text." in tomas.get("/course/small-talk/listen/hear").text
    assert tomas.get("/course/small-talk/listen/ask").status_code == 404


def test_a_kept_version_is_completed_by_what_it_asks_for(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["answer"])
    publish(shorter(), MoveRule.KEEP)
    assert enrolment.state == EnrolmentState.ACTIVE
    take(enrolment, school.modules["listen"])
    assert enrolment.state == EnrolmentState.COMPLETED


def test_who_is_moved_to_a_shorter_version_may_be_done_by_that(cast, school):
    take(school.enrolment(cast.ben), school.modules["answer"])
    publish(shorter(), MoveRule.ALL)
    assert school.enrolment(cast.ben).state == EnrolmentState.COMPLETED


def test_an_attempt_under_way_keeps_its_questions_whoever_moves(cast, school):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    publish(without(small_course(), "answer", "numeric"), MoveRule.ALL)
    assert len(placed_questions(attempt.id)) == 2
    answer_all(attempt)
    attempt_operations.finish(attempt, school.enrolment(cast.ben), NOW)
    assert attempt.passed


def test_who_completed_a_course_stays_with_what_was_completed(cast, school):
    for module in ("listen", "answer"):
        take(school.enrolment(cast.ben), school.modules[module])
    publish(REWORDED, MoveRule.ALL)
    assert numbers(school, cast.ben, cast.carla) == [1, 2]


def test_questions_that_are_imported_are_asked_of_who_is_under_way(cast, school):
    module = db.session.get_one(Module, school.modules["answer"])
    text = QuestionText("more", About.WHY, "Why?", {"kind": "true_false", "right": True})
    import_questions(module, [text], {}, at=NOW)
    assert len(placed_questions(begin(school.enrolment(cast.ben), module.id).id)) == 3
    assert load_course(small_course(), NOW).unchanged_text


def with_opening(slug, opens):
    modules = tuple(replace(one, opens=opens) if one.slug == slug else one for one in small_course().modules)
    return replace(small_course(), modules=modules)


def test_an_optional_module_is_not_asked_of_anybody(cast, school):
    publish(with_opening("listen", {"optional": True}), MoveRule.ALL)
    take(school.enrolment(cast.ben), school.modules["answer"])
    assert school.enrolment(cast.ben).state == EnrolmentState.COMPLETED


def test_the_page_says_in_words_why_a_module_is_closed(cast, school, client_of):
    after = {"after": [{"module": "listen", "passed_at": 0.8}], "on": "2999-01-01"}
    publish(with_opening("answer", after), MoveRule.ALL)
    ben = client_of(cast.ben)
    text = ben.get("/course/small-talk").text
    assert "Opens with 80% in the quiz of “Listen first”. Opens on 1 January 2999." in text
    ben.get("/course/small-talk/answer/reply")
    assert "Opens on 1 January 2999." in ben.get("/course/small-talk").text


def test_a_module_for_those_below_a_result_is_done_with_by_a_good_result(cast, school, client_of):
    below = {"only_below": {"module": "listen", "result": 0.6}}
    publish(with_opening("answer", below), MoveRule.ALL)
    assert "depends on your result in “Listen first”" in client_of(cast.ben).get("/course/small-talk").text
    take(school.enrolment(cast.ben), school.modules["listen"])
    assert school.enrolment(cast.ben).state == EnrolmentState.COMPLETED
    take(school.enrolment(cast.carla), school.modules["listen"], right=6)
    carla = school.enrolment(cast.carla)
    assert (carla.state, outline(carla).step.module) == (EnrolmentState.ACTIVE, 2)


def test_the_page_of_a_course_of_thirty_lessons_is_small_and_cheap(cast, school, client_of, statements):
    first, second = small_course().modules
    lessons = tuple(replace(first.lessons[0], slug=f"lesson-{n}", title=f"Lesson {n}") for n in range(15))
    modules = (replace(first, lessons=lessons), replace(second, lessons=lessons))
    publish(replace(small_course(), modules=modules), MoveRule.ALL)
    ben = client_of(cast.ben)
    with statements() as sent:
        page = ben.get("/course/small-talk")
    assert len(sent) <= 8, str(sent)
    assert len(page.data) < 40 * 1024
