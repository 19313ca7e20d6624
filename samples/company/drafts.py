"""Events and outcomes on the way: they point at each other, and get their ids when all are there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samples.company.names import DOMAIN
from samples.company.records import Event, Outcome

FORUMS = ("Coffee forum", "Kitchen forum", "Laundry forum")
SHOP_PAGE = "Shop page"
SERVICE_LINE = "Service line"
STAFF_FORUM = "Staff forum"
TEAM_CHAT = "Team chat"
NETWORK = "Professional network"
IDEAS = "Ideas board"

ORGANIC = "organic"
PAID = "paid"
NOT_STATED = ""


@dataclass(slots=True, eq=False)
class DraftEvent:
    """As `Event`, but it points at the event it answers, and has no id yet."""

    at: datetime
    person: str
    verb: str
    channel: str
    kind: str = ""
    answers: "DraftEvent | None" = None
    target: str = ""
    magnitude: int = 1
    reach: str = ORGANIC
    text: str = ""
    language: str = ""

    @property
    def by_customer(self) -> bool:
        """Whether a customer wrote it. Votes have no person either, but are an event of their own."""
        return not self.person and self.verb != "vote"


@dataclass(slots=True, eq=False)
class DraftOutcome:
    """An outcome with everybody's share: pairs of (event that brought it, share)."""

    at: datetime
    kind: str
    credits: tuple[tuple[DraftEvent, float], ...]
    value: float = 1.0


def number_events(drafts: Iterable[DraftEvent]) -> tuple[tuple[Event, ...], dict[int, str]]:
    """The events in the order of time with their ids, and the id for each draft by `id(draft)`.

    What customers ask gets an id, which the answers name, but no row: customers are in no export of the staff. Votes
    have a number range of their own, so that the other ids stay the same whatever customers think.
    """
    ordered = sorted(drafts, key=lambda draft: draft.at)
    names: dict[int, str] = {}
    numbers = {"c": 0, "e": 0, "v": 0}
    for draft in ordered:
        prefix = "c" if draft.by_customer else "v" if draft.verb == "vote" else "e"
        numbers[prefix] += 1
        names[id(draft)] = f"{prefix}-{numbers[prefix]:05d}"
    return tuple(_numbered(draft, names) for draft in ordered if not draft.by_customer), names


def _numbered(draft: DraftEvent, names: dict[int, str]) -> Event:
    """The event with its id and the id of what it answers."""
    name = names[id(draft)]
    return Event(
        id=name,
        at=draft.at.replace(microsecond=0),
        person=draft.person,
        verb=draft.verb,
        kind=draft.kind,
        in_reply_to=names[id(draft.answers)] if draft.answers is not None else "",
        target=draft.target,
        channel=draft.channel,
        magnitude=draft.magnitude,
        reach=draft.reach,
        text=draft.text,
        permalink=_permalink(draft, name),
    )


def number_outcomes(drafts: Iterable[DraftOutcome], names: dict[int, str]) -> tuple[Outcome, ...]:
    """The outcomes in the order of time, a row for each who has a share."""
    rows = []
    for number, draft in enumerate(sorted(drafts, key=lambda draft: draft.at), start=1):
        at = draft.at.replace(microsecond=0)
        for event, share in draft.credits:
            rows.append(Outcome(f"o-{number:05d}", at, event.person, draft.kind, draft.value, names[id(event)], share))
    return tuple(rows)


def _permalink(draft: DraftEvent, name: str) -> str:
    """Where the text can be read; votes and reactions have no page of their own."""
    if draft.verb in ("vote", "reaction"):
        return ""
    return f"https://{draft.channel.lower().replace(' ', '-')}.{DOMAIN}/{name}"
