"""The manager's report: whose team, what it shows, and what it never gives away."""

from db import db
from people.models import Employee
from tests.support.cast import NOW
from tests.support.scored import scored_run


def grow(team_id: int, number: int, prefix: str) -> None:
    rows = [
        Employee(external_id=f"{prefix}{n}", name=f"{prefix} {n}", team_id=team_id, created_at=NOW)
        for n in range(number)
    ]
    db.session.add_all(rows)
    db.session.commit()


def test_a_manager_sees_the_own_team(cast, client_of):
    grow(cast.care_porto, 4, "Porto")
    client = client_of(cast.dev)
    first = client.get("/reports")
    assert first.location == f"/reports/teams/{cast.care_porto}"
    assert "Care Porto" in client.get(first.location).text


def test_another_managers_team_does_not_exist(cast, client_of):
    for address in (f"/reports/teams/{cast.sales}", f"/reports/teams/{cast.sales}.csv", "/reports/teams/99999"):
        assert client_of(cast.dev).get(address).status_code == 404


def test_an_employee_sees_no_report(cast, client_of):
    assert client_of(cast.ben).get("/reports").status_code == 403
    assert client_of(cast.ben).get(f"/reports/teams/{cast.care_porto}").status_code == 403


def test_a_team_under_five_people_is_not_shown_alone(cast, client_of):
    page = client_of(cast.petra).get(f"/reports/teams/{cast.sales}")
    assert "too small to be shown alone" in page.text


def test_a_team_from_which_a_small_one_could_be_worked_out_is_not_shown_alone(cast, client_of):
    scored_run(cast)  # puts forty people into Care Leeds; Care Porto stays under five
    page = client_of(cast.petra).get(f"/reports/teams/{cast.care_leeds}")
    assert "too small to be shown alone" in page.text


def test_no_score_stands_in_a_report(cast, client_of):
    scored_run(cast)
    grow(cast.care_porto, 6, "Porto")
    text = client_of(cast.dev).get(f"/reports/teams/{cast.care_porto}").text
    assert "You do not see scores" in text
    assert "surely among the few" not in text


def test_the_report_keeps_to_its_statements(cast, client_of, statements):
    scored_run(cast)
    client = client_of(cast.petra)
    with statements() as sent:
        assert client.get(f"/reports/teams/{cast.company}").status_code == 200
    assert len(sent) <= 12, str(sent)


def test_where_nothing_is_imported_any_more_the_twelve_months_end_with_the_outcomes(cast, client_of):
    scored_run(cast)
    page = client_of(cast.petra).get(f"/reports/teams/{cast.company}").text
    assert "The newest outcome that was imported is of" in page
    assert "No outcome in twelve months" not in page
