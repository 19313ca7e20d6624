"""The form of the company's settings: one field for every choice that some feature offers."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from wtforms import Field, Form, StringField, TextAreaField, ValidationError

from people.settings.company_settings import Choice, choices


def settings_form(stored: dict[str, str]) -> FlaskForm:
    """A form with a field for each choice, holding what is `stored` or the default."""
    fields = {choice.name: _field(choice) for choice in choices()}
    form_class = type("SettingsForm", (FlaskForm,), fields)
    return form_class(data={choice.name: stored.get(choice.name, choice.default) for choice in choices()})


def _field(choice: Choice) -> Field:
    kind = TextAreaField if choice.lines > 1 else StringField
    return kind(choice.label, [_checked(choice)])


def _checked(choice: Choice) -> Callable[[Form, Field], None]:
    def validate(form: Form, field: Field) -> None:
        try:
            field.data = choice.check(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    return validate
