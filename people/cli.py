"""Commands about people: the first owner, roles, accounts, the list; and a secret for the settings."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import true

from db import db, utcnow
from people.directory.drafts import Facts
from people.employees import list_queries as employee_list_queries
from people.employees import operations as employee_operations
from people.employees import person_facts
from people.employees.entry import named_team
from people.employees.list_queries import Filters, State
from people.employees.person_facts import FactError
from people.employees.queries import held_roles, who_is
from people.models import Employee, Role, RoleGrant
from people.refusal import RefusedError
from people.roles import operations as role_operations
from people.roles import queries as role_queries
from people.roles.words import NAMES
from people.settings.company_settings import company_settings
from people.sign_in import password_mail

people = AppGroup("people", help="Employees, their roles and how they sign in.")


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Say what may not be done as a message and end with exit code 1; nothing is committed then."""
    try:
        yield
    except (FactError, RefusedError) as error:
        raise click.ClickException(str(error)) from None


@click.command("secret")
def secret() -> None:
    """Print a new value for SECRET_KEY."""
    click.echo(secrets.token_hex(32))


@people.command("create-owner")
@click.argument("name")
@click.argument("email")
def create_owner(name: str, email: str) -> None:
    """Enter NAME with EMAIL as a programme owner and print a link to choose a password.

    Somebody who is known by this address already becomes an owner. A later import of the directory knows them again.
    """
    at = utcnow()
    with _refusals_told():
        address = person_facts.email(email)
        employee = who_is(address or "") or _entered(name, address, at)
        if employee.id not in role_queries.active_owners(at):
            role_operations.grant_role(employee, Role.OWNER, actor_id=None, at=at)
        link = _new_link(employee, at)
    db.session.commit()
    click.echo(f"{employee.name} runs the programme. Choose a password at\n{link}")


def _entered(name: str, address: str | None, at: datetime) -> Employee:
    facts = Facts(
        name=person_facts.line_of_text(name),
        email=address,
        team=None,
        manager=None,
        site="",
        languages="",
        time_zone=company_settings().get("time_zone", "UTC"),
        starts_on=None,
        ends_on=None,
        job="",
    )
    return employee_operations.create_employee(facts, external_id="", actor_id=None, at=at)


def _new_link(employee: Employee, at: datetime) -> str:
    with current_app.test_request_context():
        return password_mail.new_link(employee, actor_id=None, at=at)


@people.command("link")
@click.argument("who")
def link(who: str) -> None:
    """Print a link with which WHO (an id or an e-mail address) chooses a password; it works once."""
    employee, at = _employee(who), utcnow()
    with _refusals_told():
        address = _new_link(employee, at)
    db.session.commit()
    click.echo(address)


@people.command("grant")
@click.argument("who")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--team", help="For a manager: the team from the top, Company / Care / Care Leeds.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day, such as 2026-12-31.")
def grant(who: str, role: str, team: str | None, until: datetime | None) -> None:
    """Grant ROLE to WHO (an id or an e-mail address)."""
    employee, at = _employee(who), utcnow()
    with _refusals_told():
        covered = named_team(team) if team else None
        ends_at = _end_of(until.date()) if until else None
        role_operations.grant_role(
            employee, Role(role), team_id=covered.id if covered else None, ends_at=ends_at, actor_id=None, at=at
        )
    db.session.commit()
    click.echo(f"{employee.name}: {NAMES[Role(role)]}{f' of {covered.name}' if covered else ''}.")


def _end_of(last_day: date) -> datetime:
    return datetime.combine(last_day + timedelta(days=1), time(), UTC)


@people.command("end-role")
@click.argument("who")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--team", help="For a manager of several teams: which one, from the top.")
def end_role(who: str, role: str, team: str | None) -> None:
    """End ROLE of WHO (an id or an e-mail address) at once."""
    employee, at = _employee(who), utcnow()
    with _refusals_told():
        covered = named_team(team) if team else None
        held = [
            each
            for each in held_roles(employee.id, at)
            if each.role == role and (covered is None or each.team_id == covered.id)
        ]
        if not held:
            raise RefusedError(f"{employee.name} does not hold this role.")
        for each in held:
            role_operations.end_role(db.session.get_one(RoleGrant, each.id), actor_id=None, at=at)
    db.session.commit()
    click.echo(f"{employee.name}: no longer {NAMES[Role(role)].lower()}.")


@people.command("deactivate")
@click.argument("who")
def deactivate(who: str) -> None:
    """End all sign-in sessions of WHO (an id or an e-mail address) and let them sign in no more."""
    employee = _employee(who)
    with _refusals_told():
        employee_operations.deactivate_employee(employee, actor_id=None, at=utcnow())
    db.session.commit()
    click.echo(f"{employee.name} is signed out everywhere and can sign in no more.")


@people.command("reactivate")
@click.argument("who")
def reactivate(who: str) -> None:
    """Let WHO (an id or an e-mail address) sign in again."""
    employee = _employee(who)
    with _refusals_told():
        employee_operations.reactivate_employee(employee, actor_id=None, at=utcnow())
    db.session.commit()
    click.echo(f"{employee.name} can sign in again.")


@people.command("list")
@click.option("--search", default="", help="Words in the name, the e-mail address or the id.")
@click.option("--role", type=click.Choice([role.value for role in Role]), help="Only who holds this role.")
@click.option("--page", default=1, show_default=True, help="Fifty people a page.")
def list_people(search: str, role: str | None, page: int) -> None:
    """List people: id, name, team, roles."""
    at = utcnow()
    filters = Filters(words=search, role=Role(role) if role else None)
    found = employee_list_queries.employees_page(filters, max(1, page), true(), at)
    for person in found.rows:
        roles = ", ".join(NAMES[each] for each in person.roles)
        state = "" if person.state is State.ACTIVE else person.state.value
        click.echo("\t".join((person.external_id, person.name, person.team_name or "", roles, state)).rstrip())
    click.echo(f"{found.first} to {found.last} of {found.total}", err=True)


def _employee(who: str) -> Employee:
    employee = who_is(who)
    if employee is None:
        raise click.ClickException(f"Nobody has the id or e-mail address {who}. See: flask people list --search …")
    return employee
