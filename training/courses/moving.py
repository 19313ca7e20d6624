"""Moving learners to a new version of a course, by the rule that was chosen when it was published."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select, update

from db import db
from training.courses.version_models import CourseVersion, MoveRule
from training.enrolment_models import Attempt, Enrolment, EnrolmentState, LessonRead


@dataclass(frozen=True)
class Movers:
    """How many learners are under way, and how many of them have not begun a module."""

    under_way: int
    not_begun: int

    def moved_by(self, rule: MoveRule) -> int:
        """How many a rule moves."""
        return {MoveRule.ALL: self.under_way, MoveRule.NOT_BEGUN: self.not_begun, MoveRule.KEEP: 0}[rule]


def movers_of(course_id: int | None) -> Movers:
    """Whom the rules would move now. Who has completed the course stays with what was completed. One statement."""
    if course_id is None:
        return Movers(0, 0)
    begun = func.count().filter(_has_begun())
    active = (Enrolment.course_id == course_id, Enrolment.state == EnrolmentState.ACTIVE)
    under_way, count = db.session.execute(select(func.count(), begun).select_from(Enrolment).where(*active)).one()
    return Movers(under_way, under_way - count)


def move(version: CourseVersion, rule: MoveRule) -> int:
    """Move learners to a version that has just been published; returns how many. The others keep what they have.

    Who had no version of their own went by the newest one: they keep the one before this, if they are not moved.
    """
    mine = Enrolment.course_id == version.course_id
    before = select(func.max(CourseVersion.id)).where(
        CourseVersion.course_id == version.course_id, CourseVersion.id < version.id
    )
    last = db.session.scalar(before)
    db.session.execute(update(Enrolment).where(mine, Enrolment.version_id.is_(None)).values(version_id=last))
    moved = 0
    if rule is not MoveRule.KEEP:
        whom = [mine, Enrolment.state.not_in((EnrolmentState.COMPLETED,))]
        if rule is MoveRule.NOT_BEGUN:
            whom.append(~_has_begun())
        done = db.session.execute(update(Enrolment).where(*whom).values(version_id=version.id))
        moved = int(getattr(done, "rowcount", 0))
    db.session.expire_all()
    return moved


def _has_begun() -> ColumnElement[bool]:
    """A criterion on Enrolment: a lesson was read, or a quiz begun."""
    read = exists().where(LessonRead.enrolment_id == Enrolment.id).correlate(Enrolment)
    tried = exists().where(Attempt.enrolment_id == Enrolment.id).correlate(Enrolment)
    return read | tried
