"""Rounds of peer naming, by the owner and the program: open, close early, open again, count. Nothing here commits.

    planned, open --close--> closed --open again, until the last day is over--> open
    closed, over --count--> counted: counts are kept, who named whom is deleted, and there is no way back

A count is made once. So closing, looking, opening and closing again shows nothing: before the count there is nothing to
look at, and after it nothing can be opened.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import aliased

from champions.naming.models import NamingAnswer, NamingCount, NamingRound, NamingTopic, PeerNaming
from champions.rules.naming import (
    FEWEST_ANSWERS,
    FEWEST_GIVERS,
    LONGEST_DAYS,
    MOST_TOPICS,
    SHORTEST_DAYS,
    RoundState,
    Window,
    state_of,
)
from db import db, table_of
from people.auditing import audit
from people.employees.person_facts import FactError, line_of_text
from people.models import CompanySetting, Employee
from people.refusal import RefusedError
from people.roles.queries import is_active
from web import zone_of


def window_of(row: NamingRound) -> Window:
    """The days of a round, in the company's time zone."""
    zone = db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == "time_zone"))
    return Window(row.opens_on, row.closes_on, zone_of(zone or "UTC"))


def open_round(
    title: str,
    topics: Sequence[str],
    *,
    opens_on: date,
    closes_on: date,
    reminds: bool,
    actor_id: int,
    at: datetime,
) -> NamingRound:
    """Open a round from `opens_on` to `closes_on`, both included. Raises RefusedError naming the field."""
    names = _topics(topics)
    named = _line(title, 120, "title")
    if not named:
        raise RefusedError("Give the round a title, such as its half-year.", "title")
    if db.session.scalar(select(NamingRound.id).where(NamingRound.place.is_not(None))) is not None:
        raise RefusedError("A round is under way. One at a time: count it first.")
    row = NamingRound(
        title=named,
        opens_on=opens_on,
        closes_on=closes_on,
        reminds=reminds,
        created_by_id=actor_id,
        created_at=at,
    )
    window = window_of(row)
    if not SHORTEST_DAYS <= window.days <= LONGEST_DAYS:
        raise RefusedError(f"A round takes {SHORTEST_DAYS} to {LONGEST_DAYS} days; this would be {window.days}.",
                           "closes_on")  # fmt: skip
    if opens_on < at.astimezone(window.zone).date():
        raise RefusedError("The first day is over. Begin today or later.", "opens_on")
    db.session.add(row)
    db.session.flush()
    db.session.add_all(NamingTopic(round_id=row.id, position=n, name=name) for n, name in enumerate(names, 1))
    db.session.flush()
    _audit(audit.Verb.NAMING_OPENED, row, actor_id, at)
    return row


def close(row: NamingRound, *, actor_id: int, at: datetime) -> None:
    """Take no more answers. Nothing is counted or shown by it. Raises RefusedError."""
    _expect(row, at, RoundState.PLANNED, RoundState.OPEN)
    row.closed_at = at
    db.session.flush()
    _audit(audit.Verb.NAMING_CLOSED, row, actor_id, at)


def open_again(row: NamingRound, *, actor_id: int, at: datetime) -> None:
    """The way back from closing early, until the last day is over. Raises RefusedError."""
    _expect(row, at, RoundState.CLOSED)
    row.closed_at = None
    db.session.flush()
    _audit(audit.Verb.NAMING_REOPENED, row, actor_id, at)


def count(row: NamingRound, *, actor_id: int | None, at: datetime) -> int:
    """Count a round that takes no more answers, once and for good; returns how many counts are kept.

    Who has left, as giver or as named, falls out, and so does the count of who takes no part in the scoring. Kept are
    counts of at least FEWEST_GIVERS different givers, and none at all from fewer than FEWEST_ANSWERS people. Then who
    named whom is deleted. Raises RefusedError.
    """
    _expect(row, at, RoundState.CLOSED, RoundState.OVER)
    asked = db.session.scalar(select(func.count()).select_from(Employee).where(is_active(at))) or 0
    answered = answers(row, at)
    kept = _keep_counts(row, at) if answered >= FEWEST_ANSWERS else 0
    topics = select(NamingTopic.id).where(NamingTopic.round_id == row.id)
    db.session.execute(delete(PeerNaming).where(PeerNaming.topic_id.in_(topics)))
    db.session.execute(delete(NamingAnswer).where(NamingAnswer.round_id == row.id))
    row.counted_at, row.place, row.asked, row.answered = at, None, asked, answered
    db.session.flush()
    _audit(audit.Verb.NAMING_COUNTED, row, actor_id, at)
    return kept


def answers(row: NamingRound, at: datetime) -> int:
    """How many people who work here have answered so far."""
    query = (
        select(func.count())
        .select_from(NamingAnswer)
        .join(Employee, Employee.id == NamingAnswer.giver_id)
        .where(NamingAnswer.round_id == row.id, is_active(at))
    )
    return db.session.scalar(query) or 0


def _keep_counts(row: NamingRound, at: datetime) -> int:
    giver = aliased(Employee)
    here = is_active(at)
    gone = select(giver.id).where(giver.deactivated_at.is_not(None) | (giver.ends_on < at.date()))
    query = (
        select(PeerNaming.topic_id, PeerNaming.named_id, func.count())
        .join(NamingTopic, NamingTopic.id == PeerNaming.topic_id)
        .join(Employee, Employee.id == PeerNaming.named_id)
        .where(
            NamingTopic.round_id == row.id,
            here,
            Employee.opted_out_at.is_(None),
            PeerNaming.giver_id.not_in(gone),
        )
        .group_by(PeerNaming.topic_id, PeerNaming.named_id)
        .having(func.count() >= FEWEST_GIVERS)
    )
    columns = ["topic_id", "employee_id", "givers"]
    db.session.execute(insert(table_of(NamingCount)).from_select(columns, query))
    topics = select(NamingTopic.id).where(NamingTopic.round_id == row.id)
    counted = select(func.count()).select_from(NamingCount).where(NamingCount.topic_id.in_(topics))
    return db.session.scalar(counted) or 0


def _topics(topics: Sequence[str]) -> list[str]:
    names = list(dict.fromkeys(name for name in (_line(text, 80, "topics") for text in topics) if name))
    if not names:
        raise RefusedError("Name at least one topic that people may need help with, one a line.", "topics")
    if len(names) > MOST_TOPICS:
        raise RefusedError(f"Ask about {MOST_TOPICS} topics at most; these are {len(names)}.", "topics")
    return names


def _line(text: str, longest: int, field: str) -> str:
    try:
        return line_of_text(text, longest)
    except FactError as error:
        raise RefusedError(f"“{text[:40]}”: {error}", field) from error


def _expect(row: NamingRound, at: datetime, *states: RoundState) -> None:
    state = state_of(window_of(row), row.closed_at, row.counted_at, at)
    if state not in states:
        raise RefusedError(f"This round is {state}: that step is not open.")


def _audit(verb: audit.Verb, row: NamingRound, actor_id: int | None, at: datetime) -> None:
    audit.append(verb, actor_id=actor_id, subject_id=None, at=at, detail={"round": row.id})
