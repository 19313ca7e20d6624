"""A rule for enrolment in plain words, such as “is in Care or a team below it, and was hired in the last 30 days”."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from training.rules.enrolling.conditions import About, Condition, Definition, Group, Join, Result, Start

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
ROLES = {"owner": "a programme owner", "reviewer": "a reviewer", "trainer": "a trainer", "manager": "a manager"}


Said = tuple[str, str, str]
"""The verb, the same denied, and what it is about."""


@dataclass(frozen=True)
class Names:
    """What the ids in rules are called; a team, person or course that is gone is said to be gone."""

    teams: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    courses: Mapping[int, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)


def in_words(definition: Definition, names: Names) -> str:
    """The whole rule as the rest of a sentence that begins with “Everybody who ...”."""
    groups = [_group(group, names, alone=len(definition.groups) == 1) for group in definition.groups]
    return f"; {'and' if definition.join is Join.ALL else 'or'} ".join(groups)


def condition_in_words(one: Condition, names: Names) -> str:
    """One condition, such as “is not a manager”."""
    does, does_not, what = _WORDS[one.about](one, names)
    return f"{does_not if one.negated else does} {what}"


def _group(group: Group, names: Names, *, alone: bool) -> str:
    words = [condition_in_words(one, names) for one in group.conditions]
    if group.join is Join.ALL:
        return ", and ".join(words)
    said = ", or ".join(words)
    return said if alone or len(words) == 1 else f"either {said}"


def _team(one: Condition, names: Names) -> Said:
    return "is", "is not", f"in {_named(names.teams, one.value, 'a team that is gone')} or a team below it"


def _role(one: Condition, names: Names) -> Said:
    return "is", "is not", ROLES.get(str(one.value), str(one.value))


def _site(one: Condition, names: Names) -> Said:
    return "works", "does not work", f"at {one.value}"


def _language(one: Condition, names: Names) -> Said:
    return "speaks", "does not speak", str(names.languages.get(str(one.value), one.value))


def _started(one: Condition, names: Names) -> Said:
    if one.test == Start.WITHIN:
        when = f"in the last {one.days} days" if one.days != 1 else "today or yesterday"
        return "was hired", "was not hired", when
    assert one.day is not None  # a checked condition has its day
    order = "before" if one.test == Start.BEFORE else "on or after"
    return "was hired", "was not hired", f"{order} {day_in_words(one.day)}"


def _trainer(one: Condition, names: Names) -> Said:
    return "learns", "does not learn", f"from {_named(names.people, one.value, 'somebody who is gone')}"


def _result(one: Condition, names: Names) -> Said:
    course = f"“{_named(names.courses, one.value, 'a course that is gone')}”"
    if one.test == Result.PASSED:
        return "completed", "did not complete", f"{course} with {100 * (one.fraction or 0):g} % or more"
    if one.test == Result.FAILED:
        return "has a quiz", "has no quiz", f"of {course} that was tried and is not passed"
    return "completed", "did not complete", course


_WORDS = {
    About.TEAM: _team,
    About.ROLE: _role,
    About.SITE: _site,
    About.LANGUAGE: _language,
    About.STARTED: _started,
    About.TRAINER: _trainer,
    About.RESULT: _result,
}


def day_in_words(value: date) -> str:
    """Such as “3 March 2026”."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _named(names: Mapping[int, str], value: int | str, gone: str) -> str:
    return names.get(value, gone) if isinstance(value, int) else gone
