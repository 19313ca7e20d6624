"""The audit trail: whatever is done to the rows afterwards shows."""

from datetime import timedelta, timezone
from threading import Thread

import pytest
from sqlalchemy import delete, select, text, update

from db import db
from people.auditing import audit
from people.auditing.models import AuditEntry, AuditHead
from tests.support.cast import NOW


def append_some(cast, number=6):
    for step in range(number):
        at = NOW + timedelta(minutes=step)
        audit.append(
            audit.Verb.SCORE_VIEWED, actor_id=cast.petra.id, subject_id=cast.ben.id, at=at, detail={"run": step}
        )
    db.session.commit()
    db.session.expire_all()


def change(statement):
    db.session.execute(statement)
    db.session.commit()
    db.session.expire_all()


def test_an_untouched_chain_is_sound(cast):
    assert audit.verify() is None
    append_some(cast)
    assert audit.verify() is None
    assert [entry.id for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [1, 2, 3, 4, 5, 6]


def test_a_time_of_another_zone_is_sound_too(cast):
    at = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    audit.append(
        audit.Verb.ROLE_GRANTED, actor_id=None, subject_id=cast.ben.id, at=at, detail={"role": "é, \u200b, 1.5"}
    )
    db.session.commit()
    db.session.expire_all()
    assert audit.verify() is None


@pytest.mark.parametrize(
    "changed",
    [{"verb": "assigned"}, {"at": NOW}, {"subject_id": None}, {"actor_id": None}, {"detail": {"run": 99}}],
    ids=lambda changed: next(iter(changed)),
)
def test_an_edit_names_the_row(cast, changed):
    append_some(cast)
    change(update(AuditEntry).where(AuditEntry.id == 3).values(**changed))
    assert audit.verify() == audit.Fault(3, "its content was changed after it was written")


def test_a_row_taken_out_is_named(cast):
    append_some(cast)
    change(delete(AuditEntry).where(AuditEntry.id == 4))
    assert audit.verify() == audit.Fault(4, "the row is missing")


def test_rows_cut_off_at_the_end_are_named(cast):
    append_some(cast)
    change(delete(AuditEntry).where(AuditEntry.id > 4))
    assert audit.verify() == audit.Fault(5, "rows at the end are missing")


def test_rows_that_changed_places_are_named(cast):
    append_some(cast)
    for before, after in ((3, 99), (4, 3), (99, 4)):
        change(text(f"UPDATE audit_entry SET id = {after} WHERE id = {before}"))
    assert audit.verify() == audit.Fault(3, "it does not follow the row before it")


def test_an_edit_with_its_hash_mended_is_named_at_the_next_row(cast):
    append_some(cast)
    entry = db.session.get_one(AuditEntry, 3)
    entry.detail = {"run": 99}
    entry.row_hash = audit.row_hash(entry)
    change(select(1))
    assert audit.verify() == audit.Fault(4, "it does not follow the row before it")


def test_a_transaction_that_rolls_back_leaves_no_gap(cast):
    append_some(cast, 2)
    audit.append(audit.Verb.ASSIGNED, actor_id=cast.petra.id, subject_id=cast.ben.id, at=NOW)
    db.session.rollback()
    append_some(cast, 2)
    assert audit.verify() is None
    assert db.session.get_one(AuditHead, 1).last_id == 4


def test_many_who_append_at_once_make_one_chain(app, cast):
    """The first row of all included: nobody has made the head yet."""

    def append_ten():
        with app.app_context():
            for _ in range(10):
                audit.append(audit.Verb.SCORE_VIEWED, actor_id=cast.petra.id, subject_id=cast.ben.id, at=NOW)
                db.session.commit()

    threads = [Thread(target=append_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify() is None
    assert db.session.get_one(AuditHead, 1).last_id == 40
