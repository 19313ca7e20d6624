"""A rule while it is being written: what was typed, kept as typed, and the definition or the faults that come of it.

Fields of the form are named by their place: `join`, `g0.join`, `g0.c1.about`, `g0.c1.value`, and so on. A button that
changes the draft is named `deed`: `add g0 team`, `remove g0.c1`, `group`. So the page works without script.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from training.rules.enrolling.conditions import About, Condition, Definition, Group, Join, Result, Start
from training.rules.enrolling.words import ROLES

MOST_GROUPS = 6
MOST_CONDITIONS = 12
MOST_DAYS = 3650
BY_ID = (About.TEAM, About.TRAINER, About.RESULT)
WANTED = {
    About.TEAM: "Choose a team.",
    About.ROLE: "Choose a role.",
    About.SITE: "Choose a site.",
    About.LANGUAGE: "Choose a language.",
    About.TRAINER: "Choose a trainer.",
    About.RESULT: "Choose a course.",
}


@dataclass(frozen=True)
class DraftCondition:
    """A condition as it was typed."""

    about: About
    value: str = ""
    test: str = ""
    days: str = ""
    day: str = ""
    percent: str = ""
    negated: bool = False


@dataclass(frozen=True)
class DraftGroup:
    """A group as it was typed; it may still be empty."""

    join: Join
    conditions: tuple[DraftCondition, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A rule as it was typed."""

    join: Join
    groups: tuple[DraftGroup, ...]


EMPTY = Draft(Join.ALL, (DraftGroup(Join.ALL),))


def read_draft(fields: Mapping[str, str]) -> Draft:
    """What a form holds. Fields that make no sense are left out; they come from no page of ours."""
    groups = []
    for number in range(MOST_GROUPS):
        if f"g{number}.join" not in fields:
            break
        conditions = [_read_condition(fields, f"g{number}.c{place}") for place in range(MOST_CONDITIONS)]
        kept = tuple(one for one in conditions if one is not None)
        groups.append(DraftGroup(_join(fields[f"g{number}.join"]), kept))
    return Draft(_join(fields.get("join", "")), tuple(groups) or EMPTY.groups)


def changed(draft: Draft, deed: str) -> Draft:
    """The draft after a button was pressed; unchanged if the button means nothing here."""
    words = deed.split()
    if words == ["group"] and len(draft.groups) < MOST_GROUPS:
        return replace(draft, groups=(*draft.groups, DraftGroup(Join.ALL)))
    if len(words) == 3 and words[0] == "add":
        return _added(draft, words[1], words[2])
    if len(words) == 2 and words[0] == "remove":
        return _removed(draft, words[1])
    return draft


def draft_of(definition: Definition) -> Draft:
    """A stored rule, to be changed."""
    groups = tuple(
        DraftGroup(group.join, tuple(_draft_of(one) for one in group.conditions)) for group in definition.groups
    )
    return Draft(definition.join, groups)


def settle(draft: Draft) -> tuple[Definition | None, dict[str, str]]:
    """The definition, or None and what is wrong by place (`g0.c1`, `g0`). An empty group beside others is dropped."""
    faults: dict[str, str] = {}
    groups = []
    for number, group in enumerate(draft.groups):
        conditions = []
        for place, one in enumerate(group.conditions):
            try:
                conditions.append(_settled(one))
            except ValueError as error:
                faults[f"g{number}.c{place}"] = str(error)
        if conditions:
            groups.append(Group(group.join, tuple(conditions)))
    if not groups and not faults:
        faults["g0"] = "Add at least one condition: without one nobody is meant."
    if faults:
        return None, faults
    return Definition(draft.join, tuple(groups)), {}


