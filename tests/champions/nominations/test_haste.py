"""The guard against rubber stamps: approvals that nobody can have read raise a flag to the owner."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.models import HastyDecisions, Nomination, NominationDecision
from champions.nominations import haste
from champions.scores.opened_at import seconds_since, stamp
from db import db, utcnow
from messages.models import Message
from people.auditing import audit
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW


def approvals(cast, run, number, apart):
    """`number` approvals by rafa, `apart` from each other, each noted as the operation notes it."""
    crowd = db.session.scalars(select(Employee.id).where(Employee.external_id.startswith("c-"))).all()
    flags = []
    for place in range(number):
        at = NOW + apart * place
        nomination = Nomination(
            employee_id=crowd[place % len(crowd)],
            run_id=run.id,
            reason="Customers accept nearly every answer.",
            proposed_by_id=cast.petra.id,
            proposed_at=NOW,
        )
        db.session.add(nomination)
        db.session.flush()
        db.session.add(
            NominationDecision(
                nomination_id=nomination.id, decided_by_id=cast.rafa.id, approves=True, reason="Good work.", at=at
            )
        )
        db.session.flush()
        flags.append(haste.note_haste(cast.rafa.id, at=at))
    return [flag for flag in flags if flag]


def test_thirty_approvals_in_a_minute_raise_one_flag(cast, run):
    flags = approvals(cast, run, 33, timedelta(seconds=1))
    assert len({flag.id for flag in flags}) == 1
    assert flags[-1].number == 33
    told = select(audit.AuditEntry).where(audit.AuditEntry.verb == "decided in haste")
    assert db.session.scalars(told).one().subject_id == cast.rafa.id


def test_thirty_approvals_in_an_hour_raise_none(cast, run):
    assert approvals(cast, run, 30, timedelta(minutes=2)) == []


def test_twenty_nine_raise_none(cast, run):
    assert approvals(cast, run, 29, timedelta(seconds=1)) == []


def test_the_owner_sees_the_flag_until_somebody_has_looked(cast, run, client_of):
    flag = approvals(cast, run, 30, timedelta(seconds=1))[-1]
    db.session.commit()
    petra = client_of(cast.petra)
    assert "approved 30 nominations within a minute" in petra.get("/shortlist").text
    assert "within a minute" not in client_of(cast.rafa).get("/shortlist").text
    assert petra.post(f"/nominations/haste/{flag.id}").status_code == 302
    assert "within a minute" not in petra.get("/shortlist").text
    assert db.session.get_one(HastyDecisions, flag.id).seen_by_id == cast.petra.id


def test_nobody_dismisses_a_flag_about_themselves(cast, run):
    row = HastyDecisions(decided_by_id=cast.petra.id, number=30, first_at=NOW, last_at=NOW)
    with pytest.raises(RefusedError, match="about you"):
        haste.mark_seen(row, actor_id=cast.petra.id, at=NOW)


def test_the_time_to_decide_is_carried_by_the_form(app):
    with app.test_request_context():
        opened = stamp(NOW)
        assert seconds_since(opened, NOW + timedelta(seconds=75)) == 75
        assert seconds_since(opened + "x", NOW) is None
        assert seconds_since(opened, NOW - timedelta(seconds=5)) is None
        assert seconds_since(None, NOW) is None


@pytest.mark.parametrize(("seconds", "words"), [(None, ""), (1, "after 1 second"), (40, "after 40 seconds"),
                                                (600, "after 10 minutes"), (9000, "after 2 hours")])  # fmt: skip
def test_the_time_to_decide_in_words(seconds, words):
    assert haste.in_words(seconds) == words


def test_owners_are_told_once_and_the_nomination_is_marked(cast, run, client_of):
    approvals(cast, run, 33, timedelta(seconds=1))
    db.session.commit()
    told = select(Message.employee_id).where(Message.subject.contains("within a minute"))
    assert db.session.scalars(told).all() == [cast.petra.id]
    marked = db.session.scalars(select(NominationDecision.nomination_id)).first()
    assert "one of thirty in a minute" in client_of(cast.sunniva).get(f"/nominations/{marked}").text


def test_time_to_decide_and_share_of_overrides_are_shown_with_their_range(cast, run, client_of, statements):
    rows = approvals(cast, run, 3, timedelta(minutes=5))
    assert rows == []
    first, second, _ = db.session.scalars(select(NominationDecision).order_by(NominationDecision.id))
    first.seconds, second.seconds, second.approves = 40, 80, False
    for row in (first, second, _):
        row.at = utcnow()
    db.session.commit()
    petra = client_of(cast.petra)
    with statements() as sent:
        page = petra.get("/decisions").text
    assert len(sent) <= 8, str(sent)
    assert "1 of 3 decisions did not follow the proposal" in page
    assert "1 to 91 %" in page  # Clopper and Pearson for 1 of 3
    assert "after 60 seconds" in page
    assert client_of(cast.rafa).get("/decisions").status_code == 403
