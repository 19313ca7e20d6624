"""How often one address may ask whether a code holds. Counted in memory: nothing about visitors is stored."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=1)
MOST = 30
REMEMBERED = 10_000
"""Addresses kept in mind; the one that has been quiet for longest is forgotten first."""


class Allowance:
    """So many questions a minute for each visitor, safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, visitor: str, at: datetime) -> bool:
        """Count one question of this visitor; whether it is still within the allowance."""
        with self._lock:
            since, asked = self._seen.get(visitor, (at, 0))
            if at - since >= WINDOW:
                since, asked = at, 0
            self._seen[visitor] = (since, asked + 1)
            self._seen.move_to_end(visitor)
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            return asked < self._most

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._seen.clear()


questions = Allowance()
