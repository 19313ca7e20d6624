"""Tables of learning: enrolments, lessons read, attempts, responses. Responses are appended, never changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class EnrolmentState(StrEnum):
    """Where a learner in a course stands."""

    INVITED = "invited"
    ACTIVE = "active"
    COMPLETED = "completed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


LIVE = (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)
"""The states in which a learner may work on a course; who has completed it may come back to it."""


class Enrolment(Base):
    """A learner in a course."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("learner_id", "course_id"),
        CheckConstraint("(state = 'completed') = (completed_at IS NOT NULL)", name="completed_has_a_moment"),
        CheckConstraint("extra_time >= 0 AND extra_time <= 200", name="extra_time"),
        CheckConstraint("extra_attempts >= 0 AND extra_attempts <= 20", name="extra_attempts"),
        Index("ix_enrolment_course_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    state: Mapped[str] = mapped_column(String(12), default=EnrolmentState.ACTIVE)
    enrolled_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date | None]  # the day that counts, extensions and leave included
    planned_due_on: Mapped[date | None]  # the day before those; None while there are none
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment_rule.id"), index=True)  # None: by a person
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    extra_time: Mapped[int] = mapped_column(default=0)  # on top of the limits of quizzes, in percent
    extra_attempts: Mapped[int] = mapped_column(default=0)  # on top of what each quiz allows
    version_id: Mapped[int | None] = mapped_column(ForeignKey("course_version.id"), index=True)  # None: the newest

    def __repr__(self) -> str:
        return f"<Enrolment {self.id} {self.state}>"


class LessonRead(Base):
    """That a learner finished reading a lesson."""

    __tablename__ = "lesson_read"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<LessonRead {self.lesson_id} in {self.enrolment_id}>"


class Attempt(Base):
    """One sitting of one module's quiz. Finished exactly once: then it has a fraction and says whether it passed.

    `fraction` is what its last grading says. `passed` says whether the quiz counts as passed with this attempt: by its
    own fraction or, as the module counts, by the last, the first or the mean of the attempts so far. The behaviour and
    the time are those of its beginning.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "module_id", "number"),
        CheckConstraint("(finished_at IS NULL) = (fraction IS NULL)", name="graded_iff_finished"),
        CheckConstraint("(finished_at IS NULL) = (passed IS NULL)", name="passed_iff_finished"),
        CheckConstraint("finished_at IS NULL OR finished_at >= started_at", name="ends_after_start"),
        CheckConstraint("pass_mark >= 0 AND pass_mark <= 1", name="pass_mark_is_a_share"),
        CheckConstraint("penalty >= 0 AND penalty <= 1", name="penalty_is_a_share"),
        CheckConstraint("tries >= 1", name="has_a_try"),
        Index("ix_attempt_module_id_number", "module_id", "number"),
        Index(
            "uq_attempt_under_way", "enrolment_id", "module_id", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    number: Mapped[int]  # from 1
    seed: Mapped[int]  # of what is drawn from pools, and of the order in which choices are shown
    pass_mark: Mapped[float]  # as it was when the attempt began
    behaviour: Mapped[str] = mapped_column(String(16), default="deferred")  # training.rules.behaviours.behaviour
    tries: Mapped[int] = mapped_column(default=1)  # at each question
    penalty: Mapped[float] = mapped_column(default=0.0)  # the share that each further try costs
    minutes: Mapped[int | None]  # the limit of time without what a person has on top; None: no limit
    started_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment, index=True)  # when time is up; None: no limit
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    fraction: Mapped[float | None]
    passed: Mapped[bool | None]

    def __repr__(self) -> str:
        return f"<Attempt {self.id} number {self.number}>"


class AttemptQuestion(Base):
    """Which version of which question stands at which place of an attempt, and, once finished, how it was graded.

    `closed_at` is set when a question that is checked by itself takes no answer any more; it is graded then.
    """

    __tablename__ = "attempt_question"
    __table_args__ = (
        CheckConstraint("fraction IS NULL OR (fraction >= 0 AND fraction <= 1)", name="fraction"),
        CheckConstraint("certainty IS NULL OR certainty IN (1, 2, 3)", name="certainty_is_a_level"),
        CheckConstraint("closed_at IS NULL OR fraction IS NOT NULL", name="closed_is_graded"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # from 1
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"), index=True)  # as it was asked
    graded_by_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id"))  # regraded by; None: as asked
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    certainty: Mapped[int | None]  # of the answer that counts, where marks go by certainty
    fraction: Mapped[float | None]
    state: Mapped[str | None] = mapped_column(String(20))  # of training.rules.kinds.protocol.State
    parts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # feedback on parts of the response
    summary: Mapped[str] = mapped_column(String(1000), default="")  # the last response in words

    def __repr__(self) -> str:
        return f"<AttemptQuestion {self.attempt_id}.{self.position}>"


class Grading(Base):
    """What an attempt was worth when it was graded. Appended: number 1 when it is finished, more if it is regraded.

    The key makes it impossible to finish twice, whatever the code above does.
    """

    __tablename__ = "grading"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1
    at: Mapped[datetime] = mapped_column(Moment)
    fraction: Mapped[float]
    passed: Mapped[bool]
    regrading_id: Mapped[int | None] = mapped_column(ForeignKey("regrading.id"), index=True)  # None: at the finish

    def __repr__(self) -> str:
        return f"<Grading {self.attempt_id}.{self.number}>"


class Response(Base):
    """One answer to one question within an attempt, as it was given. The last by `sequence` counts.

    The server counts `sequence` in the order in which answers arrive. A page that saves by itself has a random name
    (`page`) and counts its answers (`page_sequence`), so that a repeated one is known and a late one changes nothing.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position", "sequence"),
        UniqueConstraint("attempt_id", "position", "page", "page_sequence"),
        ForeignKeyConstraint(
            ["attempt_id", "position"], ["attempt_question.attempt_id", "attempt_question.position"]
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    sequence: Mapped[int]  # from 1, counted per question
    page: Mapped[str] = mapped_column(String(16), default="")  # empty: sent by a form, without script
    page_sequence: Mapped[int | None]
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    certainty: Mapped[int | None]  # how sure, 1 to 3, where it was asked
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Response {self.attempt_id}.{self.position}.{self.sequence}>"
