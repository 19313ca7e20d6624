"""Tables of files of questions on their way in, and of the pictures that questions show."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, Moment


class QuestionUpload(Base):
    """A file of questions that somebody handed in and has not yet taken or put away. Kept for a day."""

    __tablename__ = "question_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<QuestionUpload {self.id} {self.name}>"


class Picture(Base):
    """A picture that questions show, named by its content, so that the same one is kept once and never changes."""

    __tablename__ = "picture"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256
    name: Mapped[str] = mapped_column(String(100))  # as in files of questions: shop-page.png
    media_type: Mapped[str] = mapped_column(String(20))
    data: Mapped[bytes] = mapped_column(LargeBinary)

    def __repr__(self) -> str:
        return f"<Picture {self.digest[:10]} {self.name}>"
