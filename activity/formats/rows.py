"""The typed rows of directories, activity, outcomes and libraries of texts, and how the cells of each are checked."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import compress
from operator import eq, not_
from typing import Any, NamedTuple

from activity.formats import cells
from activity.formats.cells import Refusal
from activity.formats.columns import Column, free_text_column, id_column, moment_column, plain_column, repeating_column
from activity.formats.mapping import ColumnMapping
from activity.formats.moments import day
from activity.formats.row_reader import CrossChecked, RowReader
from activity.formats.verbs import Reach, Verb


class DirectoryRow(NamedTuple):
    """A person as the staff directory has them, each cell in one line. Only `id` is never empty.

    What the facts may be (an address, a time zone, a path of teams, an order of days) is checked where they are kept.
    """

    id: str
    name: str
    email: str
    team: str
    manager: str
    site: str
    languages: str
    time_zone: str
    start: date | None
    end: date | None
    job: str


class ActivityRow(NamedTuple):
    """A dated thing that somebody did. Texts are empty where the source does not say; `at` is aware UTC.

    `person_id` and `target_person_id` are e-mail addresses if the mapping names people by e-mail.
    `answers_self`: the person reached is the person who acts, which is no help to anybody.
    """

    activity_id: str
    at: datetime
    person_id: str
    verb: Verb
    kind: str
    in_reply_to: str
    target_person_id: str
    channel: str
    magnitude: float
    reach: Reach
    text: str
    permalink: str
    answers_self: bool


class OutcomeRow(NamedTuple):
    """A dated result of somebody's. `share` is in (0, 1]; `value` is 1 where the source gives none."""

    outcome_id: str
    at: datetime
    person_id: str
    kind: str
    value: float
    activity_id: str
    share: float


class LibraryRow(NamedTuple):
    """A text that the company supplies for posting. `title` may be empty."""

    text: str
    title: str


def directory_rows(mapping: ColumnMapping, header: Sequence[str]) -> "RowReader[DirectoryRow]":
    """A reader of staff directories. Raise MappingError, naming all problems, if the header does not fit."""
    texts = {
        field: repeating_column(field, cells.fact)
        for field in ("team", "manager", "site", "languages", "time_zone", "job")
    }
    plan = (
        id_column("id", required=True),
        plain_column("name", cells.fact),
        plain_column("email", cells.fact),
        *(texts[field] for field in ("team", "manager", "site", "languages", "time_zone")),
        repeating_column("start", day),
        repeating_column("end", day),
        texts["job"],
    )
    return RowReader(mapping, header, plan, DirectoryRow, _nothing_to_cross_check)


def activity_rows(mapping: ColumnMapping, header: Sequence[str], now: datetime) -> "RowReader[ActivityRow]":
    """A reader of activity. Raise MappingError, naming all problems, if the header does not fit."""
    plan = (
        id_column("activity_id", required=True),
        moment_column("at", now),
        _person_column(mapping, "person"),
        repeating_column("verb", cells.verb),
        repeating_column("kind", cells.kind),
        id_column("in_reply_to"),
        _person_column(mapping, "target_person"),
        repeating_column("channel", cells.channel),
        repeating_column("magnitude", cells.number),
        repeating_column("reach", cells.reach),
        free_text_column("text"),
        plain_column("permalink", cells.link),
    )
    return RowReader(mapping, header, plan, ActivityRow, _cross_check_activity)


def outcome_rows(mapping: ColumnMapping, header: Sequence[str], now: datetime) -> "RowReader[OutcomeRow]":
    """A reader of outcomes. Raise MappingError, naming all problems, if the header does not fit."""
    plan = (
        id_column("outcome_id"),
        moment_column("at", now),
        _person_column(mapping, "person", required=True),
        repeating_column("kind", cells.kind, required=True),
        repeating_column("value", cells.worth),
        id_column("activity_id"),
        repeating_column("share", cells.share),
    )
    return RowReader(mapping, header, plan, OutcomeRow, _nothing_to_cross_check)


def library_rows(mapping: ColumnMapping, header: Sequence[str]) -> "RowReader[LibraryRow]":
    """A reader of supplied texts. Raise MappingError, naming all problems, if the header does not fit."""
    plan = (free_text_column("text", required=True), plain_column("title", cells.name))
    return RowReader(mapping, header, plan, LibraryRow, _nothing_to_cross_check)


def _person_column(mapping: ColumnMapping, who: str, required: bool = False) -> Column:
    if mapping.is_read(f"{who}_email") and not mapping.is_read(f"{who}_id"):
        return repeating_column(f"{who}_email", cells.email, required)
    return id_column(f"{who}_id", required)


def _cross_check_activity(columns: list[list[Any]]) -> CrossChecked:
    place = ActivityRow._fields.index
    refused: dict[int, tuple[int, Refusal]] = {}
    people, verbs = columns[place("person_id")], columns[place("verb")]
    if not all(people) and set(compress(verbs, map(not_, people))) != {Verb.VOTE}:
        for row, (person, verb) in enumerate(zip(people, verbs, strict=True)):
            if person == "" and verb is not Verb.VOTE:
                refusal = Refusal("The person is missing", "Only a vote may be without a person.")
                refused[row] = place("person_id"), refusal
    events, answered = columns[place("activity_id")], columns[place("in_reply_to")]
    if any(map(eq, events, answered)):
        for row, (event, other) in enumerate(zip(events, answered, strict=True)):
            if event == other:
                refusal = Refusal("The event answers itself", "Name the event that it answers, or leave it empty.")
                refused.setdefault(row, (place("in_reply_to"), refusal))
    targets = columns[place("target_person_id")]
    answers_self = [person == target != "" for person, target in zip(people, targets, strict=True)]
    return refused, [answers_self]


def _nothing_to_cross_check(columns: list[list[Any]]) -> CrossChecked:
    return {}, []
