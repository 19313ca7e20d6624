"""Tables of people: teams, employees, role grants."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Role(StrEnum):
    """What a person may be granted. Every employee is also a learner, without a grant."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    TRAINER = "trainer"
    MANAGER = "manager"


class Team(Base):
    """A unit of the organisation. Teams form a tree; `path` holds the ids from the top, "/1/5/9/"."""

    __tablename__ = "team"
    __table_args__ = (CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    full_name: Mapped[str] = mapped_column(String(1000), unique=True)  # "Company / Care / Care Leeds 1"
    path: Mapped[str] = mapped_column(String(500), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", use_alter=True))

    def __repr__(self) -> str:
        return f"<Team {self.id} {self.full_name}>"


class Employee(Base):
    """A person in the staff directory. `external_id` is the id in the company's own directory."""

    __tablename__ = "employee"
    __table_args__ = (
        CheckConstraint("manager_id IS NULL OR manager_id <> id", name="not_their_own_manager"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("ix_employee_team_id_name", "team_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # kept in lower case
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    site: Mapped[str] = mapped_column(String(100), default="")
    job: Mapped[str] = mapped_column(String(100), default="")
    languages: Mapped[str] = mapped_column(String(100), default="")  # "pt;en", the first is preferred
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    deactivated_at: Mapped[datetime | None] = mapped_column(Moment)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    opted_out_at: Mapped[datetime | None] = mapped_column(Moment)  # no scoring; training goes on
    created_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<Employee {self.id} {self.external_id}>"


class RoleGrant(Base):
    """A role that an employee holds from `starts_at` until `ends_at`; a manager's is bound to a team."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("role <> 'manager' OR team_id IS NOT NULL", name="a_manager_has_a_team"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))

    def __repr__(self) -> str:
        return f"<RoleGrant {self.role} to {self.employee_id}>"


class CompanySetting(Base):
    """What the owner sets in the product, and facts about this installation (`made_up`, `attribution`)."""

    __tablename__ = "company_setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(4000))

    def __repr__(self) -> str:
        return f"<CompanySetting {self.name}>"
