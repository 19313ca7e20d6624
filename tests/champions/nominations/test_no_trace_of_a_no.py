"""A no leaves no trace for the manager: on no page, in no file, in no message, whoever the manager is."""

import re

from sqlalchemy import select

from champions.nominations import operations
from db import db
from messages.models import Message
from people.models import Employee
from tests.support.cast import NOW

REASON = "Customers accept nearly every answer."


def plain(text):
    """A page without what is new each time it is read."""
    return re.sub(r'(value|content)="[\w.\-]{30,}"', "", text)


def addresses(app, cast):
    """Every address that can be read, with the values a manager would try."""
    values = {"employee_id": cast.amara.id, "team_id": cast.care_porto, "nomination_id": 1, "run_id": 1}
    bound = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= set(values) and rule.endpoint != "static":
            found.append(bound.build(rule.endpoint, {name: values[name] for name in rule.arguments}))
    return sorted(found)


def read_all(app, cast, client):
    answers = {address: client.get(address) for address in addresses(app, cast)}
    return {address: (answer.status_code, plain(answer.text)) for address, answer in answers.items()}


def test_a_manager_reads_the_same_everywhere_before_and_after_a_no(app, cast, run, client_of):
    dev = client_of(cast.dev)
    read_all(app, cast, dev)  # what a first look notes is noted
    before = read_all(app, cast, dev)
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
    operations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
    db.session.commit()
    after = read_all(app, cast, dev)
    assert {address for address in before if before[address] != after[address]} == set()
    assert sum(code == 200 for code, _ in after.values()) >= 5
    assert after["/audit"][0] == after["/shortlist.csv"][0] == after["/nominations/1"][0] == 403
    assert db.session.scalars(select(Message.employee_id)).all() == [cast.amara.id]


def test_a_manager_reads_the_same_after_a_yes_that_became_a_no(app, cast, run, client_of):
    dev = client_of(cast.dev)
    read_all(app, cast, dev)
    before = read_all(app, cast, dev)
    amara = db.session.get_one(Employee, cast.amara.id)
    nomination = operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
    operations.answer(nomination, accepts=True, actor_id=cast.amara.id, at=NOW)
    operations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
    db.session.commit()
    assert read_all(app, cast, dev) == before


def test_those_who_decide_read_that_it_ended_and_not_how(cast, run, client_of):
    amara = db.session.get_one(Employee, cast.amara.id)
    texts = []
    for ending in ("decline", "withdraw"):
        nomination = operations.propose(amara, run_id=run.id, reason=REASON, actor_id=cast.petra.id, at=NOW)
        if ending == "decline":
            operations.answer(nomination, accepts=False, actor_id=cast.amara.id, at=NOW)
        else:
            operations.withdraw(nomination, actor_id=cast.petra.id, at=NOW)
        db.session.commit()
        text = plain(client_of(cast.rafa).get(f"/nominations/{nomination.id}").text)
        texts.append(text.replace(f"/nominations/{nomination.id}", ""))
    assert "This nomination has ended" in texts[0]
    assert texts[0] == texts[1]
