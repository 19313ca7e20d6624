"""What the demo company consists of: plain frozen records, as its own systems would export them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the staff directory. `manager` is the id of another person, "" for whoever leads the company.

    `team` is a path from the top, its parts joined by " / ". `languages` begins with the preferred one.
    `end` is the last day of work, None while no end is known.
    """

    id: str
    name: str
    email: str
    team: str
    manager: str
    site: str
    languages: tuple[str, ...]
    time_zone: str
    start: date
    end: date | None
    job: str

    def works_on(self, day: date) -> bool:
        """Whether `day` lies within the employment, both ends included."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Team:
    """A unit of the organisation and the id of the person who manages it."""

    path: str
    manager: str


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the activity export. `at` is UTC.

    `in_reply_to` is the id of an event, or of a thread that a customer opened ("c-..."), which is no event of the
    staff. `target` is "" where the event reached a customer. `person` is "" only for votes on an answer, which name
    nobody. `magnitude` counts votes (verb vote) or views (verbs post and share) and is 1 otherwise. `reach` is paid,
    organic, or "" for not stated.
    """

    id: str
    at: datetime
    person: str
    verb: str
    kind: str
    in_reply_to: str
    target: str
    channel: str
    magnitude: int
    reach: str
    text: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the outcome export: the `share` of outcome `id` that goes to `person` for the event `activity`.

    Several rows have one id when credit is shared; their shares sum to at most 1.
    """

    id: str
    at: datetime
    person: str
    kind: str
    value: float
    activity: str
    share: float


@dataclass(frozen=True, slots=True)
class LibraryText:
    """A text of the approved-content library, which employees are welcome to share as it is."""

    id: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Nature:
    """What the generator knows about a person and the product has to find out.

    `skill` shifts the log-odds of every success; 0 is ordinary. `truly_good` marks the few that were given much
    of it. `volume` is how many events a year the person would have if employed and willing all year.
    """

    person: str
    family: str
    skill: float
    truly_good: bool
    volume: float


@dataclass(frozen=True, slots=True)
class Mishaps:
    """Who does what a fair score must not reward, by id. Nobody stands in two of these."""

    praise_ring: tuple[str, ...]
    pushed: str
    quiet_accounts: tuple[str, ...]
    flooder: str
    copyist: str
    pasters: tuple[str, ...]
    bought_reach: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the story, by id, each chosen by a rule (see `casting`), none by name."""

    owner: str
    reviewers: tuple[str, str]
    care_manager: str
    learner: str
    newcomer: str
    part_timer: str
    leaver: str


@dataclass(frozen=True, slots=True)
class Company:
    """Everything about the demo company. Events and outcomes are in the order of time."""

    seed: int
    today: date
    people: tuple[Person, ...]
    teams: tuple[Team, ...]
    events: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]
    library: tuple[LibraryText, ...]
    natures: tuple[Nature, ...]
    mishaps: Mishaps
    cast: Cast
