"""The form with which a file is handed in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, ValidationError
from wtforms.fields import Field, SelectChoice
from wtforms.validators import InputRequired

from activity.formats.fields import FileKind
from activity.imports.operations import ImportRefusedError, source_name
from activity.imports.words import KIND_NAMES


class UploadForm(FlaskForm):
    """What the file is, where it comes from, and the file itself."""

    kind = SelectField("What is in the file", choices=[SelectChoice(kind.value, KIND_NAMES[kind]) for kind in FileKind])
    source = StringField("The system it comes from", [InputRequired("Name the system that the file comes from.")])
    file = FileField("File", [FileRequired("Choose a file.")])

    def validate_source(self, field: Field) -> None:
        """The name can be stored."""
        try:
            field.data = source_name(field.data)
        except ImportRefusedError as error:
            raise ValidationError(str(error)) from None
