"""What the engine answers: for every active person a score with its parts, its evidence and its range."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Numbers, Reals
from champions.scoring.parameters import Parameters


class Band(StrEnum):
    """How sure it is that somebody is among the few."""

    SURE = "sure"
    BORDERLINE = "borderline"
    NOT_SHOWN = "not_shown"


class Verdict(StrEnum):
    """What a run can say as a whole. Only NAMED and BORDERLINE_ONLY bring a list."""

    NAMED = "named"
    BORDERLINE_ONLY = "borderline_only"
    NO_EVENTS = "no_events"
    NO_OUTCOMES = "no_outcomes"
    NOBODY_ACTIVE = "nobody_active"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_FEW_OUTCOMES = "too_few_outcomes"
    ALL_TIED = "all_tied"


class Alarm(StrEnum):
    """A reason for a person to look closer before deciding. No alarm changes a score."""

    MUTUAL_PRAISE = "mutual_praise"
    QUIET_GIVERS = "quiet_givers"
    FEW_GIVERS = "few_givers"
    SELF_ANSWERS = "self_answers"
    FLOOD = "flood"
    COPIES = "copies"
    SERIAL_ACCEPTING = "serial_accepting"


@dataclass(frozen=True)
class Flag:
    """One alarm about one person. `person` and `others` are numbers in the columns; `strength` lies in [0,
    1].
    """

    person: int
    alarm: Alarm
    reason: str
    strength: float
    others: tuple[int, ...] = ()

    def of(self, numbers: Numbers) -> "Flag":
        """The same with each number looked up in `numbers`."""
        others = tuple(int(numbers[other]) for other in self.others)
        return replace(self, person=int(numbers[self.person]), others=others)


@dataclass(frozen=True, eq=False)
class Component:
    """One named measure, an entry per person scored.

    `value` is the measure in its own unit, `share` the same brought to [0, 1] for drawing, `lower` and
    `upper` its likely range in its own unit, `count` the evidence under it. `counted`: whether it is part
    of the score.
    """

    name: str
    value: Reals
    share: Reals
    lower: Reals
    upper: Reals
    count: Reals
    counted: bool

    def of(self, rows: NDArray[np.intp]) -> "Component":
        """The same for some rows, in their order."""
        arrays = (self.value[rows], self.share[rows], self.lower[rows], self.upper[rows], self.count[rows])
        return Component(self.name, *arrays, self.counted)


@dataclass(frozen=True, eq=False)
class KindEvidence:
    """What is known about one kind of outcome, an entry per person scored. All counts fade with age unless
    said.

    `attempts` and `successes` feed the rate; `recent_attempts` the volume; `rate` is the shrunken success
    rate, `prior_rate` where it began, `peers_rate` what everybody (or the person's peers) reaches;
    `expected` and `excess` are results in the coming year. `number` counts the outcomes without fading.
    Rates are NaN where attempts at this kind are not known.
    """

    kind: str
    worth: float
    attempt_verb: str | None
    number: Reals
    attempts: Reals
    recent_attempts: Reals
    successes: Reals
    rate: Reals
    prior_rate: Reals
    peers_rate: Reals
    expected: Reals
    excess: Reals
    one_more: Reals
    silence: Reals


@dataclass(frozen=True, eq=False)
class ScoringResult:
    """The answer of one run. Every array has an entry per person scored, the best first; `person` numbers
    them.

    `value` is in averages of the strongest list: 1.0 is expected to bring what the average of that list
    brings. `parts` (kinds x people) adds up to `value` to 1e-9. `p_few` is the chance to be among the few,
    from the draws; `rank_low` to `rank_high` the likely rank (1 is best). `few` is the number of the few.
    One event or outcome more moves no score v by more than `step` x (1 + |v|).
    """

    version: str
    digest: str
    as_of: float
    parameters: Parameters
    verdict: Verdict
    statement: str
    few: int
    step: float
    ids: tuple[str, ...]
    person: Numbers
    value: Reals
    lower: Reals
    upper: Reals
    p_few: Reals
    rank_low: Numbers
    rank_high: Numbers
    band: tuple[Band, ...]
    kinds: tuple[str, ...]
    parts: Reals
    evidence: tuple[KindEvidence, ...]
    components: tuple[Component, ...] = ()
    flags: tuple[Flag, ...] = ()
    totals: Mapping[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def place_of(self, person: int) -> int:
        """The row of somebody, by their number in the columns. Raises KeyError for a person who was not
        scored.
        """
        found = np.flatnonzero(self.person == person)
        if not len(found):
            raise KeyError(person)
        return int(found[0])

    def component(self, name: str) -> Component:
        """One component by name. Raises KeyError for an unknown one."""
        for component in self.components:
            if component.name == name:
                return component
        raise KeyError(name)
