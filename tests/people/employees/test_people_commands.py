"""The commands about people: what they print, what they refuse, and that a refusal stores nothing."""

import re

import pytest
from sqlalchemy import func, select

from db import db, utcnow
from people.auditing.models import AuditEntry
from people.models import Employee
from people.roles import queries as role_queries


def run(cli, *args: str) -> str:
    done = cli.invoke(args=["people", *args])
    assert done.exit_code == 0, done.output
    return done.output


def refused(cli, *args: str) -> str:
    rows = db.session.scalar(select(func.count()).select_from(AuditEntry))
    done = cli.invoke(args=["people", *args])
    assert done.exit_code != 0
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == rows
    return done.output


def test_a_first_owner_gets_a_link_that_works(app, cli, client):
    said = run(cli, "create-owner", "Petra Lindqvale", "Petra@larkspur.example")
    assert "Petra Lindqvale runs the programme." in said
    owner = db.session.scalars(select(Employee)).one()
    assert owner.email == "petra@larkspur.example"
    assert role_queries.active_owners(utcnow()) == {owner.id}
    address = re.search(r"http://127\.0\.0\.1:5000(/\S+)", said)
    assert "Choose a new password" in client.get(address[1]).text


def test_the_same_owner_again_gets_a_new_link_and_no_second_account(app, cli):
    run(cli, "create-owner", "Petra", "petra@larkspur.example")
    run(cli, "create-owner", "Petra", "petra@larkspur.example")
    assert db.session.scalar(select(func.count()).select_from(Employee)) == 1


@pytest.mark.parametrize(("email", "words"), [("petra", "Not an e-mail address"), ("", "no e-mail address")])
def test_an_owner_without_a_usable_address_is_refused(app, cli, email, words):
    assert words in refused(cli, "create-owner", "Petra", email)
    assert db.session.scalar(select(func.count()).select_from(Employee)) == 0


def test_roles_are_granted_and_ended(cast, cli):
    team = "Larkspur / Care / Care Leeds"
    assert run(cli, "grant", "p-108", "manager", "--team", team) == "Ben Harrowgate: Manager of Care Leeds.\n"
    run(cli, "grant", "ben@larkspur.example", "reviewer", "--until", "2099-12-31")
    assert "Ben Harrowgate\tCare Porto\tReviewer, Manager" in run(cli, "list", "--search", "ben harrow")
    run(cli, "end-role", "p-108", "manager", "--team", team)
    run(cli, "end-role", "p-108", "reviewer")
    assert run(cli, "list", "--search", "harrowgate").splitlines()[0] == "p-108\tBen Harrowgate\tCare Porto"


def test_what_may_not_be_done_is_refused_with_the_reason(cast, cli):
    assert "See: flask people list" in refused(cli, "grant", "nobody", "reviewer")
    assert "A manager needs a team" in refused(cli, "grant", "p-108", "manager")
    assert "Did you mean Larkspur / Care" in refused(cli, "grant", "p-108", "manager", "--team", "Care")
    assert "does not hold this role" in refused(cli, "end-role", "p-108", "reviewer")
    assert "Nobody would be left" in refused(cli, "end-role", "p-101", "owner")
    assert "Nobody would be left" in refused(cli, "deactivate", "p-101")
    assert "not active" in refused(cli, "link", "p-109")


def test_an_account_is_deactivated_and_taken_back(cast, cli, client_of):
    client = client_of(cast.ben)
    run(cli, "deactivate", "p-108")
    assert client.get("/account").status_code == 302
    assert run(cli, "list", "--search", "p-108").splitlines()[0].endswith("deactivated")
    run(cli, "reactivate", "p-108")
    assert client_of(cast.ben).get("/account").status_code == 200


def test_a_link_is_printed_for_whoever_may_sign_in(cast, cli, client):
    address = re.search(r"(/password/\S+)", run(cli, "link", "p-108"))
    assert client.get(address[1]).status_code == 200


def test_the_list_is_narrowed_by_role(cast, cli):
    listed = run(cli, "list", "--role", "reviewer")
    assert "Rafa Ostermoor" in listed
    assert "Ben Harrowgate" not in listed


def test_a_secret_is_long_and_never_the_same(app, cli):
    first, second = (cli.invoke(args=["secret"]).output.strip() for _ in range(2))
    assert len(first) == 64
    assert first != second
