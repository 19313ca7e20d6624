"""Selection by group: which groups may be shown, and what their rates say beside the highest. Pure.

Impact ratio as in the audits of New York City's Local Law 144 (2023): the rate of a group divided by that of the group
with the highest rate, for who is selected and for who scores above the median; groups of less than two in a hundred
people are no yardstick. Four fifths (29 CFR 1607.4 D) is a guide to where to look, and no verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from champions.rules.proportions import Interval, ratio, share

FEWEST_PEOPLE = 5
YARDSTICK_SHARE = 0.02
FOUR_FIFTHS = 0.8
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Tally:
    """A group: its name, how many people it has, and how many of them were selected."""

    name: str
    people: int
    selected: int


class Verdict(StrEnum):
    """What the interval of a ratio says."""

    YARDSTICK = "yardstick"
    LOWER = "lower"  # all of the interval lies below four fifths
    PERHAPS_LOWER = "perhaps lower"  # all of it lies below 1, not all below four fifths
    NO_SIGN = "no sign"  # all of it lies at four fifths or above
    TOO_FEW = "too few to tell"


@dataclass(frozen=True)
class GroupRate:
    """A group with its rate and, but for the yardstick, its ratio to the highest rate."""

    tally: Tally
    rate: Interval
    ratio: Interval | None
    verdict: Verdict


def may_be_told(tallies: Sequence[Tally]) -> bool:
    """Whether rates by group say nothing about single people.

    They would if everybody who was selected, or everybody who was not, belonged to one group: then whoever knows who
    was selected knows the group of each of them.
    """
    if len(tallies) < 2:
        return False
    with_selected = sum(one.selected > 0 for one in tallies)
    with_others = sum(one.people > one.selected for one in tallies)
    nobody = with_selected == 0
    return nobody or (with_selected > 1 and with_others > 1)


def showable(tallies: Sequence[Tally]) -> list[Tally]:
    """The groups with those under five people put together, by size, the largest first.

    If those together are still under five, the next larger group joins them: so no group under five can be worked out
    by subtracting what is shown from the total.
    """
    ordered = sorted((one for one in tallies if one.people), key=lambda one: (-one.people, one.name))
    small: list[Tally] = []
    while ordered and (ordered[-1].people < FEWEST_PEOPLE or 0 < _people(small) < FEWEST_PEOPLE):
        small.append(ordered.pop())
    if not small or _people(small) < FEWEST_PEOPLE:
        return ordered
    name = " and ".join(sorted(one.name for one in small)) if len(small) > 1 else small[0].name
    return [*ordered, Tally(f"{name}, together" if len(small) > 1 else name, _people(small), _selected(small))]


def compare(tallies: Sequence[Tally], confidence: float = CONFIDENCE) -> list[GroupRate]:
    """Each group's rate and its ratio to the highest. The tallies are `showable` ones.

    The level of each ratio is corrected for all pairs of groups (Bonferroni), since any of them could have been the
    yardstick: with no difference at all, some group is called lower with a chance of at most 1 - `confidence`.
    """
    if not tallies:
        return []
    all_people = _people(tallies)
    able = [one for one in tallies if one.people >= YARDSTICK_SHARE * all_people] or list(tallies)
    yardstick = max(able, key=lambda one: (one.selected / one.people, one.people))
    pairs = max(1, len(tallies) * (len(tallies) - 1) // 2)
    level = 1 - (1 - confidence) / pairs
    rates = []
    for one in tallies:
        rate = share(one.selected, one.people, confidence)
        if one is yardstick:
            rates.append(GroupRate(one, rate, None, Verdict.YARDSTICK))
            continue
        beside = ratio((one.selected, one.people), (yardstick.selected, yardstick.people), level)
        rates.append(GroupRate(one, rate, beside, verdict_of(beside)))
    return rates


def verdict_of(beside: Interval) -> Verdict:
    """What the interval of an impact ratio says."""
    if beside.high < FOUR_FIFTHS:
        return Verdict.LOWER
    if beside.high < 1.0:
        return Verdict.PERHAPS_LOWER
    return Verdict.NO_SIGN if beside.low >= FOUR_FIFTHS else Verdict.TOO_FEW


def _people(tallies: Sequence[Tally]) -> int:
    return sum(one.people for one in tallies)


def _selected(tallies: Sequence[Tally]) -> int:
    return sum(one.selected for one in tallies)
