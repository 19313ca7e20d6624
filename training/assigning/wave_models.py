"""Tables of waves: draws by lot that anybody can repeat, and in which wave each learner stands."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class WaveDraw(Base):
    """One draw by lot. `in_force_at` is when the first plan made with it was published; before, it may be repeated.

    `first_wave` is the number of its first wave: more than 1 for people who came after the first draw. `started` is the
    last wave of the course that has begun. `digest` is that of training.rules.matching.waves.Draw.
    """

    __tablename__ = "wave_draw"
    __table_args__ = (
        CheckConstraint("first_wave >= 1", name="waves_count_from_one"),
        Index("ix_wave_draw_course_id", "course_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    seed: Mapped[int]
    first_wave: Mapped[int]
    sizes: Mapped[list[int]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[datetime] = mapped_column(Moment)
    started: Mapped[int] = mapped_column(default=0)
    in_force_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<WaveDraw {self.id} of course {self.course_id}>"


class WaveMember(Base):
    """A learner in a draw: the stratum as it was then, the wave that was drawn, and the wave that holds.

    The two differ only where an owner moved the learner, with a reason: then the learner is left out of comparisons.
    """

    __tablename__ = "wave_member"
    __table_args__ = (
        CheckConstraint("drawn_wave = wave OR override_reason IS NOT NULL", name="moved_with_a_reason"),
        Index("ix_wave_member_draw_id", "draw_id"),
        Index("ix_wave_member_course_id_wave", "course_id", "wave"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("wave_draw.id"))
    team: Mapped[str] = mapped_column(String(200), default="")
    site: Mapped[str] = mapped_column(String(100), default="")
    drawn_wave: Mapped[int]
    wave: Mapped[int]
    override_reason: Mapped[str | None] = mapped_column(String(500))
    overridden_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    overridden_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<WaveMember {self.learner_id} in wave {self.wave}>"
