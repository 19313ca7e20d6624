"""The form of practice."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

PAUSES = {"7": "for a week", "30": "for a month", "": "until I go on"}


class PauseForm(FlaskForm):
    """How long to rest."""

    days = RadioField(
        "Pause practice",
        [InputRequired("Choose how long.")],
        choices=[SelectChoice(days or "open", words) for days, words in PAUSES.items()],
    )
