"""The owner supplies attributes for the fairness view, and deletes them. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from champions.fairness.models import FairnessAttribute
from champions.rules.attribute_file import Row
from db import bulk_insert, db, table_of
from people.auditing import audit
from people.models import Employee


@dataclass(frozen=True)
class Supplied:
    """How many people have attributes now, and how many ids of the file are in no directory."""

    people: int
    unknown_ids: int


def supply(rows: Sequence[Row], *, actor_id: int, at: datetime) -> Supplied:
    """Put these attributes in the place of all that were there; rows of unknown ids are left out."""
    ids = {row.external_id: row.id for row in db.session.execute(select(Employee.external_id, Employee.id))}
    known = [row for row in rows if row.external_id in ids]
    db.session.execute(delete(FairnessAttribute))
    bulk_insert(
        table_of(FairnessAttribute),
        [{"employee_id": ids[row.external_id], "attribute": row.attribute, "value": row.value} for row in known],
    )
    named, people = {row.external_id for row in rows}, {row.external_id for row in known}
    detail = {"people": len(people), "attributes": len({row.attribute for row in known})}
    audit.append(audit.Verb.FAIRNESS_DATA_SUPPLIED, actor_id=actor_id, subject_id=None, at=at, detail=detail)
    return Supplied(len(people), len(named) - len(people))


def delete_all(*, actor_id: int, at: datetime) -> int:
    """Delete every attribute; returns of how many people there were some."""
    people = db.session.scalar(select(func.count(FairnessAttribute.employee_id.distinct()))) or 0
    db.session.execute(delete(FairnessAttribute))
    detail = {"people": people}
    audit.append(audit.Verb.FAIRNESS_DATA_DELETED, actor_id=actor_id, subject_id=None, at=at, detail=detail)
    return people
