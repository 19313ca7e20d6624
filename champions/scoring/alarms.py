"""Alarms: patterns that games leave behind. Each is a reason for a person to look closer; none changes a
score.

Adding one: a function that yields flags, an entry in `ALARMS`, a member of `result.Alarm`, a heading in
docs/scoring.md, and an attack in benchmarks/gaming.py that it must catch.
"""

from collections.abc import Callable, Iterator

from champions.scoring.activity_alarms import copies, flood, second_accounts, self_answers
from champions.scoring.praise_alarms import few_givers, mutual_praise, quiet_givers, serial_accepting
from champions.scoring.result import Flag
from champions.scoring.scene import Scene

ALARMS: tuple[Callable[[Scene], Iterator[Flag]], ...] = (
    mutual_praise,
    quiet_givers,
    few_givers,
    self_answers,
    second_accounts,
    flood,
    copies,
    serial_accepting,
)


def raised(scene: Scene) -> tuple[Flag, ...]:
    """All flags about the people looked at, by person and alarm."""
    flags = [flag for alarm in ALARMS for flag in alarm(scene)]
    return tuple(sorted(flags, key=lambda flag: (flag.person, flag.alarm.value, flag.reason)))