def _read_condition(fields: Mapping[str, str], place: str) -> DraftCondition | None:
    try:
        about = About(fields.get(f"{place}.about", ""))
    except ValueError:
        return None
    return DraftCondition(
        about=about,
        value=fields.get(f"{place}.value", "").strip(),
        test=fields.get(f"{place}.test", "").strip(),
        days=fields.get(f"{place}.days", "").strip(),
        day=fields.get(f"{place}.day", "").strip(),
        percent=fields.get(f"{place}.percent", "").strip(),
        negated=fields.get(f"{place}.negated") == "1",
    )


def _join(text: str) -> Join:
    return Join.ANY if text == Join.ANY.value else Join.ALL


def _added(draft: Draft, place: str, kind: str) -> Draft:
    number = _number(place, "g")
    if number >= len(draft.groups) or kind not in list(About):
        return draft
    group = draft.groups[number]
    if len(group.conditions) >= MOST_CONDITIONS:
        return draft
    new = DraftCondition(About(kind), test={"started": "within", "result": "completed"}.get(kind, ""))
    return _with_group(draft, number, replace(group, conditions=(*group.conditions, new)))


def _removed(draft: Draft, place: str) -> Draft:
    head, _, tail = place.partition(".")
    number, at = _number(head, "g"), _number(tail, "c")
    if number >= len(draft.groups):
        return draft
    if not tail:
        rest = tuple(group for index, group in enumerate(draft.groups) if index != number)
        return replace(draft, groups=rest or EMPTY.groups)
    group = draft.groups[number]
    kept = tuple(one for index, one in enumerate(group.conditions) if index != at)
    return _with_group(draft, number, replace(group, conditions=kept))


def _with_group(draft: Draft, number: int, group: DraftGroup) -> Draft:
    return replace(draft, groups=(*draft.groups[:number], group, *draft.groups[number + 1 :]))


def _number(text: str, letter: str) -> int:
    """The number in "g2"; beyond every place if there is none."""
    digits = text.removeprefix(letter)
    return int(digits) if text.startswith(letter) and digits.isascii() and digits.isdigit() else MOST_CONDITIONS + 1


def _draft_of(one: Condition) -> DraftCondition:
    return DraftCondition(
        about=one.about,
        value=str(one.value),
        test=one.test,
        days="" if one.days is None else str(one.days),
        day="" if one.day is None else one.day.isoformat(),
        percent="" if one.fraction is None else f"{100 * one.fraction:g}",
        negated=one.negated,
    )


def _settled(one: DraftCondition) -> Condition:
    """The condition; raises ValueError with the cure."""
    if one.about is About.STARTED:
        return _started(one)
    if not one.value or (one.about is About.ROLE and one.value not in ROLES):
        raise ValueError(WANTED[one.about])
    value: int | str = one.value
    if one.about in BY_ID:
        if not (one.value.isascii() and one.value.isdigit() and len(one.value) < 10):
            raise ValueError(WANTED[one.about])
        value = int(one.value)
    settled = Condition(one.about, value, negated=one.negated)
    return _result(one, settled) if one.about is About.RESULT else settled


def _started(one: DraftCondition) -> Condition:
    test = Start(one.test) if one.test in list(Start) else Start.WITHIN
    if test is Start.WITHIN:
        return Condition(one.about, "", test.value, days=days_in(one.days), negated=one.negated)
    try:
        return Condition(one.about, "", test.value, day=date.fromisoformat(one.day), negated=one.negated)
    except ValueError:
        raise ValueError("Write the day as 2026-11-23.") from None


def _result(one: DraftCondition, settled: Condition) -> Condition:
    test = Result(one.test) if one.test in list(Result) else Result.COMPLETED
    if test is not Result.PASSED:
        return replace(settled, test=test.value)
    try:
        percent = float(one.percent.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise ValueError("Write the result as a number from 0 to 100.")
    return replace(settled, test=test.value, fraction=percent / 100)


def days_in(text: str, *, least: int = 0) -> int:
    """A number of days as people write it; raises ValueError with the cure."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 6 and least <= int(plain) <= MOST_DAYS):
        raise ValueError(f"Write a number of days from {least} to {MOST_DAYS:,}.")
    return int(plain)
