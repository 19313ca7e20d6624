"""Working hours on the circle of the UTC day, and how much of them two people share."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import MINUTES_A_DAY, MatchingError

NINE = time(9)
FIVE = time(17)


def working_hours(time_zone: str, day: date, begin: time = NINE, end: time = FIVE) -> tuple[int, int]:
    """The working day of somebody in `time_zone` on `day`: its first minute in the UTC day (0 to 1439), its length.

    An end at or before the begin lies on the next day. Clocks are those in force on `day`. Raises MatchingError for a
    zone that is not in the IANA data base.
    """
    try:
        zone = ZoneInfo(time_zone)
    except (ValueError, OSError, LookupError) as error:
        raise MatchingError(f"{time_zone!r} is no time zone: write it like Europe/Lisbon.") from error
    first = datetime.combine(day, begin, zone).astimezone(UTC)
    long = (end.hour * 60 + end.minute - begin.hour * 60 - begin.minute) % MINUTES_A_DAY or MINUTES_A_DAY
    return first.hour * 60 + first.minute, long


def shared_minutes(from_a: Any, long_a: Any, from_b: Any, long_b: Any) -> NDArray[np.int32]:
    """How many minutes of a day two working days have in common; arrays broadcast. Every value must be stated.

    Two days may meet twice, at both ends, once either goes over midnight: so the second is laid down yesterday, today
    and tomorrow, and what it covers each time is summed.
    """
    end_a = np.add(from_a, long_a)
    shared = np.int32(0)
    for shift in (-MINUTES_A_DAY, 0, MINUTES_A_DAY):
        begin = np.add(from_b, shift)
        shared = shared + np.maximum(np.minimum(end_a, begin + long_b) - np.maximum(from_a, begin), 0)
    return np.asarray(shared, np.int32)
