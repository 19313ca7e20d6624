"""What an import of the directory will do, worked out without touching the database.

Rows that cannot be taken are rejected one by one and named; what remains can be written as a whole.
"""

from collections.abc import Collection, Mapping, Sequence

from people.directory.drafts import Company, Draft, Known, Plan
from people.directory.managers import link_managers
from people.directory.reading import draft_rows
from people.directory.rows import DirectoryRow, MissingPerson


def make_plan(rows: Sequence[DirectoryRow], company: Company, columns: Collection[str]) -> Plan:
    """Plan the import of `rows`; `columns` are those of COLUMNS that the file states, the others are left as they are.

    If no row names a team, new people go into one team "Community" and known ones stay where they are.
    """
    if "team" in columns and not any(row.team.strip() for row in rows):
        columns = set(columns) - {"team"}
    plan = Plan(len(rows))
    lines = draft_rows(plan, rows, company, columns)
    _keep_an_owner(plan, company)
    _reject_taken_emails(plan, company.people)
    if "manager" in columns:
        link_managers(plan, company.people, lines)
    met = lines.keys() | {draft.known.external_id for draft in plan.drafts.values() if draft.known}
    plan.missing = [
        MissingPerson(person.id, person.external_id, person.facts.name)
        for person in company.people.values()
        if person.external_id not in met and person.is_active(company.today) and not person.is_local
    ]
    plan.problems.sort()
    return plan


def _keep_an_owner(plan: Plan, company: Company) -> None:
    """Reject the rows that would leave nobody to run the programme."""
    leaving = [
        draft
        for draft in plan.drafts.values()
        if draft.known and draft.known.id in company.owners and _ends_before(draft, company)
    ]
    if leaving and len(leaving) == len(company.owners):
        for draft in leaving:
            plan.reject(
                draft, "ends_on", "The last programme owner would be gone", "Make somebody else an owner first."
            )


def _ends_before(draft: Draft, company: Company) -> bool:
    return draft.facts.ends_on is not None and draft.facts.ends_on < company.today


def _reject_taken_emails(plan: Plan, people: Mapping[str, Known]) -> None:
    """Reject rows whose address another line has claimed, or somebody keeps who is not in the file.

    Whoever is rejected keeps the address they had, which may be wanted by a third: hence the list of holders grows.
    """
    claims: dict[str, Draft] = {}
    for draft in list(plan.drafts.values()):
        first = claims.setdefault(draft.facts.email, draft) if draft.facts.email else draft
        if first is not draft:
            reason = f"The e-mail address stands on line {first.line} already"
            plan.reject(draft, "email", reason, "Each person has an address of their own, or none.")
    drafted = {draft.known.id for draft in plan.drafts.values() if draft.known}
    holders = [person for person in people.values() if person.facts.email and person.id not in drafted]
    while holders:
        holder = holders.pop()
        claim = claims.pop(holder.facts.email or "", None)
        if claim is not None:
            cure = f"Correct it here or at {holder.external_id}, who is not changed by this file."
            plan.reject(claim, "email", "Another employee has this e-mail address", cure)
            if claim.known is not None and claim.known.facts.email:
                holders.append(claim.known)
