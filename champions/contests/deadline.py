"""How many days there are to answer a contest: the owner's choice."""

from sqlalchemy import select

from db import db
from people.models import CompanySetting
from people.settings.company_settings import Choice, offer

NAME = "contest_days"
USUAL_DAYS = 14
FEWEST, MOST = 3, 60


def _days(text: str) -> str:
    if not text.strip().isdecimal() or not FEWEST <= int(text) <= MOST:
        raise ValueError(f"Give a whole number of days from {FEWEST} to {MOST}.")
    return str(int(text))


offer(
    Choice(
        NAME,
        "Days to answer a contest",
        "By then somebody with fresh eyes answers whoever says that a fact is wrong or asks for a person to look.",
        _days,
        default=str(USUAL_DAYS),
    )
)


def days_to_answer() -> int:
    """Days from asking to the deadline."""
    stored = db.session.scalar(select(CompanySetting.value).where(CompanySetting.name == NAME))
    return int(stored) if stored else USUAL_DAYS
