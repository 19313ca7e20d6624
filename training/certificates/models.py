"""Tables of certificates. One is written once; that it was renewed, revoked or withdrawn is said beside it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Certification(Base):
    """That a course gives certificates, for how long, and how they are renewed."""

    __tablename__ = "certification"
    __table_args__ = (
        CheckConstraint("months IS NULL OR months > 0", name="months_are_positive"),
        CheckConstraint("window_days > 0", name="window_is_positive"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    months: Mapped[int | None]  # None: for good
    window_days: Mapped[int]  # before the last day
    renewal_course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))  # None: modules of this course
    renewal_modules: Mapped[list[int]] = mapped_column(JSON)  # ids; empty: all of the course
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # no new ones; those that were issued stay

    def __repr__(self) -> str:
        return f"<Certification of course {self.course_id}>"


class Certificate(Base):
    """Dated proof of one term: name and title as they were, and the record of what was done for it."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= valid_from", name="ends_after_start"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_reason IS NULL)", name="revoked_with_a_reason"),
        CheckConstraint("term > 0", name="term_from_one"),
        Index("ix_certificate_learner_id_course_id", "learner_id", "course_id"),
        Index("ix_certificate_course_id_expires_on", "course_id", "expires_on"),
        Index(
            "uq_certificate_live_term", "enrolment_id", "term", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    term: Mapped[int]  # 1, and one more with each renewal
    holder: Mapped[str] = mapped_column(String(200))  # the name as it was
    course_title: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    valid_from: Mapped[date]
    expires_on: Mapped[date | None]  # the last day
    record: Mapped[dict[str, Any]] = mapped_column(JSON)  # when it was completed, best fraction by module
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), index=True)  # the term before
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    revoked_reason: Mapped[str | None] = mapped_column(String(300))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)  # the holder wants no public page

    def __repr__(self) -> str:
        return f"<Certificate {self.id} term {self.term}>"


class Renewal(Base):
    """That a certificate is to be renewed: since when, until when. What is to be passed stands in its modules."""

    __tablename__ = "renewal"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    counts_from: Mapped[datetime] = mapped_column(Moment)  # a quiz passed since then counts
    due_on: Mapped[date]

    def __repr__(self) -> str:
        return f"<Renewal of {self.certificate_id}>"


class RenewalModule(Base):
    """A module whose quiz is to be passed again."""

    __tablename__ = "renewal_module"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("renewal.certificate_id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), primary_key=True)

    def __repr__(self) -> str:
        return f"<RenewalModule {self.module_id} of {self.certificate_id}>"
