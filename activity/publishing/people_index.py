"""Whom a file means: employees by the id or the e-mail address that the file names them by."""

from collections.abc import Sequence
from difflib import get_close_matches

from sqlalchemy import select

from activity.formats.cells import Refusal
from activity.formats.mapping import ColumnMapping
from db import db
from people.models import Employee

MOST_GUESSES = 50  # each compares a spelling with everybody whose name begins alike
CLOSE = 0.8
NO_ID = "No employee has this id"
NO_EMAIL = "No employee has this e-mail address"


class PeopleIndex:
    """Looks up employees by one kind of name. Those who left are found too: what they did stays true."""

    def __init__(self, by_email: bool) -> None:
        self._by_email = by_email
        column = Employee.email if by_email else Employee.external_id
        rows = db.session.execute(select(column, Employee.id).where(column.is_not(None)))
        self._ids: dict[str, int] = {name: number for name, number in rows if name is not None}
        self._refusals: dict[str, Refusal] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, names: Sequence[str]) -> list[int | None]:
        """The employee of each name; None where there is none."""
        return list(map(self._ids.get, names))

    def refusal(self, name: str) -> Refusal:
        """Why a row that names `name` is not taken, with the nearest spelling that is known."""
        if name in self._refusals:
            return self._refusals[name]
        cure = "Import the directory first, or correct it in the source."
        if not self._by_email:
            return Refusal(NO_ID, cure)
        if len(self._refusals) >= MOST_GUESSES:
            return Refusal(NO_EMAIL, cure)
        alike = [known for known in self._ids if known[:1] == name[:1]]
        near = get_close_matches(name, alike, n=1, cutoff=CLOSE)
        self._refusals[name] = Refusal(NO_EMAIL, f"Near: {near[0]}. {cure}" if near else cure)
        return self._refusals[name]


def by_email(mapping: ColumnMapping, who: str) -> bool:
    """Whether `who` ("person" or "target_person") is named by e-mail address in the file."""
    return mapping.is_read(f"{who}_email") and not mapping.is_read(f"{who}_id")
