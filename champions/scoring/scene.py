"""What the alarms look at, prepared once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Numbers, Reals, Truths
from champions.scoring.kinds import CountedKind
from champions.scoring.praise import Praise
from champions.scoring.reading import Reading
from champions.scoring.trust import trust

ENOUGH = 10
"""Praises or texts, below which a share says nothing."""


@dataclass(frozen=True, eq=False)
class Scene:
    """The columns, the people looked at, praise and trust of everybody, own events and their number."""

    columns: Columns
    people: Numbers
    praise: Praise
    trust: Reals
    own: Truths
    done: Reals

    @classmethod
    def of(cls, reading: Reading, kinds: tuple[CountedKind, ...], people: Numbers) -> "Scene":
        """Prepare the alarms about `people`."""
        spread = trust(reading.helped, reading.people_helped)
        return cls(reading.columns, people, Praise.of(reading.columns, kinds), spread, reading.own, reading.done)

    def among(self, *conditions: Truths) -> list[int]:
        """The people looked at of whom all conditions (an entry per person) hold."""
        held = np.logical_and.reduce([condition[self.people] for condition in conditions])
        found: list[int] = self.people[held].tolist()
        return found


def column_of(matrix: Any, person: int) -> tuple[NDArray[np.intp], Reals]:
    """Who stands in one person's column, and the entries, of a matrix in the order of receivers."""
    part = slice(matrix.indptr[person], matrix.indptr[person + 1])
    return matrix.indices[part], matrix.data[part]
