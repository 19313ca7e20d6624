"""The owner's pages about rules: written without script, previewed before anything is saved."""

import pytest
from sqlalchemy import select

from db import db
from tests.support.enrolling import in_team, make_rule
from training.enrolling.models import EnrolmentRule
from training.enrolment_models import Enrolment

ROOT = "/enrolment-rules"


@pytest.fixture
def petra(cast, school, client_of):
    return client_of(cast.petra)


def form_of(school, cast, **more) -> dict[str, str]:
    return {
        "name": "New in Porto",
        "course": str(school.course_id),
        "due_from": "enrolment",
        "due_days": "42",
        "before": "7, 1",
        "after": "1",
        "trainer_after": "3",
        "manager_after": "",
        "join": "all",
        "g0.join": "all",
        "g0.c0.about": "team",
        "g0.c0.value": str(cast.care_porto),
        **more,
    }


def rules() -> list[EnrolmentRule]:
    return list(db.session.scalars(select(EnrolmentRule)))


def test_a_button_adds_a_condition_and_keeps_what_was_typed(petra, cast, school):
    text = petra.post(f"{ROOT}/new", data=form_of(school, cast, deed="add g0 role")).text
    assert "New in Porto" in text
    assert 'name="g0.c1.value"' in text
    text = petra.post(f"{ROOT}/new", data=form_of(school, cast, deed="remove g0.c0")).text
    assert 'name="g0.c0.value"' not in text
    assert 'name="g1.join"' in petra.post(f"{ROOT}/new", data=form_of(school, cast, deed="group")).text
    assert not rules()


def test_the_preview_counts_and_lists_before_anything_is_saved(petra, cast, school, statements):
    with statements() as sent:
        text = petra.post(f"{ROOT}/new", data=form_of(school, cast, deed="preview")).text
    assert len(sent) <= 12, str(sent)
    assert "would come in" in text
    assert cast.otto.name in text
    assert "by a person’s decision" in text
    assert not rules()


def test_a_saved_rule_is_in_effect_and_stands_in_the_list_in_words(petra, cast, school, statements):
    assert petra.post(f"{ROOT}/new", data=form_of(school, cast, deed="save")).status_code == 302
    (rule,) = rules()
    assert (rule.remind_before, rule.trainer_after, rule.manager_after) == ([7, 1], 3, None)
    assert db.session.scalars(select(Enrolment.learner_id).where(Enrolment.rule_id == rule.id)).all()
    with statements() as sent:
        text = petra.get(ROOT).text
    assert len(sent) <= 12, str(sent)
    assert "New in Porto" in text
    assert "or a team below it" in text
    assert "within about 10 minutes" in text


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(petra, cast, school):
    wrong = form_of(school, cast, deed="save", **{"g0.c0.value": "", "due_days": "soon", "name": ""})
    answer = petra.post(f"{ROOT}/new", data=wrong)
    assert answer.status_code == 422
    for words in ("Choose a team.", "Write a number of days", "Give the rule a name."):
        assert words in answer.text
    assert not rules()


def test_a_rule_without_conditions_is_refused(petra, cast, school):
    bare = {key: value for key, value in form_of(school, cast, deed="save").items() if not key.startswith("g0.c")}
    answer = petra.post(f"{ROOT}/new", data=bare)
    assert answer.status_code == 422
    assert "Add at least one condition" in answer.text


def test_what_no_page_of_ours_sends_is_refused_or_left_out(petra, cast, school):
    odd = {"g0.c1.about": "shoe size", "g0.c2.about": "role", "g0.c2.value": "king", "deed": "add g9 moon"}
    assert petra.post(f"{ROOT}/new", data=form_of(school, cast, **odd)).status_code == 200
    odd["deed"] = "save"
    answer = petra.post(f"{ROOT}/new", data=form_of(school, cast, **odd))
    assert answer.status_code == 422
    assert "Choose a role." in answer.text


def test_a_rule_is_changed_switched_off_deleted_and_taken_back(petra, cast, school):
    rule_id = make_rule(school.course_id, in_team(cast.care_porto), cast=cast).id
    assert 'value="' + str(cast.care_porto) + '" selected' in petra.get(f"{ROOT}/{rule_id}").text
    answer = petra.post(f"{ROOT}/{rule_id}", data=form_of(school, cast, deed="save", name="Porto"))
    assert answer.status_code == 302
    for deed, words in (("off", "is off"), ("on", "is on"), ("off", "is off"), ("delete", "is deleted")):
        petra.post(f"{ROOT}/{rule_id}/{deed}")
        assert words in petra.get(ROOT).text
    petra.post(f"{ROOT}/{rule_id}/restore")
    assert "is back, and off" in petra.get(ROOT).text
    petra.post(f"{ROOT}/{rule_id}/restore")
    assert "The rule is not deleted." in petra.get(ROOT).text


@pytest.mark.browser
def test_the_editor_works_without_script_and_for_everybody(cast, school, open_page, sign_in, check_page):
    make_rule(school.course_id, in_team(cast.care_porto), cast=cast)
    db.session.commit()
    page = open_page(script=False)
    sign_in(page, cast.petra)
    page.goto(ROOT)
    page.get_by_role("link", name="Write a rule").click()
    page.get_by_label("Name").fill("Managers and Porto")
    page.get_by_role("button", name="Role", exact=True).click()
    page.get_by_label("Role").select_option("manager")
    page.get_by_role("button", name="First day of work").click()
    page.get_by_label("Number of days").fill("3000")
    page.get_by_role("button", name="Show who is meant").last.click()
    assert page.get_by_text("would come in").is_visible()
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("is saved and in effect").is_visible()
    watched = open_page()
    sign_in(watched, cast.petra)
    watched.goto(ROOT)
    check_page(watched)
    watched.get_by_role("link", name="Managers and Porto").click()
    check_page(watched)
