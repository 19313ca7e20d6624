"""Teams are added from their full names; those above them come along. Nothing here commits."""

from collections.abc import Iterable

from sqlalchemy import select

from db import bulk_insert, bulk_upsert, db, table_of
from people.employees.person_facts import SEPARATOR
from people.models import Team


def add_teams(full_names: Iterable[str]) -> dict[str, int]:
    """Make sure that every team of these full names exists, and return the id of every team there is by full name.

    Two statements write, however many teams are new.
    """
    ids = {row.full_name: row.id for row in db.session.execute(select(Team.full_name, Team.id))}
    new = missing_teams(full_names, ids)
    if not new:
        return ids
    table = table_of(Team)
    bulk_insert(table, [{"name": own_name(name), "full_name": name, "path": ""} for name in new])
    ids.update({row.full_name: row.id for row in db.session.execute(select(Team.full_name, Team.id))})
    placed = [
        {
            "id": ids[name],
            "name": own_name(name),
            "full_name": name,
            "parent_id": ids.get(name.rpartition(SEPARATOR)[0]),
            "path": "/" + "".join(f"{ids[above]}/" for above in with_those_above(name)),
        }
        for name in new
    ]
    bulk_upsert(table, placed, key="id", columns=["parent_id", "path"])
    return ids


def missing_teams(full_names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The full names, sorted, that are not `known`: of these teams and of those above them."""
    return sorted({name for full_name in full_names for name in with_those_above(full_name)} - set(known))


def with_those_above(full_name: str) -> list[str]:
    """The full names of a team and of those above it, from the top."""
    parts = full_name.split(SEPARATOR)
    return [SEPARATOR.join(parts[: depth + 1]) for depth in range(len(parts))]


def own_name(full_name: str) -> str:
    """The last part of a full name."""
    return full_name.rpartition(SEPARATOR)[2]
