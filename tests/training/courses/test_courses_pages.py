"""The owner's pages about courses: counts, item analysis with its doubts, the questions to mend first."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select, update

from db import bulk_insert, db, table_of
from people.models import Employee
from tests.support.cast import NOW
from tests.support.learning import begin, question_ids, take
from tests.support.small_course import small_course, with_change
from training.assigning.models import Assignment
from training.courses.analysis import analyse_course
from training.courses.loading import load_course
from training.courses.report_queries import MOST_ATTEMPTS, course_lines, current_questions, first_answers
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment
from training.learning.enrolment_operations import enrol

WORDS = "37.5 minutes"


@pytest.fixture
def petra(cast, school, client_of):
    return client_of(cast.petra)


def sit_many(school, count, marks):
    """`count` first attempts at the second module; `marks(n)` gives the two fractions of attempt n."""
    rows = [{"external_id": f"m-{n}", "name": f"Many {n}", "created_at": NOW} for n in range(count)]
    bulk_insert(table_of(Employee), rows)
    people = list(db.session.scalars(select(Employee.id).where(Employee.external_id.like("m-%"))))
    enrol(people, course_id=school.course_id, due_on=None, at=NOW)
    enrolments = list(
        db.session.scalars(select(Enrolment.id).where(Enrolment.learner_id.in_(people)).order_by(Enrolment.id))
    )
    versions = [one.version.id for one in current_questions(school.course_id)][-2:]
    module = school.modules["answer"]
    bulk_insert(
        table_of(Attempt),
        [
            {
                "id": 10_000 + n, "enrolment_id": enrolment, "module_id": module, "number": 1, "seed": n,
                "pass_mark": 0.5, "started_at": NOW, "finished_at": NOW + timedelta(seconds=n),
                "fraction": sum(marks(n)) / 2, "passed": sum(marks(n)) >= 1,
            }
            for n, enrolment in enumerate(enrolments)
        ],
    )  # fmt: skip
    bulk_insert(
        table_of(AttemptQuestion),
        [
            {
                "attempt_id": 10_000 + n, "position": place, "version_id": version, "fraction": float(mark),
                "state": "right" if mark else "wrong", "summary": WORDS if mark else f"wrong {n % 2}",
            }
            for n in range(len(enrolments))
            for place, (version, mark) in enumerate(zip(versions, marks(n), strict=True), 1)
        ],
    )  # fmt: skip
    db.session.commit()


def test_without_a_course_the_page_says_how_to_load_one(cast, client_of):
    text = client_of(cast.petra).get("/courses").text
    assert "No course is loaded yet." in text
    assert "flask training load samples/courses/talking-with-customers" in text


def test_courses_are_listed_with_learners_and_first_attempts(cast, school, petra):
    take(school.enrolment(cast.ben), school.modules["listen"], right=2)
    take(school.enrolment(cast.ben), school.modules["listen"])
    take(school.enrolment(cast.ben), school.modules["answer"])
    begin(school.enrolment(cast.carla), school.modules["listen"])
    db.session.flush()
    line = course_lines()[0]
    assert (line.modules, line.questions, line.learners, line.begun, line.done) == (2, 14, 3, 2, 1)
    assert (line.tried, line.passed) == (2, 1)
    text = petra.get("/courses").text
    assert "One of three learners has completed the course." in text
    assert "1 of 2 quizzes" in text


def test_with_few_answers_nothing_is_judged(cast, school, petra):
    take(school.enrolment(cast.ben), school.modules["answer"], right=0)
    text = petra.get(f"/courses/{school.slug}").text
    assert "Too few answers yet to judge any of the 14 questions." in text
    assert "too few answers: 1 of 30" in text
    assert "Key likely wrong" not in text


def test_a_question_that_those_who_know_get_wrong_is_named_first(cast, school, petra):
    sit_many(school, 60, lambda n: (n % 2, (n + 1) % 2))
    text = petra.get(f"/courses/{school.slug}").text
    assert "Two questions want mending first" in text
    assert "Key likely wrong" in text
    assert "Those who do well on the rest get this one wrong" in text


def test_sound_questions_want_no_mending(cast, school, petra):
    rng = np.random.default_rng(1)
    skill = rng.normal(size=200)
    marks = (rng.normal(size=(200, 2)) < skill[:, None] + 0.5).astype(int).tolist()
    sit_many(school, 200, lambda n: tuple(marks[n]))
    assert (
        "No question wants mending, of the two with enough answers to tell."
        in petra.get(f"/courses/{school.slug}").text
    )


def test_only_the_latest_first_attempts_are_read(cast, school):
    sit_many(school, MOST_ATTEMPTS + 5, lambda n: (1, 0))
    versions = [one.version.id for one in current_questions(school.course_id)]
    found = first_answers(versions)
    assert len(found) == 2 * MOST_ATTEMPTS
    assert min(row[0] for row in found) == 10_005


def test_second_attempts_and_older_versions_are_left_out(cast, school):
    take(school.enrolment(cast.ben), school.modules["answer"])
    take(school.enrolment(cast.ben), school.modules["answer"], right=0)
    load_course(with_change(small_course(), "answer", "numeric", specification={"kind": "numeric", "right": 4}), NOW)
    questions = current_questions(school.course_id)
    answers = first_answers([one.version.id for one in questions])
    assert [row[2] for row in answers] == [1.0]
    items = analyse_course(questions, answers).items
    of_slug = question_ids(school.modules["answer"])
    assert (items[of_slug["single-choice"]].answers, items[of_slug["numeric"]].answers) == (1, 0)


def test_opinions_take_no_part(cast, school, petra):
    take(school.enrolment(cast.ben), school.modules["listen"])
    questions = current_questions(school.course_id)
    likert = next(one for one in questions if one.version.kind == "likert")
    assert likert.id not in analyse_course(questions, first_answers([one.version.id for one in questions])).items
    assert "has no right and wrong" in petra.get(f"/courses/{school.slug}").text
    assert "it asks for an opinion" in petra.get(f"/courses/{school.slug}/questions/{likert.id}").text


def test_a_question_shows_its_key_and_what_was_answered_but_no_rare_answer(cast, school, petra):
    sit_many(school, 41, lambda n: (1, int(n > 4)))
    numeric = question_ids(school.modules["answer"])["numeric"]
    text = petra.get(f"/courses/{school.slug}/questions/{numeric}").text
    assert "88 % right at the first attempt, from 41 answers." in text
    assert "37.5 minutes" in text
    assert "wrong 0" in text  # given three times
    assert "wrong 1" not in text  # given twice


def test_what_is_not_there_is_404(cast, school, petra):
    assert petra.get("/courses/none").status_code == 404
    assert petra.get(f"/courses/{school.slug}/questions/999").status_code == 404


@pytest.mark.parametrize("who", ["ben", "dev", "rafa"])
def test_who_neither_manages_nor_teaches_courses_may_not_look(cast, school, client_of, who):
    client = client_of(getattr(cast, who))
    question = question_ids(school.modules["answer"])["numeric"]
    for address in ("/courses", f"/courses/{school.slug}", f"/courses/{school.slug}/questions/{question}"):
        assert client.get(address).status_code == 403


def test_pages_keep_to_their_statements_whatever_the_number(cast, school, petra, statements):
    sit_many(school, 50, lambda n: (1, n % 2))
    question = question_ids(school.modules["answer"])["numeric"]
    for address in ("/courses", f"/courses/{school.slug}", f"/courses/{school.slug}/questions/{question}"):
        with statements() as sent:
            assert petra.get(address).status_code == 200
        assert len(sent) <= 12, str(sent)


def test_a_trainer_sees_what_to_mend_in_the_courses_that_they_teach_and_in_no_other(cast, school, client_of):
    amara = client_of(cast.amara)
    assert amara.get(f"/courses/{school.slug}").status_code == 200
    assert amara.get("/courses").status_code == 403
    assert f'href="/courses/{school.slug}"' in amara.get("/learners").text
    db.session.execute(update(Assignment).values(ends_at=NOW))
    db.session.commit()
    assert amara.get(f"/courses/{school.slug}").status_code == 404
