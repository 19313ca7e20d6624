"""Forms about meetings. Times are stated on the clock of the person who types them."""

from datetime import date, datetime, time

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from people.employees import person_facts
from people.employees.forms import stated
from training.meetings.models import LONGEST, MOST_SEATS, SHORTEST
from training.meetings.worksheet_operations import LONGEST_TEXT
from training.rules.meetings.times import is_skipped, moment_of
from web import DAYS

LENGTHS = (15, 30, 45, 60, 90, 120)


def _line(longest: int):  # type: ignore[no-untyped-def]  # a validator of WTForms
    return stated(lambda text: person_facts.line_of_text(text, longest))


class ClockField(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time; say how it is written if that fails."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the time as 14:30.") from None


class CalendarDayField(DateField):
    """A calendar day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; say how it is written if that fails."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as 2026-11-23.") from None


class AboutForm(FlaskForm):
    """What every offer states."""

    topic = StringField("What it is about", [_line(120), DataRequired("Say what it is about.")])
    place = StringField("Place or link", [_line(300), DataRequired("Say where it is, or give a link.")])
    time = ClockField("Time", [InputRequired("Enter a time.")])
    minutes = IntegerField(
        "Minutes",
        [
            InputRequired("Enter how long it takes."),
            NumberRange(SHORTEST, LONGEST, f"Enter {SHORTEST} to {LONGEST} minutes."),
        ],
        default=30,
    )
    seats = IntegerField(
        "Seats",
        [InputRequired("Enter how many can come."), NumberRange(1, MOST_SEATS, f"Enter 1 to {MOST_SEATS} seats.")],
        default=1,
    )


class ChangeForm(AboutForm):
    """A meeting as it is to be."""

    day = CalendarDayField("Day", [InputRequired("Enter a day.")])

    def validate_time(self, field: TimeField) -> None:
        """The clock shows this time on that day."""
        if self.day.data and field.data and is_skipped(self.day.data, field.data, self.zone):
            raise ValidationError("Clocks are put forward that night, and this time is left out. Choose another.")

    @property
    def zone(self) -> str:
        """The zone whose clock is meant; set by `on_clock_of`."""
        return str(getattr(self, "_zone", "UTC"))

    def on_clock_of(self, zone: str) -> "ChangeForm":
        """Say whose clock is meant; returns the form."""
        self._zone = zone
        return self

    @property
    def starts_at(self) -> datetime:
        """The moment that was stated. To be asked for once the form is valid."""
        day, at = self.day.data, self.time.data
        if day is None or at is None:
            raise ValueError("the form is not valid")
        return moment_of(day, at, self.zone)


class OfferForm(ChangeForm):
    """A new meeting: who is invited, and whether the others may book."""

    invited = SelectMultipleField(
        "Invite", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    is_open = BooleanField("Every learner of mine may book a seat")


class HoursForm(AboutForm):
    """Weekly office hours."""

    weekday = SelectField(
        "Every", coerce=int, choices=[SelectChoice(str(number), name) for number, name in enumerate(DAYS)]
    )
    first_on = CalendarDayField("From", [InputRequired("Enter the first day.")])


class DayForm(FlaskForm):
    """A day of office hours."""

    day = CalendarDayField("Day", [InputRequired("Choose a day.")])


class CancelForm(FlaskForm):
    """Why a meeting is cancelled: those who wanted to come read it."""

    because = StringField("What you tell those who wanted to come", [_line(300)])


class WorksheetForm(FlaskForm):
    """The worksheet of a meeting, and which version was seen when it was opened."""

    goal = TextAreaField("Goal", [Length(max=LONGEST_TEXT, message="Use at most 10,000 characters.")])
    tried = TextAreaField("What was tried, and what came of it", [Length(max=LONGEST_TEXT)])
    next_step = TextAreaField("What next, until when", [Length(max=LONGEST_TEXT)])
    base = HiddenField()

    @property
    def base_number(self) -> int:
        """The version that was seen; 0 for none or nonsense."""
        text = str(self.base.data or "0")
        return int(text) if text.isdecimal() and len(text) < 9 else 0


def minute_of_day(at: time) -> int:
    """The minute of the day: 9:30 is 570."""
    return at.hour * 60 + at.minute


def next_weekday(today: date) -> date:
    """Tomorrow, as a first guess for a day."""
    return date.fromordinal(today.toordinal() + 1)
