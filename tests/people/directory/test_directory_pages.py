"""The owner's pages about people: what they show, what a form refuses, and what they cost."""

import re

import pytest
from sqlalchemy import select

from db import db, utcnow
from mail import OutgoingMail
from people.directory import operations as directory_operations
from people.directory.rows import DirectoryRow
from people.models import Employee, RoleGrant, Team

FILLED = {
    "name": "Nell Fairbrook",
    "email": "Nell@larkspur.example",
    "team": "Larkspur / Care / Care Porto",
    "manager": "dev@larkspur.example",
    "languages": "EN, pt",
    "time_zone": "Europe/Lisbon",
    "starts_on": "2026-03-09",
}


@pytest.fixture
def owner(cast, client_of):
    return client_of(cast.petra)


def text_of(response) -> str:
    """The words of a page, white space made single."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def done(client, address: str, form: dict | None = None):
    """The page that follows a deed."""
    answer = client.post(address, data=form or {})
    assert answer.status_code == 302
    return client.get(answer.location)


def the(person) -> Employee:
    return db.session.get_one(Employee, person.id)


def many_people(number: int) -> None:
    rows = [
        DirectoryRow(
            place, f"E{place}", f"Person {place:05}", team=f"Larkspur / Team {place % 60}", site=f"Site {place % 9}"
        )
        for place in range(number)
    ]
    directory_operations.import_directory(rows, actor_id=None, at=utcnow())


def test_the_list_counts_and_names_people(owner, cast):
    page = text_of(owner.get("/people"))
    assert "10 people work here, 1 deactivated." in page
    assert "Ben Harrowgate p-108 Care Porto Porto Dev Marrowick" in page
    assert "Petra Lindqvale p-101 Larkspur Porto Programme owner" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=harrow", ["Ben Harrowgate"]),
        ("q=BEN@larkspur", ["Ben Harrowgate"]),
        ("q=p-111", ["Tomás Eberlake"]),
        ("q=otto+brandy", ["Otto Brandysnap"]),
        ("q=%25", []),
        ("q=_", []),
        ("role=owner", ["Petra Lindqvale"]),
        ("state=deactivated", ["Lena Ashgrove"]),
        ("site=Leeds", ["Carla Windermoss"]),
        ("state=nonsense&role=nonsense&page=-3&q=lena", ["Lena Ashgrove"]),
        ("page=999&q=lena", ["Lena Ashgrove"]),
    ],
)
def test_the_list_is_searched_and_narrowed(owner, query, names):
    page = owner.get(f"/people?{query}")
    found = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page.text)
    assert found == names
    assert f"{len(names)} {'person fits' if len(names) == 1 else 'people fit'}, of 11." in text_of(page)
    assert ("Nobody fits these filters" in page.text) == (not names)


def test_a_team_in_the_list_covers_those_below_it(owner, cast):
    page = text_of(owner.get(f"/people?team={cast.care}&state=active"))
    assert "5 people fit, of 11." in page
    assert "In Larkspur / Care and the teams below it." in page
    assert owner.get("/people?team=99999").status_code == 404


def test_an_owner_alone_is_told_what_to_do(app, cli, client_of):
    cli.invoke(args=["people", "create-owner", "Petra Lindqvale", "petra@larkspur.example"])
    petra = db.session.scalars(select(Employee)).one()
    page = text_of(client_of(petra).get("/people"))
    assert "Nobody but you is here yet" in page
    assert "Filter" not in page


def test_a_long_list_is_paged_and_keeps_its_filters(owner):
    many_people(140)
    page = owner.get("/people?q=person&page=2")
    assert "51 to 100 of 140 people" in text_of(page)
    assert 'href="?q=person&amp;page=3"' in page.text
    assert "Person 00050" in page.text


@pytest.mark.parametrize("size", [10, 1500])
def test_pages_cost_as_much_for_many_as_for_few(owner, cast, statements, size):
    many_people(size)
    row = db.session.scalars(select(Employee.id).where(Employee.external_id == "E7")).one()
    team = db.session.scalars(select(Team.id).where(Team.name == "Team 7")).one()
    for address in (
        "/people?q=person&role=&page=1",
        f"/people/{row}",
        f"/people/{row}/edit",
        "/teams",
        f"/teams/{team}",
    ):
        with statements() as sent:
            assert owner.get(address).status_code == 200
        assert len(sent) <= 12, f"{address}\n{sent}"


def test_a_person_is_entered_and_then_known(owner, cast):
    answer = owner.post("/people/new", data={**FILLED, "external_id": "LK-77"})
    nell = db.session.scalars(select(Employee).where(Employee.external_id == "LK-77")).one()
    assert answer.location == f"/people/{nell.id}"
    assert (nell.email, nell.languages, nell.manager_id, nell.team_id) == (
        "nell@larkspur.example", "en;pt", cast.dev.id, cast.care_porto,
    )  # fmt: skip
    page = text_of(owner.get(answer.location))
    assert "Nell Fairbrook is entered." in page
    assert "Nell Fairbrook works in Care Porto and holds no roles." in page
    assert "Account created by Petra Lindqvale" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Enter the name."),
        ({"email": "nell"}, "Not an e-mail address."),
        ({"email": "ben@larkspur.example"}, "Ben Harrowgate has this e-mail address already."),
        ({"external_id": "p-108"}, "Ben Harrowgate has this id already."),
        ({"team": "Care Porto"}, "There is no team of this name. Did you mean Larkspur / Care / Care Porto?"),
        ({"team": "Larkspur / / Care"}, "A part of the team"),
        ({"manager": "nobody"}, "Nobody has this id or e-mail address."),
        ({"languages": "English"}, "Not a language."),
        ({"time_zone": "Europe/Lisbn"}, "Did you mean Europe/Lisbon?"),
        ({"starts_on": "9.3.2026"}, "Write the day as 2026-11-23."),
        ({"ends_on": "2026-03-08"}, "The last day is before the first."),
    ],
)
def test_a_form_with_a_fault_keeps_what_was_typed_and_stores_nothing(owner, cast, wrong, words):
    answer = owner.post("/people/new", data={**FILLED, **wrong})
    assert answer.status_code == 422
    assert words in text_of(answer).replace("&#39;", "'")
    kept = "email" if "name" in wrong else "name"
    assert f'value="{FILLED[kept].lower() if kept == "email" else FILLED[kept]}"' in answer.text
    assert len(db.session.scalars(select(Employee.id)).all()) == len(cast.people)


def test_a_new_team_is_added_when_one_says_so(owner, cast):
    owner.post("/people/new", data={**FILLED, "team": "Larkspur / Legal / Patents", "new_team": "y"})
    legal = db.session.scalars(select(Team).where(Team.name == "Legal")).one()
    assert legal.parent_id == cast.company


def test_a_change_is_shown_and_a_cycle_of_managers_refused(owner, cast):
    page = owner.get(f"/people/{cast.dev.id}/edit")
    assert 'value="p-101"' in page.text
    assert "now Petra Lindqvale" in page.text
    form = {"name": "Dev Marrowick", "email": "dev@larkspur.example", "team": "Larkspur / Sales", "time_zone": "UTC"}
    refused = owner.post(f"/people/{cast.dev.id}/edit", data={**form, "manager": cast.ben.external_id})
    assert refused.status_code == 422
    assert "the managers would form a cycle" in refused.text
    assert the(cast.dev).team_id == cast.care
    owner.post(f"/people/{cast.dev.id}/edit", data=form)
    assert (the(cast.dev).team_id, the(cast.dev).manager_id) == (cast.sales, None)
    again = done(owner, f"/people/{cast.dev.id}/edit", form)
    assert "Nothing was different" in again.text
    assert "Team changed: from Care to Sales" in text_of(again)


def test_a_role_is_granted_and_ended(owner, cast):
    granted = done(owner, f"/people/{cast.ben.id}/roles", {"role": "reviewer"})
    assert "Ben Harrowgate is reviewer from now on." in granted.text
    grant = db.session.scalars(select(RoleGrant).where(RoleGrant.employee_id == cast.ben.id)).one()
    ended = done(owner, f"/people/{cast.ben.id}/roles/{grant.id}/end")
    assert "holds no roles" in text_of(ended)
    assert "The role has ended." in ended.text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"role": ""}, "Choose a role."),
        ({"role": "manager"}, "A manager needs a team"),
        ({"role": "manager", "team": "Nowhere"}, "There is no team of this name."),
        ({"role": "reviewer", "ends_on": "2020-01-01"}, "The end lies in the past."),
        ({"role": "emperor"}, "Not a valid choice."),
    ],
)
def test_a_grant_with_a_fault_is_refused_in_words(owner, cast, form, words):
    answer = owner.post(f"/people/{cast.ben.id}/roles", data=form)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.employee_id == cast.ben.id)).all() == []


def test_owners_do_nothing_to_their_own_roles_and_account(owner, cast):
    page = text_of(owner.get(f"/people/{cast.petra.id}"))
    assert "Nobody grants a role to themselves." in page
    assert "Deactivate" not in page
    assert owner.post(f"/people/{cast.petra.id}/roles", data={"role": "reviewer"}).status_code == 422
    grant = db.session.scalars(select(RoleGrant.id).where(RoleGrant.employee_id == cast.petra.id)).one()
    told = done(owner, f"/people/{cast.petra.id}/roles/{grant}/end")
    assert "Nobody would be left to run the programme." in told.text
    told = done(owner, f"/people/{cast.petra.id}/deactivate")
    assert "You cannot deactivate your own account." in told.text


def test_a_role_of_somebody_else_is_not_there_to_be_ended(owner, cast):
    grant = db.session.scalars(select(RoleGrant.id).where(RoleGrant.employee_id == cast.rafa.id)).one()
    assert owner.post(f"/people/{cast.ben.id}/roles/{grant}/end").status_code == 404


def test_deactivation_signs_out_at_once_and_is_taken_back(owner, cast, client_of):
    ben = client_of(cast.ben)
    assert "1 sign-in session ends at once" in text_of(owner.get(f"/people/{cast.ben.id}"))
    told = done(owner, f"/people/{cast.ben.id}/deactivate")
    assert "is signed out everywhere" in told.text
    assert ben.get("/account").status_code == 302
    assert "Ben Harrowgate is deactivated since" in text_of(told)
    told = done(owner, f"/people/{cast.ben.id}/reactivate")
    assert "Ben Harrowgate can sign in again." in told.text
    assert "Account reactivated" in text_of(told)


def test_a_link_goes_out_by_mail_and_works_once(owner, cast, client):
    told = done(owner, f"/people/{cast.ben.id}/link")
    assert "A link is on its way to ben@larkspur.example." in told.text
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.to, "Petra Lindqvale sends you a link" in mail.text) == ("ben@larkspur.example", True)
    address = re.search(r"http://127\.0\.0\.1:5000(/password/\S+)", mail.text)
    assert address is not None
    assert "Choose a new password" in client.get(address[1]).text
    owner.post(f"/people/{cast.ben.id}/link")
    assert client.get(address[1]).status_code == 404


def test_no_link_goes_to_whoever_has_left_or_has_no_address(owner, cast):
    told = done(owner, f"/people/{cast.lena.id}/link")
    assert "This account is not active" in told.text
    the(cast.ben).email = None
    told = done(owner, f"/people/{cast.ben.id}/link")
    assert "has no e-mail address" in told.text
    assert db.session.scalars(select(OutgoingMail)).all() == []


@pytest.mark.parametrize("address", ["/people", "/people/new", "/teams", "/settings", "/audit", "/people/{ben}"])
def test_nobody_but_owners_opens_these_pages(cast, client_of, client, address):
    address = address.format(ben=cast.ben.id)
    for person in (cast.ben, cast.dev, cast.amara, cast.rafa):
        assert client_of(person).get(address).status_code == 403
    assert client.get(address).status_code == 302
