"""Reading numbers as people write them, and how near two numbers are."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

LONGEST_NUMBER = 60
_WRITTEN = re.compile(
    r"(?P<before>[^\d+\-.,]{0,8}?)\s*"
    r"(?P<sign>[+-]?)\s*"
    r"(?P<digits>\d+(?:[.,' ]\d+)*|[.,]\d+)"
    r"(?:\s*(?:e|[x*]\s*10\s*\^?)\s*(?P<power>[+-]?\d{1,3}))?"
    r"(?P<after>.*)",
    re.ASCII | re.IGNORECASE,
)
_ODD_SIGNS = str.maketrans("−–×·’\u00a0\u202f\u2009", "--x*'   ")
_SLACK = 1e-9
"""Relative slack for the rounding of binary fractions: 0.1 + 0.2 is within a tolerance of 0 of 0.3."""


class ToleranceKind(StrEnum):
    """What the tolerance of a numeric question counts."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    SIGNIFICANT_FIGURES = "significant_figures"


@dataclass(frozen=True)
class Written:
    """A number as somebody wrote it: every value that it may mean, and the unit before or after it."""

    values: tuple[float, ...]
    unit: str


def read_number(text: str) -> Written:
    """Read a number with its unit, such as "3,5 %", "€ 1'200", "-1.2e3" or "4 × 10^2 km".

    "1,234" is 1.234 in one country and 1234 in another, so it may mean both. A sign that comes more than once groups
    digits by three; of two different signs the last is the decimal one. No number, or one too large, has no values.
    """
    plain = text.translate(_ODD_SIGNS).strip()
    found = _WRITTEN.fullmatch(plain) if len(plain) <= LONGEST_NUMBER else None
    if not found:
        return Written((), plain)
    exponent = found["power"] or "0"
    values = [float(f"{found['sign']}{digits}e{exponent}") for digits in _meanings(found["digits"])]
    unit = f"{found['before']} {found['after']}".strip(" .;")
    return Written(tuple(value for value in values if math.isfinite(value)), unit)


def _meanings(digits: str) -> list[str]:
    """Digits with separators as digits with one decimal point, in each way they may be meant."""
    without_spaces = re.sub(r"(?<=\d)[' ](?=\d{3}(?!\d))", "", digits)
    meanings = []
    for decimal, group in product((".", ",", ""), (".", ",", "")):
        if decimal and (decimal == group or without_spaces.count(decimal) != 1):
            continue
        whole, _, part = without_spaces.partition(decimal) if decimal else (without_spaces, "", "")
        if group and not re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+", whole):
            continue
        whole = whole.replace(group, "") if group else whole
        if re.fullmatch(r"\d*", whole) and re.fullmatch(r"\d*", part):
            meanings.append(f"{whole or '0'}.{part or '0'}")
    return list(dict.fromkeys(meanings))


def allowed_distance(right: float, tolerance: float, kind: str) -> float:
    """How far a number may lie from the right one.

    Absolute: the tolerance itself. Relative: the tolerance as a share of the right number. Significant figures: half
    a unit in the last of so many figures of the right number (0 has none, so it must be met).
    """
    if kind == ToleranceKind.RELATIVE:
        return abs(right) * tolerance
    if kind == ToleranceKind.SIGNIFICANT_FIGURES:
        if abs(right) < 1e-300:
            return 0.0
        return 0.5 * 10.0 ** (math.floor(math.log10(abs(right))) - int(tolerance) + 1)
    return tolerance


def is_near(given: float, right: float, tolerance: float, kind: str) -> bool:
    """Whether a number is right, with slack for the rounding of binary fractions; the ends belong to it."""
    allowed = allowed_distance(right, tolerance, kind)
    return abs(given - right) <= allowed + _SLACK * max(abs(right), allowed)


def number_in_words(number: float) -> str:
    """A number as people write it: no needless zero, an exponent only where the number is very large or small."""
    if abs(number) < 1e15 and float(number).is_integer():
        return str(int(number))
    return repr(float(number))
