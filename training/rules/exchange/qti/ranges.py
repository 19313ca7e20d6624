"""The range of numbers that rules count as right, found by trying: outwards until they do not, then by halves."""

from collections.abc import Callable, Sequence
from itertools import pairwise

ENOUGH = 1e-9
OUTWARDS = 60
HALVES = 60
FIGURES = 9


def right_range(score: Callable[[float], float], named: Sequence[float]) -> tuple[float, float] | None:
    """The middle of the best range around one of the named numbers, and half its width; None if none scores.

    `score` is the rules' score of a number. A range that has no end within a billion times its number is taken as the
    number alone, since nobody means it.
    """
    scores = [score(number) for number in named]
    best = max(scores, default=0.0)
    if best <= ENOUGH:
        return _between(score, named)
    right = named[scores.index(best)]
    down, up = (_reach(score, right, best, sign) for sign in (-1, 1))
    if down is None or up is None:
        return right, 0.0
    low, high = right - down, right + up
    return _tidy((low + high) / 2), _tidy((high - low) / 2)


def _between(score: Callable[[float], float], named: Sequence[float]) -> tuple[float, float] | None:
    """Rules such as "more than 3 and less than 4" name only numbers that are not right themselves."""
    ends = sorted(set(named))
    for low, high in pairwise(ends):
        if score((low + high) / 2) > ENOUGH:
            return _tidy((low + high) / 2), _tidy((high - low) / 2)
    return None


def _reach(score: Callable[[float], float], right: float, best: float, sign: int) -> float | None:
    """How far from the right number the score stays best, in one direction; None if it never ends."""

    def is_best(distance: float) -> bool:
        return score(right + sign * distance) >= best - ENOUGH

    unit = max(abs(right), 1.0)
    far = unit * 1e-7
    if not is_best(far):
        return 0.0
    for _ in range(OUTWARDS):
        if not is_best(far * 2):
            break
        far *= 2
        if far > unit * 1e9:
            return None
    near, beyond = far, far * 2
    for _ in range(HALVES):
        half = (near + beyond) / 2
        near, beyond = (half, beyond) if is_best(half) else (near, half)
    return near


def _tidy(number: float) -> float:
    return float(f"{number:.{FIGURES}g}")
