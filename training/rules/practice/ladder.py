"""A plain ladder of days: up one rung when known, the same rung again when partly, to the foot when forgotten.

The gaps roughly triple. What matters is that there are gaps at all: spaced against massed retrieval has an effect of
g = 0.74, growing against even gaps one of 0.03 (Latimier, Peyre and Ramus 2021, Educational Psychology Review 33).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from training.rules.practice.schedule import Planned, Recall

RUNGS = (2, 7, 21, 60, 120, 240)
"""Days from an answer to the next."""


class Ladder:
    """Days that anybody can say beforehand."""

    name = "ladder"

    def begin(self, recall: Recall, on: date) -> Planned:
        """The second rung after a right answer in the quiz, else the first."""
        return _at(1 if recall == Recall.KNOWN else 0, on)

    def go_on(self, state: Mapping[str, Any], recall: Recall, on: date) -> Planned:
        """One rung up, the same, or back to the first."""
        rung = int(state["rung"])
        return _at({Recall.KNOWN: rung + 1, Recall.PARTLY: rung, Recall.FORGOTTEN: 0}[recall], on)


def _at(rung: int, on: date) -> Planned:
    rung = min(rung, len(RUNGS) - 1)
    return Planned({"rung": rung}, on + timedelta(days=RUNGS[rung]))
