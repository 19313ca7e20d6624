"""The records an import of the directory is planned with: what is known, what a row states, and the plan itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from people.directory.rows import LOCAL_PREFIX, MissingPerson, Problem

Key = int | str
"""A person within a plan: the database id of somebody known, the external id of somebody new."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a directory can state about a person. `team` is a full name; `manager` a Key of the plan."""

    name: str
    email: str | None
    team: str | None
    manager: Key | None
    site: str
    languages: str
    time_zone: str
    starts_on: date | None
    ends_on: date | None
    job: str


@dataclass(frozen=True, slots=True)
class Known:
    """An employee as stored. `deactivated`: may not sign in, whatever the directory says."""

    id: int
    external_id: str
    facts: Facts
    deactivated: bool = False

    @property
    def is_local(self) -> bool:
        """Whether the person was entered by hand, without an id of the company's directory."""
        return self.external_id.startswith(LOCAL_PREFIX)

    def is_active(self, today: date) -> bool:
        """Neither deactivated nor gone."""
        return not self.deactivated and (self.facts.ends_on is None or self.facts.ends_on >= today)


@dataclass(slots=True)
class Draft:
    """A row that is taken: who is meant (`known`, None for somebody new) and the facts to be stored."""

    line: int
    external_id: str
    known: Known | None
    facts: Facts
    manager_text: str

    @property
    def key(self) -> Key:
        """The person within the plan."""
        return self.known.id if self.known else self.external_id

    @property
    def is_changed(self) -> bool:
        """Whether anything about somebody known has to be written."""
        known = self.known
        return known is not None and (known.facts != self.facts or known.external_id != self.external_id)


@dataclass(frozen=True)
class Company:
    """What planning needs to know: the people by external id, the ids of the active owners, today, the usual zone."""

    people: Mapping[str, Known]
    owners: Collection[int]
    today: date
    time_zone: str = "UTC"


@dataclass
class Plan:
    """The outcome of planning. `drafts` are the rows to be taken, by external id; `rows` how many the file has."""

    rows: int
    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    missing: list[MissingPerson] = field(default_factory=list)

    @property
    def created(self) -> list[Draft]:
        """People who are new."""
        return [draft for draft in self.drafts.values() if draft.known is None]

    @property
    def updated(self) -> list[Draft]:
        """Known people about whom something changes."""
        return [draft for draft in self.drafts.values() if draft.is_changed]

    def reject(self, draft: Draft, column: str, reason: str, cure: str) -> None:
        """Take a row out of the plan and say why."""
        del self.drafts[draft.external_id]
        self.problems.append(Problem(draft.line, column, reason, cure))
