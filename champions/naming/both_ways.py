"""Who is found by the score and who by colleagues: the two lists side by side, never made into one number."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from champions.models import Score
from champions.naming.count_queries import NamedFor, counts_of
from champions.scoring.result import Band
from db import db
from people.models import Employee, Team


class FoundBy(StrEnum):
    """By which of the two ways somebody is found."""

    SCORE = "score"
    NAMING = "naming"
    BOTH = "both"


MEANING = {
    FoundBy.SCORE: "Strong results, and fewer than three colleagues name them for a topic. They may help customers "
    "rather than colleagues, work quietly, or be new: read what their results rest on. It is no mark against them.",
    FoundBy.NAMING: "Colleagues go to them, and their score does not show it. Their help may happen where nothing is "
    "read: in person, by telephone, in a channel that is not imported. Ask the people around them what they do.",
    FoundBy.BOTH: "Results and colleagues say the same.",
}


@dataclass(frozen=True)
class Found:
    """One person who is in a band, named by at least three, or both. `band` is None for who is in no band."""

    employee_id: int
    name: str
    team: str
    site: str
    band: Band | None
    named: tuple[NamedFor, ...]

    @property
    def by(self) -> FoundBy:
        """By which way."""
        if self.band is None:
            return FoundBy.NAMING
        return FoundBy.BOTH if self.named else FoundBy.SCORE


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to; `by` None: found by only one of the two. Empty fields let everybody through."""

    by: FoundBy | None = None
    topic: str = ""
    team: str = ""
    site: str = ""

    def fits(self, one: Found) -> bool:
        """Whether somebody belongs on the narrowed list."""
        return (
            (one.by is self.by if self.by else one.by is not FoundBy.BOTH)
            and (not self.topic or any(item.topic == self.topic for item in one.named))
            and (not self.team or one.team == self.team)
            and (not self.site or one.site == self.site)
        )


def found(run_id: int) -> list[Found]:
    """Everybody in a band of the run or named by at least three in the last counted round, by name.

    Who takes no part in the scoring or is deactivated is left out. Three statements.
    """
    counts = counts_of()
    banded = select(Score.employee_id, Score.band).where(Score.run_id == run_id, Score.band != Band.NOT_SHOWN)
    bands = {row.employee_id: Band(row.band) for row in db.session.execute(banded)}
    query = (
        select(Employee.id, Employee.name, Team.name, Employee.site)
        .outerjoin(Team, Team.id == Employee.team_id)
        .where(
            Employee.id.in_(sorted({*counts, *bands})),
            Employee.opted_out_at.is_(None),
            Employee.deactivated_at.is_(None),
        )
        .order_by(Employee.name, Employee.id)
    )
    return [
        Found(
            row[0],
            row[1],
            row[2] or "",
            row[3],
            bands.get(row[0]),
            tuple(counts.get(row[0], ())),
        )
        for row in db.session.execute(query)
    ]
