"""Many requests at once, each with a connection of its own to a real server, on both databases."""

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from benchmarks.attempts.world import sign_in_for_runs
from db import db
from people.models import Employee
from tests.support.learning import answer_all, begin, read_lessons, take
from training.enrolment_models import Attempt, EnrolmentState, Grading, LessonRead, Response


@pytest.fixture
def at_once(app, cast, live_server):
    """`at_once(person, [(path, form), ...])`: send all at the same moment; returns (status, location) of each."""
    address = urlsplit(live_server)

    def send_all(person, requests):
        who = sign_in_for_runs(app, db.session.get_one(Employee, person.id))
        db.session.commit()
        together = Barrier(len(requests))

        def send(path, form):
            line = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
            headers = {"Cookie": who.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode({**form, "csrf_token": who.form_token}, doseq=True)
            together.wait()
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
            line.close()
            return answer.status, answer.headers.get("Location")

        with ThreadPoolExecutor(len(requests)) as pool:
            told = list(pool.map(lambda request: send(*request), requests))
        db.session.expire_all()
        return told

    return send_all


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_of_fifty_submits_at_once_one_finishes(cast, school, at_once):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    answer_all(attempt)
    told = at_once(cast.ben, [(f"/attempts/{attempt.id}/finish", {})] * 50)
    assert set(told) == {(302, f"/attempts/{attempt.id}")}
    assert number_of(Grading) == 1
    assert db.session.get_one(Attempt, attempt.id).passed


def test_of_twenty_starts_at_once_one_starts(cast, school, at_once):
    read_lessons(school.enrolment(cast.ben), "listen")
    told = at_once(cast.ben, [("/course/small-talk/listen", {})] * 20)
    assert len(set(told)) == 1
    assert number_of(Attempt) == 1


def test_an_answer_sent_many_times_at_once_is_kept_once(cast, school, at_once):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    form = {"answer": "37.5", "page": "0123456789abcdef", "page_sequence": "1"}
    told = at_once(cast.ben, [(f"/attempts/{attempt.id}/2/save", form)] * 20)
    assert set(told) == {(200, None)}
    assert number_of(Response) == 1


def test_answers_of_many_devices_at_once_are_all_kept_in_one_order(cast, school, at_once):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    path = f"/attempts/{attempt.id}/2/save"
    forms = [{"answer": str(place), "page": f"{place:016x}", "page_sequence": "1"} for place in range(20)]
    assert set(at_once(cast.ben, [(path, form) for form in forms])) == {(200, None)}
    assert sorted(db.session.scalars(select(Response.sequence))) == list(range(1, 21))


def test_answers_and_a_submit_at_once_either_count_or_are_refused(cast, school, at_once):
    attempt = begin(school.enrolment(cast.ben), school.modules["answer"])
    answer_all(attempt, right=1)
    saves = [
        (f"/attempts/{attempt.id}/2/save", {"answer": "37.5", "page": f"{n:016x}", "page_sequence": "1"})
        for n in range(9)
    ]
    told = at_once(cast.ben, [*saves, (f"/attempts/{attempt.id}/finish", {})])
    states = Counter(status for status, _ in told)
    assert states[302] == 1
    assert states[200] + states[409] == len(saves)
    assert db.session.get_one(Attempt, attempt.id).fraction == (1.0 if states[200] else 0.5)


def test_the_last_lesson_and_the_last_quiz_at_once_complete_the_course(cast, school, at_once):
    enrolment = school.enrolment(cast.ben)
    take(enrolment, school.modules["listen"])
    attempt = begin(enrolment, school.modules["answer"])
    answer_all(attempt)
    db.session.delete(db.session.get_one(LessonRead, (enrolment.id, school.lessons["ask"])))
    at_once(cast.ben, [("/course/small-talk/listen/ask", {}), (f"/attempts/{attempt.id}/finish", {})])
    assert school.enrolment(cast.ben).state == EnrolmentState.COMPLETED
