"""The pages of teams: the tree, one team, and naming a manager."""

import re

import pytest

from db import db, utcnow
from people.directory import operations as directory_operations
from people.directory.rows import DirectoryRow
from people.models import Employee, Team
from people.teams import queries as team_queries


@pytest.fixture
def owner(cast, client_of):
    return client_of(cast.petra)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def test_the_tree_shows_people_and_managers_in_order(owner):
    page = owner.get("/teams")
    names = re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', page.text)
    assert names == ["Larkspur", "Care", "Care Leeds", "Care Porto", "Sales"]
    assert "10 people work in 5 teams." in text_of(page)
    assert "Care Porto Dev Marrowick 3 3" in text_of(page)
    assert "2 teams have no manager who is here." in text_of(page)


def test_a_search_finds_teams_and_managers_and_shows_the_path(owner):
    page = text_of(owner.get("/teams?q=porto"))
    assert "1 team fits, of 5." in page
    assert "Larkspur / Care / Care Porto" in page
    assert "Sales" in text_of(owner.get("/teams?q=thackery"))
    assert "No team fits" in owner.get("/teams?q=zzz").text


def test_a_team_that_everybody_left_is_found_but_not_in_the_tree(owner, cast):
    for person in (cast.tomas, cast.mina):
        db.session.get_one(Employee, person.id).team_id = cast.care
    page = text_of(owner.get("/teams"))
    assert "10 people work in 4 teams." in page
    assert "1 team without people is left out" in page
    assert "Sales" not in page
    assert "1 team fits, of 5." in text_of(owner.get("/teams?q=sales"))


def test_without_teams_one_is_told_where_they_come_from(app, cli, client_of):
    cli.invoke(args=["people", "create-owner", "Petra", "petra@larkspur.example"])
    assert "No teams yet" in client_of(db.session.query(Employee).one()).get("/teams").text


def test_a_big_tree_is_paged(owner):
    rows = [DirectoryRow(number, f"E{number}", team=f"Larkspur / Team {number:03}") for number in range(230)]
    directory_operations.import_directory(rows, actor_id=None, at=utcnow())
    page = text_of(owner.get("/teams?page=2"))
    assert "101 to 200 of 235 teams" in page


def test_a_team_shows_where_it_stands_and_who_is_in_it(owner, cast):
    page = text_of(owner.get(f"/teams/{cast.care}"))
    assert "Care has 5 people, one directly and the others in 2 teams below." in page
    assert "Teams · Larkspur" in page
    assert "Dev Marrowick Petra Lindqvale" in page
    leaf = text_of(owner.get(f"/teams/{cast.care_porto}"))
    assert "Care Porto has 3 people." in leaf
    assert "Lena" not in leaf
    assert owner.get("/teams/99999").status_code == 404


def test_a_manager_is_named_by_id_or_address_and_refused_in_words(owner, cast):
    address = f"/teams/{cast.care_porto}/manager"
    answer = owner.post(address, data={"who": "AMARA@larkspur.example"})
    page = text_of(owner.get(answer.location))
    assert "Amara Quillfeather manages Care Porto from now on." in page
    assert "Amara Quillfeather named by a person" in page
    assert "Dev" not in page.split("Who sees its report")[1]
    for who, words in (
        ("nobody", "Nobody has this id"),
        ("p-101", "to themselves"),
        (" ", "Say who"),
        ("p-109", "not active"),
    ):
        answer = owner.post(address, data={"who": who})
        assert answer.status_code == 422
        assert words in answer.text
    assert db.session.get_one(Team, cast.care_porto).manager_id == cast.amara.id


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Care Porto", "Larkspur / Care / Care Porto"),
        ("larkspur / care / care porto", "Larkspur / Care / Care Porto"),
        ("Larkspur / Care / Care Prto", "Larkspur / Care / Care Porto"),
        ("Quite something else", None),
    ],
)
def test_a_team_that_may_have_been_meant_is_found(said, meant):
    known = ["Larkspur", "Larkspur / Care", "Larkspur / Care / Care Porto", "Larkspur / Sales"]
    assert team_queries.near(said, known) == meant
