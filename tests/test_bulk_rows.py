"""Many rows at once are stored as one by one, on both databases: every kind of value, and what was left out."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from activity.models import ActivityEvent, Import
from db import ROWS_AT_ONCE, bulk_insert, bulk_upsert, db, table_of
from people.models import CompanySetting, Employee
from tests.support.cast import NOW

WORDS = 'Łukasz said: "it’s 5 % – \\ or so" {}; :rows'


def event(number, **values):
    row = {"source": "shop", "external_id": f"e{number}", "at": NOW, "verb": "vote", "text_hash": None}
    return {**row, **values}


def stored(*columns):
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(ActivityEvent.id))]


def test_every_kind_of_value_comes_back_as_it_went_in(cast):
    lisbon = datetime(2026, 7, 1, 9, 0, 0, 250, tzinfo=timezone(timedelta(hours=1)))
    row = event(
        1, at=lisbon, employee_id=cast.ben.id, channel=WORDS, magnitude=0.1, is_copy=True, text_hash=b"\x00\\x\xff"
    )
    bulk_insert(table_of(ActivityEvent), [row])
    found = stored(
        ActivityEvent.at, ActivityEvent.employee_id, ActivityEvent.channel, ActivityEvent.magnitude,
        ActivityEvent.is_copy, ActivityEvent.text_hash,
    )  # fmt: skip
    assert found == [(lisbon.astimezone(UTC), cast.ben.id, WORDS, 0.1, True, b"\x00\\x\xff")]


def test_columns_left_out_have_the_defaults_of_the_table(app):
    bulk_insert(table_of(ActivityEvent), [event(1)])
    assert stored(ActivityEvent.kind, ActivityEvent.reach, ActivityEvent.magnitude) == [("", "not_stated", 0.0)]


def test_json_and_days_are_kept(app):
    facts = {"json": {"columns": {"at": "Zeit"}, "n": [1, 2.5, None, True], "text": WORDS}}
    row = {"kind": "activity", "source": "s", "file_name": "f", "stored_name": "s", "digest": "d", "created_at": NOW}
    bulk_insert(table_of(Import), [{**row, "mapping": facts}])
    assert db.session.execute(select(Import.mapping, Import.notes)).all() == [(facts, [])]
    person = {"external_id": "x", "name": "Xaver", "starts_on": date(2024, 2, 29), "created_at": NOW}
    bulk_insert(table_of(Employee), [person])
    assert list(db.session.scalars(select(Employee.starts_on))) == [date(2024, 2, 29)]


def test_more_rows_than_go_at_once_are_all_stored_in_order(app):
    rows = [event(number) for number in range(ROWS_AT_ONCE + 3)]
    bulk_insert(table_of(ActivityEvent), rows)
    assert [name for (name,) in stored(ActivityEvent.external_id)] == [row["external_id"] for row in rows]


def test_a_moment_without_a_zone_is_refused(app):
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(Exception, match="no time zone"):
        bulk_insert(table_of(ActivityEvent), [event(1, at=naive)])
    db.session.rollback()


def test_a_broken_constraint_is_an_integrity_error(app):
    with pytest.raises(IntegrityError):
        bulk_insert(table_of(ActivityEvent), [event(1), event(1)])
    db.session.rollback()


def test_known_rows_are_set_anew_and_others_added(app):
    table = table_of(CompanySetting)
    bulk_insert(table, [{"name": "notice", "value": "old"}, {"name": "kept", "value": "as it is"}])
    rows = [{"name": "notice", "value": WORDS}, {"name": "new", "value": "here"}]
    bulk_upsert(table, rows, key="name", columns=["value"])
    found = dict(db.session.execute(select(CompanySetting.name, CompanySetting.value)).all())
    assert found == {"notice": WORDS, "kept": "as it is", "new": "here"}


def test_no_rows_are_no_statement(app, statements):
    with statements() as sent:
        bulk_insert(table_of(ActivityEvent), [])
        bulk_upsert(table_of(CompanySetting), [], key="name", columns=["value"])
    assert len(sent) == 0
