"""How people decide: by person, how long they take, and how often they do not follow the proposal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import and_, select

from champions.models import HastyDecisions, NominationDecision
from champions.rules.proportions import Interval, share
from db import db
from people.models import Employee


@dataclass(frozen=True)
class Decider:
    """One person's decisions: `overrides` did not follow the proposal; `seconds` is the middle time to decide of the
    `timed` ones, None where no time is known; `hasty` were made in a minute of thirty approvals or more.
    """

    name: str
    decisions: int
    overrides: int
    override_share: Interval
    seconds: float | None
    timed: int
    hasty: int


@dataclass(frozen=True)
class Made:
    """One decision with who made it, and whether it was one of thirty in a minute."""

    decision: NominationDecision
    name: str
    hasty: bool


def in_haste() -> object:
    """A join condition: the flag that covers a NominationDecision."""
    return and_(
        HastyDecisions.decided_by_id == NominationDecision.decided_by_id,
        HastyDecisions.first_at <= NominationDecision.at,
        HastyDecisions.last_at >= NominationDecision.at,
        NominationDecision.approves.is_(True),
    )


def made_about(nomination_id: int) -> list[Made]:
    """The decisions about a nomination, in their order. One statement."""
    query = (
        select(NominationDecision, Employee.name, HastyDecisions.id)
        .join(Employee, Employee.id == NominationDecision.decided_by_id)
        .outerjoin(HastyDecisions, in_haste())  # type: ignore[arg-type]
        .where(NominationDecision.nomination_id == nomination_id)
        .order_by(NominationDecision.id)
    )
    return [Made(decision, name, flag is not None) for decision, name, flag in db.session.execute(query)]


def deciders(since: datetime) -> list[Decider]:
    """Everybody who has decided since this moment, by name. One statement."""
    query = (
        select(
            NominationDecision.decided_by_id,
            Employee.name,
            NominationDecision.approves,
            NominationDecision.seconds,
            HastyDecisions.id,
        )
        .join(Employee, Employee.id == NominationDecision.decided_by_id)
        .outerjoin(HastyDecisions, in_haste())  # type: ignore[arg-type]
        .where(NominationDecision.at >= since)
        .order_by(Employee.name, NominationDecision.decided_by_id)
    )
    rows: dict[tuple[int, str], list[tuple[bool, int | None, int | None]]] = defaultdict(list)
    for decider_id, name, approves, seconds, flag in db.session.execute(query):
        rows[decider_id, name].append((approves, seconds, flag))
    return [_decider(name, made) for (_, name), made in rows.items()]


def _decider(name: str, made: list[tuple[bool, int | None, int | None]]) -> Decider:
    overrides = sum(not approves for approves, _, _ in made)
    times = [seconds for _, seconds, _ in made if seconds is not None]
    return Decider(
        name=name,
        decisions=len(made),
        overrides=overrides,
        override_share=share(overrides, len(made)),
        seconds=median(times) if times else None,
        timed=len(times),
        hasty=sum(flag is not None for _, _, flag in made),
    )
