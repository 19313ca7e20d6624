"""What the shortlist shows: people in the bands, what is decided about them, and which teams have nobody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from champions.contests.models import ContestState, ScoreContest
from champions.models import (
    Champion,
    HastyDecisions,
    Nomination,
    NominationDecision,
    NominationState,
    Score,
    ScoringRun,
)
from champions.naming.count_queries import NamedFor, strongest_count
from champions.rules.nomination_life import OPEN
from champions.scoring.result import Band
from champions.shortlist.coverage import Group
from champions.words import strongest
from db import db
from people.models import Employee, Team


@dataclass(frozen=True)
class Listed:
    """One person in a band, with score, range, parts and evidence; `facts` as from `row_facts`."""

    employee_id: int
    name: str
    team: str
    site: str
    languages: str
    value: float
    lower: float
    upper: float
    p_few: float
    band: Band
    parts: dict[str, float]
    reasons: list[str]
    flags: list[dict[str, Any]]
    facts: dict[str, Any]
    review_until: datetime | None
    named: NamedFor | None


@dataclass(frozen=True)
class OpenNomination:
    """A nomination that waits: for the employee (`proposed`) or for people who decide (`accepted`)."""

    id: int
    employee_id: int
    name: str
    state: NominationState
    proposed_at: datetime
    answered_at: datetime | None
    approved_by: tuple[int, ...]


@dataclass(frozen=True)
class LiveChampion:
    """Somebody whom people approved to train others."""

    name: str
    starts_at: datetime
    team: str
    site: str
    languages: str
    paused_at: datetime | None
    nomination_id: int


def latest_run() -> ScoringRun | None:
    """The newest run, or None."""
    return db.session.scalars(select(ScoringRun).order_by(ScoringRun.id.desc()).limit(1)).first()


@dataclass(frozen=True)
class Latest:
    """The newest run, or None; flags about approvals in haste that nobody has seen; contests past their deadline."""

    run: ScoringRun | None
    flags: int = 0
    late_contests: int = 0


def latest(at: datetime) -> Latest:
    """The newest run and what an owner must know about decisions, in one statement."""
    flags = select(func.count()).select_from(HastyDecisions).where(HastyDecisions.seen_at.is_(None)).scalar_subquery()
    late = (
        select(func.count())
        .select_from(ScoreContest)
        .where(ScoreContest.state == ContestState.OPEN, ScoreContest.due_at < at)
        .scalar_subquery()
    )
    row = db.session.execute(select(ScoringRun, flags, late).order_by(ScoringRun.id.desc()).limit(1)).first()
    return Latest(*row) if row else Latest(None)


def works_here() -> ColumnElement[bool]:
    """A criterion on Employee: neither deactivated nor gone by the date on which they leave, by the database's day."""
    stays = or_(Employee.ends_on.is_(None), Employee.ends_on >= func.current_date())
    return and_(Employee.deactivated_at.is_(None), stays)


def people_in_bands(run_id: int) -> list[Listed]:
    """Everybody in a band, by band and the lower end of the range. Who opted out or left since is left out."""
    review = (
        select(func.min(ScoreContest.due_at))
        .where(ScoreContest.employee_id == Score.employee_id, ScoreContest.state == ContestState.OPEN)
        .correlate(Score)
        .scalar_subquery()
    )
    query = (
        select(Score, Employee.name, Team.name, Employee.site, Employee.languages, review, *strongest_count())
        .join(Employee, Employee.id == Score.employee_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Score.run_id == run_id, Score.band != Band.NOT_SHOWN, Employee.opted_out_at.is_(None), works_here())
        .order_by(Score.band.desc(), Score.lower.desc(), Score.employee_id)
    )
    return [
        Listed(
            score.employee_id,
            name,
            team or "",
            site,
            languages,
            score.value,
            score.lower,
            score.upper,
            score.p_few,
            Band(score.band),
            score.parts,
            strongest(score.parts, score.evidence),
            score.flags,
            score.evidence.get("facts", {}),
            review_until,
            NamedFor(topic, givers) if givers else None,
        )
        for score, name, team, site, languages, review_until, topic, givers in db.session.execute(query)
    ]


