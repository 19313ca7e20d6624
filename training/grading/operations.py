"""Grade an answer. What is given is appended; the result of the attempt comes once, when the last answer is graded.

A grade that is given again is one more row, with one more grading of the attempt. Nothing here commits.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from training.attempts.queries import asked_questions, parts_as_stored
from training.enrolment_models import Attempt, Enrolment, Grading
from training.grading.access import OpenAnswer
from training.grading.models import AnswerGrade
from training.learning.enrolment_operations import complete_if_done
from training.rules.attempts import quiz_result
from training.rules.grading.verdict import Verdict, worth


class GradedMeanwhileError(ValueError):
    """Somebody else has graded this since the page was opened. Nothing was changed."""


@dataclass(frozen=True)
class Given:
    """What a grade did: its number, and whether the attempt has its result now."""

    number: int
    is_final: bool


def grade(opened: OpenAnswer, verdict: Verdict, *, grader_id: int, seen: int, at: datetime) -> Given:
    """Append a grade. `opened` must be locked; `seen` is how many grades the grader saw before deciding.

    Raises GradedMeanwhileError. The attempt gets its result when no answer of it waits any more.
    """
    rubric = opened.version.specification["rubric"]
    number = _grades(opened.answer.id) + 1
    if number != seen + 1:
        raise GradedMeanwhileError("Somebody else has graded this in the meantime. Read it, then decide again.")
    graded = worth(rubric, verdict)
    given = {"levels": list(verdict.levels), "comment": verdict.comment, "fraction": graded.fraction}
    db.session.add(AnswerGrade(answer_id=opened.answer.id, number=number, grader_id=grader_id, at=at, **given))
    opened.answer.graded_at = at
    opened.asked.fraction, opened.asked.state = graded.fraction, graded.state.value
    opened.asked.parts = parts_as_stored(graded)
    db.session.flush()
    verb = audit.Verb.WORK_GRADED if number == 1 else audit.Verb.GRADE_CHANGED
    detail = {"answer": opened.answer.id, "number": number, "fraction": round(graded.fraction, 4)}
    audit.append(verb, actor_id=grader_id, subject_id=opened.enrolment.learner_id, at=at, detail=detail)
    is_final = _conclude(opened.attempt, opened.enrolment, at)
    if is_final:
        _tell_learner(opened, number, at)
    return Given(number, is_final)


def _grades(answer_id: int) -> int:
    return db.session.scalar(select(func.count()).where(AnswerGrade.answer_id == answer_id)) or 0


def _conclude(attempt: Attempt, enrolment: Enrolment, at: datetime) -> bool:
    """Give the attempt its result if nothing in it waits any more; returns whether it has one."""
    result = quiz_result([one.marked for one in asked_questions(attempt.id) if one.marked], attempt.pass_mark)
    if result.waiting:
        return False
    last = db.session.scalar(select(func.max(Grading.number)).where(Grading.attempt_id == attempt.id)) or 0
    passed = bool(result.passed)
    db.session.add(Grading(attempt_id=attempt.id, number=last + 1, at=at, fraction=result.fraction, passed=passed))
    attempt.fraction, attempt.passed = result.fraction, passed
    db.session.flush()
    if passed:
        complete_if_done(enrolment, at)
    return True


def _tell_learner(opened: OpenAnswer, number: int, at: datetime) -> None:
    again = " again" if number > 1 else ""
    telling = Telling(
        kind=Kind.GRADED,
        subject=f"Your quiz “{opened.module.title}” has been graded{again}",
        text=f"“{opened.module.title}”: read what came of it, by which criteria, and what your trainer says.",
        path=f"/attempts/{opened.attempt.id}",
        key=f"answer {opened.answer.id} graded {number}",
    )
    tell([opened.enrolment.learner_id], telling, at=at)
