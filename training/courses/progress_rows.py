"""How far learners are in their versions of a course, as the rules of progress take it. Statements do not grow."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from db import db
from training.courses.outlines import ModuleOutline, outline_now
from training.courses.version_models import CourseVersion
from training.enrolment_models import Attempt, Enrolment, LessonRead
from training.rules.opening import opening_of
from training.rules.progress import ModuleProgress, course_progress


def module_progress(
    module: ModuleOutline, lessons_read: tuple[bool, ...], passed: bool, best: float | None
) -> ModuleProgress:  # fmt: skip
    """One module of an outline as one learner has it."""
    return ModuleProgress(
        lessons_read=lessons_read,
        has_quiz=bool(module["questions"]),
        passed=passed,
        minutes=module["minutes"],
        slug=module["slug"],
        title=module["title"],
        best=best,
        opening=opening_of(module["opening"]),
    )


def done_among(criterion: ColumnElement[bool]) -> list[int]:
    """Of the enrolments in one course that fit `criterion`, those with nothing left to do. Three to six statements."""
    rows = db.session.execute(select(Enrolment.id, Enrolment.course_id, Enrolment.version_id).where(criterion)).all()
    if not rows:
        return []
    outlines = _outlines({row.version_id for row in rows}, rows[0].course_id)
    read, results = _what_was_done(criterion)
    return [
        row.id
        for row in rows
        if course_progress(
            [
                module_progress(
                    one,
                    tuple(lesson["id"] in read[row.id] for lesson in one["lessons"]),
                    *results.get((row.id, one["id"]), (False, None)),
                )
                for one in outlines[row.version_id]
            ]
        ).is_done
    ]


def _outlines(versions: set[int | None], course_id: int) -> Mapping[int | None, list[ModuleOutline]]:
    query = select(CourseVersion.id, CourseVersion.outline).where(CourseVersion.id.in_(versions - {None}))
    found: dict[int | None, list[ModuleOutline]] = {row[0]: list(row[1]) for row in db.session.execute(query)}
    if None in versions:
        found[None] = outline_now(course_id)
    return found


def _what_was_done(
    criterion: ColumnElement[bool],
) -> tuple[Mapping[int, set[int]], Mapping[tuple[int, int], tuple[bool, Any]]]:
    """Lessons read by enrolment, and (passed, best result) by enrolment and module. One statement."""
    here = select(Enrolment.id).where(criterion)
    passed = func.max(case((Attempt.passed.is_(True), 1), else_=0))
    reads = select(literal(True), LessonRead.enrolment_id, LessonRead.lesson_id, literal(1), literal(1.0)).where(
        LessonRead.enrolment_id.in_(here)
    )
    tries = (
        select(literal(False), Attempt.enrolment_id, Attempt.module_id, passed, func.max(Attempt.fraction))
        .where(Attempt.enrolment_id.in_(here))
        .group_by(Attempt.enrolment_id, Attempt.module_id)
    )
    read: dict[int, set[int]] = defaultdict(set)
    results: dict[tuple[int, int], tuple[bool, Any]] = {}
    rows: Any = db.session.execute(union_all(reads, tries))
    for is_lesson, enrolment_id, thing_id, is_passed, best in rows:
        if is_lesson:
            read[enrolment_id].add(thing_id)
        else:
            results[enrolment_id, thing_id] = (bool(is_passed), best)
    return read, results
