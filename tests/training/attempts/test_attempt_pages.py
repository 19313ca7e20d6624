"""The quiz in the browser's requests: saving, finishing, reviewing, and who may see what."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from db import db
from tests.support.cast import NOW
from tests.support.learning import answer_all, assign, begin, question_at, right_forms, take
from tests.support.small_course import small_course
from training.assigning.models import Assignment
from training.attempts.queries import asked_questions, counting_responses
from training.courses.loading import load_course
from training.enrolment_models import Attempt, EnrolmentState, Grading, Response

PAGE = "0123456789abcdef"


@pytest.fixture
def attempt(cast, school):
    attempt = begin(school.enrolment(cast.ben), school.modules["listen"])
    db.session.commit()
    return attempt


@pytest.fixture
def ben(cast, school, client_of):
    return client_of(cast.ben)


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def form_for(attempt, kind):
    position = question_at(attempt.id, kind)
    return position, right_forms(attempt.id)[position]


def test_every_question_is_asked_and_its_answer_comes_back_with_the_page(ben, attempt):
    for position, form in right_forms(attempt.id).items():
        answer = ben.post(f"/attempts/{attempt.id}/{position}", data={**form, "go": "stay"})
        assert answer.location == f"/attempts/{attempt.id}/{position}"
        text = ben.get(answer.location).text
        assert "Saved " in text
        assert re.search(r" checked| selected| value=\"(37.5|descaling|listen)|The talk is over", text), position


def test_a_form_leads_to_the_next_question_the_one_before_and_the_check(ben, attempt):
    length = len(asked_questions(attempt.id))
    here = f"/attempts/{attempt.id}"
    assert ben.post(f"{here}/1", data={"go": "next"}).location == f"{here}/2"
    assert ben.post(f"{here}/2", data={"go": "before"}).location == f"{here}/1"
    assert ben.post(f"{here}/1", data={"go": "before"}).location == f"{here}/1"
    assert ben.post(f"{here}/{length}", data={"go": "next"}).location == f"{here}/check"


def test_enter_goes_on_and_not_back(ben, attempt):
    text = ben.get(f"/attempts/{attempt.id}/2").text
    assert re.search(r'<button[^>]*name="go" value="(\w+)"', text)[1] == "next"


def test_a_save_is_acknowledged_with_the_time_and_its_sequence(ben, attempt):
    position, form = form_for(attempt, "numeric")
    answer = ben.post(f"/attempts/{attempt.id}/{position}/save", data={**form, "page": PAGE, "page_sequence": "1"})
    assert answer.json["sequence"] == 1
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer.json["saved"])
    assert counting_responses(attempt.id)[position].answer == {"written": "37.5 minutes"}


def test_a_save_that_is_sent_again_is_acknowledged_again_and_kept_once(ben, attempt):
    data = {"answer": "12", "page": PAGE, "page_sequence": "1"}
    position = question_at(attempt.id, "numeric")
    answers = [ben.post(f"/attempts/{attempt.id}/{position}/save", data=data).json["sequence"] for _ in range(3)]
    assert answers == [1, 1, 1]
    assert number_of(Response) == 1


@pytest.mark.parametrize(
    "names", [{"page": "x" * 16, "page_sequence": "1"}, {"page": PAGE, "page_sequence": "-1"}, {"page": PAGE}, {}]
)
def test_a_page_that_does_not_name_itself_properly_is_taken_as_a_form(ben, attempt, names):
    position = question_at(attempt.id, "numeric")
    ben.post(f"/attempts/{attempt.id}/{position}/save", data={"answer": "12", **names})
    assert db.session.execute(select(Response.page, Response.page_sequence)).one() == ("", None)


def test_whatever_a_browser_sends_is_either_understood_or_not_there(ben, attempt):
    for position in right_forms(attempt.id):
        nonsense = {"answer": ["\x07", "x" * 5000, "🙂"], "path": ["no"], "gap-1": "\x1b", "places": "1"}
        assert ben.post(f"/attempts/{attempt.id}/{position}/save", data=nonsense).status_code == 200
        assert ben.get(f"/attempts/{attempt.id}/{position}").status_code == 200
    assert ben.post(f"/attempts/{attempt.id}/finish").status_code == 302


def test_a_talk_goes_on_step_by_step_and_may_begin_again(ben, attempt):
    position, form = form_for(attempt, "scenario")
    address = f"/attempts/{attempt.id}/{position}"
    for step in range(len(form["path"])):
        sent = {"path": form["path"][:step], "answer": form["path"][step], "go": "stay"}
        assert ben.post(address, data=sent).location == address
    assert "That did it." in ben.get(address).text
    assert ben.post(address, data={"path": form["path"], "go": "again"}).location == address
    assert "That did it." not in ben.get(address).text


def test_the_check_names_what_is_still_open(ben, attempt):
    text = ben.get(f"/attempts/{attempt.id}/check").text
    assert "Twelve of twelve questions are not answered in full." in text
    answer_all(attempt)
    position, form = form_for(attempt, "likert")
    ben.post(f"/attempts/{attempt.id}/{position}", data=form)
    assert "All twelve questions are answered." in ben.get(f"/attempts/{attempt.id}/check").text


def test_finishing_leads_to_the_review_however_often(ben, attempt):
    answer_all(attempt)
    for _ in range(3):
        assert ben.post(f"/attempts/{attempt.id}/finish").location == f"/attempts/{attempt.id}"
    assert number_of(Grading) == 1
    text = ben.get(f"/attempts/{attempt.id}").text
    assert "Passed: 100 % of the marks" in text
    assert "Because whoever is heard comes back." in text


def test_after_the_finish_every_page_of_the_quiz_leads_to_the_review(ben, attempt):
    ben.post(f"/attempts/{attempt.id}/finish")
    review = f"/attempts/{attempt.id}"
    assert ben.get(f"{review}/1").location == review
    assert ben.get(f"{review}/check").location == review
    assert ben.post(f"{review}/1", data={"answer": "late"}).location == review
    answer = ben.post(f"{review}/1/save", data={"answer": "late"})
    assert (answer.status_code, answer.json["error"]) == (
        409,
        "This attempt is finished: its answers stay as they are.",
    )
    assert number_of(Response) == 0


def test_the_review_opens_only_after_finishing(cast, ben, attempt, client_of):
    assert ben.get(f"/attempts/{attempt.id}").location == f"/attempts/{attempt.id}/1"
    text = client_of(cast.amara).get(f"/attempts/{attempt.id}").text
    assert "not finished yet" in text
    assert "Because whoever" not in text


def test_the_learners_trainer_reads_the_review_and_nobody_else(cast, school, client_of):
    done = take(school.enrolment(cast.ben), school.modules["listen"])
    assert "Passed" in client_of(cast.amara).get(f"/attempts/{done.id}").text
    for other in (cast.otto, cast.carla, cast.dev, cast.petra, cast.rafa):
        assert client_of(other).get(f"/attempts/{done.id}").status_code == 404


def test_a_trainer_of_another_course_does_not_read_the_review(cast, school, client_of):
    other = load_course(replace(small_course(), slug="other"), NOW).course
    assign(cast.otto, cast.ben, other.id)
    done = take(school.enrolment(cast.ben), school.modules["listen"])
    assert client_of(cast.otto).get(f"/attempts/{done.id}").status_code == 404


def test_an_assignment_that_ended_shows_nothing_any_more(cast, school, client_of):
    done = take(school.enrolment(cast.ben), school.modules["listen"])
    db.session.execute(update(Assignment).values(ends_at=NOW))
    assert client_of(cast.amara).get(f"/attempts/{done.id}").status_code == 404


@pytest.mark.parametrize("who", ["amara", "carla", "petra", "dev"])
def test_nobody_else_takes_ones_attempt(cast, attempt, client_of, who):
    client = client_of(getattr(cast, who))
    here = f"/attempts/{attempt.id}"
    answers = [client.get(f"{here}/1"), client.get(f"{here}/check")]
    answers += [client.post(f"{here}/1"), client.post(f"{here}/1/save"), client.post(f"{here}/finish")]
    assert {answer.status_code for answer in answers} == {404}
    assert (number_of(Response), number_of(Grading)) == (0, 0)


def test_places_and_attempts_that_are_not_there_are_404(ben, attempt):
    here = f"/attempts/{attempt.id}"
    for address in (f"{here}/0", f"{here}/99", "/attempts/999/1", "/attempts/999", "/attempts/999/check"):
        assert ben.get(address).status_code == 404
    assert ben.post(f"{here}/99/save", data={"answer": "x"}).status_code == 404


def test_who_left_the_course_can_no_longer_answer_but_read_what_is_finished(cast, school, ben):
    done = take(school.enrolment(cast.ben), school.modules["listen"])
    open_one = begin(school.enrolment(cast.ben), school.modules["answer"])
    school.enrolment(cast.ben).state = EnrolmentState.WITHDRAWN
    assert ben.post(f"/attempts/{open_one.id}/1/save", data={"answer": "x"}).status_code == 404
    assert ben.post(f"/attempts/{open_one.id}/finish").status_code == 404
    assert ben.get(f"/attempts/{done.id}").status_code == 200


def test_a_save_without_a_form_token_changes_nothing(ben, attempt):
    assert ben.post(f"/attempts/{attempt.id}/1/save", data={"answer": "x"}, csrf=False).status_code == 400
    assert number_of(Response) == 0


def test_saving_and_finishing_keep_to_their_statements(cast, school, ben, attempt, statements):
    position, form = form_for(attempt, "matching")
    data = {**form, "page": PAGE, "page_sequence": "1"}
    ben.post(f"/attempts/{attempt.id}/1/save", data={"answer": "x"})
    with statements() as sent:
        assert ben.post(f"/attempts/{attempt.id}/{position}/save", data=data).status_code == 200
    assert len(sent) <= 6, str(sent)
    answer_all(attempt)
    with statements() as sent:
        ben.post(f"/attempts/{attempt.id}/finish")
    assert len(sent) <= 12, str(sent)
    assert db.session.get_one(Attempt, attempt.id).passed


@pytest.mark.parametrize("address", ["/attempts/{id}/1", "/attempts/{id}/check", "/attempts/{id}"])
def test_pages_of_a_quiz_keep_to_their_statements(cast, school, ben, attempt, statements, address):
    answer_all(attempt)
    if address == "/attempts/{id}":
        ben.post(f"/attempts/{attempt.id}/finish")
    with statements() as sent:
        assert ben.get(address.format(id=attempt.id)).status_code == 200
    assert len(sent) <= 12, str(sent)
