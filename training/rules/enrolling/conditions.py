"""Rules for enrolment as plain records: groups of conditions on people, each group and the whole joined by all or any.

A rule is stored as JSON (`as_json`, `from_json`) and checked before it is: a rule that was stored can be evaluated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class About(StrEnum):
    """What a condition asks of a person, in the order in which it is offered."""

    TEAM = "team"
    ROLE = "role"
    SITE = "site"
    LANGUAGE = "language"
    STARTED = "started"
    TRAINER = "trainer"
    RESULT = "result"


class Join(StrEnum):
    """Whether all of several have to hold, or any."""

    ALL = "all"
    ANY = "any"


class Start(StrEnum):
    """How the first day of work is compared."""

    WITHIN = "within"  # the last so many days, today included
    BEFORE = "before"
    AFTER = "after"  # on that day or later


class Result(StrEnum):
    """What came of another course."""

    COMPLETED = "completed"
    PASSED = "passed"  # completed, and the best results of its quizzes are on average at least so high
    FAILED = "failed"  # a quiz was finished and is not passed


@dataclass(frozen=True)
class Condition:
    """One condition.

    `value` is the id of a team, a trainer or a course, or the text of a role, site or language. `test` is a Start or a
    Result; `days`, `day` and `fraction` (in [0, 1]) go with it. `negated` turns it round, but somebody whose first
    day is not known fulfils no condition about it, neither way.
    """

    about: About
    value: int | str = ""
    test: str = ""
    days: int | None = None
    day: date | None = None
    fraction: float | None = None
    negated: bool = False


@dataclass(frozen=True)
class Group:
    """Conditions of which all, or any, have to hold. Never empty."""

    join: Join
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Definition:
    """Whom a rule means: groups of which all, or any, have to hold. Never empty, so nobody is meant by mistake."""

    join: Join
    groups: tuple[Group, ...]

    def conditions(self) -> tuple[Condition, ...]:
        """All conditions in order."""
        return tuple(one for group in self.groups for one in group.conditions)

    def asks_about(self, about: About) -> bool:
        """Whether any condition is of this kind."""
        return any(one.about is about for one in self.conditions())


def as_json(definition: Definition) -> dict[str, Any]:
    """The definition as JSON; `from_json` reads it back unchanged."""
    groups = [
        {"join": group.join.value, "conditions": [_condition_as_json(one) for one in group.conditions]}
        for group in definition.groups
    ]
    return {"join": definition.join.value, "groups": groups}


def from_json(stored: Mapping[str, Any]) -> Definition:
    """Read what `as_json` wrote. Raises ValueError for an empty or unknown one."""
    groups = tuple(
        Group(Join(group["join"]), tuple(_condition_from_json(one) for one in group["conditions"]))
        for group in stored["groups"]
    )
    if not groups or not all(group.conditions for group in groups):
        raise ValueError("a rule needs at least one condition in each group")
    return Definition(Join(stored["join"]), groups)


def _condition_as_json(one: Condition) -> dict[str, Any]:
    stored: dict[str, Any] = {"about": one.about.value, "value": one.value, "test": one.test, "negated": one.negated}
    if one.days is not None:
        stored["days"] = one.days
    if one.day is not None:
        stored["day"] = one.day.isoformat()
    if one.fraction is not None:
        stored["fraction"] = one.fraction
    return stored


def _condition_from_json(stored: Mapping[str, Any]) -> Condition:
    day = stored.get("day")
    return Condition(
        about=About(stored["about"]),
        value=stored["value"],
        test=stored["test"],
        days=stored.get("days"),
        day=date.fromisoformat(day) if day else None,
        fraction=stored.get("fraction"),
        negated=bool(stored["negated"]),
    )
