"""Whatever owners do to people, in whatever order, some things stay true. Played at random against a small model."""

from dataclasses import replace
from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from db import db
from people.access import in_scope
from people.directory.drafts import Facts
from people.directory.operations import import_directory
from people.directory.rows import DirectoryRow
from people.employees import operations as employee_operations
from people.employees.management_lines import cycles
from people.models import Employee, Role, RoleGrant, Team
from people.permissions import Permission
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import queries as role_queries
from people.viewer import Grant, Viewer
from tests.support.cast import NOW

NAMES = "abcdef"
TEAMS = ("Co", "Co / A", "Co / A / X", "Co / B")
someone = st.sampled_from(NAMES)
some_team = st.sampled_from(TEAMS)


class People(RuleBasedStateMachine):
    """Six people, four teams, and every deed of the owner's pages. Nothing is committed: the end undoes it all."""

    @initialize()
    def begin(self):
        db.session.rollback()
        self.at = NOW
        rows = [DirectoryRow(line, name, team=TEAMS[line % 4]) for line, name in enumerate(NAMES)]
        import_directory(rows, actor_id=None, at=NOW)
        role_operations.grant_role(self.row("a"), Role.OWNER, actor_id=None, at=NOW)
        self.reached = {"a": "Co", "b": "Co / A", "c": "Co / A / X", "d": "Co / B", "e": "Co", "f": "Co / A"}

    def teardown(self):
        db.session.rollback()

    def row(self, name: str) -> Employee:
        return db.session.scalars(select(Employee).where(Employee.external_id == name)).one()

    def team(self, full_name: str) -> Team:
        return db.session.scalars(select(Team).where(Team.full_name == full_name)).one()

    def attempt(self, deed, *args, **options) -> bool:
        """Do it a minute later; whether it was done. What is refused is undone, as a page would."""
        self.at += timedelta(minutes=1)
        with db.session.begin_nested() as part:
            try:
                deed(*args, **options, at=self.at)
            except RefusedError:
                part.rollback()
                return False
        return True

    @rule(who=someone, by=someone, role=st.sampled_from([Role.OWNER, Role.REVIEWER, Role.TRAINER]))
    def grant(self, who, by, role):
        done = self.attempt(role_operations.grant_role, self.row(who), role, actor_id=self.row(by).id)
        assert not (done and who == by)

    @rule(who=someone, team=some_team)
    def grant_a_team(self, who, team):
        self.attempt(role_operations.grant_role, self.row(who), Role.MANAGER, team_id=self.team(team).id, actor_id=None)

    @rule(place=st.integers(0, 9))
    def end_a_role(self, place):
        grants = db.session.scalars(select(RoleGrant).where(role_queries.is_live(self.at)).order_by(RoleGrant.id)).all()
        self.attempt(role_operations.end_role, grants[place % len(grants)], actor_id=None)

    @rule(who=someone, by=someone)
    def deactivate(self, who, by):
        done = self.attempt(employee_operations.deactivate_employee, self.row(who), actor_id=self.row(by).id)
        assert not (done and who == by)

    @rule(who=someone)
    def reactivate(self, who):
        self.attempt(employee_operations.reactivate_employee, self.row(who), actor_id=None)

    @rule(who=someone, team=some_team)
    def move(self, who, team):
        if self.attempt(employee_operations.move_employee, self.row(who), self.team(team).id, actor_id=None):
            self.reached[who] = team

    @rule(who=someone, manager=st.none() | someone, gone=st.booleans())
    def edit(self, who, manager, gone):
        facts = Facts(
            name=who,
            email=None,
            team=self.reached[who],
            manager=self.row(manager).id if manager else None,
            site="",
            languages="",
            time_zone="UTC",
            starts_on=None,
            ends_on=date(2026, 1, 1) if gone else None,
            job="",
        )
        self.attempt(employee_operations.edit_employee, self.row(who), facts, actor_id=None)

    @rule(team=some_team, managers=st.lists(st.sampled_from(["", *NAMES]), min_size=6, max_size=6))
    def take_in_a_directory(self, team, managers):
        rows = [
            DirectoryRow(line, name, team=self.reached[name], manager=manager)
            for line, (name, manager) in enumerate(zip(NAMES, managers, strict=True))
        ]
        rows[3] = replace(rows[3], team=team)
        self.attempt(import_directory, rows, actor_id=None)
        self.reached["d"] = team

    @invariant()
    def somebody_runs_the_programme(self):
        assert role_queries.active_owners(self.at)

    @invariant()
    def nobody_leads_themselves(self):
        links = {row.id: row.manager_id for row in db.session.execute(select(Employee.id, Employee.manager_id))}
        assert cycles(links) == []

    @invariant()
    def a_manager_reaches_exactly_the_people_of_the_team_and_below(self):
        for team in TEAMS:
            viewer = self.viewer(Grant(Role.MANAGER, self.team(team).path))
            found = select(Employee.external_id).where(in_scope(viewer, Permission.REPORTS_TEAM_VIEW))
            expected = {name for name, own in self.reached.items() if own == team or own.startswith(team + " / ")}
            assert set(db.session.scalars(found)) == expected

    def viewer(self, grant: Grant) -> Viewer:
        return Viewer(0, "Nobody", None, "", "", "", "", "UTC", "", "", (grant,))


def test_what_must_stay_true_does_whatever_is_done(app):
    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
