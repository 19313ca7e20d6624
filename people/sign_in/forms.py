"""Forms of signing in: one per page."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

EMAIL_NEEDED = "Enter your e-mail address."


class SignInForm(FlaskForm):
    """E-mail address and password, and where to go afterwards."""

    email = EmailField("E-mail address", [InputRequired(EMAIL_NEEDED), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=1024)])
    next = HiddenField()


class ForgottenForm(FlaskForm):
    """The e-mail address to which a link goes."""

    email = EmailField("E-mail address", [InputRequired(EMAIL_NEEDED), Length(max=254)])


class NewPasswordForm(FlaskForm):
    """A new password. Asked once: it can be shown, and pasted."""

    password = PasswordField("New password", [InputRequired("Enter a new password."), Length(max=1024)])


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the present one as proof."""

    present = PasswordField("Present password", [InputRequired("Enter your present password."), Length(max=1024)])
