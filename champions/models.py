"""Tables of who is good: scoring runs, scores, nominations, decisions, champions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from champions.rules.nomination_life import NominationState
from db import Base, Moment

__all__ = [
    "Champion",
    "HastyDecisions",
    "Nomination",
    "NominationDecision",
    "NominationState",
    "Score",
    "ScoreView",
    "ScoringRun",
]


class ScoringRun(Base):
    """One dated, repeatable computation. Never rewritten."""

    __tablename__ = "scoring_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    as_of: Mapped[datetime] = mapped_column(Moment)
    window_from: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[str] = mapped_column(String(30))
    statement: Mapped[str] = mapped_column(String(500))
    few: Mapped[int]
    people: Mapped[int]  # who were scored
    events: Mapped[int]
    outcomes: Mapped[int]
    card: Mapped[dict[str, Any]] = mapped_column(JSON)  # totals, quality, limits: what the model card prints

    def __repr__(self) -> str:
        return f"<ScoringRun {self.id} as of {self.as_of:%Y-%m-%d}>"


class Score(Base):
    """One employee's score in one run, with its range, band, parts, evidence and flags as they were then."""

    __tablename__ = "score"
    __table_args__ = (
        CheckConstraint("lower <= value AND value <= upper", name="value_within_range"),
        Index("ix_score_run_id_band", "run_id", "band"),
        Index("ix_score_employee_id", "employee_id"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("scoring_run.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    value: Mapped[float]
    lower: Mapped[float]
    upper: Mapped[float]
    p_few: Mapped[float]
    band: Mapped[str] = mapped_column(String(12))
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)  # kind of outcome -> part of the value
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)  # by kind, and by component
    flags: Mapped[list[Any]] = mapped_column(JSON)

    def __repr__(self) -> str:
        return f"<Score {self.value:.3f} of {self.employee_id} in run {self.run_id}>"


class Nomination(Base):
    """The proposal, with evidence, that a sharp-shooter train others."""

    __tablename__ = "nomination"
    __table_args__ = (
        CheckConstraint("proposed_by_id <> employee_id", name="nobody_nominates_themselves"),
        CheckConstraint("state IN ({})".format(", ".join(f"'{one}'" for one in NominationState)), name="state_known"),
        Index("ix_nomination_state", "state"),
        Index("ix_nomination_employee_id", "employee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("scoring_run.id"))
    state: Mapped[str] = mapped_column(String(12), default=NominationState.PROPOSED)
    reason: Mapped[str] = mapped_column(String(2000))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Nomination {self.id} {self.state}>"


class NominationDecision(Base):
    """What one person decided about a nomination, and why. Two approvals by different people make a champion."""

    __tablename__ = "nomination_decision"
    __table_args__ = (
        UniqueConstraint("nomination_id", "decided_by_id"),
        CheckConstraint("length(reason) >= 10", name="a_reason_in_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    approves: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[int | None]  # from opening the page to deciding; None where that is not known

    def __repr__(self) -> str:
        return f"<NominationDecision {self.id} {'yes' if self.approves else 'no'}>"


class HastyDecisions(Base):
    """A flag to the owner: somebody approved so many nominations within a minute that none can have been read."""

    __tablename__ = "hasty_decisions"
    __table_args__ = (CheckConstraint("last_at >= first_at", name="last_after_first"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    number: Mapped[int]
    first_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<HastyDecisions {self.number} by {self.decided_by_id}>"


class Champion(Base):
    """An employee whom people approved to train others, from `starts_at` until `ends_at`.

    From `paused_at` until they come back they get no new learners; the learners they have stay.
    """

    __tablename__ = "champion"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    capacity: Mapped[int] = mapped_column(default=50)  # how many learners at most
    starts_at: Mapped[datetime] = mapped_column(Moment)
    paused_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Champion {self.employee_id}>"


class ScoreView(Base):
    """That somebody looked at the score of another: shown to the person whose score it is."""

    __tablename__ = "score_view"
    __table_args__ = (Index("ix_score_view_employee_id_at", "employee_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("scoring_run.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<ScoreView of {self.employee_id} by {self.viewer_id}>"
