"""Who manages a team: as follows from the directory, or as a person says. Nothing here commits."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from db import bulk_insert, bulk_upsert, db, in_batches, table_of
from people.auditing import audit
from people.employees.management_lines import team_manager
from people.models import Employee, Role, RoleGrant, Team
from people.roles import operations as role_operations
from people.roles import queries as role_queries

BATCH = 500


@dataclass(frozen=True)
class ManagersNamed:
    """How many roles of managers an import granted and ended."""

    granted: int
    ended: int


def name_managers(*, actor_id: int | None, at: datetime) -> ManagersNamed:
    """Give every team the manager who follows from the lines of management, and the role that goes with it.

    The rule is that of `management_lines.team_manager`; only active employees may manage. What a person decided stands:
    a role that a person granted is never ended here, a team whose manager a person named keeps them while they are
    active, and a role that a person ended is not given again until the team's manager changes.
    """
    columns = (Team.id, Team.name, Team.full_name, Team.path, Team.manager_id)
    teams = db.session.execute(select(*columns).order_by(Team.id).with_for_update()).all()
    grants = db.session.scalars(
        select(RoleGrant).where(RoleGrant.role == Role.MANAGER, role_queries.is_live(at)).with_for_update()
    ).all()
    changed = _changed_managers(teams, grants, at)
    rows = [
        {
            "id": team.id,
            "name": team.name,
            "full_name": team.full_name,
            "path": team.path,
            "manager_id": changed[team.id],
        }
        for team in teams
        if team.id in changed
    ]
    bulk_upsert(table_of(Team), rows, key="id", columns=["manager_id"])
    ended = [
        grant
        for grant in grants
        if grant.granted_by_id is None and grant.team_id in changed and grant.employee_id != changed[grant.team_id]
    ]
    held = {(grant.employee_id, grant.team_id) for grant in grants}
    new = [(person, team) for team, person in changed.items() if person is not None and (person, team) not in held]
    _end(ended, at)
    _grant(new, at)
    decisions = [_decision(audit.Verb.ROLE_ENDED, grant.employee_id, grant.team_id) for grant in ended]
    decisions += [_decision(audit.Verb.ROLE_GRANTED, person, team) for person, team in new]
    audit.append_many(decisions, actor_id=actor_id, at=at)
    return ManagersNamed(len(new), len(ended))


def set_manager(team: Team, employee: Employee, *, actor_id: int | None, at: datetime) -> None:
    """Make an active employee the manager of a team, by a person's word, and end the role of the one before.

    Raises RefusedError for whoever names themselves, or somebody who is not active.
    """
    db.session.scalars(select(Team).where(Team.id == team.id).with_for_update()).one()
    live = db.session.scalars(
        select(RoleGrant).where(RoleGrant.role == Role.MANAGER, RoleGrant.team_id == team.id, role_queries.is_live(at))
    ).all()
    held = [grant for grant in live if grant.employee_id == employee.id]
    if held:
        held[0].granted_by_id = actor_id or held[0].granted_by_id
    else:
        role_operations.grant_role(employee, Role.MANAGER, team_id=team.id, actor_id=actor_id, at=at)
    for grant in live:
        if grant.employee_id == team.manager_id != employee.id:
            role_operations.end_role(grant, actor_id=actor_id, at=at)
    team.manager_id = employee.id
    db.session.flush()


def _changed_managers(teams: Sequence[Any], grants: Sequence[RoleGrant], at: datetime) -> dict[int, int | None]:
    """The new manager of every team whose manager changes, by team."""
    people = db.session.execute(
        select(Employee.id, Employee.team_id, Employee.manager_id, role_queries.is_active(at).label("is_active"))
    ).all()
    active = {person.id for person in people if person.is_active}
    manager_of = {person.id: person.manager_id for person in people}
    direct: dict[int, list[int]] = defaultdict(list)
    for person in people:
        if person.is_active and person.team_id is not None:
            direct[person.team_id].append(person.id)
    below: dict[int, list[int]] = defaultdict(list)
    for team in teams:
        for above in team.path.split("/")[1:-2]:
            below[int(above)] += direct[team.id]
    by_hand = {(grant.employee_id, grant.team_id) for grant in grants if grant.granted_by_id is not None}
    named = {team.id: team_manager(direct[team.id], below[team.id], manager_of, active.__contains__) for team in teams}
    return {
        team.id: named[team.id]
        for team in teams
        if named[team.id] != team.manager_id
        and not (team.manager_id in active and (team.manager_id, team.id) in by_hand)
    }


def _end(grants: Sequence[RoleGrant], at: datetime) -> None:
    for batch in in_batches([grant.id for grant in grants], BATCH):
        db.session.execute(update(RoleGrant).where(RoleGrant.id.in_(batch)).values(ends_at=at))


def _grant(new: Sequence[tuple[int, int]], at: datetime) -> None:
    rows = [{"employee_id": person, "role": Role.MANAGER, "team_id": team, "starts_at": at} for person, team in new]
    bulk_insert(table_of(RoleGrant), rows)


def _decision(verb: audit.Verb, person: int, team: int | None) -> audit.Decision:
    return audit.Decision(verb, person, {"role": Role.MANAGER, "team": team, "by": "directory"})
