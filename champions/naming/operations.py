"""Peer naming, by the person who answers: name, take back, say that one has answered. Nothing here commits.

Nothing of it is noted anywhere else: no audit row, no time, no log line.
"""

from datetime import datetime

from sqlalchemy import delete, func, select

from champions.naming.models import NamingAnswer, NamingRound, NamingTopic, PeerNaming
from champions.naming.round_operations import window_of
from champions.rules.naming import MOST_NAMES, RoundState, state_of
from db import db, insert_if_new, table_of
from people.models import Employee
from people.refusal import RefusedError
from people.roles.queries import is_active


def name_colleague(topic: NamingTopic, row: NamingRound, *, named_id: int, actor_id: int, at: datetime) -> None:
    """Name a colleague for a topic of an open round. Naming the same one twice changes nothing. Raises RefusedError."""
    _expect_open(row, at)
    if named_id == actor_id:
        raise RefusedError("Name others: whom do you yourself go to?")
    if db.session.scalar(select(Employee.id).where(Employee.id == named_id, is_active(at))) is None:
        raise RefusedError("Nobody of that kind works here now. Search again.")
    _lock(actor_id)
    if _number_named(topic.id, actor_id, named_id, at) >= MOST_NAMES:
        raise RefusedError(f"Five names a topic are the most: take one of {topic.name} back first.")
    insert_if_new(table_of(PeerNaming), {"topic_id": topic.id, "giver_id": actor_id, "named_id": named_id})
    _note_answer(row, actor_id)


def take_back(topic: NamingTopic, row: NamingRound, *, named_id: int, actor_id: int, at: datetime) -> None:
    """Take a name back; one that is not there changes nothing. Raises RefusedError."""
    _expect_open(row, at)
    db.session.execute(
        delete(PeerNaming).where(
            PeerNaming.topic_id == topic.id, PeerNaming.giver_id == actor_id, PeerNaming.named_id == named_id
        )
    )


def finish(row: NamingRound, *, actor_id: int, at: datetime) -> None:
    """Say that one has answered, whether with names or with none: no reminder follows. Raises RefusedError."""
    _expect_open(row, at)
    _note_answer(row, actor_id)


def _expect_open(row: NamingRound, at: datetime) -> None:
    if state_of(window_of(row), row.closed_at, row.counted_at, at) is not RoundState.OPEN:
        raise RefusedError("This round is not open: what was named stays as it is.")


def _lock(actor_id: int) -> None:
    """Put two answers of one person in line, so that there are never more names than allowed."""
    db.session.execute(select(Employee.id).where(Employee.id == actor_id).with_for_update())


def _number_named(topic_id: int, actor_id: int, besides: int, at: datetime) -> int:
    """How many others this person has named who still work here."""
    query = (
        select(func.count())
        .select_from(PeerNaming)
        .join(Employee, Employee.id == PeerNaming.named_id)
        .where(
            PeerNaming.topic_id == topic_id,
            PeerNaming.giver_id == actor_id,
            PeerNaming.named_id != besides,
            is_active(at),
        )
    )
    return db.session.scalar(query) or 0


def _note_answer(row: NamingRound, actor_id: int) -> None:
    insert_if_new(table_of(NamingAnswer), {"round_id": row.id, "giver_id": actor_id})
