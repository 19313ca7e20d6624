"""How a person wants to be told: read, chosen, and stopped."""

from collections.abc import Mapping

from sqlalchemy import select

from db import bulk_insert, db, table_of
from messages.kinds import KINDS, Kind, Way
from messages.models import MessagePreference
from messages.stopping import Stop


def ways_of(employee_id: int) -> dict[Kind, Way]:
    """The way of every kind for this person, chosen or by default. One statement."""
    query = select(MessagePreference.kind, MessagePreference.way).where(MessagePreference.employee_id == employee_id)
    chosen = {Kind(row.kind): Way(row.way) for row in db.session.execute(query) if row.kind in set(Kind)}
    return {kind: chosen.get(kind, about.way) for kind, about in KINDS.items()}


def choose(employee_id: int, ways: Mapping[Kind, Way]) -> list[Kind]:
    """Keep what a person chose; returns the kinds that changed. What they never touched follows the default."""
    changed = [kind for kind, way in ways_of(employee_id).items() if ways.get(kind, way) != way]
    query = select(MessagePreference).where(
        MessagePreference.employee_id == employee_id, MessagePreference.kind.in_(changed)
    )
    known = {row.kind: row for row in db.session.scalars(query.with_for_update())}
    for kind, row in known.items():
        row.way = ways[Kind(kind)]
    new = [kind for kind in changed if kind not in known]
    bulk_insert(
        table_of(MessagePreference), [{"employee_id": employee_id, "kind": kind, "way": ways[kind]} for kind in new]
    )
    db.session.flush()
    return changed


def stop(what: Stop) -> None:
    """Send no more mail of this kind; without a kind, nothing in a digest. It stays in the product."""
    now = ways_of(what.employee_id)
    kinds = [what.kind] if what.kind else [kind for kind, way in now.items() if way is Way.DIGEST]
    choose(what.employee_id, dict.fromkeys(kinds, Way.IN_PRODUCT))
