"""Certainty-based marking: who is sure and right earns most, who is sure and wrong loses most.

Source of the marks: A. R. Gardner-Medwin (1995), Confidence assessment in the teaching of basic science, Association
for Learning Technology Journal 3, 80-85. They reward saying what one believes: on average the lowest level earns most
below a chance of 2/3 of being right, the highest above 4/5, the middle one between (tested).
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Certainty(IntEnum):
    """How sure a learner is of an answer."""

    UNSURE = 1
    FAIRLY_SURE = 2
    SURE = 3


RIGHT: Mapping[Certainty, int] = MappingProxyType(
    {Certainty.UNSURE: 1, Certainty.FAIRLY_SURE: 2, Certainty.SURE: 3}
)  # fmt: skip
WRONG: Mapping[Certainty, int] = MappingProxyType(
    {Certainty.UNSURE: 0, Certainty.FAIRLY_SURE: -2, Certainty.SURE: -6}
)  # fmt: skip
FULL = 3
WORDS: Mapping[Certainty, str] = MappingProxyType(
    {
        Certainty.UNSURE: "Not sure: below two in three",
        Certainty.FAIRLY_SURE: "Fairly sure: two in three or more",
        Certainty.SURE: "Sure: four in five or more",
    }
)


def certainty_in(value: object) -> Certainty | None:
    """The level that a field or a row holds; None if it holds none."""
    text = str(value)
    return Certainty(int(text)) if text in ("1", "2", "3") else None


def share_of_mark(fraction: float, certainty: Certainty) -> float:
    """What an answer earns as a share of the full mark, in [-2, 1]; partly right lies in between, in proportion."""
    return (fraction * RIGHT[certainty] + (1 - fraction) * WRONG[certainty]) / FULL
