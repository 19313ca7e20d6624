"""Importing a staff directory into the database: all or nothing, and the same again changes nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from db import db
from people.auditing import audit
from people.auditing.models import AuditEntry
from people.directory.operations import import_directory
from people.directory.rows import DirectoryRow
from people.models import Employee, Role, RoleGrant, Team
from people.settings.company_settings import change_settings
from tests.support.cast import NOW

COMPANY = (
    DirectoryRow(2, "LK-1", "Petra", "petra@larkspur.example", "Larkspur", "", "Leeds", "en", "Europe/London"),
    DirectoryRow(3, "LK-2", "Dev", "dev@larkspur.example", "Larkspur / Care", "LK-1", "Porto", "pt;en"),
    DirectoryRow(4, "LK-3", "Ben", "ben@larkspur.example", "Larkspur / Care / Care Porto", "LK-2", "Porto", "pt"),
    DirectoryRow(5, "LK-4", "Amara", "amara@larkspur.example", "Larkspur / Care / Care Porto", "LK-2", "Porto", "pt"),
)


def take(*rows: DirectoryRow, at=NOW, **options):
    report = import_directory(rows, actor_id=None, at=at, **options)
    db.session.commit()
    return report


def person(external_id: str) -> Employee:
    return db.session.scalars(select(Employee).where(Employee.external_id == external_id)).one()


def managers(at=NOW) -> set[tuple[str, str]]:
    """Who holds the role of manager of which team."""
    query = (
        select(Employee.name, Team.name)
        .join(RoleGrant, RoleGrant.employee_id == Employee.id)
        .join(Team, Team.id == RoleGrant.team_id)
        .where(RoleGrant.ends_at.is_(None) | (RoleGrant.ends_at > at), RoleGrant.role == Role.MANAGER)
    )
    return {(row[0], row[1]) for row in db.session.execute(query)}


def test_a_first_import_makes_people_the_tree_of_teams_and_its_managers(app):
    report = take(*COMPANY)
    assert (report.created, report.updated, report.unchanged, report.rejected) == (4, 0, 0, 0)
    assert (report.teams_created, report.managers_named, report.problems) == (3, 3, ())
    ben, dev = person("LK-3"), person("LK-2")
    assert (ben.name, ben.email, ben.manager_id, ben.site) == ("Ben", "ben@larkspur.example", dev.id, "Porto")
    teams = {team.full_name: team for team in db.session.scalars(select(Team))}
    top, care, porto = (teams[name] for name in sorted(teams))
    assert (porto.name, porto.parent_id, porto.path) == ("Care Porto", care.id, f"/{top.id}/{care.id}/{porto.id}/")
    assert managers() == {("Petra", "Larkspur"), ("Dev", "Care"), ("Dev", "Care Porto")}


def test_the_same_again_changes_nothing_and_grants_nothing_twice(app):
    take(*COMPANY)
    report = take(*COMPANY, at=NOW + timedelta(days=1))
    assert (report.created, report.updated, report.unchanged) == (0, 0, 4)
    assert (report.managers_named, report.managers_ended, report.teams_created) == (0, 0, 0)
    assert db.session.scalar(select(func.count()).select_from(RoleGrant)) == 3


def test_a_change_updates_and_ends_the_role_of_the_manager_who_was(app):
    take(*COMPANY)
    rows = (COMPANY[0], replace(COMPANY[1], manager="LK-4"), replace(COMPANY[2], manager="LK-4"),
            replace(COMPANY[3], manager="LK-1", team="Larkspur / Care"))  # fmt: skip
    report = take(*rows, at=NOW + timedelta(days=1))
    assert (report.updated, report.unchanged) == (3, 1)
    assert (report.managers_named, report.managers_ended) == (2, 2)
    later = NOW + timedelta(days=2)
    assert managers(later) == {("Petra", "Larkspur"), ("Amara", "Care"), ("Amara", "Care Porto")}
    verbs = db.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.id)).all()
    assert verbs[-6:] == [
        "directory imported",
        "team changed",
        "role ended",
        "role ended",
        "role granted",
        "role granted",
    ]
    assert audit.verify() is None


def test_what_a_person_decided_about_managers_stands(app):
    take(*COMPANY)
    amara, porto = person("LK-4"), db.session.scalars(select(Team).where(Team.name == "Care Porto")).one()
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.team_id == porto.id)).all()
    grants[0].ends_at = NOW + timedelta(hours=1)  # ended by hand, and another named by hand
    porto.manager_id = amara.id
    by_hand = RoleGrant(
        employee_id=amara.id, role=Role.MANAGER, team_id=porto.id, starts_at=NOW, granted_by_id=person("LK-1").id
    )
    db.session.add(by_hand)
    db.session.commit()
    report = take(*COMPANY, at=NOW + timedelta(days=1))
    assert (report.managers_named, report.managers_ended) == (0, 0)
    assert ("Amara", "Care Porto") in managers(NOW + timedelta(days=1))
    gone = replace(COMPANY[3], ends_on=NOW.date())
    report = take(*COMPANY[:3], gone, at=NOW + timedelta(days=2))
    assert report.managers_named == 1
    assert ("Dev", "Care Porto") in managers(NOW + timedelta(days=3))


def test_a_dry_run_says_the_same_and_writes_nothing(app):
    report = take(*COMPANY, dry_run=True)
    assert (report.created, report.teams_created) == (4, 3)
    assert db.session.scalar(select(func.count()).select_from(Employee)) == 0
    assert db.session.scalar(select(func.count()).select_from(Team)) == 0
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_bad_rows_are_told_by_line_and_the_others_are_taken(app):
    report = take(
        replace(COMPANY[0], time_zone="Nowhere"),
        *COMPANY[1:],
        DirectoryRow(6, "LK-3", "Twice"),
        DirectoryRow(7, "LK-9", "Same address", "ben@larkspur.example"),
        DirectoryRow(8, "LK-8", "Gone", starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 1)),
    )
    assert (report.created, report.rejected) == (3, 4)
    assert [(problem.line, problem.column) for problem in report.problems] == [
        (2, "time_zone"), (3, "manager"), (6, "external_id"), (7, "email"), (8, "ends_on"),
    ]  # fmt: skip
    assert person("LK-2").manager_id is None


def test_addresses_change_hands_in_one_import(app):
    take(*COMPANY)
    ben, amara = COMPANY[2:]
    report = take(*COMPANY[:2], replace(ben, email=amara.email), replace(amara, email=ben.email))
    assert report.updated == 2
    assert (person("LK-3").email, person("LK-4").email) == ("amara@larkspur.example", "ben@larkspur.example")
    assert take(*COMPANY[:2], replace(ben, email=""), DirectoryRow(9, "LK-9", email=amara.email)).created == 1


def test_the_owner_entered_by_hand_is_found_again_in_the_directory(app):
    db.session.add(
        Employee(
            external_id="local-1", name="Petra", email="petra@larkspur.example", created_at=NOW, password_hash="kept"
        )
    )
    db.session.commit()
    report = take(*COMPANY)
    assert (report.created, report.updated) == (3, 1)
    assert (person("LK-1").password_hash, person("LK-1").site) == ("kept", "Leeds")


def test_people_whom_the_file_does_not_name_are_listed_and_left_alone(cast):
    report = take(*COMPANY)
    named = {person.external_id for person in report.missing}
    assert cast.ben.external_id in named
    assert cast.lena.external_id not in named  # has left already
    assert db.session.get_one(Employee, cast.ben.id).deactivated_at is None


def test_whoever_a_person_deactivated_stays_so(cast):
    report = take(DirectoryRow(2, cast.lena.external_id, "Lena Ashgrove", cast.lena.email), dry_run=True)
    assert report.deactivated == 1
    take(DirectoryRow(2, cast.lena.external_id, "Lena Ashgrove", cast.lena.email))
    assert db.session.get_one(Employee, cast.lena.id).deactivated_at is not None


def test_a_community_without_names_or_teams_comes_into_one_team(app):
    change_settings({"time_zone": "Asia/Tokyo"}, actor_id=None, at=NOW)
    report = take(DirectoryRow(2, "u1", starts_on=date(2020, 1, 1)), DirectoryRow(3, "u2"), columns=("starts_on",))
    assert report.created == 2
    assert (person("u1").name, person("u1").time_zone) == ("Person u1", "Asia/Tokyo")
    assert db.session.scalars(select(Team.full_name)).all() == ["Community"]
    assert person("u2").team_id == person("u1").team_id is not None


@pytest.mark.parametrize("size", [40, 4000])
def test_an_import_costs_a_few_statements_whatever_the_size(app, statements, size):
    rows = [
        DirectoryRow(number + 2, f"E{number}", team=f"Company / Team {number % 97}", manager=f"E{number // 10 or ''}")
        for number in range(1, size)
    ]
    with statements() as sent:
        take(*rows)
    batches = size // 1000 * 5 if db.engine.dialect.name == "postgresql" else 0
    assert len(sent) <= 26 + batches, str(sent)
    with statements() as sent:
        take(*[replace(row, job="Adviser") for row in rows])
    assert len(sent) <= 20 + batches, str(sent)


def test_progress_is_told_and_ends_at_the_end(app):
    heard = []

    class Listener:
        def report(self, done: int, total: int, message: str) -> None:
            heard.append((done, total))

    take(*COMPANY, progress=Listener())
    assert heard == sorted(heard)
    assert heard[0] == (0, 4)
    assert heard[-1] == (4, 4)


def test_an_import_that_is_rolled_back_leaves_nothing(app):
    import_directory(COMPANY, actor_id=None, at=NOW)
    db.session.rollback()
    for table in (Employee, Team, RoleGrant, AuditEntry):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
