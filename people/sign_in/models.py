"""Tables of signing in: sessions on the server, links to choose a password, throttling."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class SignInSession(Base):
    """One sign-in. The browser holds a random token; only its SHA-256 is stored."""

    __tablename__ = "sign_in_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    browser: Mapped[str] = mapped_column(String(200), default="")

    def __repr__(self) -> str:
        return f"<SignInSession of {self.employee_id}>"


class PasswordLink(Base):
    """A link to choose a password: works once, until `ends_at`. Only the SHA-256 of its token is stored."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<PasswordLink of {self.employee_id}>"


class Throttle(Base):
    """How often something was tried under one key since `since`; keys are hashes of an account name or an address."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int]

    def __repr__(self) -> str:
        return f"<Throttle {self.key[:12]} {self.tries}>"
