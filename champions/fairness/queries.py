"""Selection by group in one run: counts of groups, never a person. What must not be told does not leave this module."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import case, func, select

from champions.fairness.models import FairnessAttribute
from champions.models import Score, ScoringRun
from champions.rules.groups import GroupRate, Tally, Verdict, compare, may_be_told, showable
from champions.scoring.result import Band
from db import db
from people.models import Employee

NAMES = {"listed": "On the shortlist", "above": "Score above the median"}


@dataclass(frozen=True)
class Measure:
    """Rates by group of one way to be selected; empty where they would tell something about single people."""

    name: str
    rates: tuple[GroupRate, ...]

    @property
    def four_fifths(self) -> float | None:
        """Four fifths of the highest rate, or None without one."""
        yardsticks = [one.rate.value for one in self.rates if one.verdict is Verdict.YARDSTICK]
        return 0.8 * yardsticks[0] if yardsticks else None

    @property
    def top(self) -> float:
        """The end of an axis that holds all rates with their ranges."""
        return max((one.rate.high for one in self.rates), default=1.0)


@dataclass(frozen=True)
class AttributeView:
    """One attribute: its measures, and of how many scored people it is not known."""

    attribute: str
    unknown: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class FairnessView:
    """All attributes in one run, how many people it scores, and how many of them are on its shortlist."""

    people: int
    listed: int
    attributes: tuple[AttributeView, ...]

    def number_of(self, *verdicts: Verdict) -> int:
        """How many comparisons of all measures have one of these verdicts."""
        measures = [measure for one in self.attributes for measure in one.measures]
        return sum(rate.verdict in verdicts for measure in measures for rate in measure.rates)


def fairness_view(run: ScoringRun) -> FairnessView:
    """The view of a run over everybody whom it scores and who has not left the scoring since. Three statements."""
    here = (Score.run_id == run.id, Employee.opted_out_at.is_(None))
    counted = select(func.count(), func.count().filter(Score.band != Band.NOT_SHOWN)).join(
        Employee, Employee.id == Score.employee_id
    )
    people, listed = db.session.execute(counted.select_from(Score).where(*here)).one()
    middle = (
        select(Score.value)
        .join(Employee, Employee.id == Score.employee_id)
        .where(*here)
        .order_by(Score.value)
        .offset(max(people - 1, 0) // 2)
        .limit(2 - people % 2)
    )
    values = list(db.session.scalars(middle)) or [0.0]
    median = sum(values) / len(values)
    query = (
        select(
            FairnessAttribute.attribute,
            FairnessAttribute.value,
            func.count(),
            func.sum(case((Score.band != Band.NOT_SHOWN, 1), else_=0)),
            func.sum(case((Score.value > median, 1), else_=0)),
        )
        .join(Score, Score.employee_id == FairnessAttribute.employee_id)
        .join(Employee, Employee.id == Score.employee_id)
        .where(*here)
        .group_by(FairnessAttribute.attribute, FairnessAttribute.value)
        .order_by(FairnessAttribute.attribute, FairnessAttribute.value)
    )
    groups: dict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
    for attribute, value, number, on_list, above in db.session.execute(query):
        groups[attribute].append((value, number, int(on_list), int(above)))
    views = [_attribute(name, rows, people) for name, rows in groups.items()]
    return FairnessView(people, listed, tuple(views))


def number_of_people() -> int:
    """Of how many people attributes are kept now."""
    return db.session.scalar(select(func.count(FairnessAttribute.employee_id.distinct()))) or 0


def _attribute(name: str, rows: list[tuple[str, int, int, int]], people: int) -> AttributeView:
    listed = [Tally(value, number, on_list) for value, number, on_list, _ in rows]
    above = [Tally(value, number, high) for value, number, _, high in rows]
    measures = (_measure(NAMES["listed"], listed), _measure(NAMES["above"], above))
    return AttributeView(name, people - sum(row[1] for row in rows), measures)


def _measure(name: str, tallies: list[Tally]) -> Measure:
    shown = showable(tallies)
    return Measure(name, tuple(compare(shown)) if may_be_told(shown) else ())
