"""Forms about certificates: how a course certifies, and why one is revoked."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from people.employees.person_facts import FactError, line_of_text
from training.certificates.models import Certification
from training.certificates.operations import CertificationText
from training.models import Course, Module
from training.rules.certification.terms import Terms
from training.rules.enrolling.drafts import days_in


class RevokeForm(FlaskForm):
    """Why."""

    reason = StringField("Why", [InputRequired("Say why: the holder reads it."), Length(max=300)])

    def validate_reason(self, field: Field) -> None:
        """One line of text."""
        try:
            field.data = line_of_text(field.data or "")
        except FactError as error:
            raise ValidationError(str(error)) from None


class CertificationForm(FlaskForm):
    """For how long, how early it may be renewed, and what is to be passed again."""

    months = StringField("Holds for, in months")
    window = StringField("May be renewed in the last days", default="60")
    renewal = SelectField("To renew, pass again", coerce=str, default="")
    modules = SelectMultipleField(
        "Modules of this course", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def validate_months(self, field: Field) -> None:
        """A number of months, or nothing for good."""
        text = (field.data or "").strip()
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= 120):
            raise ValidationError("Write a number of months from 1 to 120, or leave it empty: it holds for good.")

    def validate_window(self, field: Field) -> None:
        """A number of days."""
        try:
            days_in(field.data or "", least=1)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def text(self) -> CertificationText:
        """What was chosen; the form must have been validated."""
        months = (self.months.data or "").strip()
        terms = Terms(int(months) if months else None, days_in(self.window.data or ""))
        other = int(self.renewal.data) if self.renewal.data and self.renewal.data.isdigit() else None
        chosen = () if other or self.renewal.data != "some" else tuple(self.modules.data or ())
        return CertificationText(terms, other, chosen)


def certification_form(
    course: Course, row: Certification | None, courses: Sequence[Course], modules: Sequence[Module]
) -> CertificationForm:
    """The form, holding how the course certifies, or what is usual."""
    data: dict[str, object] = {"months": "12", "window": "60"}
    if row is not None:
        chosen = "some" if row.renewal_modules else ""
        data = {
            "months": "" if row.months is None else str(row.months),
            "window": str(row.window_days),
            "renewal": str(row.renewal_course_id) if row.renewal_course_id else chosen,
            "modules": row.renewal_modules,
        }
    form = CertificationForm(data=data)
    others = [SelectChoice(str(one.id), f"Another course: {one.title}") for one in courses if one.id != course.id]
    form.renewal.choices = [
        SelectChoice("", "Every quiz of this course"),
        SelectChoice("some", "Some modules of this course, chosen below"),
        *others,
    ]
    form.modules.choices = [(one.id, f"{one.position}. {one.title}") for one in modules]
    return form
