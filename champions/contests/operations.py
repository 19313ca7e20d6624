"""Contests: an employee opens one about the own score; somebody who has not decided about them answers in time.

    open --answer: changed, or stands, with reasons--> answered

Everything else is refused. A contest changes no score by itself: facts are put right where they come from, and the
next run counts them.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from champions.contests import telling
from champions.contests.deadline import days_to_answer
from champions.contests.fresh_eyes import deciders_about
from champions.contests.models import ContestKind, ContestResult, ContestState, ScoreContest
from db import db
from people.auditing import audit
from people.refusal import RefusedError

SHORTEST_TEXT = 10
LONGEST_TEXT = 2000


def open_contest(
    employee_id: int, *, run_id: int, kind: ContestKind, text: str, actor_id: int, at: datetime
) -> ScoreContest:
    """Contest one's own score in a run. Raises RefusedError."""
    if employee_id != actor_id:
        raise RefusedError("Only the person whose score it is can contest it.")
    words = _words(text, "Say in a sentence or two what is wrong: somebody who does not know it yet will read it.")
    busy = select(ScoreContest.id).where(
        ScoreContest.employee_id == employee_id, ScoreContest.kind == kind, ScoreContest.state == ContestState.OPEN
    )
    if db.session.scalar(busy) is not None:
        raise RefusedError("You have asked this already: it is answered first.")
    row = ScoreContest(
        employee_id=employee_id,
        run_id=run_id,
        kind=kind,
        text=words,
        opened_at=at,
        due_at=at + timedelta(days=days_to_answer()),
    )
    db.session.add(row)
    db.session.flush()
    _audit(audit.Verb.CONTESTED, row, actor_id, at)
    telling.tell_opened(row, at=at)
    return row


def answer(row: ScoreContest, *, result: ContestResult, text: str, actor_id: int, at: datetime) -> None:
    """Answer a contest with reasons. Raises RefusedError."""
    if row.state != ContestState.OPEN:
        raise RefusedError("This is answered already.")
    if row.employee_id == actor_id:
        raise RefusedError("You cannot answer about yourself.")
    if decided_before(row.employee_id, actor_id):
        raise RefusedError("You have decided about this person before: somebody else looks at it with fresh eyes.")
    row.answer = _words(text, "Give the reasons in a sentence or two: the person reads them.")
    row.state, row.result = ContestState.ANSWERED, result
    row.answered_by_id, row.answered_at = actor_id, at
    db.session.flush()
    _audit(audit.Verb.CONTEST_ANSWERED, row, actor_id, at)
    telling.tell_answered(row, at=at)


def decided_before(employee_id: int, actor_id: int) -> bool:
    """Whether `actor_id` proposed or decided a nomination of this person, or answered a contest of theirs."""
    return actor_id in deciders_about(employee_id)


def _words(text: str, cure: str) -> str:
    words = " ".join(text.split())
    if len(words) < SHORTEST_TEXT:
        raise RefusedError(cure)
    return words[:LONGEST_TEXT]


def _audit(verb: audit.Verb, row: ScoreContest, actor_id: int, at: datetime) -> None:
    detail = {"contest": row.id, "run": row.run_id, "kind": str(row.kind)}
    if row.result:
        detail["result"] = str(row.result)
    audit.append(verb, actor_id=actor_id, subject_id=row.employee_id, at=at, detail=detail)
