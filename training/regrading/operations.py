"""Grade attempts again: decide, and do it. Gradings and what was before are appended. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from db import bulk_insert, db, table_of
from jobs.operations import enqueue
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from training.attempts.checking import LONGEST_SUMMARY
from training.attempts.queries import parts_as_stored
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, Grading
from training.learning.enrolment_operations import complete_those_done
from training.models import Module, Question
from training.regrading.models import RegradedQuestion, Regrading, RegradingState
from training.regrading.queries import DryRun, Wanted, dry_run
from training.rules.kinds.protocol import State
from training.rules.regrading import Change

JOB = "training.regrade"


class NotRegradedError(ValueError):
    """It cannot be done; nothing was changed. The message says why."""


def decide(wanted: Wanted, reason: str, *, actor_id: int | None, at: datetime) -> Regrading:
    """Keep the decision and put the work in line. Raises NotRegradedError if the versions do not fit."""
    found = dry_run(wanted)
    if found.why_not:
        raise NotRegradedError(found.why_not)
    row = Regrading(
        question_id=wanted.question_id,
        version_id=wanted.version_id,
        asked_ids=sorted(wanted.asked_ids),
        reason=reason.strip()[:1000],
        keep_passes=wanted.keep_passes,
        by_id=actor_id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    job = enqueue(JOB, {"regrading": row.id}, actor_id=actor_id, at=at, title="Grading a question again")
    row.job_id = job.id
    detail = {"regrading": row.id, "question": row.question_id, "version": row.version_id}
    audit.append(audit.Verb.REGRADING_DECIDED, actor_id=actor_id, subject_id=None, at=at, detail=detail)
    db.session.flush()
    return row


def carry_out(regrading_id: int, at: datetime) -> DryRun:
    """Do what was decided, once. What changes is worked out anew: attempts may have been finished since.

    Each changed attempt gets one more grading; what was before is kept. Learners whose result changes are told.
    """
    row = db.session.scalars(select(Regrading).where(Regrading.id == regrading_id).with_for_update()).one()
    if row.state == RegradingState.DONE:
        return DryRun(0, (), {})
    wanted = Wanted(row.question_id, frozenset(row.asked_ids), row.version_id, row.keep_passes)
    found = dry_run(wanted, lock=True)
    if found.why_not:
        raise NotRegradedError(found.why_not)
    _keep_before_and_after(row, found.changes)
    _append_gradings(row, found.changes, at)
    _change_questions(row, found.changes)
    _change_attempts(found.changes)
    db.session.expire_all()
    row = db.session.get_one(Regrading, regrading_id)
    row.state, row.done_at = RegradingState.DONE, at
    row.attempts, row.passed, row.failed = len(found.changes), found.passes, found.fails
    db.session.flush()
    module = db.session.scalars(select(Module).join(Question).where(Question.id == row.question_id)).one()
    if found.passes:
        complete_those_done(module.course_id, at)
    _record(row, found.changes, module, at)
    return found


def _keep_before_and_after(row: Regrading, found: Sequence[Change]) -> None:
    versions = _graded_by([one.attempt_id for one in found])
    rows = [
        {
            "regrading_id": row.id,
            "attempt_id": one.attempt_id,
            "position": one.position,
            "version_before_id": versions[one.attempt_id, one.position],
            "fraction_before": one.before.graded.fraction,
            "state_before": one.before.graded.state.value,
            "parts_before": parts_as_stored(one.before.graded),
            "summary_before": one.before.summary[:LONGEST_SUMMARY],
            "fraction_after": one.after.graded.fraction,
            "state_after": one.after.graded.state.value,
        }
        for one in found
        if one.before is not None and one.after is not None and one.position is not None
    ]
    bulk_insert(table_of(RegradedQuestion), rows)


def _graded_by(attempt_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    graded_by = func.coalesce(AttemptQuestion.graded_by_id, AttemptQuestion.version_id)
    query = select(AttemptQuestion.attempt_id, AttemptQuestion.position, graded_by)
    rows = db.session.execute(query.where(AttemptQuestion.attempt_id.in_(attempt_ids)))
    return {(row[0], row[1]): row[2] for row in rows}


def _append_gradings(row: Regrading, found: Sequence[Change], at: datetime) -> None:
    query = select(Grading.attempt_id, func.max(Grading.number)).group_by(Grading.attempt_id)
    ids = [one.attempt_id for one in found]
    last = {one[0]: one[1] for one in db.session.execute(query.where(Grading.attempt_id.in_(ids)))}
    rows = [
        {
            "attempt_id": one.attempt_id,
            "number": last.get(one.attempt_id, 0) + 1,
            "at": at,
            "fraction": one.fraction_after,
            "passed": one.passed_after,
            "regrading_id": row.id,
        }
        for one in found
    ]
    bulk_insert(table_of(Grading), rows)


def _change_questions(row: Regrading, found: Sequence[Change]) -> None:
    table = table_of(AttemptQuestion)
    statement = (
        update(table)
        .where(table.c.attempt_id == bindparam("attempt"), table.c.position == bindparam("place"))
        .values(
            fraction=bindparam("worth"),
            state=bindparam("standing"),
            parts=bindparam("pieces"),
            summary=bindparam("said"),
        )
    )
    rows = [
        {
            "attempt": one.attempt_id,
            "place": one.position,
            "worth": one.after.graded.fraction,
            "standing": one.after.graded.state.value,
            "pieces": parts_as_stored(one.after.graded),
            "said": one.after.summary[:LONGEST_SUMMARY],
        }
        for one in found
        if one.after is not None
    ]
    if rows:
        db.session.connection().execute(statement, rows)
    finished = select(Attempt.id).where(Attempt.finished_at.is_not(None))
    by_machine = table.c.state.not_in((State.UNGRADED, State.NEEDS_GRADING))
    here = (table.c.version_id.in_(row.asked_ids), table.c.attempt_id.in_(finished), by_machine)
    db.session.execute(update(table).where(*here).values(graded_by_id=row.version_id))  # also where nothing moved


def _change_attempts(found: Sequence[Change]) -> None:
    table = table_of(Attempt)
    statement = (
        update(table)
        .where(table.c.id == bindparam("attempt"))
        .values(fraction=bindparam("worth"), passed=bindparam("counts"))
    )
    rows = [{"attempt": one.attempt_id, "worth": one.fraction_after, "counts": one.passed_after} for one in found]
    if rows:
        db.session.connection().execute(statement, rows)


def _record(row: Regrading, found: Sequence[Change], module: Module, at: datetime) -> None:
    """One row of the audit trail for each attempt that changed, and one message to each learner."""
    ids = [one.attempt_id for one in found]
    query = select(Attempt.id, Enrolment.learner_id).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    learners = {one[0]: one[1] for one in db.session.execute(query.where(Attempt.id.in_(ids)))}
    decisions = [
        audit.Decision(
            audit.Verb.GRADE_CHANGED,
            learners[one.attempt_id],
            {
                "regrading": row.id,
                "attempt": one.attempt_id,
                "before": round(one.fraction_before, 4),
                "after": round(one.fraction_after, 4),
                "passed": one.passed_after,
            },
        )
        for one in found
    ]
    audit.append_many(decisions, actor_id=row.by_id, at=at)
    telling = Telling(
        kind=Kind.GRADED,
        subject=f"A question of your quiz “{module.title}” was graded again",
        text=f"The key of a question was mended, and your quiz graded again: {row.reason}",
        path="/course",
        key=f"regrading {row.id}",
    )
    tell(sorted(set(learners.values())), telling, at=at)
