"""Who is told about contests: those with fresh eyes, in time and again near the deadline; owners when it has passed."""

from datetime import datetime, timedelta

from sqlalchemy import select

from champions.contests.fresh_eyes import fresh_eyes
from champions.contests.models import ContestState, ScoreContest
from champions.nominations.telling import people_who_decide
from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Role
from web import day

SOON = timedelta(days=2)


def tell_opened(row: ScoreContest, *, at: datetime) -> None:
    """A contest is new: tell those who may answer it; owners when there is nobody."""
    able = fresh_eyes(row.employee_id, at)
    if able:
        text = f"An answer with reasons is due by {day(row.due_at)}."
        tell(able, _telling(row, "opened", "A score is contested", text), at=at)
        return
    text = "Everybody who reviews has decided about this person before. Give another colleague the role of a reviewer."
    owners = people_who_decide(at, Role.OWNER) - {row.employee_id}
    tell(owners, _telling(row, "nobody", "Nobody with fresh eyes can answer a contest", text), at=at)


def tell_answered(row: ScoreContest, *, at: datetime) -> None:
    """A contest is answered: tell whose score it is."""
    text = "Somebody who had not decided about you before has answered, with reasons."
    answered = Telling(
        kind=Kind.CONTEST,
        subject="Your question about your score is answered",
        text=text,
        path="/my-score/contest",
        key=f"contest {row.id} answered",
    )
    tell([row.employee_id], answered, at=at)


def remind(at: datetime) -> int:
    """Remind about contests that are due within two days or overdue, each once; returns how many people were told."""
    query = select(ScoreContest).where(ScoreContest.state == ContestState.OPEN, ScoreContest.due_at <= at + SOON)
    told = 0
    for row in db.session.scalars(query.order_by(ScoreContest.id)).all():
        able = fresh_eyes(row.employee_id, at)
        if row.due_at > at:
            subject, text = "A contest is due soon", f"An answer with reasons is due by {day(row.due_at)}."
            told += tell(able, _telling(row, "soon", subject, text), at=at)
            continue
        text = f"It was due by {day(row.due_at)}. The score stays marked as under review until somebody answers."
        people = (able | people_who_decide(at, Role.OWNER)) - {row.employee_id}
        told += tell(people, _telling(row, "overdue", "A contest is past its deadline", text), at=at)
    return told


def _telling(row: ScoreContest, name: str, subject: str, text: str) -> Telling:
    path, key = f"/contests/{row.id}", f"contest {row.id} {name}"
    return Telling(kind=Kind.CONTEST, subject=subject, text=text, path=path, key=key)
