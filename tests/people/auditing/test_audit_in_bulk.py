"""Many decisions at once go into the same chain as single ones."""

from sqlalchemy import select

from db import db
from people.auditing import audit
from people.auditing.models import AuditEntry
from tests.support.cast import NOW


def test_single_rows_and_many_at_once_make_one_chain(cast, statements):
    audit.append(audit.Verb.NOMINATED, actor_id=cast.petra.id, subject_id=cast.ben.id, at=NOW)
    decisions = [audit.Decision(audit.Verb.TEAM_CHANGED, cast.ben.id, {"to": number}) for number in range(3000)]
    with statements() as sent:
        audit.append_many(decisions, actor_id=cast.petra.id, at=NOW)
    assert len(sent) <= 8, str(sent)
    audit.append(audit.Verb.NOMINATION_ACCEPTED, actor_id=cast.ben.id, subject_id=cast.ben.id, at=NOW)
    db.session.commit()
    db.session.expire_all()
    assert audit.verify() is None
    assert db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all() == list(range(1, 3003))


def test_no_decision_appends_nothing(cast):
    audit.append_many([], actor_id=None, at=NOW)
    db.session.commit()
    assert audit.verify() is None
    assert db.session.scalars(select(AuditEntry.id)).all() == []
