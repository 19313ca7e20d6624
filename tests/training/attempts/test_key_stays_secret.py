"""Before an attempt is finished, nothing that the browser gets depends on what is right.

Each question is asked twice: as it is, and with another key, other feedback and another explanation. The pages must be
the same to the byte. Choices stay what they are, since the learner reads them anyway.
"""

import re
from copy import deepcopy
from pathlib import Path

import pytest
from sqlalchemy import select

from db import db
from tests.support.behaving import QUIZZES, course_that, wrong_forms
from tests.support.learning import begin, make_school, question_at, read_lessons, right_forms
from tests.support.small_course import EXPLANATION, small_course
from training.attempts.operations import start
from training.attempts.queries import asked_questions
from training.models import Module
from training.rules.behaviours.behaviour import Behaviour
from training.rules.course_files.reader import read_course
from training.rules.kinds.numeric import Numeric

SAMPLES = Path(__file__).parents[3] / "samples" / "courses"
COURSES = {
    "every kind": small_course,
    "starter": lambda: read_course(SAMPLES / "talking-with-customers"),
    "trainers": lambda: read_course(SAMPLES / "teaching-colleagues"),
}


def with_another_key(specification):
    """The same question with something else right."""
    other = deepcopy(dict(specification))
    return CHANGES.get(other["kind"], lambda same: same)(other)


def _choices(other):
    for choice in other["choices"]:
        choice["right"] = not choice.get("right")
        choice["feedback"] = "Said nowhere before."
    return other


def _numeric(other):
    return {**other, "right": other["right"] + 1234, "tolerance": 0}


def _matching(other):
    rights = [pair["right"] for pair in other["pairs"]]
    for pair, right in zip(other["pairs"], rights[1:] + rights[:1], strict=True):
        pair["right"] = right
    return other


def _choose_in_text(other):
    for gap in other["gaps"]:
        _choices(gap)
    return other


def _categorise(other):
    for item in other["items"]:
        item["category"] = other["categories"][other["categories"].index(item["category"]) - 1]
    return other


def _scenario(other):
    for ending in other["endings"].values():
        ending.update(mark=1 - ending["mark"], feedback="Said nowhere before.", says=[{"who": "Nobody", "text": "No."}])
    for scene in other["scenes"].values():
        for choice in scene["choices"]:
            choice.update(feedback="Said nowhere before.", to=next(iter(other["endings"])))
    return other


CHANGES = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": lambda other: {**other, "right": not other["right"], "feedback_true": "Said nowhere before."},
    "numeric": _numeric,
    "short_text": lambda other: {**other, "accept": ["something else"]},
    "matching": _matching,
    "ordering": lambda other: {**other, "items": other["items"][::-1]},
    "blanks": lambda other: {**other, "gaps": [{"accept": ["something else"]} for _ in other["gaps"]]},
    "choose_in_text": _choose_in_text,
    "categorise": _categorise,
    "scenario": _scenario,
}


def page_of(client, attempt_id, position):
    text = client.get(f"/attempts/{attempt_id}/{position}").text
    return re.sub(r'(name="csrf_token" value|data-page)="[^"]*"', "", text)


@pytest.mark.parametrize("name", COURSES)
def test_no_page_of_a_question_depends_on_its_key(cast, client_of, name):
    hold_pages_against_another_key(make_school(cast, COURSES[name]()), cast.ben, client_of(cast.ben))


@pytest.mark.parametrize("behaviour", [one for one in Behaviour if one is not Behaviour.ADAPTIVE])
def test_whatever_the_behaviour(cast, client_of, behaviour):
    hold_pages_against_another_key(make_school(cast, course_that(QUIZZES[behaviour])), cast.ben, client_of(cast.ben))


def test_nor_in_practice_as_long_as_a_question_is_asked(cast, client_of):
    school, client = make_school(cast, course_that(QUIZZES[Behaviour.ADAPTIVE])), client_of(cast.ben)
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    hold_page_against_another_key(client, attempt_id, 1)


def test_nor_after_a_try_that_was_not_the_last(cast, client_of):
    school, client = make_school(cast, course_that(QUIZZES[Behaviour.SEVERAL_TRIES])), client_of(cast.ben)
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    for position, form in wrong_forms(attempt_id).items():
        client.post(f"/attempts/{attempt_id}/{position}/check", data={**form, "try": "1"})
        assert "You have 2 tries left" in client.get(f"/attempts/{attempt_id}/{position}").text
        if position != question_at(attempt_id, "scenario"):  # whose last words were heard before it was checked
            hold_page_against_another_key(client, attempt_id, position)


def hold_pages_against_another_key(school, person, client):
    for module_id in db.session.scalars(select(Module.id)).all():
        enrolment = school.enrolment(person)
        read_lessons(enrolment, db.session.get_one(Module, module_id).slug)
        attempt_id = start(enrolment, module_id, enrolment.enrolled_at).id
        for position in range(1, len(asked_questions(attempt_id)) + 1):
            hold_page_against_another_key(client, attempt_id, position)


def hold_page_against_another_key(client, attempt_id, position):
    before = page_of(client, attempt_id, position)
    version = asked_questions(attempt_id)[position - 1].version
    version.specification, version.explanation = with_another_key(version.specification), "<p>Other.</p>"
    assert page_of(client, attempt_id, position) == before, version


def test_nor_what_a_save_answers(cast, school, client_of):
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    client = client_of(cast.ben)
    for position, form in right_forms(attempt_id).items():
        told = client.post(f"/attempts/{attempt_id}/{position}/save", data=form).json
        assert set(told) == {"saved", "sequence"}


def test_nor_the_check_before_finishing(cast, school, client_of):
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    client = client_of(cast.ben)
    for position, form in right_forms(attempt_id).items():
        client.post(f"/attempts/{attempt_id}/{position}", data=form)
    before = client.get(f"/attempts/{attempt_id}/check").text
    for asked in asked_questions(attempt_id):
        asked.version.specification = with_another_key(asked.version.specification)
    after = client.get(f"/attempts/{attempt_id}/check").text
    assert EXPLANATION not in before
    assert re.sub(r'value="[^"]*"', "", after) == re.sub(r'value="[^"]*"', "", before)


def test_a_page_that_gave_the_key_away_would_be_seen(cast, school, client_of, monkeypatch):
    def tell(self, specification, seed, response=None):
        return {"kind": self.name, "unit": str(specification["right"])}

    monkeypatch.setattr(Numeric, "shown", tell)
    with pytest.raises(AssertionError):
        hold_pages_against_another_key(school, cast.ben, client_of(cast.ben))


def test_nothing_is_shown_of_a_scene_that_was_not_reached(cast, school, client_of):
    attempt_id = begin(school.enrolment(cast.ben), school.modules["listen"]).id
    text = client_of(cast.ben).get(f"/attempts/{attempt_id}/{question_at(attempt_id, 'scenario')}").text
    assert "It walks across the floor" in text
    for hidden in ("Wood, first floor.", "That did it.", "Never mind.", "A good question."):
        assert hidden not in text
