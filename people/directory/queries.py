"""What an import of the directory has to know before it begins, in four statements."""

from datetime import datetime

from sqlalchemy import select

from db import db
from people.directory.drafts import Company, Facts, Known
from people.models import Employee, Team
from people.roles import queries as role_queries
from people.settings.company_settings import company_settings


def company(at: datetime, *, lock: bool) -> Company:
    """Everybody, the active owners and the usual time zone; `lock` holds the people until the transaction ends."""
    teams = {row.id: row.full_name for row in db.session.execute(select(Team.id, Team.full_name))}
    query = select(
        Employee.id,
        Employee.external_id,
        Employee.name,
        Employee.email,
        Employee.team_id,
        Employee.manager_id,
        Employee.site,
        Employee.languages,
        Employee.time_zone,
        Employee.starts_on,
        Employee.ends_on,
        Employee.job,
        Employee.deactivated_at,
    ).order_by(Employee.id)
    people = {}
    for row in db.session.execute(query.with_for_update() if lock else query):
        facts = Facts(
            name=row.name,
            email=row.email,
            team=teams.get(row.team_id),
            manager=row.manager_id,
            site=row.site,
            languages=row.languages,
            time_zone=row.time_zone,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            job=row.job,
        )
        people[row.external_id] = Known(row.id, row.external_id, facts, row.deactivated_at is not None)
    owners = role_queries.active_owners(at, lock=lock)
    return Company(people, owners, at.date(), company_settings().get("time_zone", "UTC"))


def team_names() -> set[str]:
    """The full names of all teams."""
    return set(db.session.scalars(select(Team.full_name)))
