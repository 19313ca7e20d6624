"""What is not needed any more is removed once a day, and nothing else."""

from datetime import timedelta

from sqlalchemy import select

from db import db, utcnow
from jobs import operations
from jobs.models import Job, JobState
from jobs.running import run_next
from mail import OutgoingMail, note_sent, send_later
from people.models import Employee
from people.sign_in.models import PasswordLink, SignInSession, Throttle
from people.sign_in.operations import begin_session, count_try, end_session, make_password_link


def run_daily_jobs(app):
    operations.enqueue_periodic(utcnow())
    db.session.commit()
    while run_next(app, "one"):
        pass
    db.session.expire_all()


def test_sign_ins_that_are_long_over_are_removed(app, cast):
    now, ben = utcnow(), db.session.get_one(Employee, cast.ben.id)
    long_ago = now - timedelta(days=40)
    begin_session(ben, at=long_ago, hours=1, browser="over by itself")
    begin_session(ben, at=now, hours=1, browser="live")
    ended = begin_session(ben, at=long_ago, hours=24 * 365, browser="signed out")
    end_session(ended, long_ago)
    make_password_link(ben, at=long_ago, minutes=60)
    make_password_link(ben, at=now, minutes=60)
    count_try(["long ago"], long_ago)
    count_try(["now"], now)
    db.session.commit()
    run_daily_jobs(app)
    assert db.session.scalars(select(SignInSession.browser)).all() == ["live"]
    assert len(db.session.scalars(select(PasswordLink)).all()) == 1
    assert len(db.session.scalars(select(Throttle)).all()) == 1


def test_jobs_long_done_and_mail_long_sent_are_removed(app, cast):
    long_ago = utcnow() - timedelta(days=40)
    for state in (JobState.DONE, JobState.DEAD):
        job = operations.enqueue("jobs.tidy", {}, actor_id=None, at=long_ago, title=f"an old job, {state}")
        job.state, job.ended_at = state, long_ago
    send_later(to="ben@larkspur.example", subject="sent", text="a", key="sent", at=long_ago)
    send_later(to="ben@larkspur.example", subject="waiting", text="a", key="waiting", at=long_ago)
    db.session.flush()
    note_sent(db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.key == "sent")).one(), long_ago)
    db.session.commit()
    run_daily_jobs(app)
    titles = db.session.scalars(select(Job.title).where(Job.ended_at < long_ago + timedelta(days=1))).all()
    assert titles == ["an old job, dead"]
    assert db.session.scalars(select(OutgoingMail.subject)).all() == ["waiting"]
