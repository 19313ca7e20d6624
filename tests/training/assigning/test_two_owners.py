"""Two owners who publish at the same moment: one wins, the other reads a sentence, and nobody has two trainers."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from benchmarks.attempts.world import sign_in_for_runs
from db import db, utcnow
from people.models import Employee, Role, RoleGrant
from tests.support.cast import FOUNDED
from tests.support.planned import computed_plan
from tests.support.taught import everybody_speaks, make_champions, make_course
from training.assigning.models import Assignment, Plan, PlanState


@pytest.fixture
def course(cast):
    make_champions(cast, cast.amara, cast.otto, capacity=100)
    everybody_speaks("pt;en")
    db.session.add(RoleGrant(employee_id=cast.rafa.id, role=Role.OWNER, starts_at=FOUNDED))
    return make_course()


def publish_at_once(app, server, people, plans):
    """Each person publishes their plan at the same moment; returns the addresses they are led to."""
    address, together = urlsplit(server), Barrier(len(people))
    visitors = [sign_in_for_runs(app, db.session.get_one(Employee, person.id)) for person in people]
    db.session.commit()

    def send(visitor, plan_id):
        line = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        headers = {"Cookie": visitor.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        together.wait()
        line.request("POST", f"/assignments/{plan_id}/publish", urlencode({"csrf_token": visitor.form_token}), headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, answer.headers["Location"]

    with ThreadPoolExecutor(len(people)) as pool:
        told = list(pool.map(send, visitors, plans))
    db.session.expire_all()
    return told


def live():
    query = select(func.count(), func.count(Assignment.learner_id.distinct())).where(Assignment.ends_at.is_(None))
    return tuple(db.session.execute(query).one())


def test_of_two_who_publish_the_same_proposal_one_wins(app, cast, course, live_server):
    plan = computed_plan(course.id, cast, utcnow())
    told = publish_at_once(app, live_server, [cast.petra, cast.rafa], [plan.id, plan.id])
    assert sorted(told) == [(302, "/assignments"), (302, f"/assignments/{plan.id}")]
    pairs, learners = live()
    assert pairs == learners == plan.summary["pairs"]


def test_of_two_who_publish_two_proposals_one_wins(app, cast, course, live_server):
    plans = [computed_plan(course.id, cast, utcnow()) for _ in range(2)]
    told = publish_at_once(app, live_server, [cast.petra, cast.rafa], [plan.id for plan in plans])
    assert [status for status, _ in told] == [302, 302]
    states = sorted(db.session.get_one(Plan, plan.id).state for plan in plans)
    assert states == [PlanState.PUBLISHED, PlanState.READY]
    pairs, learners = live()
    assert pairs == learners


def test_the_loser_reads_what_happened_and_what_to_do(cast, course, client_of):
    plans = [computed_plan(course.id, cast, utcnow()) for _ in range(2)]
    first, second = client_of(cast.petra), client_of(cast.rafa)
    first.post(f"/assignments/{plans[0].id}/publish")
    second.post(f"/assignments/{plans[0].id}/publish")
    page = second.get(f"/assignments/{plans[0].id}").text
    assert "Somebody has published this proposal already" in page
    second.post(f"/assignments/{plans[1].id}/publish")
    page = second.get(f"/assignments/{plans[1].id}").text
    assert "Another proposal was published since this one was made, so this one no longer fits. Make a new one." in page
