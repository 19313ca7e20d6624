"""The form with which work is handed in."""

from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import Length

LONGEST_TEXT = 20_000
LONGEST_LINK = 500


class HandInForm(FlaskForm):
    """A text, a link, a picture; which of them a task takes the view knows."""

    written = TextAreaField("Your text", [Length(max=LONGEST_TEXT, message="Use at most 20,000 characters.")])
    link = StringField("Link to your post or reply", [Length(max=LONGEST_LINK, message="Use at most 500 characters.")])
    picture = FileField("Picture of it")

    def validate_link(self, field: StringField) -> None:
        """Only addresses of the web: nothing that a browser would run."""
        address = (field.data or "").strip()
        if not address:
            return
        try:
            parts = urlsplit(address)
        except ValueError:
            raise ValidationError("This is no address. Copy it from your browser.") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or not address.isprintable() or " " in address:
            raise ValidationError("Write an address that begins with https://, as your browser shows it.")


def plain(text: str | None) -> str:
    """A text with its lines, without letters that cannot be seen."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one.isprintable() or one in "\n\t").strip()
