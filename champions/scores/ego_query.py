"""A person's help network as a picture: the closest ties, the ties among them, and a place for everybody.

One statement: who is closest, and the events among those few. The engine lays them out (scoring/ego.py); around the
person they then stand on a ring, in the order in which that layout turns, so that names never cover each other.
"""

import math
from dataclasses import dataclass

from sqlalchemy import case, func, literal, select

from activity.models import ActivityEvent, Reach
from champions.models import ScoringRun
from champions.runs.month_query import seconds_of
from champions.scoring.building import ColumnsBuilder
from champions.scoring.ego import EgoNetwork, ego_network
from champions.scoring.network import HELP_VERBS
from db import db
from people.models import Employee, Team

NO_PERSON = -1  # in place of the number of people: the row is an event
MIDDLE, WIDE, HIGH = (230.0, 148.0), 118.0, 104.0


@dataclass(frozen=True)
class Placed:
    """Somebody close: how often helped and helped by, and where the circle and the name stand in the picture."""

    employee_id: int
    name: str
    team: str
    given: int
    received: int
    x: float
    y: float
    width: float
    side: str
    text_x: float
    text_y: float


@dataclass(frozen=True)
class EgoPicture:
    """Everybody close, the closest first, the lines among them, and how many people were helped or helped in all."""

    people: tuple[Placed, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    number: int


def ego_picture(employee_id: int, run: ScoringRun, most: int = 10) -> EgoPicture:
    """The closest `most` ties of one person within the window of a run."""
    close, events = _closest(employee_id, run, most)
    if not close:
        return EgoPicture((), (), 0)
    ids = [row[0] for row in close]
    ties, turn = _network([employee_id, *ids], events, run.as_of.timestamp())
    order = _turning(turn, ids)
    angle = {other: 2 * math.pi * place / len(order) - math.pi / 2 for place, other in enumerate(order)}
    strongest = max(row[3] + row[4] for row in close)
    people = tuple(_placed(row, angle[row[0]], strongest) for row in close)
    at = {person.employee_id: (person.x, person.y) for person in people}
    pairs = sorted({(min(pair), max(pair)) for pair in ties if employee_id not in pair})
    return EgoPicture(people, tuple((*at[one], *at[other]) for one, other in pairs), close[0][5])


def _in_window(run: ScoringRun):  # type: ignore[no-untyped-def]
    return (
        ActivityEvent.verb.in_(sorted(HELP_VERBS)),
        ActivityEvent.reach != Reach.PAID,
        ActivityEvent.from_library.is_(False),
        ActivityEvent.employee_id != ActivityEvent.target_id,
        ActivityEvent.at >= run.window_from,
        ActivityEvent.at < run.as_of,
    )


def _closest(employee_id: int, run: ScoringRun, most: int):  # type: ignore[no-untyped-def]
    """The closest people, the closest first, and the events among them and the person."""
    mine = ActivityEvent.employee_id == employee_id
    other = case((mine, ActivityEvent.target_id), else_=ActivityEvent.employee_id)
    pairs = (
        select(
            other.label("other_id"),
            func.sum(case((mine, 1), else_=0)).label("given"),
            func.sum(case((mine, 0), else_=1)).label("received"),
        )
        .where(mine | (ActivityEvent.target_id == employee_id), *_in_window(run))
        .group_by("other_id")  # by its name: PostgreSQL takes the same case with other parameters for another
        .subquery()
    )
    team, number = func.coalesce(Team.name, "").label("team"), func.count().over().label("number")
    close = (
        select(Employee.id, Employee.name, team, pairs.c.given, pairs.c.received, number)
        .join(pairs, pairs.c.other_id == Employee.id)
        .outerjoin(Team, Team.id == Employee.team_id)
        .order_by((pairs.c.given + pairs.c.received).desc(), Employee.id)
        .limit(most)
        .cte("close")
    )
    near = select(close.c.id)
    events = select(
        ActivityEvent.employee_id, ActivityEvent.verb, literal(""), ActivityEvent.target_id,
        seconds_of(ActivityEvent.at), literal(NO_PERSON),
    ).where(
        mine | ActivityEvent.employee_id.in_(near),
        (ActivityEvent.target_id == employee_id) | ActivityEvent.target_id.in_(near),
        *_in_window(run),
    )  # fmt: skip
    rows = db.session.execute(select(close).union_all(events)).all()
    people = [row for row in rows if row[5] != NO_PERSON]
    people.sort(key=lambda row: (-row[3] - row[4], row[0]))
    return people, [row for row in rows if row[5] == NO_PERSON]


def _network(ids: list[int], events, as_of: float) -> tuple[set[tuple[int, int]], dict[int, float]]:  # type: ignore[no-untyped-def]
    """Who helped whom among these people, by employee id, and at which angle the engine's layout sees each."""
    builder = ColumnsBuilder()
    for number in ids:
        builder.person(str(number))
    for actor, verb, _, target, at, _ in events:
        builder.event(float(at), str(actor), verb, target=str(target))
    found: EgoNetwork = ego_network(builder.columns(), 0, as_of, most=len(ids))
    ties = {(ids[tie.helper], ids[tie.helped]) for tie in found.ties}
    return ties, {ids[node.person]: math.atan2(node.y, node.x) for node in found.nodes[1:]}


def _turning(turn: dict[int, float], others: list[int]) -> list[int]:
    """The others in the order in which the engine's layout turns around the person, the closest on top."""
    ordered = sorted(others, key=lambda other: (turn.get(other, 0.0), other))
    first = ordered.index(others[0])
    return ordered[first:] + ordered[:first]


def _placed(row, angle: float, strongest: int) -> Placed:  # type: ignore[no-untyped-def]
    x, y = MIDDLE[0] + WIDE * math.cos(angle), MIDDLE[1] + HIGH * math.sin(angle)
    side = "mid" if abs(x - MIDDLE[0]) < 8 else ("end" if x < MIDDLE[0] else "")
    return Placed(
        employee_id=row[0],
        name=row[1],
        team=row[2],
        given=int(row[3]),
        received=int(row[4]),
        x=round(x, 1),
        y=round(y, 1),
        width=round(1.5 + 8.5 * (row[3] + row[4]) / strongest, 1),
        side=side,
        text_x=round(x + (0 if side == "mid" else -14 if side == "end" else 14), 1),
        text_y=round(y + ((-14 if y < MIDDLE[1] else 24) if side == "mid" else 4), 1),
    )
