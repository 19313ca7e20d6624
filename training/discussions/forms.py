"""The forms of discussions."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import Length

LONGEST = 4000
LONGEST_REASON = 300


def _plain(text: str | None) -> str:
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one.isprintable() or one in "\n\t").strip()


class SayForm(FlaskForm):
    """What somebody says, in Markdown."""

    text = TextAreaField("Your words", filters=[_plain])

    def validate_text(self, field: TextAreaField) -> None:
        """Not empty, not longer than a page."""
        if not field.data:
            raise ValidationError("Write something first.")
        if len(field.data) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST:,} characters; this has {len(field.data):,}.")


class ReasonForm(FlaskForm):
    """Why something is reported or hidden."""

    reason = StringField(
        "Why", [Length(min=3, max=LONGEST_REASON, message="Say why, in 3 to 300 characters.")], filters=[_plain]
    )
