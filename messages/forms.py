"""The form of preferences: one choice for each kind of message."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice

from messages.kinds import KINDS, Kind, Way

WAYS = {Way.AT_ONCE: "Mail at once", Way.DIGEST: "Daily digest", Way.IN_PRODUCT: "In the product only"}


def preferences_form(ways: Mapping[Kind, Way]) -> FlaskForm:
    """A form with a field for each kind, holding the present ways."""
    choices = [SelectChoice(way.value, words) for way, words in WAYS.items()]
    fields = {kind.value: RadioField(about.title, choices=choices) for kind, about in KINDS.items()}
    form_class = type("PreferencesForm", (FlaskForm,), fields)
    return form_class(data={kind.value: way.value for kind, way in ways.items()})


def chosen_ways(form: FlaskForm) -> dict[Kind, Way]:
    """What a valid form says."""
    return {kind: Way(form[kind.value].data) for kind in KINDS}
