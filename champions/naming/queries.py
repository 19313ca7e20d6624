"""What the pages of peer naming read: the round, one's own names, colleagues to name. Never the names of others."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from champions.naming.models import NamingAnswer, NamingCount, NamingRound, NamingTopic, PeerNaming
from db import db
from people.models import Employee, Team
from people.roles.queries import is_active
from web import PAGE_SIZE, Page

SHORTEST_WORDS = 2
MOST_FOUND = 8


@dataclass(frozen=True)
class Colleague:
    """What everybody may see of a colleague here: name, team and site."""

    id: int
    name: str
    team: str
    site: str

    @property
    def place(self) -> str:
        """Team and site in one line."""
        return ", ".join(part for part in (self.team, self.site) if part)


def current_round() -> NamingRound | None:
    """The round that is not counted yet, or None."""
    return db.session.scalars(select(NamingRound).where(NamingRound.place.is_not(None))).one_or_none()


def round_for(giver_id: int) -> tuple[NamingRound | None, bool]:
    """The round that is not counted yet, or None, and whether this person has answered it. One statement."""
    answered = and_(NamingAnswer.round_id == NamingRound.id, NamingAnswer.giver_id == giver_id)
    query = (
        select(NamingRound, NamingAnswer.giver_id)
        .outerjoin(NamingAnswer, answered)
        .where(NamingRound.place.is_not(None))
    )
    row = db.session.execute(query).one_or_none()
    return (row[0], row[1] is not None) if row else (None, False)


def topics_of(round_id: int) -> list[NamingTopic]:
    """The topics of a round, in their order."""
    query = select(NamingTopic).where(NamingTopic.round_id == round_id).order_by(NamingTopic.position)
    return list(db.session.scalars(query))


def own_names(round_id: int, giver_id: int, at: datetime) -> dict[int, list[Colleague]]:
    """Whom this person has named, by topic; who has left falls out."""
    query = (
        select(PeerNaming.topic_id, Employee.id, Employee.name, Team.name, Employee.site)
        .join(NamingTopic, NamingTopic.id == PeerNaming.topic_id)
        .join(Employee, Employee.id == PeerNaming.named_id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(NamingTopic.round_id == round_id, PeerNaming.giver_id == giver_id, is_active(at))
        .order_by(Employee.name, Employee.id)
    )
    names: dict[int, list[Colleague]] = defaultdict(list)
    for topic_id, employee_id, name, team, site in db.session.execute(query):
        names[topic_id].append(Colleague(employee_id, name, team or "", site))
    return names


def find_colleagues(words: str, *, asker_id: int, at: datetime) -> list[Colleague]:
    """At most eight colleagues in whose name every word begins a part; none for fewer than two letters."""
    parts = words.split()[:4]
    if len("".join(parts)) < SHORTEST_WORDS:
        return []
    begins = [
        or_(
            Employee.name.istartswith(part, autoescape=True),
            Employee.name.icontains(f" {part}", autoescape=True),
            Employee.name.icontains(f"-{part}", autoescape=True),
        )
        for part in parts
    ]
    query = (
        select(Employee.id, Employee.name, Team.name, Employee.site)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(*begins, Employee.id != asker_id, is_active(at))
        .order_by(Employee.name, Employee.id)
        .limit(MOST_FOUND)
    )
    return [Colleague(row[0], row[1], row[2] or "", row[3]) for row in db.session.execute(query)]


@dataclass(frozen=True)
class Turnout:
    """How many of those who are asked have answered."""

    answered: int
    asked: int


def turnout(round_id: int, at: datetime) -> Turnout:
    """Who works here and has answered so far, as two numbers: one statement."""
    answered = and_(NamingAnswer.giver_id == Employee.id, NamingAnswer.round_id == round_id)
    query = (
        select(func.count(NamingAnswer.giver_id), func.count()).outerjoin(NamingAnswer, answered).where(is_active(at))
    )
    return Turnout(*db.session.execute(query.select_from(Employee)).one())


def rounds_page(number: int) -> Page[NamingRound]:
    """Rounds that are counted, the newest first."""
    query = (
        select(NamingRound, func.count().over())
        .where(NamingRound.counted_at.is_not(None))
        .order_by(NamingRound.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = db.session.execute(query).all()
    return Page([row[0] for row in rows], number, rows[0][1] if rows else 0)


def people_named(round_id: int) -> int:
    """How many people have a count that may be told, for any topic of a counted round."""
    query = (
        select(func.count(NamingCount.employee_id.distinct()))
        .join(NamingTopic, NamingTopic.id == NamingCount.topic_id)
        .where(NamingTopic.round_id == round_id)
    )
    return db.session.scalar(query) or 0
