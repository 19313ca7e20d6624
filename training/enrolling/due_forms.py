"""The forms about due dates: more time with a reason, and days away without one."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from people.employees.forms import DayField
from people.employees.person_facts import FactError, line_of_text


class ExtensionForm(FlaskForm):
    """Until when, and why."""

    to = DayField("Due on", [InputRequired("Choose the new day.")])
    reason = StringField("Why", [InputRequired("Say why: the learner reads it."), Length(max=300)])

    def validate_reason(self, field: Field) -> None:
        """One line of text."""
        try:
            field.data = line_of_text(field.data or "")
        except FactError as error:
            raise ValidationError(str(error)) from None


class LeaveForm(FlaskForm):
    """The first and the last day away."""

    first = DayField("First day away", [InputRequired("Choose the first day.")])
    last = DayField("Last day away", [InputRequired("Choose the last day.")])
