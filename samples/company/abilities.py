"""How good a person is at a moment: the skill they have, and what lessons have added since."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from samples.company.records import Nature

LIFT = 0.35
"""What the lessons add to the log-odds in the end: success in 35 of 100 attempts where it was in 27."""

DAYS_TO_SHOW = 60.0


class Abilities:
    """The skill of everybody over time. `lessons` has the first day of lessons of those who took them."""

    def __init__(self, natures: Iterable[Nature], lessons: Mapping[str, date]) -> None:
        self._skill = {nature.person: nature.skill for nature in natures}
        self._lessons = lessons

    def of(self, person: str, at: datetime) -> float:
        """The shift of the log-odds of success; the lessons show little by little over two months."""
        first = self._lessons.get(person)
        if first is None:
            return self._skill[person]
        days = (at.date() - first).days
        return self._skill[person] + LIFT * min(1.0, max(0.0, days / DAYS_TO_SHOW))