@dataclass(frozen=True)
class Named:
    """Somebody who works here and takes part in the scoring, by name and place."""

    name: str
    team: str
    site: str
    languages: str


def people_named(ids: Iterable[int]) -> dict[int, Named]:
    """Names and places by employee id; who left or opted out since is left out. One statement."""
    query = (
        select(Employee.id, Employee.name, Team.name, Employee.site, Employee.languages)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(Employee.id.in_(sorted(ids)), Employee.opted_out_at.is_(None), works_here())
    )
    return {row[0]: Named(row[1], row[2] or "", row[3], row[4]) for row in db.session.execute(query)}


@dataclass(frozen=True)
class UnderWay:
    """Nominations that wait and live champions, both by employee."""

    nominations: dict[int, OpenNomination]
    champions: dict[int, LiveChampion]


def under_way() -> UnderWay:
    """All nominations that wait, with who approved already, and all live champions: one statement."""
    live = and_(Champion.nomination_id == Nomination.id, Champion.ends_at.is_(None), works_here())
    query = (
        select(
            Nomination, NominationDecision.decided_by_id, Employee, Team.name, Champion.starts_at, Champion.paused_at
        )
        .join(Employee, Employee.id == Nomination.employee_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .outerjoin(NominationDecision, NominationDecision.nomination_id == Nomination.id)
        .outerjoin(Champion, live)
        .where(or_(Nomination.state.in_(OPEN), Champion.id.is_not(None)))
        .order_by(Nomination.answered_at, Nomination.id)
    )
    approvals: dict[int, list[int]] = defaultdict(list)
    rows: dict[int, tuple[Nomination, str]] = {}
    champions: dict[int, LiveChampion] = {}
    for nomination, decider, person, team, starts_at, paused_at in db.session.execute(query):
        if starts_at is not None:
            champions[person.id] = LiveChampion(
                person.name, starts_at, team or "", person.site, person.languages, paused_at, nomination.id
            )
            continue
        rows[nomination.id] = (nomination, person.name)
        if decider is not None:
            approvals[nomination.id].append(decider)
    return UnderWay(_waiting(rows, approvals), dict(sorted(champions.items(), key=lambda item: item[1].name)))


def _waiting(
    rows: Mapping[int, tuple[Nomination, str]], approvals: Mapping[int, Sequence[int]]
) -> dict[int, OpenNomination]:
    return {
        item.employee_id: OpenNomination(
            item.id,
            item.employee_id,
            name,
            NominationState(item.state),
            item.proposed_at,
            item.answered_at,
            tuple(approvals.get(item.id, ())),
        )
        for item, name in rows.values()
    }


def champions() -> dict[int, LiveChampion]:
    """Live champions by employee, by name."""
    return under_way().champions


def groups() -> list[Group]:
    """Active employees by team, site and languages: one statement, a row a group."""
    query = (
        select(Team.name, Employee.site, Employee.languages, func.count())
        .join(Employee, Employee.team_id == Team.id)
        .where(works_here())
        .group_by(Team.id, Team.name, Employee.site, Employee.languages)
        .order_by(Team.name, Employee.site, Employee.languages)
    )
    return [Group(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; an empty field lets everybody through."""

    team: str = ""
    site: str = ""
    language: str = ""
    channel: str = ""
    decision: str = ""


def only(listed: Sequence[Listed], wanted: Filter, decided: Mapping[int, str]) -> list[Listed]:
    """Those who fit; `decided` says "champion" or "nominated" by employee, the others are "open"."""
    return [
        person
        for person in listed
        if (not wanted.team or person.team == wanted.team)
        and (not wanted.site or person.site == wanted.site)
        and (not wanted.language or wanted.language in person.languages.split(";"))
        and (not wanted.channel or wanted.channel in person.facts.get("channels", ()))
        and (not wanted.decision or decided.get(person.employee_id, "open") == wanted.decision)
    ]
