"""The tables of a staging file: rows of one file that were read and checked and are not yet part of the data.

On SQLite the staging file is attached to the database; on PostgreSQL its rows are copied into temporary tables. The
same statements then work on both: tables are named without a schema.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from db import Moment

_metadata = MetaData()

staged_activity = Table(
    "staged_activity",
    _metadata,
    Column("line", Integer, primary_key=True),
    Column("external_id", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("employee_id", Integer),
    Column("verb", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("in_reply_to", String),
    Column("target_id", Integer),
    Column("magnitude", Float, nullable=False),
    Column("reach", String, nullable=False),
    Column("permalink", String, nullable=False),
    Column("text_hash", LargeBinary),
    Column("is_self_reply", Boolean, nullable=False),
    Column("known_id", Integer),
    Column("changed", Boolean, nullable=False, server_default="0"),
    UniqueConstraint("external_id"),
)
staged_text = Table(
    "staged_text",
    _metadata,
    Column("text_hash", LargeBinary, primary_key=True),
    Column("signature", LargeBinary),  # none for texts of at most eight words
)
staged_words = Table(
    "staged_words",
    _metadata,
    Column("line", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)
staged_outcome = Table(
    "staged_outcome",
    _metadata,
    Column("external_id", String, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("known_id", Integer),
    Column("changed", Boolean, nullable=False, server_default="0"),
)
staged_credit = Table(
    "staged_credit",
    _metadata,
    Column("line", Integer, primary_key=True),
    Column("external_id", String, nullable=False),
    Column("employee_id", Integer, nullable=False),
    Column("share", Float, nullable=False),
    Column("activity_id", String),
    Column("is_known", Boolean, nullable=False, server_default="0"),
    Column("changed", Boolean, nullable=False, server_default="0"),
    Column("over", Float),  # what the shares would sum to with this one, where that is too much
    UniqueConstraint("external_id", "employee_id"),
)
ACTIVITY_TABLES = (staged_activity, staged_text, staged_words)
OUTCOME_TABLES = (staged_outcome, staged_credit)
