"""The form of a regrading: by which version, whose answers, what becomes of those who passed, and why."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

AS_ASKED = 0


class ChoiceForm(FlaskForm):
    """What to grade by which version; sent as an address, so that the dry run can be looked at again."""

    class Meta:
        csrf = False

    version = RadioField("Grade by", coerce=int)
    asked = SelectMultipleField(
        "Whose answers", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    keep = BooleanField("Who has passed stays passed, whatever the new result")


class RegradeForm(FlaskForm):
    """The decision, with its reason."""

    reason = StringField("Why", validators=[InputRequired("Say why: learners read it."), Length(max=1000)])
