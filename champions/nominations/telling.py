"""Who is told what about nominations. A decline is told to nobody, and nothing is told to a manager as a manager."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from champions.models import Nomination
from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee, Role, RoleGrant
from people.roles.queries import is_active, is_live


class Word(StrEnum):
    """What the person nominated is told."""

    INVITED = "invited"
    NOT_APPROVED = "not approved"
    CHAMPION = "champion"


TEXTS = {
    Word.INVITED: (
        "Would you teach colleagues what you do so well?",
        "Colleagues who looked at your results nominated you. You decide; a no needs no reason, and nobody is told.",
    ),
    Word.NOT_APPROVED: (
        "Your nomination goes no further for now",
        "Thank you for saying yes. Colleagues looked at it, and it ends here for now. Nothing else follows, and "
        "you may be nominated again.",
    ),
    Word.CHAMPION: (
        "You are a champion now",
        "Two colleagues approved. You can be given learners. You may pause or stop at any time, without a reason.",
    ),
}


def tell_nominee(nomination: Nomination, word: Word, *, at: datetime) -> None:
    """Tell the person nominated where it stands, once."""
    subject, text = TEXTS[word]
    path = f"/nominations/{nomination.id}/" + ("champion" if word is Word.CHAMPION else "answer")
    key = f"nomination {nomination.id} {word}"
    tell([nomination.employee_id], Telling(kind=Kind.NOMINATION, subject=subject, text=text, path=path, key=key), at=at)


def tell_deciders(nomination: Nomination, *, at: datetime) -> None:
    """Tell owners and reviewers, but not the person nominated, that a yes waits for two decisions."""
    telling = Telling(
        kind=Kind.NOMINATION,
        subject="A nomination waits for two decisions",
        text="Somebody said yes to training others. Two different people decide, each with a reason.",
        path=f"/nominations/{nomination.id}",
        key=f"nomination {nomination.id} accepted",
    )
    tell(people_who_decide(at) - {nomination.employee_id}, telling, at=at)


def people_who_decide(at: datetime, *roles: Role) -> set[int]:
    """The ids of owners and reviewers who work here (or of those with `roles`)."""
    query = (
        select(RoleGrant.employee_id)
        .join(Employee, Employee.id == RoleGrant.employee_id)
        .where(RoleGrant.role.in_(roles or (Role.OWNER, Role.REVIEWER)), is_live(at), is_active(at))
    )
    return set(db.session.scalars(query))
