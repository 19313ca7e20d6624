"""What can be read from a file: four kinds of file, and the fields of each."""

from enum import StrEnum
from typing import NamedTuple


class FileKind(StrEnum):
    """What the rows of a file are."""

    DIRECTORY = "directory"
    ACTIVITY = "activity"
    OUTCOMES = "outcomes"
    LIBRARY = "library"


class Field(NamedTuple):
    """One thing that a row can say. `label` is for pages; `instead` names a field that may stand for a required one."""

    name: str
    label: str
    required: bool = False
    instead: str = ""


_DIRECTORY = (
    Field("id", "Employee id", required=True),
    Field("name", "Name"),
    Field("email", "E-mail"),
    Field("team", "Team, as a path: Sales / North"),
    Field("manager", "Manager, by employee id"),
    Field("site", "Site"),
    Field("languages", "Languages, separated by ;"),
    Field("time_zone", "Time zone"),
    Field("start", "First day"),
    Field("end", "Last day"),
    Field("job", "Job"),
)
_ACTIVITY = (
    Field("activity_id", "External id", required=True),
    Field("at", "When", required=True),
    Field("person_id", "Employee, by id", required=True, instead="person_email"),
    Field("person_email", "Employee, by e-mail"),
    Field("verb", "What was done", required=True),
    Field("kind", "Kind, more closely"),
    Field("in_reply_to", "Answers event"),
    Field("target_person_id", "Person reached, by id"),
    Field("target_person_email", "Person reached, by e-mail"),
    Field("channel", "Channel"),
    Field("magnitude", "Size"),
    Field("reach", "Paid or organic"),
    Field("text", "Text, for its fingerprint"),
    Field("permalink", "Address of the event"),
)
_OUTCOMES = (
    Field("outcome_id", "External id"),
    Field("at", "When", required=True),
    Field("person_id", "Employee, by id", required=True, instead="person_email"),
    Field("person_email", "Employee, by e-mail"),
    Field("kind", "Kind of outcome", required=True),
    Field("value", "Value"),
    Field("activity_id", "Event that brought it"),
    Field("share", "Share of the outcome, 0 to 1"),
)
_LIBRARY = (
    Field("text", "Text, for its fingerprint", required=True),
    Field("title", "Title"),
)
FIELDS: dict[FileKind, tuple[Field, ...]] = {
    FileKind.DIRECTORY: _DIRECTORY,
    FileKind.ACTIVITY: _ACTIVITY,
    FileKind.OUTCOMES: _OUTCOMES,
    FileKind.LIBRARY: _LIBRARY,
}


def field_names(kind: FileKind) -> tuple[str, ...]:
    """The names of all fields of a kind of file."""
    return tuple(field.name for field in FIELDS[kind])
