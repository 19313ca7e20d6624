"""Employees one by one: what may be done, what is refused, and what the audit trail says of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from db import db
from people.auditing.models import AuditEntry
from people.directory.drafts import Facts
from people.employees import operations as employee_operations
from people.employees.queries import stands_above, who_is
from people.models import Employee, Team
from people.refusal import RefusedError
from people.sign_in import operations as sign_in_operations
from people.sign_in.models import SignInSession
from tests.support.cast import NOW

NEW = Facts(
    "Nell Fairbrook",
    "nell@larkspur.example",
    None,
    None,
    "Leeds",
    "en",
    "Europe/London",
    date(2026, 3, 9),
    None,
    "Adviser",
)


def facts_of(person) -> Facts:
    row = db.session.get_one(Employee, person.id)
    team = db.session.get(Team, row.team_id) if row.team_id else None
    return Facts(
        row.name,
        row.email,
        team.full_name if team else None,
        row.manager_id,
        row.site,
        row.languages,
        row.time_zone,
        row.starts_on,
        row.ends_on,
        row.job,
    )


def the(person) -> Employee:
    return db.session.get_one(Employee, person.id)


def trail() -> list[tuple[str, dict]]:
    rows = db.session.execute(select(AuditEntry.verb, AuditEntry.detail).order_by(AuditEntry.id))
    return [(row.verb, row.detail) for row in rows]


def test_a_person_is_entered_with_an_id_of_the_directory_or_one_of_their_own(cast):
    known = employee_operations.create_employee(NEW, external_id="LK-9", actor_id=cast.petra.id, at=NOW)
    other = replace(NEW, email=None, team="Larkspur / Legal", manager=cast.petra.id)
    unknown = employee_operations.create_employee(other, external_id="", actor_id=None, at=NOW)
    assert known.external_id == "LK-9"
    assert unknown.external_id.startswith("local-")
    assert db.session.get_one(Team, unknown.team_id).parent_id == cast.company
    assert trail() == [("account created", {}), ("account created", {})]


def test_an_id_or_an_address_that_somebody_has_is_refused(cast):
    with pytest.raises(RefusedError, match="Ben Harrowgate has this id already") as refused:
        employee_operations.create_employee(NEW, external_id=cast.ben.external_id, actor_id=None, at=NOW)
    assert refused.value.field == "external_id"
    with pytest.raises(RefusedError, match="Ben Harrowgate has this e-mail address already"):
        employee_operations.create_employee(replace(NEW, email=cast.ben.email), external_id="x", actor_id=None, at=NOW)
    facts = replace(facts_of(cast.carla), email=cast.ben.email)
    with pytest.raises(RefusedError, match="e-mail address"):
        employee_operations.edit_employee(the(cast.carla), facts, actor_id=None, at=NOW)
    db.session.commit()
    assert the(cast.carla).email == cast.carla.email
    assert trail() == []


def test_a_change_names_what_changed_and_nothing_is_written_for_none(cast):
    ben = the(cast.ben)
    assert employee_operations.edit_employee(ben, facts_of(cast.ben), actor_id=None, at=NOW) == []
    facts = replace(facts_of(cast.ben), job="Host", team="Larkspur / Sales")
    assert employee_operations.edit_employee(ben, facts, actor_id=cast.petra.id, at=NOW) == ["team_id", "job"]
    assert trail() == [
        ("team changed", {"from": cast.care_porto, "to": cast.sales}),
        ("account edited", {"facts": ["job"]}),
    ]


def test_a_new_address_ends_the_links_that_went_to_the_old_one(cast):
    token = sign_in_operations.make_password_link(the(cast.ben), at=NOW, minutes=60)
    facts = replace(facts_of(cast.ben), email="ben@elsewhere.example")
    employee_operations.edit_employee(the(cast.ben), facts, actor_id=None, at=NOW)
    assert sign_in_operations.link_owner(token, NOW) is None


def test_managers_cannot_be_made_a_cycle(cast):
    for manager in (cast.ben, cast.dev):
        facts = replace(facts_of(cast.dev), manager=manager.id)
        with pytest.raises(RefusedError, match="cycle"):
            employee_operations.edit_employee(the(cast.dev), facts, actor_id=None, at=NOW)
    facts = replace(facts_of(cast.dev), manager=cast.mina.id)
    assert employee_operations.edit_employee(the(cast.dev), facts, actor_id=None, at=NOW) == ["manager_id"]
    assert stands_above(cast.petra.id, cast.ben.id)
    assert not stands_above(cast.carla.id, cast.ben.id)


def test_a_move_is_one_row_of_the_trail_and_a_move_to_the_same_team_none(cast):
    employee_operations.move_employee(the(cast.ben), cast.sales, actor_id=cast.petra.id, at=NOW)
    employee_operations.move_employee(the(cast.ben), cast.sales, actor_id=cast.petra.id, at=NOW)
    assert the(cast.ben).team_id == cast.sales
    assert trail() == [("team changed", {"from": cast.care_porto, "to": cast.sales})]


def test_deactivation_ends_sessions_and_links_at_once_and_there_is_a_way_back(cast, client_of):
    client = client_of(cast.ben)
    assert client.get("/account").status_code == 200
    token = sign_in_operations.make_password_link(the(cast.ben), at=NOW, minutes=60)
    employee_operations.deactivate_employee(the(cast.ben), actor_id=cast.petra.id, at=NOW)
    assert client.get("/account").status_code == 302
    open_ones = select(func.count()).where(SignInSession.employee_id == cast.ben.id, SignInSession.ended_at.is_(None))
    assert db.session.scalar(open_ones) == 0
    assert sign_in_operations.link_owner(token, NOW) is None
    employee_operations.reactivate_employee(the(cast.ben), actor_id=cast.petra.id, at=NOW)
    assert client_of(cast.ben).get("/account").status_code == 200
    assert client.get("/account").status_code == 302  # the session that ended stays ended
    assert [verb for verb, _ in trail()] == ["account deactivated", "account reactivated"]


def test_what_cannot_be_done_to_an_account_is_refused(cast):
    with pytest.raises(RefusedError, match="your own account"):
        employee_operations.deactivate_employee(the(cast.petra), actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="Nobody would be left"):
        employee_operations.deactivate_employee(the(cast.petra), actor_id=None, at=NOW)
    facts = replace(facts_of(cast.petra), ends_on=NOW.date() - timedelta(days=1))
    with pytest.raises(RefusedError, match="Nobody would be left"):
        employee_operations.edit_employee(the(cast.petra), facts, actor_id=None, at=NOW)
    with pytest.raises(RefusedError, match="active already"):
        employee_operations.reactivate_employee(the(cast.ben), actor_id=cast.petra.id, at=NOW)
    with pytest.raises(RefusedError, match="deactivated already"):
        employee_operations.deactivate_employee(the(cast.lena), actor_id=cast.petra.id, at=NOW)
    assert trail() == []


def test_somebody_is_found_by_id_first_and_then_by_address(cast):
    assert who_is(f" {cast.ben.external_id} ").id == cast.ben.id
    assert who_is("BEN@larkspur.example").id == cast.ben.id
    the(cast.carla).external_id = cast.ben.email
    db.session.flush()
    assert who_is(cast.ben.email).id == cast.carla.id
    assert who_is("nobody") is None
