"""Forms of the console and the portal about scores and nominations."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from champions.nomination_operations import SHORTEST_REASON

WHY = "Give the reason in a sentence: at least ten characters. The person may read it."


class ProposeForm(FlaskForm):
    """Why this person should train others."""

    reason = TextAreaField("Why this person?", [InputRequired(WHY), Length(min=SHORTEST_REASON, max=2000, message=WHY)])


class DecideForm(FlaskForm):
    """Yes or no to a nomination, with the reason."""

    verdict = RadioField(
        "Your decision",
        [InputRequired("Choose one of the two.")],
        choices=[
            SelectChoice("approve", "Approve: they should train others"),
            SelectChoice("reject", "Do not approve"),
        ],
    )
    reason = TextAreaField("Your reason", [InputRequired(WHY), Length(min=SHORTEST_REASON, max=2000, message=WHY)])
