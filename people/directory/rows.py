"""What a directory import takes and gives: plain frozen records, without database and without files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

LOCAL_PREFIX = "local-"
"""How the id of a person begins who was entered by hand and is not known to the company's directory yet."""

COLUMNS = frozenset(
    {"name", "email", "team", "manager", "site", "languages", "time_zone", "starts_on", "ends_on", "job"}
)
"""What a directory can state about a person besides the id."""


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One person as the company's directory states them; `line` counts as an editor does, from 1.

    `external_id` is the only field that must be filled. `team` is a path from the top, its parts joined by " / ".
    `manager` is the id or the e-mail address of another person. `languages` are codes joined by ";", the preferred
    one first.
    """

    line: int
    external_id: str
    name: str = ""
    email: str = ""
    team: str = ""
    manager: str = ""
    site: str = ""
    languages: str = ""
    time_zone: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    job: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong with one line: the column, the reason, and what to do. `taken`: the person was still taken."""

    line: int
    column: str
    reason: str
    cure: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """An active employee whom the file does not name. Nothing is done about them: people decide."""

    employee_id: int
    external_id: str
    name: str


@dataclass(frozen=True)
class DirectoryReport:
    """What an import did, or would do: numbers of people, and the lines that need somebody's attention.

    `created`, `updated`, `unchanged` and `rejected` add up to the rows of the file. `missing` are the active employees
    whom the file does not name; `deactivated` counts those it names although a person deactivated them: they stay so.
    `managers_named` and `managers_ended` count the roles that followed the team tree; they are 0 in a dry run.
    """

    created: int
    updated: int
    unchanged: int
    rejected: int
    teams_created: int
    problems: Sequence[Problem] = field(default=())
    missing: Sequence[MissingPerson] = field(default=())
    deactivated: int = 0
    managers_named: int = 0
    managers_ended: int = 0


class Progress(Protocol):
    """Whoever wants to hear how far an import is."""

    def report(self, done: int, total: int, message: str) -> None:
        """`done` of `total` rows; `message` says what is being done."""
