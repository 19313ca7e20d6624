"""How floors were kept: for each site and each main language, who was asked, who gets a trainer, and the floor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.rules.matching.columns import NOT_STATED, Numbers
from training.rules.matching.solving import Result


@dataclass(frozen=True)
class Served:
    """People of one site or main language ("" where not stated): asked, with a trainer, and the floor."""

    name: str
    asked: int
    taught: int
    floor: int


def served_by_site(result: Result) -> tuple[Served, ...]:
    """By site, in the order of names, those not stated last."""
    situation = result.candidates.situation
    return _served(result, situation.learners.site, situation.names.sites)


def served_by_language(result: Result) -> tuple[Served, ...]:
    """By main language, likewise."""
    situation = result.candidates.situation
    return _served(result, situation.learners.main_language, situation.names.languages)


def _served(result: Result, code: Numbers, names: Sequence[str]) -> tuple[Served, ...]:
    """The floor of a name is the sum of the floors of its groups of site and language."""
    asked, taught = result.transport.asked, result.taught
    slots = len(names) + 1
    place = np.where(code == NOT_STATED, slots - 1, code)
    of_group = np.zeros(len(result.transport.floors), np.int64)
    of_group[result.transport.group] = place
    floors = np.bincount(of_group, result.transport.floors, minlength=slots).astype(int)
    counts = [np.bincount(place[some], minlength=slots) for some in (asked, taught)]
    found = [
        Served(name, int(counts[0][slot]), int(counts[1][slot]), int(floors[slot]))
        for slot, name in enumerate((*names, ""))
    ]
    return tuple(one for one in found if one.asked)
