"""The table of attributes for the fairness view. Nothing but this room reads it, and no page shows a row of it."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base


class FairnessAttribute(Base):
    """One attribute of one employee, as the owner supplied it for this purpose alone."""

    __tablename__ = "fairness_attribute"
    __table_args__ = (Index("ix_fairness_attribute_attribute_value", "attribute", "value"),)

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    attribute: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(60))

    def __repr__(self) -> str:
        return f"<FairnessAttribute {self.attribute}>"  # never whose, never which
