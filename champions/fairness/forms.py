"""The form with which an owner supplies attributes."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class AttributesForm(FlaskForm):
    """One file; it takes the place of what was supplied before."""

    file = FileField("File of attributes", [FileRequired("Choose a file.")])
