"""The table of backtests: had you asked on an earlier day, whom we would have named, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class Backtest(Base):
    """One look back over several earlier days, with the settings it was made with. Never rewritten.

    `moments`: for each day whom we would have named (employee ids) and what they and the others brought. `figures`:
    by aim ("results", "aim", "both", "gap") and ranking a value with its likely range.
    """

    __tablename__ = "backtest"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))  # None: the program, after an import
    as_of: Mapped[datetime] = mapped_column(Moment)
    horizon_days: Mapped[float]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    settings_key: Mapped[str] = mapped_column(String(32), index=True)  # the same for the same parameters
    last_outcome_id: Mapped[int | None]  # the newest outcome that was known
    quality: Mapped[str] = mapped_column(String(20))
    statement: Mapped[str] = mapped_column(String(500))
    moments: Mapped[list[Any]] = mapped_column(JSON)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)

    def __repr__(self) -> str:
        return f"<Backtest {self.id} {self.quality}>"
