"""Small groups are not shown, nor a second one from which the first could be worked out.

A table of groups with their sum lets a reader subtract: total minus what is shown is what is hidden. So whatever is
hidden must be at least `smallest` people together. Source of the practice: minimum group size with complementary
suppression in official statistics (Hundepool et al., Statistical Disclosure Control, 2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True)
class Group:
    """One group of a table: `people` is its size; groups do not overlap."""

    key: int
    name: str
    people: int


@dataclass(frozen=True)
class Grouping:
    """What a table may show: groups alone, and the keys that stand together in one row (empty: none)."""

    shown: tuple[Group, ...]
    together: tuple[Group, ...]

    @property
    def people_together(self) -> int:
        """How many people the row of hidden groups has."""
        return sum(group.people for group in self.together)

    def shows(self, key: int) -> bool:
        """Whether the group stands alone, so that a page about it may be opened."""
        return any(group.key == key for group in self.shown)


def grouped(groups: Sequence[Group], smallest: int = SMALLEST) -> Grouping:
    """Split groups into those shown alone and those shown together.

    Invariants: every group shown has at least `smallest` people; the hidden ones have none or at least `smallest`
    together. Where even that cannot be reached everything stands together. Groups without people are left out.
    """
    filled = [group for group in groups if group.people > 0]
    hidden = [group for group in filled if group.people < smallest]
    rest = sorted((group for group in filled if group.people >= smallest), key=lambda group: (group.people, group.key))
    while hidden and sum(group.people for group in hidden) < smallest and rest:
        hidden.append(rest.pop(0))
    order = {group.key: place for place, group in enumerate(groups)}
    shown = sorted(rest, key=lambda group: order[group.key])
    return Grouping(tuple(shown), tuple(sorted(hidden, key=lambda group: order[group.key])))
