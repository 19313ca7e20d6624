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
from training.courses.kept_text import unpacked
from training.courses.loading import load_course
from training.courses.queries import outline
from training.courses.version_models import CourseVersion
from training.enrolment_models import Attempt, EnrolmentState, LessonRead
from training.models import Lesson, Module, Question, QuestionVersion
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


def test_a_module_that_is_gone_is_retired_and_one_that_comes_back_is_there_again(cast, school):
    take(school.enrolment(cast.ben), school.modules["answer"])
    load_course(replace(small_course(), title="Shorter", modules=small_course().modules[:1]), NOW)
    assert [one.slug for one in outline(school.enrolment(cast.carla)).modules] == ["listen"]
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 1
    load_course(small_course(), NOW)
    after = outline(school.enrolment(cast.ben)).modules[1]
    assert (after.id, after.progress.passed, after.questions) == (school.modules["answer"], True, 2)


def test_each_loading_that_changes_something_makes_a_version_that_keeps_the_text(app):
    load_course(small_course(), NOW)
    load_course(small_course(), NOW)
    shorter = without(small_course(), "answer", "numeric")
    load_course(shorter, NOW)
    versions = db.session.scalars(select(CourseVersion).order_by(CourseVersion.number)).all()
    assert [(one.number, unpacked(one.content)) for one in versions] == [(1, small_course()), (2, shorter)]
    before, after = ([len(module["questions"]) for module in one.outline] for one in versions)
    assert (before, after) == ([12, 2], [12, 1])


def test_a_lesson_that_changed_has_a_new_version_and_the_others_keep_theirs(app):
    load_course(small_course(), NOW)
    first, second = small_course().modules
    lesson = replace(first.lessons[0], text="Quite another text.")
    load_course(replace(small_course(), modules=(replace(first, lessons=(lesson, first.lessons[1])), second)), NOW)
    one, two = ([row["text_id"] for row in version.outline[0]["lessons"]] for version in all_versions())
    assert (one[0] != two[0], one[1] == two[1]) == (True, True)


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


def test_what_was_read_stays_even_of_a_lesson_that_is_gone(cast, school):
    read_lessons(school.enrolment(cast.ben), "listen")
    first, second = small_course().modules
    load_course(replace(small_course(), modules=(replace(first, lessons=first.lessons[:1]), second)), NOW)
    assert set(db.session.scalars(select(LessonRead.lesson_id))) == {school.lessons["hear"], school.lessons["ask"]}
    assert [one.slug for one in outline(school.enrolment(cast.ben)).modules[0].lessons] == ["hear"]


def all_versions():
    return db.session.scalars(select(CourseVersion).order_by(CourseVersion.number)).all()
