"""Who praised whom: outcomes confirmed, reactions, mentions and signed votes, as matrices giver x receiver."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from champions.scoring.columns import Columns, Numbers, Reals
from champions.scoring.givers import givers
from champions.scoring.kinds import CountedKind, codes_of
from champions.scoring.rows import won_rows

PRAISE_VERBS = frozenset({"reaction", "mention", "vote"})


@dataclass(frozen=True, eq=False)
class Ties:
    """Counts giver x receiver, once in the order of givers and once in that of receivers (scipy CSR and
    CSC).
    """

    by_giver: Any
    by_receiver: Any

    @cached_property
    def total(self) -> Reals:
        """How often each person was praised."""
        return np.asarray(self.by_receiver.sum(axis=0)).ravel()

    @cached_property
    def returned(self) -> Any:
        """What each pair gave each other alike: the smaller of the two directions, in the order of receivers."""
        return self.by_giver.minimum(self.by_giver.T.tocsr()).tocsc()

    @cached_property
    def most(self) -> Reals:
        """How often each person was praised by whoever did so most."""
        return np.asarray(self.by_receiver.max(axis=0).todense()).ravel()


@dataclass(frozen=True, eq=False)
class Praise:
    """Praise of every sort (`all`) and confirmed outcomes alone (`outcomes`)."""

    all: Ties
    outcomes: Ties

    @classmethod
    def of(cls, columns: Columns, kinds: tuple[CountedKind, ...]) -> "Praise":
        """Count from columns; praise of oneself and by nobody known is left out."""
        events, people = columns.events, len(columns.people)
        confirmed: Any = sparse.csr_array((people, people))
        for kind in kinds:
            rows = won_rows(columns, kind)
            confirmed = confirmed + _counted(givers(columns, rows), columns.outcomes.person[rows], people)
        said = codes_of(events.verb_names, PRAISE_VERBS)[events.verb] & (events.actor != events.target)
        rows = np.flatnonzero(said)
        praised = confirmed + _counted(events.actor[rows], events.target[rows], people)
        return cls(Ties(praised, praised.tocsc()), Ties(confirmed, confirmed.tocsc()))


def _counted(giver: Numbers, receiver: Numbers, people: int) -> Any:
    known = (giver >= 0) & (receiver >= 0)
    place = (giver[known], receiver[known])
    return sparse.coo_array((np.ones(np.count_nonzero(known)), place), shape=(people, people)).tocsr()
