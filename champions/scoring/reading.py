"""The columns of one run with what several measures need, worked out once and only if asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Reals, Truths
from champions.scoring.fading import per_person
from champions.scoring.kinds import own_events
from champions.scoring.network import help_matrix, help_rows, people_helped


@dataclass(frozen=True, eq=False)
class Reading:
    """Columns in the order of ids that end before `as_of`."""

    columns: Columns
    as_of: float

    @cached_property
    def own(self) -> Truths:
        """Which events are something that their actor did."""
        return own_events(self.columns)

    @cached_property
    def done(self) -> Reals:
        """How many own events each person has."""
        return per_person(self.columns.events.actor[self.own], len(self.columns.people))

    @cached_property
    def help_rows(self) -> NDArray[np.intp]:
        """The events by which somebody helped somebody else."""
        return help_rows(self.columns)

    @cached_property
    def helped(self) -> Any:
        """Helper x helped, faded."""
        return help_matrix(self.columns, self.help_rows, self.as_of)

    @cached_property
    def people_helped(self) -> Reals:
        """How many people each one helped, counted softly."""
        return people_helped(self.helped)
