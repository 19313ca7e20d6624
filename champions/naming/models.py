"""Tables of peer naming. Who named whom is there only while a round is not counted; afterwards there are counts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from champions.rules.naming import FEWEST_GIVERS
from db import Base, Moment


class NamingRound(Base):
    """One round: its title, its days, and what came of it. `place` is 1 until it is counted: one round at a time."""

    __tablename__ = "naming_round"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("place = 1", name="one_place"),
        CheckConstraint("(place IS NULL) = (counted_at IS NOT NULL)", name="counted_gives_place"),
        CheckConstraint("(counted_at IS NULL) = (asked IS NULL)", name="counted_with_number_asked"),
        CheckConstraint("(counted_at IS NULL) = (answered IS NULL)", name="counted_with_number_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    reminds: Mapped[bool]
    place: Mapped[int | None] = mapped_column(unique=True, default=1)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)  # early, by an owner
    counted_at: Mapped[datetime | None] = mapped_column(Moment)
    asked: Mapped[int | None]
    answered: Mapped[int | None]

    def __repr__(self) -> str:
        return f"<NamingRound {self.id} {self.opens_on} to {self.closes_on}>"


class NamingTopic(Base):
    """What a round asks help about."""

    __tablename__ = "naming_topic"
    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("naming_round.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))

    def __repr__(self) -> str:
        return f"<NamingTopic {self.name}>"


class PeerNaming(Base):
    """Who named whom for a topic, without a time; deleted when the round is counted."""

    __tablename__ = "peer_naming"
    __table_args__ = (
        CheckConstraint("giver_id <> named_id", name="nobody_names_themselves"),
        Index("ix_peer_naming_giver_id", "giver_id"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("naming_topic.id"), primary_key=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    named_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)

    def __repr__(self) -> str:
        return f"<PeerNaming for topic {self.topic_id}>"


class NamingAnswer(Base):
    """That somebody has answered a round, if only with nobody; deleted when the round is counted."""

    __tablename__ = "naming_answer"

    round_id: Mapped[int] = mapped_column(ForeignKey("naming_round.id"), primary_key=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)

    def __repr__(self) -> str:
        return f"<NamingAnswer in round {self.round_id}>"


class NamingCount(Base):
    """By how many different people somebody was named for a topic: what is left of a round."""

    __tablename__ = "naming_count"
    __table_args__ = (
        CheckConstraint(f"givers >= {FEWEST_GIVERS}", name="enough_givers"),
        Index("ix_naming_count_employee_id", "employee_id"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("naming_topic.id"), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    givers: Mapped[int]

    def __repr__(self) -> str:
        return f"<NamingCount {self.givers} for topic {self.topic_id}>"
