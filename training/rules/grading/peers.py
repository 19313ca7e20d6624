"""Two peers grade instead of the trainer: who they are is drawn by lot, and what they say is put together.

Peer grades are close to a teacher's where criteria are plain and a grade is of the whole (meta-analysis of 48 studies:
Falchikov and Goldfinch 2000, Review of Educational Research 70); two that differ are a question, not an average.
"""

from collections.abc import Collection, Mapping, Sequence
from random import Random

from training.rules.grading.verdict import Rubric, Verdict, worth

PEERS = 2
FARTHEST = 1
"""How many levels two peers may lie apart in one criterion before the trainer decides."""


def draw_peers(candidates: Mapping[int, int], wanted: int, generator: Random) -> list[int]:
    """Draw `wanted` different people by lot, those with the fewest pieces to grade first.

    `candidates` are ids with the number of pieces each has to grade now. Fewer are drawn if there are fewer.
    """
    lots = {one: generator.random() for one in sorted(candidates)}
    return sorted(candidates, key=lambda one: (candidates[one], lots[one]))[: max(0, wanted)]


def in_one_line(first: int, second: int, managers: Mapping[int, int | None]) -> bool:
    """Whether one of two people manages the other, directly or over others. `managers`: id to the manager's id."""
    return second in _above(first, managers) or first in _above(second, managers)


def agree(first: Verdict, second: Verdict) -> bool:
    """Whether two verdicts on one rubric lie at most one level apart in every criterion."""
    pairs = zip(first.levels, second.levels, strict=True)
    return all(abs(one - other) <= FARTHEST for one, other in pairs)


def together(rubric: Rubric, verdicts: Sequence[Verdict]) -> float:
    """What verdicts that agree are worth together: the mean of their fractions, in [0, 1]."""
    return sum(worth(rubric, verdict).fraction for verdict in verdicts) / len(verdicts)


def _above(person: int, managers: Mapping[int, int | None]) -> Collection[int]:
    """Everybody above a person; a circle in the directory ends the walk."""
    above: list[int] = []
    here = managers.get(person)
    while here is not None and here not in above:
        above.append(here)
        here = managers.get(here)
    return above
