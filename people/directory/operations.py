"""The import of a staff directory: everything or nothing, in a few statements whatever the size.

People are known by their external id; a second import of the same file changes nothing. Nothing here commits.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from db import bulk_insert, bulk_upsert, db, in_batches, table_of
from people.auditing import audit
from people.directory import queries as directory_queries
from people.directory.drafts import Company, Draft, Plan
from people.directory.plan import make_plan
from people.directory.rows import COLUMNS, DirectoryReport, DirectoryRow, Progress
from people.models import Employee
from people.teams import manager_operations as team_manager_operations
from people.teams import operations as team_operations

BATCH = 500
WRITTEN = (
    "name", "email", "team_id", "manager_id", "site", "languages", "time_zone", "starts_on", "ends_on", "job",
)  # fmt: skip


def import_directory(
    rows: Iterable[DirectoryRow],
    *,
    actor_id: int | None,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    columns: Collection[str] = COLUMNS,
) -> DirectoryReport:
    """Create and update employees and teams from `rows`, and name the managers of teams.

    `columns` are those of COLUMNS that the file has: the others are left as they are, and an empty cell empties (all
    but the name and the time zone). A row with a fault is reported and left out; an unknown manager or a cycle of
    managers is reported and the person taken without. Employees whom the file does not name are listed and left alone.
    With `dry_run` nothing is written and the report is the same, save for the roles.
    """
    told = progress or _Silent()
    rows = list(rows)
    total = len(rows)
    told.report(0, total, "Comparing with the people who are known")
    company = directory_queries.company(at, lock=not dry_run)
    plan = make_plan(rows, company, columns)
    known_teams = directory_queries.team_names()
    wanted = {draft.facts.team for draft in plan.drafts.values() if draft.facts.team}
    report = _report(plan, teams_created=len(team_operations.missing_teams(wanted, known_teams)))
    if dry_run:
        told.report(total, total, "Nothing is written: this was a dry run")
        return report
    told.report(total // 4, total, "Writing teams and people")
    teams = team_operations.add_teams(wanted)
    _write(plan, teams, company, at)
    told.report(3 * total // 4, total, "Naming the managers of teams")
    audit.append_many(_decisions(plan, report, teams), actor_id=actor_id, at=at)
    managers = team_manager_operations.name_managers(actor_id=actor_id, at=at)
    db.session.expire_all()
    told.report(total, total, "Done")
    return replace(report, managers_named=managers.granted, managers_ended=managers.ended)


class _Silent:
    def report(self, done: int, total: int, message: str) -> None:
        """Nobody listens."""


def _report(plan: Plan, teams_created: int) -> DirectoryReport:
    created, updated = len(plan.created), len(plan.updated)
    return DirectoryReport(
        created=created,
        updated=updated,
        unchanged=len(plan.drafts) - created - updated,
        rejected=plan.rows - len(plan.drafts),
        teams_created=teams_created,
        problems=tuple(plan.problems),
        missing=tuple(plan.missing),
        deactivated=sum(draft.known.deactivated for draft in plan.drafts.values() if draft.known),
    )


def _write(plan: Plan, teams: dict[str, int], company: Company, at: datetime) -> None:
    """First the new people, without managers; then, with every id known, all that changes and all links."""
    table = table_of(Employee)
    _set_free(plan, company)
    bulk_insert(table, [_row(draft, teams, None, at) for draft in plan.created])
    ids: dict[Any, int] = {person.id: person.id for person in company.people.values()}
    if plan.created:
        ids.update({row.external_id: row.id for row in db.session.execute(select(Employee.external_id, Employee.id))})
    linked = [draft for draft in plan.created if draft.facts.manager is not None]
    rows = [_row(draft, teams, ids.get(draft.facts.manager), at) for draft in (*plan.updated, *linked)]
    bulk_upsert(table, rows, key="external_id", columns=WRITTEN)


def _row(draft: Draft, teams: dict[str, int], manager_id: int | None, at: datetime) -> dict[str, Any]:
    facts = draft.facts
    return {
        "external_id": draft.external_id,
        "name": facts.name,
        "email": facts.email,
        "team_id": teams[facts.team] if facts.team else None,
        "manager_id": manager_id,
        "site": facts.site,
        "languages": facts.languages,
        "time_zone": facts.time_zone,
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "job": facts.job,
        "created_at": at,
    }


def _set_free(plan: Plan, company: Company) -> None:
    """Take addresses from those who give them up to others, and give people entered by hand their directory id."""
    wanted = {draft.facts.email for draft in plan.drafts.values() if draft.facts.email}
    giving = [
        draft.known.id
        for draft in plan.updated
        if draft.known and draft.known.facts.email in wanted and draft.known.facts.email != draft.facts.email
    ]
    for batch in in_batches(giving, BATCH):
        db.session.execute(update(Employee).where(Employee.id.in_(batch)).values(email=None))
    table = table_of(Employee)
    recognised = [
        {"of": draft.known.id, "to": draft.external_id}
        for draft in plan.updated
        if draft.known and draft.known.external_id != draft.external_id
    ]
    if recognised:
        statement = update(table).where(table.c.id == bindparam("of")).values(external_id=bindparam("to"))
        db.session.execute(statement, recognised)


def _decisions(plan: Plan, report: DirectoryReport, teams: dict[str, int]) -> Iterator[audit.Decision]:
    """The import as a whole, and for each person a change of team or of the address that signs in."""
    counts = {"created": report.created, "updated": report.updated, "rejected": report.rejected}
    yield audit.Decision(audit.Verb.DIRECTORY_IMPORTED, None, counts)
    for draft in plan.updated:
        before = draft.known.facts if draft.known else draft.facts
        subject = draft.known.id if draft.known else None
        if before.team != draft.facts.team:
            moved = {"from": teams.get(before.team or ""), "to": teams.get(draft.facts.team or ""), "by": "directory"}
            yield audit.Decision(audit.Verb.TEAM_CHANGED, subject, moved)
        if before.email != draft.facts.email:
            yield audit.Decision(audit.Verb.ACCOUNT_EDITED, subject, {"facts": ["email"], "by": "directory"})
