"""Handing in, the queue and the page for grading, as a browser meets them."""

import io

import pytest

from db import db
from tests.support.handed_in import FILE_UPLOAD, LONG_TEXT, ask_by_hand, handed_in, picture, sit, waiting_answers
from tests.support.learning import begin
from training.attempts.queries import counting_responses
from training.grading.answer_files import file_ids, named

TEXT = {"written": "By Friday I will know.\nAnd write to you."}


@pytest.fixture(autouse=True)
def own_folder(app, tmp_path):
    app.config["INSTANCE_DIR"] = str(tmp_path)


@pytest.fixture
def both_kinds(school):
    ask_by_hand(school.modules["answer"], LONG_TEXT, FILE_UPLOAD)
    return school


@pytest.fixture
def under_way(cast, both_kinds):
    attempt = begin(both_kinds.enrolment(cast.ben), both_kinds.modules["answer"])
    db.session.commit()
    return attempt


@pytest.fixture
def handed(cast, both_kinds):
    return sit(both_kinds, cast.ben, "answer", TEXT, {})


def send(client, attempt, *files, **fields):
    uploads = [(io.BytesIO(content), name) for content, name in files]
    return client.post(
        f"/attempts/{attempt.id}/2", data={**fields, "upload": uploads}, content_type="multipart/form-data"
    )


def answer_at(attempt, position):
    given = counting_responses(attempt.id).get(position)
    return given.answer if given else {}


def test_a_long_text_is_asked_with_its_criteria_and_kept(cast, client_of, under_way):
    ben = client_of(cast.ben)
    page = ben.get(f"/attempts/{under_way.id}/1").text
    assert "Says what comes next" in page
    assert "By when and by whom" not in page
    ben.post(f"/attempts/{under_way.id}/1", data={"answer": "Dear <b>Maria</b>,\r\nsoon."})
    assert answer_at(under_way, 1) == {"written": "Dear <b>Maria</b>,\nsoon."}
    assert "Dear &lt;b&gt;Maria" in ben.get(f"/attempts/{under_way.id}/1").text


def test_files_are_sent_by_the_form_kept_by_their_boxes_and_taken_away(cast, client_of, under_way):
    ben = client_of(cast.ben)
    send(ben, under_way, (b"Hello", "a.txt"), go="stay")
    first = answer_at(under_way, 2)["files"]
    send(ben, under_way, (picture(), "b.png"), file=first, go="stay")
    both = answer_at(under_way, 2)["files"]
    assert [one.partition(" ")[2] for one in both] == ["a.txt", "b.png"]
    assert "Keep b.png" in ben.get(f"/attempts/{under_way.id}/2").text
    ben.post(f"/attempts/{under_way.id}/2", data={"file": both[1:], "go": "next"})
    assert answer_at(under_way, 2)["files"] == both[1:]


def test_a_file_that_is_refused_says_why_and_loses_nothing(cast, client_of, under_way):
    ben = client_of(cast.ben)
    send(ben, under_way, (b"Hello", "a.txt"), go="stay")
    kept = answer_at(under_way, 2)
    answer = send(ben, under_way, (b"%PDF-1.7", "b.pdf"), file=kept["files"])
    assert answer.location == f"/attempts/{under_way.id}/2"
    assert "holds none of" in ben.get(answer.location).text
    many = send(ben, under_way, (b"b", "b.txt"), (b"c", "c.txt"), file=kept["files"])
    assert "at most 2 files" in ben.get(many.location).text
    assert answer_at(under_way, 2) == kept


def test_nobody_hands_in_a_file_of_somebody_else_by_its_number(cast, client_of, under_way):
    other = handed_in(cast.carla)
    client_of(cast.ben).post(f"/attempts/{under_way.id}/2", data={"file": [named(other)]})
    assert answer_at(under_way, 2) == {}


def test_a_trainer_reads_a_file_once_the_quiz_is_finished(cast, client_of, under_way):
    ben, amara, carla = client_of(cast.ben), client_of(cast.amara), client_of(cast.carla)
    send(ben, under_way, (b"Hello", "a.txt"))
    file_id = file_ids(answer_at(under_way, 2)["files"])[0]
    assert amara.get(f"/files/{file_id}").status_code == 404
    ben.post(f"/attempts/{under_way.id}/finish")
    assert amara.get(f"/files/{file_id}").data == b"Hello"
    assert carla.get(f"/files/{file_id}").status_code == 404


