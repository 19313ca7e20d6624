"""The help network: people for owners, teams of five and more for managers, and never a line that a few people make."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import ActivityEvent
from champions.network.help_map import people_map, team_map
from champions.runs.operations import compute_run
from champions.scoring.building import ColumnsBuilder
from champions.scoring.parameters import Parameters
from db import db
from people.models import Employee
from tests.champions.scoring.communities import NOW as LATER
from tests.champions.scoring.communities import grown
from tests.support.cast import NOW
from tests.support.helping import help_each_other


def columns_of(*helps, teams):
    builder = ColumnsBuilder()
    for person, team in teams.items():
        builder.person(person, team=team)
    for helper, helped in helps:
        builder.event(LATER - 1, helper, "answer", target=helped)
    return builder.columns()


def teams_of(**sizes):
    return {f"{team}{number}": team for team, size in sizes.items() for number in range(size)}


def test_a_team_under_five_is_not_drawn():
    helps = [(f"a{n}", f"b{n}") for n in range(4)] + [(f"a{n}", f"c{n}") for n in range(5)]
    found = team_map(columns_of(*helps, teams=teams_of(a=6, b=4, c=5)), 5)
    assert {node.key for node in found.nodes} == {"a", "c"}
    assert [(line.one, line.other, line.times) for line in found.lines] == [("a", "c", 5)]


def test_a_line_that_fewer_than_five_people_make_is_not_drawn():
    helps = [("a0", "b0")] * 90 + [("a0", "b1")] * 5
    found = team_map(columns_of(*helps, teams=teams_of(a=6, b=6)), 5)
    assert found.lines == ()


def test_help_within_a_team_and_to_oneself_ties_nobody():
    found = team_map(columns_of(("a0", "a1"), ("a2", "a2"), teams=teams_of(a=9, b=9)), 5)
    assert found.nodes == ()
    assert len(people_map(columns_of(("a0", "a1"), teams=teams_of(a=3))).lines) == 1


def test_of_very_many_people_those_with_most_ties_are_drawn():
    helps = [(f"a{n}", "hub") for n in range(20)]
    found = people_map(columns_of(*helps, teams={**teams_of(a=20), "hub": "b"}), most=6)
    assert len(found.nodes) == 6
    assert "hub" in {node.key for node in found.nodes}
    assert found.hidden == 15


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1000))
def test_the_picture_is_the_same_each_time_and_fits_its_frame(seed):
    columns = grown(seed).columns()
    found = people_map(columns)
    assert found == people_map(columns)
    assert all(0 <= node.x <= 1 and 0 <= node.y <= 1 for node in found.nodes)
    drawn = {node.key for node in found.nodes}
    assert all({line.one, line.other} <= drawn for line in found.lines)


@pytest.fixture
def helped(cast):
    """Teams that help each other, and one run."""
    return help_each_other(cast)


def test_the_owner_sees_teams_and_people(cast, helped, client_of):
    client = client_of(cast.petra)
    teams = client.get("/help-network").text
    assert "Care Leeds and Sales" in teams
    assert "Leeds 3" not in teams
    people = client.get("/help-network?show=people").text
    assert "Leeds 3" in people


def test_a_manager_sees_the_lines_of_the_own_teams_and_no_person(cast, helped, client_of):
    for address in ("/help-network", "/help-network?show=people"):
        text = client_of(cast.dev).get(address).text
        assert "Care Porto and Sales" in text
        assert "Care Leeds" not in text
        assert "Porto 3" not in text


def test_who_opted_out_since_is_in_no_picture(cast, helped, client_of):
    helped["leeds"][3].opted_out_at = NOW
    db.session.commit()
    assert "Leeds 3" not in client_of(cast.petra).get("/help-network?show=people").text


def test_without_a_run_the_page_says_so(cast, client_of):
    assert "There is no picture yet" in client_of(cast.petra).get("/help-network").text


@pytest.mark.parametrize("name", ["ben", "rafa", "amara"])
def test_the_network_is_for_owners_and_managers(cast, helped, client_of, name):
    assert client_of(getattr(cast, name)).get("/help-network").status_code == 403


def test_the_page_keeps_to_its_statements(cast, helped, client_of, statements):
    for person in (cast.petra, cast.dev):
        client = client_of(person)
        with statements() as sent:
            client.get("/help-network?show=people")
        assert len(sent) <= 12, str(sent)


@pytest.fixture
def crowd(cast):
    """More people than the server draws, each helping the next few."""
    people = [
        Employee(external_id=f"crowd-{n}", name=f"Crowd {n}", team_id=cast.sales, created_at=NOW) for n in range(220)
    ]
    db.session.add_all(people)
    db.session.flush()
    for number, person in enumerate(people):
        for step in (1, 2, 7):
            event = {"source": "desk", "external_id": f"{number}-{step}", "at": NOW.replace(hour=1), "verb": "answer"}
            target = people[(number + step) % len(people)].id
            db.session.add(ActivityEvent(employee_id=person.id, target_id=target, **event))
    said = {"parameters": Parameters(), "created_by_id": None, "at": NOW, "progress": lambda *step: None}
    compute_run(as_of=NOW, **said)
    db.session.commit()
    return people


def test_the_points_are_those_of_the_picture_and_more(cast, crowd, client_of):
    found = client_of(cast.petra).get("/help-network/points?show=people").json
    assert len(found["nodes"]) == 220
    assert len(found["lines"]) == 660
    for x, y, name, helped, was_helped in found["nodes"]:
        assert 0 <= x <= 1
        assert 0 <= y <= 1
        assert name.startswith("Crowd ")
        assert (helped, was_helped) == (3, 3)
    assert all(0 <= one < 220 and 0 <= other < 220 for one, other, _ in found["lines"])


def test_the_points_of_a_manager_are_teams_in_scope(cast, helped, client_of):
    found = client_of(cast.dev).get("/help-network/points?show=people").json
    assert {node[2] for node in found["nodes"]} == {"Care Porto", "Sales"}


def test_the_points_name_nobody_who_opted_out(cast, crowd, client_of):
    crowd[3].opted_out_at = NOW
    db.session.commit()
    found = client_of(cast.petra).get("/help-network/points?show=people").json
    assert "Crowd 3" not in {node[2] for node in found["nodes"]}
    assert len(found["nodes"]) == 219


def test_without_a_run_there_are_no_points(cast, client_of):
    assert client_of(cast.petra).get("/help-network/points").status_code == 404


def test_thousands_are_laid_out_each_near_whom_they_are_tied_to():
    columns = grown(5, people=900, threads=1500).columns()
    found = people_map(columns, most=900)
    assert found == people_map(columns, most=900)
    assert len(found.nodes) > 500
    at = {node.key: (node.x, node.y) for node in found.nodes}
    far = [math.dist(at[line.one], at[line.other]) for line in found.lines]
    assert sum(far) / len(far) < 0.45  # two random points of the square are 0.52 apart


@pytest.mark.browser
def test_the_browser_draws_everybody(cast, crowd, page, open_page, sign_in, check_page, shot):
    sign_in(page, cast.petra).goto("/help-network?show=people")
    check_page(page)
    drawn = sign_in(open_page(), cast.petra)
    drawn.goto("/help-network?show=people")
    drawn.get_by_role("button", name="Draw all 220 people").click()
    canvas = drawn.locator("#points canvas")
    canvas.wait_for(state="visible")
    assert not drawn.locator("#drawing").is_visible()
    canvas.press("+")
    canvas.press("ArrowLeft")
    shot(drawn, "help-network-points")
    drawn.get_by_role("button", name="Back to the drawing of 150").click()
    assert drawn.locator("#drawing").is_visible()
    plain = sign_in(open_page(script=False), cast.petra)
    plain.goto("/help-network?show=people")
    assert plain.locator("#drawing").is_visible()
    assert not plain.get_by_role("button", name="Draw all 220 people").is_visible()
