"""Counts of naming beside the score: of one person, of many, and of the last round. Only what may be told is stored."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute

from champions.naming.models import NamingCount, NamingRound, NamingTopic
from db import db
from people.models import Employee


@dataclass(frozen=True)
class NamedFor:
    """For a topic, by how many different people of the last round somebody was named; at least three."""

    topic: str
    givers: int


def last_counted() -> NamingRound | None:
    """The newest round that is counted, or None."""
    query = select(NamingRound).where(NamingRound.counted_at.is_not(None)).order_by(NamingRound.id.desc()).limit(1)
    return db.session.scalars(query).first()


def _last() -> ScalarSelect[int]:
    return select(func.max(NamingRound.id)).where(NamingRound.counted_at.is_not(None)).scalar_subquery()


def strongest_count() -> tuple[ScalarSelect[str], ScalarSelect[int]]:
    """Topic and givers of an Employee's highest count in the last counted round, as columns; None without one."""
    return _strongest(NamingTopic.name), _strongest(NamingCount.givers)


def _strongest(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    return (
        select(column)
        .join_from(NamingCount, NamingTopic, NamingTopic.id == NamingCount.topic_id)
        .where(NamingCount.employee_id == Employee.id, NamingTopic.round_id == _last())
        .order_by(NamingCount.givers.desc(), NamingTopic.position)
        .limit(1)
        .correlate(Employee)
        .scalar_subquery()
    )


def counts_of(employee_ids: Collection[int] | None = None) -> dict[int, list[NamedFor]]:
    """The counts of the last counted round, of these people or of everybody, the highest first. One statement.

    Who takes no part in the scoring or is deactivated is left out.
    """
    query = (
        select(NamingCount.employee_id, NamingTopic.name, NamingCount.givers)
        .join(NamingTopic, NamingTopic.id == NamingCount.topic_id)
        .join(Employee, Employee.id == NamingCount.employee_id)
        .where(NamingTopic.round_id == _last(), Employee.opted_out_at.is_(None), Employee.deactivated_at.is_(None))
        .order_by(NamingCount.givers.desc(), NamingTopic.position)
    )
    if employee_ids is not None:
        query = query.where(NamingCount.employee_id.in_(sorted(employee_ids)))
    counts: dict[int, list[NamedFor]] = defaultdict(list)
    for employee_id, topic, givers in db.session.execute(query):
        counts[employee_id].append(NamedFor(topic, givers))
    return dict(counts)
