"""The demo company with its story, loaded once for the tests that only look at it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache

from samples.company.company import generate
from samples.company.records import Company

STORY_NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
"""A Tuesday afternoon: the moment that the story is told as now."""


@cache
def _made(seed: int, today: date, lessons: frozenset[tuple[str, date]]) -> Company:
    return generate(seed, today, dict(lessons))


def make_once(seed: int, today: date, lessons: Mapping[str, date]) -> Company:
    """The same company as `generate` makes, made once in a test process."""
    return _made(seed, today, frozenset(lessons.items()))


class NoBar:
    """A bar that nobody sees; `titles` are those it was made for."""

    titles: list[str] = []

    def __init__(self, title: str) -> None:
        self.titles.append(title)

    def __call__(self, news: object) -> None:
        """Nobody looks."""

    def close(self) -> None:
        """Nothing was drawn."""
