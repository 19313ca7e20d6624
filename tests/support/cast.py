"""The fixed cast: the people whom every test knows by first name. All are made up.

    Larkspur                    petra (owner), rafa and sunniva (reviewers)
      Care                      dev (manager of Care Porto), mina (manager of Sales)
        Care Porto              ben (learner of amara), amara and otto (trainers), lena (has left)
        Care Leeds              carla
      Sales                     tomas

What stands above people (an assignment of amara to ben) is added by the feature that owns it: see `extend_cast`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from db import db
from people.models import Employee, Role, RoleGrant, Team

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The moment to hand to operations. Pages see the real clock, which is later."""

FOUNDED = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """One of the cast; the row itself is `db.session.get_one(Employee, person.id)`."""

    id: int
    name: str
    email: str
    external_id: str
    team_id: int


@dataclass(frozen=True)
class Cast:
    """The people by first name, and the teams."""

    petra: Person
    rafa: Person
    sunniva: Person
    amara: Person
    otto: Person
    ben: Person
    carla: Person
    tomas: Person
    dev: Person
    mina: Person
    lena: Person
    company: int
    care: int
    care_porto: int
    care_leeds: int
    sales: int

    @property
    def owner(self) -> Person:
        """Runs the programme."""
        return self.petra

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, the one who has left included."""
        return tuple(value for value in vars(self).values() if isinstance(value, Person))


TEAMS = {
    "company": ("Larkspur", None),
    "care": ("Care", "company"),
    "care_porto": ("Care Porto", "care"),
    "care_leeds": ("Care Leeds", "care"),
    "sales": ("Sales", "company"),
}
PEOPLE = {
    "petra": ("Petra Lindqvale", "company", None),
    "rafa": ("Rafa Ostermoor", "company", "petra"),
    "sunniva": ("Sunniva Pell", "company", "petra"),
    "dev": ("Dev Marrowick", "care", "petra"),
    "mina": ("Mina Thackery-Loos", "sales", "petra"),
    "amara": ("Amara Quillfeather", "care_porto", "dev"),
    "otto": ("Otto Brandysnap", "care_porto", "dev"),
    "ben": ("Ben Harrowgate", "care_porto", "dev"),
    "lena": ("Lena Ashgrove", "care_porto", "dev"),
    "carla": ("Carla Windermoss", "care_leeds", "petra"),
    "tomas": ("Tomás Eberlake", "sales", "mina"),
}
ROLES = {
    "petra": (Role.OWNER, None),
    "rafa": (Role.REVIEWER, None),
    "sunniva": (Role.REVIEWER, None),
    "amara": (Role.TRAINER, None),
    "otto": (Role.TRAINER, None),
    "dev": (Role.MANAGER, "care_porto"),
    "mina": (Role.MANAGER, "sales"),
}
_extensions: list[Callable[[Cast], None]] = []


def extend_cast(extension: Callable[[Cast], None]) -> Callable[[Cast], None]:
    """Register a function that adds a feature's own rows about the cast; it adds and flushes."""
    _extensions.append(extension)
    return extension


def make_cast() -> Cast:
    """Store the cast and commit."""
    teams = _make_teams()
    people = _make_people(teams)
    for name, (role, team) in ROLES.items():
        covered = teams[team].id if team else None
        db.session.add(RoleGrant(employee_id=people[name].id, role=role, team_id=covered, starts_at=FOUNDED))
    people["lena"].ends_on = date(2025, 6, 30)
    people["lena"].deactivated_at = FOUNDED + timedelta(days=540)
    db.session.flush()
    everybody: dict[str, Any] = {name: _person(row) for name, row in people.items()}
    everybody.update({name: row.id for name, row in teams.items()})
    cast = Cast(**everybody)
    for extension in _extensions:
        extension(cast)
    db.session.commit()
    return cast


def _make_teams() -> dict[str, Team]:
    teams: dict[str, Team] = {}
    for key, (name, parent) in TEAMS.items():
        above = teams[parent] if parent else None
        full_name = f"{above.full_name} / {name}" if above else name
        teams[key] = Team(name=name, full_name=full_name, path="", parent_id=above.id if above else None)
        db.session.add(teams[key])
        db.session.flush()
        teams[key].path = f"{above.path if above else '/'}{teams[key].id}/"
    return teams


def _make_people(teams: dict[str, Team]) -> dict[str, Employee]:
    people: dict[str, Employee] = {}
    for key, (name, team, manager) in PEOPLE.items():
        people[key] = Employee(
            external_id=f"p-{len(people) + 101}",
            name=name,
            email=f"{key}@larkspur.example",
            team_id=teams[team].id,
            manager_id=people[manager].id if manager else None,
            site="Leeds" if team == "care_leeds" else "Porto",
            languages="en" if team == "care_leeds" else "pt;en",
            time_zone="Europe/London" if team == "care_leeds" else "Europe/Lisbon",
            starts_on=FOUNDED.date(),
            created_at=FOUNDED,
        )
        db.session.add(people[key])
        db.session.flush()
    teams["care_porto"].manager_id, teams["sales"].manager_id = people["dev"].id, people["mina"].id
    teams["company"].manager_id = people["petra"].id
    return people


def _person(row: Employee) -> Person:
    return Person(row.id, row.name, row.email or "", row.external_id, row.team_id or 0)
