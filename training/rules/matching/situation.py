"""Everything the matching reads, and whether it is sound."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from training.rules.matching.columns import (
    MINUTES_A_DAY,
    NOBODY,
    NOT_STATED,
    Learners,
    MatchingError,
    Names,
    Numbers,
    Pairs,
    Shares,
    Staff,
    Trainers,
)


@dataclass(frozen=True, eq=False)
class Situation:
    """Everything the matching reads.

    `ties` counts how often the two have answered each other; `conflicts` lists pairs that must not be.
    """

    learners: Learners
    trainers: Trainers
    ties: Pairs
    conflicts: Pairs
    names: Names

    @cached_property
    def present(self) -> Numbers:
        """The row of each learner's present trainer, NOBODY for none or one who is no trainer any more."""
        return self.trainers.rows_of(self.learners.present_trainer)

    @cached_property
    def present_second(self) -> Numbers:
        """The same for the second contact."""
        return self.trainers.rows_of(self.learners.present_second)

    @cached_property
    def kept(self) -> Numbers:
        """How many places each trainer keeps for learners who are paused."""
        return self._kept_by(self.present)

    @cached_property
    def places(self) -> Numbers:
        """The limit of each trainer less the places kept; also of trainers who are not active."""
        return np.maximum(self.trainers.places - self.kept, 0).astype(np.int32)

    @cached_property
    def second_places(self) -> Numbers:
        """The same for second contacts."""
        return np.maximum(self.trainers.second_places - self._kept_by(self.present_second), 0).astype(np.int32)

    def _kept_by(self, present: Numbers) -> Numbers:
        waiting = present[self.learners.takes_part & self.learners.paused & ~self.learners.left]
        return np.bincount(waiting[waiting != NOBODY], minlength=len(self.trainers)).astype(np.int32)

    def check(self) -> None:
        """Raise MatchingError where lengths differ, ids are not ascending, or a value is out of its range."""
        for label, staff in (("learners", self.learners), ("trainers", self.trainers)):
            _check_staff(label, staff, self.names)
        for label, pairs in (("ties", self.ties), ("conflicts", self.conflicts)):
            _check_pairs(label, pairs, self)
        _check_shares("learners.gaps", self.learners.gaps)
        _check_shares("trainers.strengths", self.trainers.strengths)
        for name in ("places", "second_places"):
            if (getattr(self.trainers, name) < 0).any():
                raise MatchingError(f"trainers.{name}: a limit is below 0; a trainer without room has the limit 0.")


def _check_staff(label: str, staff: Staff, names: Names) -> None:
    for field in fields(staff):
        value = getattr(staff, field.name)
        if len(value) != len(staff):
            raise MatchingError(f"{label}.{field.name}: {len(value)} values for {len(staff)} people.")
    if (np.diff(staff.ids) <= 0).any():
        raise MatchingError(f"{label}.ids: must ascend, each employee once.")
    widths = [("languages", len(names.languages))]
    widths += [(name, len(names.topics)) for name in ("gaps", "strengths") if hasattr(staff, name)]
    for name, width in widths:
        if getattr(staff, name).shape[1:] != (width,):
            raise MatchingError(f"{label}.{name}: needs {width} columns, one for each name.")
    limits = [("site", len(names.sites)), ("team", len(names.teams))]
    limits += [("hours_from", MINUTES_A_DAY), ("hours_long", MINUTES_A_DAY + 1)]
    for name, limit in limits:
        value = getattr(staff, name)
        if ((value < NOT_STATED) | (value >= limit)).any():
            raise MatchingError(f"{label}.{name}: a number lies outside -1 to {limit - 1}.")


def _check_pairs(label: str, pairs: Pairs, situation: Situation) -> None:
    for name, limit in (("learner", len(situation.learners)), ("trainer", len(situation.trainers))):
        value = getattr(pairs, name)
        if ((value < 0) | (value >= limit)).any():
            raise MatchingError(f"{label}.{name}: a number lies outside its {limit} rows.")
    order = pairs.learner.astype(np.int64) * max(len(situation.trainers), 1) + pairs.trainer
    if (np.diff(order) <= 0).any():
        raise MatchingError(f"{label}: must ascend by learner and trainer, each pair once.")
    if (pairs.value < 1).any():
        raise MatchingError(f"{label}.value: a number is below 1; leave the pair out.")


def _check_shares(label: str, shares: Shares) -> None:
    if ((shares < 0) | (shares > 1)).any():
        raise MatchingError(f"{label}: a share lies outside 0 to 1; leave it NaN where it is not known.")
