"""Practical tasks as a browser meets them: handing in, grading, and names hidden both ways."""

import io

import pytest

from db import db
from tests.support.handed_in import picture
from tests.support.tasks import give_task, hand_in
from training.tasks.models import HandIn, PeerReview

GRADE = {"level-0": "0", "level-1": "0", "comment": "I saw the day named.", "seen": "0"}


@pytest.fixture(autouse=True)
def own_folder(app, tmp_path):
    app.config["INSTANCE_DIR"] = str(tmp_path)


@pytest.fixture
def task(school):
    return give_task(school)


def pieces():
    return db.session.query(HandIn).order_by(HandIn.id).all()


def test_a_text_a_link_and_a_picture_are_handed_in_and_shown(cast, client_of, task):
    ben, address = client_of(cast.ben), f"/tasks/{task.id}"
    assert "hand in one real piece of work" in ben.get(address).text
    data = {
        "written": "Dear <i>Maria</i>",
        "link": "https://forum.example/t/1",
        "picture": (io.BytesIO(picture()), "a.png"),
    }
    assert ben.post(address, data=data, content_type="multipart/form-data").location == address
    page = ben.get(address).text
    assert "Dear &lt;i&gt;Maria" in page
    assert 'href="https://forum.example/t/1" rel="noopener noreferrer nofollow"' in page
    row = pieces()[0]
    assert f'src="/files/{row.file_id}"' in page
    assert client_of(cast.amara).get(f"/files/{row.file_id}").mimetype == "image/png"
    assert client_of(cast.carla).get(f"/files/{row.file_id}").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "at least one thing"),
        ({"link": "javascript:alert(1)"}, "begins with https://"),
        ({"link": "http://[bad"}, "no address"),
        ({"written": "kept", "link": "ftp://x.example"}, "begins with https://"),
        ({"written": "x" * 20_001}, "at most 20,000"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_cure_and_what_was_typed_stays(cast, client_of, task, data, words):
    answer = client_of(cast.ben).post(f"/tasks/{task.id}", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert data.get("written", "")[:10] in answer.text
    assert pieces() == []


def test_a_file_that_is_no_picture_is_refused(cast, client_of, task):
    data = {"written": "kept", "picture": (io.BytesIO(b"%PDF-1.7"), "a.png")}
    answer = client_of(cast.ben).post(f"/tasks/{task.id}", data=data, content_type="multipart/form-data")
    assert (answer.status_code, "holds none of" in answer.text, "kept" in answer.text) == (422, True, True)
    assert pieces() == []


def test_a_task_takes_only_what_it_names(cast, client_of, school):
    task = give_task(school, accepts=("link",))
    client_of(cast.ben).post(f"/tasks/{task.id}", data={"written": "not asked for", "link": "https://a.example"})
    assert (pieces()[0].written, pieces()[0].link) == ("", "https://a.example")


def test_the_trainer_grades_and_the_learner_reads_it(cast, client_of, school, task):
    row = hand_in(school, cast.ben, task)
    amara, address = client_of(cast.amara), f"/grading/tasks/{row.id}"
    assert cast.ben.name in amara.get("/grading").text
    assert "By when and by whom" in amara.get(address).text
    assert amara.post(address, data={"level-0": "0"}).status_code == 422
    assert amara.post(address, data=GRADE).location == "/grading"
    assert amara.post(address, data=GRADE).status_code == 409
    page = client_of(cast.ben).get(f"/tasks/{task.id}").text
    assert "100 % of the marks" in page
    assert "I saw the day named." in page
    assert client_of(cast.otto).get(address).status_code == 404


def test_peers_grade_without_names_on_either_side(cast, client_of, school):
    task = give_task(school, "peers")
    people = (cast.ben, cast.carla, cast.tomas)
    rows = [hand_in(school, person, task) for person in people]
    given = db.session.query(PeerReview).filter_by(hand_in_id=rows[0].id).order_by(PeerReview.id).all()
    by_id = {person.id: person for person in people}
    for one in given:
        peer, address = client_of(by_id[one.peer_id]), f"/tasks/reviews/{one.id}"
        page = peer.get(address).text
        assert rows[0].written in page
        assert cast.ben.name not in page
        assert peer.post(address, data={"level-0": "0"}).status_code == 422
        assert peer.post(address, data=GRADE).location == f"/tasks/{task.id}"
        assert "does not wait for your grade any more" in peer.get(address).text
        assert client_of(cast.ben).get(address).status_code == 404
    page = client_of(cast.ben).get(f"/tasks/{task.id}").text
    assert "Colleague 1" in page
    assert cast.carla.name not in page
    assert cast.tomas.name not in page
    assert cast.carla.name in client_of(cast.amara).get(f"/grading/tasks/{rows[0].id}").text


def test_the_pages_stay_within_their_statements(cast, client_of, school, statements):
    task = give_task(school, "peers")
    rows = [hand_in(school, person, task) for person in (cast.ben, cast.carla, cast.tomas)]
    review = db.session.query(PeerReview).filter_by(peer_id=cast.ben.id).first()
    ben, amara = client_of(cast.ben), client_of(cast.amara)
    for client, address, most in (
        (ben, f"/course/{school.slug}", 8),
        (ben, f"/tasks/{task.id}", 12),
        (ben, f"/tasks/reviews/{review.id}", 12),
        (amara, f"/grading/tasks/{rows[0].id}", 12),
    ):
        with statements() as sent:
            assert client.get(address).status_code == 200
        assert len(sent) <= most, str(sent)


def test_a_task_in_the_browser(cast, school, page, sign_in, check_page, shot):
    task = give_task(school, "peers")
    db.session.commit()
    sign_in(page, cast.ben)
    page.goto(f"/tasks/{task.id}")
    check_page(page)
    page.get_by_label("Your text").fill("Dear Maria, by Friday I will know.")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("You are told when it is graded").wait_for()
    for person in (cast.carla, cast.tomas):
        hand_in(school, person, task)
    db.session.commit()
    page.goto(f"/tasks/{task.id}")
    check_page(page)
    shot(page, "task")
    page.get_by_role("link", name="Grade").first.click()
    page.get_by_text("By when and by whom").wait_for()
    check_page(page)
    shot(page, "task-review")
