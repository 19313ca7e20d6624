"""Learning that took place before: whole sittings and lessons read, taken over in one go with their own moments.

For records that come from elsewhere and for the demo company. Grading is the same as for an attempt in the browser, and
so is what is stored. A handful of statements, however many learners there are. Nothing here commits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from db import bulk_insert, db, table_of
from training.attempts.operations import LONGEST_SUMMARY
from training.attempts.queries import parts_as_stored
from training.attempts.sitting_queries import Quiz, quizzes_of
from training.courses.progress_rows import done_among
from training.enrolment_models import (
    Attempt,
    AttemptQuestion,
    Enrolment,
    EnrolmentState,
    Grading,
    LessonRead,
    Response,
)
from training.grading.handing_over import hand_over_what_waits
from training.rules.attempts import GivenResponse, mark_questions, quiz_result


@dataclass(frozen=True)
class Reading:
    """That a learner read a lesson to its end."""

    enrolment_id: int
    lesson_id: int
    at: datetime


@dataclass(frozen=True)
class Sitting:
    """One sitting of a module's quiz: the answers by place (from 1) with their moments. Not finished: under way."""

    enrolment_id: int
    module_id: int
    seed: int
    started_at: datetime
    answers: Mapping[int, tuple[datetime, dict[str, Any]]]
    finished_at: datetime | None


@dataclass(frozen=True)
class _Graded:
    sitting: Sitting
    number: int
    pass_mark: float
    fraction: float | None
    passed: bool | None
    questions: Sequence[dict[str, Any]]


def take_over(course_id: int, readings: Sequence[Reading], sittings: Iterable[Sitting]) -> int:
    """Store what learners of a course did, grade it, and complete the enrolments that have nothing left to do.

    Nobody may have read one of these lessons before. Sittings get the numbers after those that are there, in the order
    in which they began; of one module only the last may be under way. Returns how many enrolments are complete.
    """
    quizzes = quizzes_of(course_id)
    graded = [_grade(*each, quizzes) for each in _numbered(course_id, sittings)]
    bulk_insert(table_of(LessonRead), [vars(one) for one in readings])
    bulk_insert(table_of(Attempt), [_attempt(one) for one in graded])
    _store_answers(graded, _attempt_ids(course_id))
    hand_over_what_waits(course_id)
    return _complete(course_id, readings, graded)


def _numbered(course_id: int, sittings: Iterable[Sitting]) -> list[tuple[Sitting, int]]:
    query = (
        select(Attempt.enrolment_id, Attempt.module_id, func.max(Attempt.number))
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.course_id == course_id)
        .group_by(Attempt.enrolment_id, Attempt.module_id)
    )
    count: dict[tuple[int, int], int] = defaultdict(int)
    for enrolment_id, module_id, number in db.session.execute(query):
        count[enrolment_id, module_id] = number
    numbered = []
    for sitting in sorted(sittings, key=lambda one: (one.started_at, one.enrolment_id)):
        count[sitting.enrolment_id, sitting.module_id] += 1
        numbered.append((sitting, count[sitting.enrolment_id, sitting.module_id]))
    return numbered


def _grade(sitting: Sitting, number: int, quizzes: Mapping[int, Quiz]) -> _Graded:
    quiz = quizzes[sitting.module_id]
    given = {place: GivenResponse(place, 1, answer, at) for place, (at, answer) in sitting.answers.items()}
    if sitting.finished_at is None:
        asked = [
            {"position": place, "version_id": version, "summary": ""}
            for place, version in enumerate(quiz.version_ids, 1)
        ]
        return _Graded(sitting, number, quiz.pass_mark, None, None, asked)
    marked = mark_questions(quiz.questions, given)
    result = quiz_result(marked, quiz.pass_mark)
    rows = [
        {
            "position": one.question.position,
            "version_id": version_id,
            "fraction": one.graded.fraction,
            "state": one.graded.state.value,
            "parts": parts_as_stored(one.graded),
            "summary": one.summary[:LONGEST_SUMMARY],
        }
        for one, version_id in zip(marked, quiz.version_ids, strict=True)
    ]
    return _Graded(sitting, number, quiz.pass_mark, result.fraction, bool(result.passed), rows)


def _attempt(one: _Graded) -> dict[str, Any]:
    return {
        "enrolment_id": one.sitting.enrolment_id,
        "module_id": one.sitting.module_id,
        "number": one.number,
        "seed": one.sitting.seed,
        "pass_mark": one.pass_mark,
        "started_at": one.sitting.started_at,
        "finished_at": one.sitting.finished_at,
        "fraction": one.fraction,
        "passed": one.passed,
    }


def _attempt_ids(course_id: int) -> dict[tuple[int, int, int], int]:
    query = (
        select(Attempt.enrolment_id, Attempt.module_id, Attempt.number, Attempt.id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.course_id == course_id)
    )
    return {(row.enrolment_id, row.module_id, row.number): row.id for row in db.session.execute(query)}


def _store_answers(graded: Sequence[_Graded], ids: Mapping[tuple[int, int, int], int]) -> None:
    graded_ones: list[dict[str, Any]] = []
    open_ones: list[dict[str, Any]] = []
    responses, gradings = [], []
    for one in graded:
        sitting = one.sitting
        attempt_id = ids[sitting.enrolment_id, sitting.module_id, one.number]
        questions = open_ones if sitting.finished_at is None else graded_ones
        questions += [{"attempt_id": attempt_id, **row} for row in one.questions]
        responses += [
            {"attempt_id": attempt_id, "position": place, "sequence": 1, "page": "", "answer": answer, "at": at}
            for place, (at, answer) in sitting.answers.items()
            if answer
        ]
        if sitting.finished_at is not None:
            grading = {"fraction": one.fraction, "passed": one.passed, "at": sitting.finished_at}
            gradings.append({"attempt_id": attempt_id, "number": 1, **grading})
    bulk_insert(table_of(AttemptQuestion), graded_ones)
    bulk_insert(table_of(AttemptQuestion), open_ones)
    bulk_insert(table_of(Response), responses)
    bulk_insert(table_of(Grading), gradings)


def _complete(course_id: int, readings: Sequence[Reading], graded: Sequence[_Graded]) -> int:
    """Complete at the last thing done."""
    last: dict[int, datetime] = {}
    ends = [(one.enrolment_id, one.at) for one in readings]
    ends += [(one.sitting.enrolment_id, one.sitting.finished_at) for one in graded if one.sitting.finished_at]
    for enrolment_id, at in ends:
        last[enrolment_id] = max(at, last.get(enrolment_id, at))
    done = done_among((Enrolment.course_id == course_id) & (Enrolment.state == EnrolmentState.ACTIVE))
    rows = [{"of": one, "moment": last[one]} for one in done if one in last]
    if rows:
        table = table_of(Enrolment)
        statement = update(table).where(table.c.id == bindparam("of"))
        values = {"state": EnrolmentState.COMPLETED, "completed_at": bindparam("moment")}
        db.session.connection().execute(statement.values(values), rows)
        db.session.expire_all()
    return len(rows)
