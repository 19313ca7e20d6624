"""Everybody who does something, as arrays: who is there on a day, who speaks what, how much is expected of whom."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import numpy as np

from samples.company.nature import Habits

FIRST_LANGUAGE = 0.85


class Crowd:
    """The active people in a fixed order; all arrays follow it."""

    def __init__(self, people: Sequence[Habits]) -> None:
        self.people = tuple(people)
        self.languages = tuple(sorted({language for item in people for language in item.person.languages}))
        self._first = np.array([item.clock.first.toordinal() for item in people])
        self._last = np.array([item.clock.last.toordinal() for item in people])
        self.part_of_year = (self._last - self._first + 1) / 365

    def there(self, day: date) -> np.ndarray:
        """Who may act on a day."""
        number = day.toordinal()
        return (self._first <= number) & (number <= self._last)

    def quota(self, sort: str) -> np.ndarray:
        """The events of a sort that each would have in a full year."""
        return np.array([item.quota[sort] for item in self.people])

    def language_weights(self, language: str) -> np.ndarray:
        """Which part of each person's writing is in the language."""
        return np.array([_language_weight(item.person.languages, language) for item in self.people])

    def moments(self, rng: np.random.Generator, habits: Habits, sort: str) -> Iterator[datetime]:
        """When a person does a sort of thing: about as often as the quota says, within the person's time."""
        days = (habits.clock.last - habits.clock.first).days + 1
        for _ in range(int(rng.poisson(habits.quota[sort] * days / 365))):
            at = habits.clock.some_moment(rng)
            if at is not None:
                yield at


def _language_weight(languages: tuple[str, ...], language: str) -> float:
    """Nearly all in the first language, the rest in the others."""
    if language not in languages:
        return 0.0
    if len(languages) == 1:
        return 1.0
    return FIRST_LANGUAGE if language == languages[0] else (1 - FIRST_LANGUAGE) / (len(languages) - 1)
