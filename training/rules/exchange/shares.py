"""Marks as percentages. Other programs round a third to 33.33333; read again it is a third."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

LARGEST_DENOMINATOR = 30
NEAR = 5e-7
"""Half of the distance below which two fractions are one (kinds/protocol.py)."""
_DIGITS = 30


def snapped(share: float) -> float:
    """A share, or the simple fraction that it was rounded from."""
    simple = Fraction(share).limit_denominator(LARGEST_DENOMINATOR)
    return float(simple) if abs(float(simple) - share) < NEAR else share


def share_of(percent: str) -> float | None:
    """A percentage as a share: "33.33333" is a third. None if it is no number, or none from -100 to 100."""
    number = decimal_of(percent)
    if number is None or abs(number) > 100:
        return None
    return snapped(float(number / 100)) + 0.0


def percent_of(share: float) -> str:
    """A share as a percentage, as short as reading it again allows: 1/3 is "33.33333"."""
    rounded = f"{share * 100:.5f}".rstrip("0").rstrip(".")
    if share_of(rounded) == share:
        return "0" if rounded == "-0" else rounded
    return number_text(float(Decimal(repr(share)) * 100))


def decimal_of(text: str) -> Decimal | None:
    """A plain number in text; None if it is none, or too long to be meant."""
    text = text.strip()
    if len(text) > _DIGITS or "_" in text:
        return None
    try:
        number = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def number_of(text: str) -> int | float | None:
    """A number in text, whole where it is written so; None if it is none."""
    number = decimal_of(text)
    if number is None:
        return None
    exponent = number.as_tuple().exponent
    return int(number) if isinstance(exponent, int) and exponent == 0 else float(number)


def number_text(number: int | float) -> str:
    """A number with a decimal point and no exponent where it can be helped, so that every program reads it."""
    if isinstance(number, int) or (float(number).is_integer() and abs(number) < 1e15):
        return str(int(number))
    return format(Decimal(repr(number)), "f") if 1e-9 < abs(number) < 1e15 else repr(number)
