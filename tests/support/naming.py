"""A round of naming about the cast and a crowd, for the tests of the two ways."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from champions.naming import operations, round_operations
from champions.naming.models import NamingRound, NamingTopic
from db import db
from people.models import Employee
from tests.support.cast import FOUNDED, NOW, Cast

OPENS = NOW.date()
CLOSES = OPENS + timedelta(days=13)
AFTER = NOW + timedelta(days=20)
"""A moment after the last day of the round."""


def open_round(
    cast: Cast, *topics: str, reminds: bool = True, opens_on: date = OPENS, closes_on: date = CLOSES, at: datetime = NOW
) -> NamingRound:
    """A round of two weeks about these topics, opened by petra; the default topic is returns."""
    names = topics or ("returns",)
    return round_operations.open_round(
        "Spring", names, opens_on=opens_on, closes_on=closes_on, reminds=reminds, actor_id=cast.petra.id, at=at
    )


def topic_of(row: NamingRound, position: int = 1) -> NamingTopic:
    """A topic of the round."""
    found = select(NamingTopic).where(NamingTopic.round_id == row.id, NamingTopic.position == position)
    return db.session.scalars(found).one()


def crowd(cast: Cast, number: int = 12) -> list[int]:
    """So many more colleagues, who may name others."""
    rows = [
        Employee(external_id=f"n-{n}", name=f"Naming {n}", team_id=cast.care_leeds, created_at=FOUNDED)
        for n in range(number)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def name_all(row: NamingRound, given: Mapping[int, Sequence[int]], *, position: int = 1, at: datetime = NOW) -> None:
    """Name for a topic: giver -> the named."""
    topic = topic_of(row, position)
    for giver, named in given.items():
        for one in named:
            operations.name_colleague(topic, row, named_id=one, actor_id=giver, at=at)
        operations.finish(row, actor_id=giver, at=at)
