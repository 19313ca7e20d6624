"""From a filled form to the facts that are stored: texts that name a team or a manager are looked up."""

from people.directory.drafts import Facts
from people.employees.forms import EmployeeForm
from people.employees.person_facts import FactError
from people.employees.queries import who_is
from people.models import Employee, Team
from people.settings.company_settings import company_settings
from people.teams import queries as team_queries


def facts_from(form: EmployeeForm) -> Facts | None:
    """The facts of a valid form, or None; what is wrong then stands in the form."""
    if not form.validate_on_submit():
        return None
    manager = who_is(form.manager.data) if form.manager.data else None
    if form.manager.data and manager is None:
        form.manager.errors = ["Nobody has this id or e-mail address."]
    if form.team.data and not form.new_team.data:
        try:
            named_team(form.team.data)
        except FactError as error:
            form.team.errors = [f"{error} Or tick the box below to add it."]
    if form.errors:
        return None
    return Facts(
        name=form.name.data,
        email=form.email.data or None,
        team=form.team.data or None,
        manager=manager.id if manager else None,
        site=form.site.data or "",
        languages=form.languages.data or "",
        time_zone=form.time_zone.data or company_settings().get("time_zone", "UTC"),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        job=form.job.data or "",
    )


def named_team(full_name: str) -> Team:
    """The team of this full name; raise FactError, with the name that may have been meant, if there is none."""
    team = team_queries.team_named(full_name)
    if team is None:
        near = team_queries.near(full_name, team_queries.full_names())
        cure = f"Did you mean {near}?" if near else "Write it from the top: Company / Care / Care Leeds."
        raise FactError("There is no team of this name", cure)
    return team


def form_data(employee: Employee, team: str | None, manager: Employee | None) -> dict[str, object]:
    """What the form about an employee shows before anything is changed."""
    names = ("name", "email", "job", "site", "languages", "time_zone", "starts_on", "ends_on")
    return {
        **{name: getattr(employee, name) for name in names},
        "team": team or "",
        "manager": manager.external_id if manager else "",
    }
