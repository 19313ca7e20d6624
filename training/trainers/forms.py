"""The forms of a trainer's settings and pauses, and of what an owner notes."""

from collections.abc import Iterator
from datetime import time

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectMultipleField, StringField, TimeField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from champions.nominations.capacity_operations import MOST_PLACES
from languages import name_of
from training.rules.teaching_hours import DAYS_OF_A_WEEK, clock
from training.trainers.models import Hours
from training.trainers.operations import Teaching

USUAL: Hours = [[540, 1020]] * 5 + [None, None]
"""Nine to five from Monday to Friday: what holds until a trainer says otherwise."""


class Ticks(SelectMultipleField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TeachingForm(FlaskForm):
    """What a trainer sets. The hours are fields `from_0` to `to_6`, from Monday to Sunday; empty is a day off."""

    places = IntegerField(
        "How many learners at most",
        [
            InputRequired("Say how many learners you take at most; 0 is an answer."),
            NumberRange(0, MOST_PLACES, f"Write a whole number from 0 to {MOST_PLACES:,}."),
        ],
    )
    takes_learners = BooleanField("I agree to be given learners")
    languages = Ticks("Languages in which you teach")
    topics = Ticks("Topics you offer")

    def offer(self, languages: list[str], topics: list[str]) -> None:
        """Say which languages and topics there are to tick."""
        self.languages.choices = [(code, name_of(code)) for code in languages]
        self.topics.choices = [(topic, topic[:1].upper() + topic[1:]) for topic in topics]

    def show_hours(self, week: Hours) -> None:
        """Fill the fields of the days."""
        for (first, last), day in zip(self.days(), week or USUAL, strict=True):
            first.data, last.data = (clock(day[0]), clock(day[1])) if day else (None, None)

    def days(self) -> Iterator[tuple[TimeField, TimeField]]:
        """The two fields of each day, from Monday."""
        for day in range(len(DAYS_OF_A_WEEK)):
            yield self[f"from_{day}"], self[f"to_{day}"]

    def validate(self, extra_validators: dict[str, list[object]] | None = None) -> bool:
        """A day has both ends or neither."""
        sound = super().validate(extra_validators)
        for first, last in self.days():
            if (first.data is None) != (last.data is None):
                first.errors = [*first.errors, f"Give both times, or none for a day off: {first.label.text[:-5]}."]
                sound = False
        return sound

    def teaching(self) -> Teaching:
        """What was filled in; ticking every topic, or none, is no limit."""
        every = len(self.topics.data or []) == len(self.topics.choices or [])
        week = [[_minute(a.data), _minute(b.data)] if a.data is not None else None for a, b in self.days()]
        return Teaching(
            places=self.places.data or 0,
            takes_learners=bool(self.takes_learners.data),
            languages=self.languages.data or [],
            hours=[] if week == USUAL else week,
            topics=[] if every else self.topics.data or [],
        )


for _day, _name in enumerate(DAYS_OF_A_WEEK):
    setattr(TeachingForm, f"from_{_day}", TimeField(f"{_name} from", [Optional()]))
    setattr(TeachingForm, f"to_{_day}", TimeField(f"{_name} to", [Optional()]))


class PauseForm(FlaskForm):
    """When a trainer takes no learners."""

    starts_on = DateField("First day", [InputRequired("Name the first day.")])
    ends_on = DateField("Last day", [InputRequired("Name the last day.")])


class WaiverForm(FlaskForm):
    """Why a trainer may begin without the course."""

    trainer_id = IntegerField("Trainer", [InputRequired("Choose the trainer.")])
    reason = StringField("Why", [InputRequired("Give the reason in a sentence.")])


class ApartForm(FlaskForm):
    """Whom nobody shall pair, and why."""

    one = StringField("One person", [InputRequired("Name a person.")])
    other = StringField("The other", [InputRequired("Name the other person.")])
    reason = StringField("Why", [InputRequired("Give the reason in a sentence.")])

    def validate_reason(self, field: StringField) -> None:
        """Refuse a word that says nothing."""
        if len((field.data or "").split()) < 2:
            raise ValidationError("Give the reason in a sentence.")


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
