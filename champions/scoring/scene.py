"""What the alarms look at, prepared once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.fading import per_person
from champions.scoring.kinds import CountedKind, own_events
from champions.scoring.network import help_matrix, help_rows, people_helped
from champions.scoring.praise import Praise, Ties
from champions.scoring.trust import trust

ENOUGH = 10
"""Praises or texts, below which a share says nothing."""


@dataclass(frozen=True, eq=False)
class Scene:
    """The columns, the people looked at, and of everybody: praise, trust and the number of own events."""

    columns: Columns
    people: Numbers
    praise: Praise
    trust: Reals
    done: Reals

    @classmethod
    def of(cls, columns: Columns, kinds: tuple[CountedKind, ...], people: Numbers, as_of: float) -> "Scene":
        """Prepare the alarms about `people`."""
        helped = people_helped(help_matrix(columns, help_rows(columns), as_of))
        done = per_person(columns.events.actor[own_events(columns)], len(columns.people))
        return cls(columns, people, Praise.of(columns, kinds), trust(columns, helped), done)


def givers_of(ties: Ties, person: int) -> tuple[NDArray[np.intp], Reals]:
    """Who praised one person and how often each."""
    part = slice(ties.by_receiver.indptr[person], ties.by_receiver.indptr[person + 1])
    return ties.by_receiver.indices[part], ties.by_receiver.data[part]


def given_by(ties: Ties, person: int, to: NDArray[np.intp]) -> Reals:
    """How often one person praised each of some others."""
    part = slice(ties.by_giver.indptr[person], ties.by_giver.indptr[person + 1])
    all_given = np.zeros(ties.by_giver.shape[0])
    all_given[ties.by_giver.indices[part]] = ties.by_giver.data[part]
    return all_given[to]