def test_a_learner_reads_that_the_result_is_not_final(cast, client_of, handed):
    page = client_of(cast.ben).get(f"/attempts/{handed.id}").text
    assert "Not final yet: one answer waits for your trainer. So far 0 % of the marks, at most 50 %." in page
    assert "Waits for a grade" in page
    assert "Try again" not in page
    assert "By when and by whom" not in page


def test_the_queue_shows_what_waits_the_oldest_first_and_finds(cast, client_of, both_kinds, handed):
    amara = client_of(cast.amara)
    page = amara.get("/grading").text
    assert "One piece of work waits for your grade" in page
    assert cast.ben.name in page
    assert "One piece" in amara.get("/grading?q=harrow").text
    assert "Nothing that waits fits that" in amara.get("/grading?q=100%25").text
    assert "Nothing waits for your grade" in client_of(cast.otto).get("/grading").text
    assert client_of(cast.ben).get("/grading").status_code == 403


def test_a_grade_is_given_on_its_page_and_shown_in_the_review(cast, client_of, handed):
    amara, address = client_of(cast.amara), f"/grading/answers/{waiting_answers(handed)[0].id}"
    page = amara.get(address).text
    assert "And write to you." in page
    assert "By when and by whom" in page
    half = amara.post(address, data={"level-0": "1", "comment": "Name the day."})
    assert half.status_code == 422
    assert 'value="1" checked' in half.text
    assert "Name the day." in half.text
    sent = amara.post(address, data={"level-0": "1", "level-1": "0", "comment": "Name the day.", "seen": "0"})
    assert sent.location == "/grading"
    assert "is told" in amara.get("/grading").text
    review = client_of(cast.ben).get(f"/attempts/{handed.id}").text
    assert "That something comes" in review
    assert "Name the day." in review
    assert "Not final" not in review


def test_a_page_opened_before_somebody_else_graded_changes_nothing(cast, client_of, handed):
    address = f"/grading/answers/{waiting_answers(handed)[0].id}"
    data = {"level-0": "0", "level-1": "0", "seen": "0"}
    assert client_of(cast.petra).post(address, data=data).status_code == 302
    late = client_of(cast.amara).post(address, data=data)
    assert late.status_code == 409
    assert "Somebody else has graded this" in late.text


def test_the_pages_stay_within_their_statements(cast, client_of, both_kinds, handed, statements):
    amara, ben = client_of(cast.amara), client_of(cast.ben)
    for client, address in (
        (amara, "/grading"),
        (amara, f"/grading/answers/{waiting_answers(handed)[0].id}"),
        (ben, f"/attempts/{handed.id}"),
    ):
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= 12, str(sent)


def test_handing_in_and_grading_in_the_browser(cast, both_kinds, page, sign_in, check_page, shot):
    attempt = begin(both_kinds.enrolment(cast.ben), both_kinds.modules["answer"])
    db.session.commit()
    sign_in(page, cast.ben)
    page.goto(f"/attempts/{attempt.id}/1")
    page.get_by_label("Your answer").fill("Dear Maria, by Friday I will know which part it is.")
    page.locator("#saved", has_text="Saved").wait_for()
    check_page(page)
    page.get_by_role("button", name="Next question").click()
    page.set_input_files("#upload", {"name": "reply.png", "mimeType": "image/png", "buffer": picture(size=(300, 200))})
    page.get_by_text("Keep reply.png").wait_for()
    check_page(page)
    shot(page, "hand-in-file")
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_role("button", name="Finish the quiz").click()
    page.get_by_role("heading", name="Not final yet").wait_for()
    check_page(page)
    sign_in(page, cast.amara)
    page.goto("/grading")
    check_page(page)
    shot(page, "grading-queue")
    page.get_by_role("link", name="Grade").first.click()
    page.get_by_text("By when and by whom").wait_for()
    check_page(page)
    shot(page, "grading-answer")
