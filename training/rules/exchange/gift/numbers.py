"""Numbers in GIFT: "3:0.5" with a tolerance, "2..4" as a range, several with weights and feedback."""

import re
from collections.abc import Iterator
from typing import Any

from training.rules.exchange.gift.scanner import find_plain, split_plain, unescaped
from training.rules.exchange.gift.texts import formed
from training.rules.exchange.number_ranges import NumberAnswer, numeric_of
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of, share_of

_WEIGHT = re.compile(r"\s*%\s*([-+]?[\d.,]{1,20})\s*%")


def numeric(inside: str, form: str, line: int) -> tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]:
    """A numeric question from what stands behind its "#". Raises UnreadableError, with the line."""
    answers = [_answer(written, form, line) for written in _parts(inside)]
    asked = numeric_of([one for one in answers if one], line)
    return asked.specification, asked.said, asked.remarks


def _parts(inside: str) -> Iterator[str]:
    """Each answer; "~" begins what is said to all others."""
    right, *others = split_plain(inside, "~")
    if find_plain(right, "=") < 0:
        yield right
    else:
        yield from (part for part in split_plain(right, "=") if part.strip())
    yield from (f"%0%*{other if other.lstrip().startswith('#') else '#' + other}" for other in others)


def _answer(written: str, form: str, line: int) -> NumberAnswer:
    text, *feedback = split_plain(written, "#", 1)
    weight = _WEIGHT.match(text)
    mark = share_of(weight[1]) if weight else None
    number = unescaped(text[weight.end() :] if weight else text).strip()
    said = formed(feedback[0], form).plain() if feedback else ""
    low_high = _range(number)
    if low_high is None:
        cure = "Write #3, #3:0.5 or #2..4, with a decimal point."
        raise UnreadableError(line, f"“{number[:40]}” is no number.", cure)
    return NumberAnswer(*low_high, 1.0 if mark is None else max(0.0, mark), said)


def _range(written: str) -> tuple[float | int | None, float | int] | None:
    """The number and its tolerance; the number None for "*", which stands for any other."""
    if written == "*":
        return None, 0
    low, dots, high = written.partition("..")
    if dots:
        ends = number_of(low), number_of(high)
        if ends[0] is None or ends[1] is None:
            return None
        return middle(ends[0], ends[1])
    right, _, tolerance = written.partition(":")
    number, width = number_of(right), number_of(tolerance) if tolerance.strip() else 0
    return None if number is None or width is None else (number, abs(width))


def middle(low: float, high: float) -> tuple[float, float]:
    """A range as its middle and half of its width, without the noise of binary fractions."""
    low, high = min(low, high), max(low, high)
    return float(f"{(low + high) / 2:.12g}"), float(f"{(high - low) / 2:.12g}")
