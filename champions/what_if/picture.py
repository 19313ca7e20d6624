"""The frontier of the dial as a picture: results against aim, in the past, at every position. Numbers only."""

import math
from dataclasses import dataclass

from champions.scoring.look_back import LookBack, Step

LEFT, RIGHT, TOP, BOTTOM = 36.0, 320.0, 26.0, 186.0
ROOM = 64.0
"""A label needs so much room around it."""
MOST_MARKS = 5


@dataclass(frozen=True)
class Dot:
    """One position of the dial in the picture."""

    step: Step
    x: float
    y: float
    here: bool


@dataclass(frozen=True)
class Picture:
    """Dots from most results to aim alone, marks of both scales, and the steps beside the one that is set."""

    dots: tuple[Dot, ...]
    marks: tuple[tuple[float, float], ...]  # height, share of the best possible results
    aim_from: float
    aim_to: float
    here: Step
    left: Step | None
    right: Step | None

    @property
    def ends(self) -> tuple[Dot, Dot]:
        """The first and the last dot."""
        return self.dots[0], self.dots[-1]

    @property
    def labelled(self) -> tuple[bool, bool]:
        """Whether the first and the last dot have room for a label beside the one that is set."""
        here = next(dot for dot in self.dots if dot.here)
        return tuple(math.dist((dot.x, dot.y), (here.x, here.y)) > ROOM for dot in self.ends)  # type: ignore[return-value]


def frontier_picture(look: LookBack, dial: float) -> Picture | None:
    """The picture, or None where the past does not tell results and aim apart."""
    steps = [step for step in look.frontier if math.isfinite(step.results) and math.isfinite(step.aim)]
    if len(steps) < len(look.frontier) or not steps:
        return None
    low, high = _span([step.results for step in steps])
    aim_low, aim_high = _span([step.aim for step in steps])
    place = min(range(len(steps)), key=lambda row: abs(steps[row].dial - dial))
    dots = tuple(
        Dot(
            step,
            round(LEFT + (RIGHT - LEFT) * (step.aim - aim_low) / (aim_high - aim_low), 1),
            round(BOTTOM - (BOTTOM - TOP) * (step.results - low) / (high - low), 1),
            row == place,
        )
        for row, step in enumerate(steps)
    )
    tenths = round((high - low) * 10)
    step = -(-tenths // (MOST_MARKS - 1))
    marks = tuple(
        (round(BOTTOM - (BOTTOM - TOP) * row / tenths, 1), low + row / 10) for row in range(0, tenths + 1, step)
    )
    return Picture(
        dots=dots,
        marks=marks,
        aim_from=aim_low,
        aim_to=aim_high,
        here=steps[place],
        left=steps[place - 1] if place else None,
        right=steps[place + 1] if place + 1 < len(steps) else None,
    )


def _span(values: list[float]) -> tuple[float, float]:
    """The range of a scale in tenths around all values, at least two tenths wide."""
    low, high = math.floor(min(values) * 10) / 10, math.ceil(max(values) * 10) / 10
    while round(high - low, 6) < 0.2:
        low, high = low - 0.1, high + 0.1
    return low, high
