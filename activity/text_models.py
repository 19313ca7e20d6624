"""Tables about texts: fingerprints, enough to find copies and not enough to read anything."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base


class LibraryText(Base):
    """The fingerprint of a text that the company supplies for posting: no evidence of skill, and no offence."""

    __tablename__ = "library_text"

    text_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="")

    def __repr__(self) -> str:
        return f"<LibraryText {self.title}>"


class KnownText(Base):
    """The MinHash signature of a text of more than eight words that was posted or supplied. Not the text."""

    __tablename__ = "known_text"

    text_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary(256))

    def __repr__(self) -> str:
        return f"<KnownText {self.text_hash.hex()}>"


class CopyKey(Base):
    """One of the 16 numbers that texts are looked up by: those that say nearly the same share at least one."""

    __tablename__ = "copy_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)

    def __repr__(self) -> str:
        return f"<CopyKey {self.key}>"


class TextLikeness(Base):
    """Two different texts that say nearly the same. Each pair is stored both ways round."""

    __tablename__ = "text_likeness"
    __table_args__ = ({"sqlite_with_rowid": False},)

    text_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    like_hash: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)

    def __repr__(self) -> str:
        return f"<TextLikeness {self.text_hash.hex()}>"


class EventText(Base):
    """The words of an event; filled only where the setting KEEP_TEXT asks for it."""

    __tablename__ = "event_text"

    event_id: Mapped[int] = mapped_column(ForeignKey("activity_event.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)

    def __repr__(self) -> str:
        return f"<EventText of {self.event_id}>"
