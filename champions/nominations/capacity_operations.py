"""How many learners a champion takes at most. Nothing here commits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from champions.models import Champion
from db import db
from people.refusal import RefusedError

MOST_PLACES = 1000


def set_capacity(places: int, *, employee_ids: Collection[int], at: datetime) -> int:
    """Let these champions take `places` learners each from now on; returns how many champions that are.

    Pairs that exist stay, also above the new number; the next proposal keeps to it. Raises RefusedError.
    """
    if not 0 <= places <= MOST_PLACES:
        raise RefusedError(f"A trainer takes 0 to {MOST_PLACES:,} learners; {places:,} is outside.", "places")
    live = Champion.employee_id.in_(employee_ids) & Champion.ends_at.is_(None) & (Champion.starts_at <= at)
    result = db.session.execute(update(Champion).where(live).values(capacity=places))
    return int(result.rowcount)  # type: ignore[attr-defined]
