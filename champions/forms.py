"""Forms of the console and the portal about scores and nominations."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from champions.nominations.operations import SHORTEST_REASON

WHY = "Give the reason in a sentence: at least ten characters. The person may read it."

WHAT = "Say in a sentence what is wrong: at least ten characters. Dates and places help."


class ProposeForm(FlaskForm):
    """Why this person should train others."""

    reason = TextAreaField("Why this person?", [InputRequired(WHY), Length(min=SHORTEST_REASON, max=2000, message=WHY)])


class DecideForm(FlaskForm):
    """Yes or no to a nomination, with the reason. `opened`: when the page was opened, signed."""

    opened = HiddenField()

    verdict = RadioField(
        "Your decision",
        [InputRequired("Choose one of the two.")],
        choices=[
            SelectChoice("approve", "Approve: they should train others"),
            SelectChoice("reject", "Do not approve"),
        ],
    )
    reason = TextAreaField("Your reason", [InputRequired(WHY), Length(min=SHORTEST_REASON, max=2000, message=WHY)])


class ContestForm(FlaskForm):
    """What is wrong with one's own score."""

    kind = RadioField(
        "What do you ask for?",
        [InputRequired("Choose one of the two.")],
        choices=[
            SelectChoice("fact", "Correct a fact: an outcome that is missing, wrong, or not mine"),
            SelectChoice("review", "A review by a person of the whole score"),
        ],
    )
    text = TextAreaField("What is wrong?", [InputRequired(WHAT), Length(min=SHORTEST_REASON, max=2000, message=WHAT)])


class AnswerContestForm(FlaskForm):
    """What came of a contest, with the reasons."""

    result = RadioField(
        "What came of it",
        [InputRequired("Choose one of the two.")],
        choices=[
            SelectChoice("changed", "It is put right where it comes from; the next run counts it"),
            SelectChoice("stands", "The score stands"),
        ],
    )
    text = TextAreaField("Your reasons", [InputRequired(WHY), Length(min=SHORTEST_REASON, max=2000, message=WHY)])
