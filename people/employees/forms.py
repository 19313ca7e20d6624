"""Forms about employees: their facts, a role, and the list's filters. Each field says what is wrong in words."""

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Field, Form, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from people.employees import person_facts
from people.employees.person_facts import LONGEST_PLACE, SEPARATOR, FactError
from people.models import Role
from people.roles.words import NAMES

OFFERED = (Role.REVIEWER, Role.TRAINER, Role.MANAGER, Role.OWNER)
"""The roles in the order in which they are offered: what reaches furthest comes last."""


def stated(check: Callable[[str], Any]) -> Callable[[Form, Field], None]:
    """A validator that puts the clean value of `check` into the field, or says why it cannot be taken."""

    def validate(form: Form, field: Field) -> None:
        try:
            field.data = check(field.data or "")
        except FactError as error:
            raise ValidationError(str(error)) from None

    return validate


def _place(text: str) -> str:
    return person_facts.line_of_text(text, LONGEST_PLACE)


def team_text(text: str) -> str:
    """A team's full name, written as it is stored; may be empty."""
    return SEPARATOR.join(person_facts.team_path(text))


class DayField(DateField):
    """A calendar day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; say how it is written if that fails."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as 2026-11-23.") from None


class EmployeeForm(FlaskForm):
    """The facts about a person that the directory may state too."""

    name = StringField("Name", [stated(person_facts.line_of_text), DataRequired("Enter the name.")])
    email = StringField("E-mail address", [stated(person_facts.email)])
    team = StringField("Team", [stated(team_text)])
    new_team = BooleanField("Add this team if there is none of that name")
    manager = StringField("Manager", [stated(person_facts.line_of_text)])
    job = StringField("Job", [stated(_place)])
    site = StringField("Site", [stated(_place)])
    languages = StringField("Languages", [stated(person_facts.languages)])
    time_zone = StringField("Time zone", [stated(person_facts.time_zone)])
    starts_on = DayField("First day", [Optional()])
    ends_on = DayField("Last day", [Optional()])

    def validate_ends_on(self, field: Field) -> None:
        """The last day is not before the first."""
        try:
            person_facts.check_order(self.starts_on.data, field.data)
        except FactError as error:
            raise ValidationError(str(error)) from None


class NewEmployeeForm(EmployeeForm):
    """The same, and the id that the company's directory uses, if it knows the person."""

    external_id = StringField("Id in the directory", [Optional(), stated(person_facts.external_id)])


class GrantForm(FlaskForm):
    """A role, its team for a manager, and its last day."""

    role = SelectField(
        "Role",
        [InputRequired("Choose a role.")],
        choices=[SelectChoice("", "Choose a role"), *(SelectChoice(role.value, NAMES[role]) for role in OFFERED)],
    )
    team = StringField("Team, for a manager", [stated(team_text)])
    ends_on = DayField("Last day", [Optional()])


class ManagerForm(FlaskForm):
    """Whom a team's manager is to be: an id or an e-mail address."""

    who = StringField(
        "Id or e-mail address of the new manager",
        [stated(person_facts.line_of_text), DataRequired("Say who it is to be.")],
    )
