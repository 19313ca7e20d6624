"""Loading course texts: what is new, what changed, what is gone, and what learners keep."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db import db
from tests.support.cast import NOW
from tests.support.learning import begin, question_ids, read_lessons, take
from tests.support.small_course import SPECIFICATIONS, small_course, with_change, without
from training.attempts.queries import placed_questions
from training.courses.loading import CourseNotLoadedError, load_course
from training.enrolment_models import EnrolmentState, LessonRead
from training.models import Course, Lesson, Module, Question, QuestionVersion
from training.rules.course_files.reader import read_course

SAMPLES = Path(__file__).parents[3] / "samples" / "courses"
QUESTIONS = len(SPECIFICATIONS) + 2


def versions_of(question_id):
    query = select(QuestionVersion).where(QuestionVersion.question_id == question_id).order_by(QuestionVersion.number)
    return list(db.session.scalars(query))


def test_a_new_course_gets_its_modules_lessons_and_questions(app):
    loaded = load_course(small_course(), NOW)
    assert (loaded.questions.new, loaded.questions.changed, loaded.questions.retired) == (QUESTIONS, 0, 0)
    query = select(Module.position, Module.slug, Module.pass_mark).order_by(Module.position)
    assert list(db.session.execute(query)) == [(1, "listen", 0.5), (2, "answer", 0.5)]
    assert list(db.session.scalars(select(Lesson.slug).order_by(Lesson.id))) == ["hear", "ask", "reply"]
    assert db.session.scalar(select(func.count()).select_from(QuestionVersion)) == QUESTIONS


@pytest.mark.parametrize("name", ["talking-with-customers", "teaching-colleagues"])
def test_each_starter_course_loads(app, name):
    text = read_course(SAMPLES / name)
    loaded = load_course(text, NOW)
    assert loaded.questions.new == sum(len(module.questions) for module in text.modules)
    assert load_course(text, NOW).unchanged_text


def test_the_same_text_again_changes_nothing(app, statements):
    load_course(small_course(), NOW)
    with statements() as sent:
        loaded = load_course(small_course(), NOW)
    assert loaded.unchanged_text
    assert all(statement.startswith("SELECT") for statement in sent), str(sent)


def test_a_changed_question_gets_a_version_and_an_attempt_keeps_the_one_it_began_with(cast, school):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    text = with_change(small_course(), "answer", "numeric", specification={"kind": "numeric", "right": 40})
    loaded = load_course(text, NOW)
    assert (loaded.questions.new, loaded.questions.changed, loaded.questions.retired) == (0, 1, 0)
    first, second = versions_of(question_ids(school.modules["answer"])["numeric"])
    assert (first.number, second.number) == (1, 2)
    assert placed_questions(attempt.id)[1].specification["right"] == 37.5
    later = begin(school.enrolment(cast.carla), school.modules["answer"])
    assert placed_questions(later.id)[1].specification["right"] == 40


def test_a_change_of_weight_or_explanation_is_a_new_version_too(app, cast, school):
    load_course(with_change(small_course(), "answer", "numeric", weight=2.0), NOW)
    load_course(with_change(small_course(), "answer", "numeric", weight=2.0, explanation="Count again."), NOW)
    assert len(versions_of(question_ids(school.modules["answer"])["numeric"])) == 3


def test_a_question_that_is_gone_is_retired_and_one_that_comes_back_is_asked_again(cast, school):
    loaded = load_course(without(small_course(), "answer", "numeric"), NOW)
    assert loaded.questions.retired == 1
    question = db.session.get_one(Question, question_ids(school.modules["answer"])["numeric"])
    assert question.retired_at == NOW
    assert len(placed_questions(begin(school.enrolment(cast.ben), school.modules["answer"]).id)) == 1
    back = load_course(small_course(), NOW)
    assert (back.questions.new, back.questions.changed, question.retired_at) == (0, 0, None)


def test_a_text_that_lacks_a_module_is_refused_and_nothing_changes(app):
    load_course(small_course(), NOW)
    digest = db.session.scalar(select(Course.digest))
    shorter = replace(small_course(), title="Shorter", modules=small_course().modules[:1])
    with pytest.raises(CourseNotLoadedError, match="no module 'answer' any more"):
        load_course(shorter, NOW)
    assert db.session.execute(select(Course.digest, Course.title)).one() == (digest, "Small talk")


def test_a_kind_that_no_page_asks_is_refused_by_name(app):
    rubric = [{"criterion": "Warm", "levels": [{"text": "Yes", "mark": 1}, {"text": "No", "mark": 0}]}]
    text = with_change(
        small_course(), "answer", "numeric", specification={"kind": "long_text", "rubric": rubric}
    )  # fmt: skip
    with pytest.raises(CourseNotLoadedError, match=r"question 'numeric' of module 'answer'.*only a person can grade"):
        load_course(text, NOW)
    assert db.session.scalar(select(func.count()).select_from(Course)) == 0


def test_modules_and_lessons_may_change_places(app):
    load_course(small_course(), NOW)
    first, second = small_course().modules
    turned = replace(first, lessons=tuple(reversed(first.lessons)))
    load_course(replace(small_course(), modules=(second, turned)), NOW)
    assert list(db.session.scalars(select(Module.slug).order_by(Module.position))) == ["answer", "listen"]
    query = select(Lesson.slug).join(Module, Module.id == Lesson.module_id).where(Module.slug == "listen")
    assert list(db.session.scalars(query.order_by(Lesson.position))) == ["ask", "hear"]


def test_a_lesson_that_is_gone_no_longer_stands_in_the_way_of_completing(cast, school):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["answer"])
    take(enrolment, school.modules["listen"])
    db.session.delete(db.session.get_one(LessonRead, (enrolment.id, school.lessons["ask"])))
    enrolment.state, enrolment.completed_at = EnrolmentState.ACTIVE, None
    first, second = small_course().modules
    load_course(replace(small_course(), modules=(replace(first, lessons=first.lessons[:1]), second)), NOW)
    db.session.refresh(enrolment)
    assert (enrolment.state, enrolment.completed_at) == (EnrolmentState.COMPLETED, NOW)


def test_what_was_read_of_other_lessons_stays(cast, school):
    enrolment = school.enrolment(cast.ben)
    read_lessons(enrolment, "listen")
    first, second = small_course().modules
    load_course(replace(small_course(), modules=(replace(first, lessons=first.lessons[:1]), second)), NOW)
    assert list(db.session.scalars(select(LessonRead.lesson_id))) == [school.lessons["hear"]]
