"""The form with which an owner opens a round of naming."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

NO_TITLE = "Give the round a title, such as its half-year."
NO_TOPICS = "Name at least one topic that people may need help with, one a line."
NO_DAY = "Choose a day."


class RoundForm(FlaskForm):
    """Title, topics one a line, first and last day, and whether people are reminded."""

    title = StringField("Title", [InputRequired(NO_TITLE), Length(max=120)])
    topics = TextAreaField("Topics", [InputRequired(NO_TOPICS), Length(max=2000)])
    opens_on = DateField("First day", [InputRequired(NO_DAY)])
    closes_on = DateField("Last day", [InputRequired(NO_DAY)])
    reminds = BooleanField("Remind those who have not answered half-way and two days before the end")
