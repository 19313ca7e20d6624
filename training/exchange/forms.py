"""Forms for questions of other programs."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from training.rules.course_files.course_text import About


class UploadForm(FlaskForm):
    """One file."""

    file = FileField("File", validators=[FileRequired("Choose a file.")])


class ImportForm(FlaskForm):
    """Where the questions go, and what those ask for that do not say it."""

    module = SelectField("Module", validators=[DataRequired("Choose the module that shall ask them.")])
    about = RadioField(
        "Questions that do not say it ask for",
        choices=[SelectChoice(About.WHY.value, "the reason (why)"), SelectChoice(About.HOW.value, "the way (how)")],
    )
