"""What the owner may choose about certificates on the page of settings."""

from people.settings.company_settings import Choice, offer
from training.certificates.queries import PUBLIC_PAGES


def offer_choices() -> None:
    """Whether anybody with a code may see a certificate."""
    offer(
        Choice(
            PUBLIC_PAGES,
            "Public pages of certificates",
            "yes: whoever has the code of a certificate can check it without signing in, and sees name, course, days "
            "and state. Holders can withdraw their own page. no: there are no such pages, and no badge can be checked.",
            _yes_or_no,
            default="yes",
        )
    )


def _yes_or_no(text: str) -> str:
    word = text.strip().lower() or "yes"
    if word not in {"yes", "no"}:
        raise ValueError("Write yes or no.")
    return word
