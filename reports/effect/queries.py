"""Waves by lot with what each person brought, ready to be compared: two statements and the parameters of scoring."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import ColumnElement, and_, case, func, select

from activity.models import Outcome, OutcomeCredit
from db import db
from people.models import Employee
from reports.measures.staggered import Waves
from training.assigning.models import Assignment
from training.assigning.wave_models import WaveMember
from training.assigning.wave_queries import by_lot_alone
from training.models import Course

BEFORE = timedelta(days=90)
SETTLING = timedelta(days=14)
"""What is brought in a wave's first two weeks counts for nobody: hardly a lesson has been read."""

SHORTEST = timedelta(days=14)
MONTH = 30.0


@dataclass(frozen=True)
class Member:
    """A learner whose wave the lot alone decided; only people of one draw can be compared."""

    learner_id: int
    wave: int
    draw_id: int
    team: str
    site: str
    began_at: datetime | None


@dataclass(frozen=True)
class Span:
    """A time in which the waves up to `wave` were under way and the next one waited."""

    wave: int
    begins: datetime
    ends: datetime

    @property
    def days(self) -> float:
        """Its length."""
        return (self.ends - self.begins).total_seconds() / 86_400


def members(course_id: int) -> list[Member]:
    """Everybody in a wave by lot alone who works here, and when their first assignment began: one statement."""
    began = (
        select(Assignment.learner_id, func.min(Assignment.starts_at).label("at"))
        .where(Assignment.course_id == course_id)
        .group_by(Assignment.learner_id)
        .subquery()
    )
    query = (
        select(WaveMember.learner_id, WaveMember.wave, WaveMember.draw_id, WaveMember.team, WaveMember.site, began.c.at)
        .join(Employee, Employee.id == WaveMember.learner_id)
        .outerjoin(began, began.c.learner_id == WaveMember.learner_id)
        .where(WaveMember.course_id == course_id, by_lot_alone())
        .order_by(WaveMember.learner_id)
    )
    return [Member(*row) for row in db.session.execute(query)]


def courses_drawn() -> list[tuple[int, str, str]]:
    """(id, slug, title) of the courses that have waves, the one with most people first: one statement."""
    query = (
        select(Course.id, Course.slug, Course.title)
        .join(WaveMember, WaveMember.course_id == Course.id)
        .group_by(Course.id, Course.slug, Course.title)
        .order_by(func.count().desc(), Course.id)
    )
    return [(row.id, row.slug, row.title) for row in db.session.execute(query)]


def spans_of(people: Sequence[Member], until: datetime) -> list[Span]:
    """The times in which some waves were under way and another waited, up to `until`, where the outcomes end."""
    begins: dict[int, datetime] = {}
    for one in people:
        if one.began_at is not None:
            begins[one.wave] = min(one.began_at, begins.get(one.wave, one.began_at))
    last = max((one.wave for one in people), default=0)
    spans = []
    for wave in sorted(begins):
        if wave < last:
            end = min(begins.get(wave + 1, until), until)
            span = Span(wave, begins[wave] + SETTLING, end)
            if span.ends - span.begins >= SHORTEST:
                spans.append(span)
    return spans


def waves_by_kind(
    course_id: int, people: Sequence[Member], spans: Sequence[Span], is_result: Callable[[str], bool]
) -> dict[str, Waves]:
    """The waves with the outcomes of each kind that is a result, and with all of them together as "". One statement.

    `people` and `spans` must not be empty.
    """
    place = {one.learner_id: row for row, one in enumerate(people)}
    first = min(span.begins for span in spans) - SETTLING
    before = np.zeros((len(people), 1 + len(spans)))
    found: dict[str, np.ndarray] = defaultdict(before.copy)
    for learner_id, kind, span, value in _results(course_id, spans, first):
        if is_result(kind) and learner_id in place:
            found[kind][place[learner_id], span] += float(value)
    found[""] = sum(found.values(), before.copy())
    return {kind: _waves(people, spans, values) for kind, values in found.items()}


def _waves(people: Sequence[Member], spans: Sequence[Span], values: np.ndarray) -> Waves:
    days = np.array([span.days for span in spans])
    strata = {
        stratum: number for number, stratum in enumerate(sorted({(one.draw_id, one.team, one.site) for one in people}))
    }
    # Spans may leave out a wave that began too late; they are numbered anew, as `Waves` wants.
    turn = {span.wave: number for number, span in enumerate(spans, 1)}
    begun = [next((turn[wave] for wave in sorted(turn) if wave >= one.wave), len(spans) + 1) for one in people]
    return Waves(
        wave=np.array(begun, dtype=np.int64),
        stratum=np.array([strata[one.draw_id, one.team, one.site] for one in people], dtype=np.int64),
        before=values[:, 0] * MONTH / BEFORE.days,
        after=values[:, 1:] * MONTH / days,
        days=days,
        counted=float(values.sum()),
    )


def _results(course_id: int, spans: Sequence[Span], first: datetime) -> Sequence[tuple]:
    """(learner, kind, 0 for the time before or the number of the span, credited outcomes): one statement."""
    inside: list[tuple[ColumnElement[bool], int]] = [(_within(first - BEFORE, first), 0)]
    inside += [(_within(span.begins, span.ends), number) for number, span in enumerate(spans, 1)]
    span = case(*inside, else_=-1).label("span")
    drawn = select(WaveMember.learner_id).where(WaveMember.course_id == course_id, by_lot_alone())
    query = (
        select(OutcomeCredit.employee_id, Outcome.kind, span, func.sum(Outcome.value * OutcomeCredit.share))
        .join(Outcome, Outcome.id == OutcomeCredit.outcome_id)
        .where(OutcomeCredit.employee_id.in_(drawn), Outcome.at >= first - BEFORE, Outcome.at < spans[-1].ends)
        .group_by(OutcomeCredit.employee_id, Outcome.kind, "span")
    )
    return [tuple(row) for row in db.session.execute(query) if row.span >= 0]


def _within(begins: datetime, ends: datetime) -> ColumnElement[bool]:
    return and_(Outcome.at >= begins, Outcome.at < ends)
