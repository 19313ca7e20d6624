"""What the owner sets for all trainers: how many learners one may take at most."""

from champions.nominations.capacity_operations import MOST_PLACES
from people.settings.company_settings import Choice, offer

MOST_LEARNERS = "most_learners"


def _most(text: str) -> str:
    value = text.strip().replace(",", "")
    if not value:
        return ""
    if not value.isdecimal() or not 1 <= int(value) <= MOST_PLACES:
        raise ValueError(f"Write a whole number from 1 to {MOST_PLACES:,}, or leave it empty for no limit.")
    return str(int(value))


def ceiling_of(settings: dict[str, str]) -> int:
    """The most learners that any trainer may take, from the company's settings."""
    return int(settings.get(MOST_LEARNERS) or MOST_PLACES)


def offer_limits() -> None:
    """Put the limit on the page of settings."""
    offer(
        Choice(
            MOST_LEARNERS,
            "Most learners of one trainer",
            "Each trainer sets how many learners they take, up to this number. The next proposal keeps to it; pairs "
            "that exist stay until then. Leave it empty for no limit.",
            _most,
        )
    )
