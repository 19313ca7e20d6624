"""The table of what the watch has seen since the last published plan."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class PlanWatch(Base):
    """What has happened to a course's pairs since its last published plan, as it was seen at `looked_at`.

    `happened` maps kinds of `happenings.What` to the ids of the people it is about. `digest` tells whether anything is
    new; `told_digest` is what the owners' last proposal of the watch was about.
    """

    __tablename__ = "plan_watch"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    since_plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    looked_at: Mapped[datetime] = mapped_column(Moment)
    happened: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), default="")
    told_digest: Mapped[str] = mapped_column(String(64), default="")

    def __repr__(self) -> str:
        return f"<PlanWatch of course {self.course_id}>"
