"""The form of a rule: its fixed fields. The conditions are read by training.rules.enrolling.drafts."""

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from people.employees.person_facts import FactError, line_of_text
from training.enrolling.models import EnrolmentRule
from training.rules.enrolling.drafts import days_in
from training.rules.enrolling.due_dates import DueFrom, DuePlan
from training.rules.enrolling.reminders import USUAL, Reminding, days_list, days_text

COUNTED = {
    DueFrom.NONE: "No due date",
    DueFrom.ENROLMENT: "So many days after the enrolment",
    DueFrom.HIRING: "So many days after the first day of work",
    DueFrom.FIXED: "On a fixed day",
}


class RuleForm(FlaskForm):
    """Name, course, due date, reminders."""

    name = StringField("Name", [InputRequired("Give the rule a name."), Length(max=120)])
    course = SelectField("Course", [InputRequired("Choose a course.")], coerce=str)
    due_from = SelectField(
        "Due", choices=[SelectChoice(one.value, text) for one, text in COUNTED.items()], default=DueFrom.ENROLMENT.value
    )
    due_days = StringField("Days", default="42")
    due_day = StringField("Day")
    before = StringField("Days before", default=days_text(USUAL.before))
    after = StringField("Days after", default=days_text(USUAL.after))
    trainer_after = StringField("The trainer, days after", default=str(USUAL.trainer_after))
    manager_after = StringField("The manager, days after", default=str(USUAL.manager_after))

    def validate_name(self, field: Field) -> None:
        """One line of text."""
        try:
            field.data = line_of_text(field.data or "")
        except FactError as error:
            raise ValidationError(str(error)) from None

    def validate_due_days(self, field: Field) -> None:
        """Days are needed where they are counted."""
        if self.due_from.data in {DueFrom.ENROLMENT.value, DueFrom.HIRING.value}:
            _in_words(lambda: days_in(field.data or ""))

    def validate_due_day(self, field: Field) -> None:
        """A day is needed where it is fixed."""
        if self.due_from.data == DueFrom.FIXED.value:
            try:
                date.fromisoformat((field.data or "").strip())
            except ValueError:
                raise ValidationError("Write the day as 2026-11-23.") from None

    def validate_before(self, field: Field) -> None:
        """Days, or nothing."""
        _in_words(lambda: days_list(field.data or ""))

    def validate_after(self, field: Field) -> None:
        """Days, or nothing."""
        _in_words(lambda: days_list(field.data or ""))

    def validate_trainer_after(self, field: Field) -> None:
        """A number of days, or nothing for never."""
        _in_words(lambda: _days_or_never(field.data))

    def validate_manager_after(self, field: Field) -> None:
        """A number of days, or nothing for never."""
        _in_words(lambda: _days_or_never(field.data))

    def due_plan(self) -> DuePlan:
        """The due date as it was chosen; the form must have been validated."""
        counted = DueFrom(self.due_from.data)
        if counted is DueFrom.NONE:
            return DuePlan()
        if counted is DueFrom.FIXED:
            return DuePlan(counted, day=date.fromisoformat((self.due_day.data or "").strip()))
        return DuePlan(counted, days=days_in(self.due_days.data or ""))

    def reminding(self) -> Reminding:
        """The reminders as they were chosen; the form must have been validated."""
        return Reminding(
            before=days_list(self.before.data or ""),
            after=tuple(sorted(days_list(self.after.data or ""))),
            trainer_after=_days_or_never(self.trainer_after.data),
            manager_after=_days_or_never(self.manager_after.data),
        )


def rule_form(courses: Sequence[tuple[int, str]], rule: EnrolmentRule | None = None) -> RuleForm:
    """The form, holding what the rule says if there is one."""
    data = {} if rule is None else {
        "name": rule.name,
        "course": str(rule.course_id),
        "due_from": rule.due_from,
        "due_days": "42" if rule.due_days is None else str(rule.due_days),
        "due_day": "" if rule.due_day is None else rule.due_day.isoformat(),
        "before": days_text(rule.remind_before),
        "after": days_text(rule.remind_after),
        "trainer_after": "" if rule.trainer_after is None else str(rule.trainer_after),
        "manager_after": "" if rule.manager_after is None else str(rule.manager_after),
    }  # fmt: skip
    form = RuleForm(data=data)
    form.course.choices = [SelectChoice(str(key), title) for key, title in courses]
    return form


def _days_or_never(text: str | None) -> int | None:
    return days_in(text, least=1) if text and text.strip() else None


def _in_words(read) -> None:  # type: ignore[no-untyped-def]  # a function without arguments
    try:
        read()
    except ValueError as error:
        raise ValidationError(str(error)) from None
