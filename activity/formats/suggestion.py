"""A first guess at a mapping from the names of the columns. A person looks at it before anything is imported.

Known are the neutral format (people, activity, outcomes), the company format (our own field names), and the usual
names of exports from forums, chats and staff systems. Counts of views, likes and followers are never suggested: they
are no merit.
"""

import re
from collections.abc import Iterable

from activity.formats.fields import FileKind, field_names
from activity.formats.mapping import ColumnMapping

# The first name that a file has is taken; our own name stands before all of these.
_WHEN = ("created_at", "created", "timestamp", "date", "time", "datetime", "posted_at", "published", "ts")
_PERSON = ("employee_id", "author_id", "user_id", "person", "employee", "author", "user", "actor", "actor_id")
_EMAIL = ("author_mail", "author_email", "user_email", "employee_email", "email", "mail", "e_mail", "email_address")

USUAL_NAMES: dict[FileKind, dict[str, tuple[str, ...]]] = {
    FileKind.DIRECTORY: {
        "id": ("person_id", "employee_id", "employee_number", "personnel_number", "staff_id", "user_id"),
        "name": ("full_name", "display_name", "employee_name"),
        "email": ("mail", "e_mail", "email_address", "work_email", "mail_address"),
        "team": ("team_path", "department", "unit", "org_unit", "organisation", "organization"),
        "manager": ("manager_id", "reports_to", "supervisor", "supervisor_id", "line_manager"),
        "site": ("location", "office", "city"),
        "languages": ("language", "lang"),
        "time_zone": ("timezone", "tz"),
        "start": ("joined_at", "start_date", "hired_at", "hire_date", "entry_date", "joined"),
        "end": ("left_at", "end_date", "leaving_date", "exit_date", "termination_date"),
        "job": ("job_title", "title", "position", "role"),
    },
    FileKind.ACTIVITY: {
        "activity_id": ("event_id", "post_id", "message_id", "client_msg_id", "external_id", "object_id", "id"),
        "at": _WHEN,
        "person_id": _PERSON,
        "person_email": _EMAIL,
        "verb": ("type", "action", "activity_type", "event_type"),
        "kind": ("subtype", "category"),
        "in_reply_to": ("parent_id", "reply_to", "in_reply_to_id", "inreplyto", "parent", "thread_id"),
        "target_person_id": ("target", "target_id", "recipient_id", "recipient", "parent_user_id"),
        "target_person_email": ("target_email", "recipient_email"),
        "channel": ("network", "forum", "channel_name", "source"),
        "magnitude": ("size",),
        "reach": ("promoted", "paid", "sponsored", "is_paid"),
        "text": ("body", "message", "content"),
        "permalink": ("url", "link", "post_url"),
    },
    FileKind.OUTCOMES: {
        "outcome_id": ("external_id", "id", "deal_id", "case_id", "ticket_id"),
        "at": (*_WHEN, "closed_at", "won_at"),
        "person_id": _PERSON,
        "person_email": _EMAIL,
        "kind": ("type", "outcome", "outcome_type"),
        "value": ("amount", "worth"),
        "activity_id": ("event_id", "post_id", "message_id"),
        "share": ("credit", "portion"),
    },
    FileKind.LIBRARY: {
        "text": ("body", "message", "content", "post"),
        "title": ("name", "headline", "text_id", "id"),
    },
}
PAID_OR_ORGANIC = {
    "paid": "paid", "yes": "paid", "true": "paid", "1": "paid", "promoted": "paid", "sponsored": "paid",
    "organic": "organic", "no": "organic", "false": "organic", "0": "organic",
}  # fmt: skip
BY_ID_FIRST = {"person_email": "person_id", "target_person_email": "target_person_id"}


def suggest(header: Iterable[str], kind: FileKind) -> ColumnMapping:
    """Guess how a file of `kind` with the columns `header` is read. Each column is used at most once."""
    by_plain_name: dict[str, str] = {}
    for column in header:
        by_plain_name.setdefault(plain_name(column), column)
    columns: dict[str, str] = {}
    for field in field_names(kind):
        if field in by_plain_name:
            columns[field] = by_plain_name.pop(field)
    for field in field_names(kind):
        if field in columns or BY_ID_FIRST.get(field) in columns:
            continue
        usual = next((name for name in USUAL_NAMES[kind].get(field, ()) if name in by_plain_name), None)
        if usual:
            columns[field] = by_plain_name.pop(usual)
    values = {"reach": PAID_OR_ORGANIC} if "reach" in columns else {}
    return ColumnMapping(kind, columns, {}, values)


def plain_name(column: str) -> str:
    """A column name in lower case with underscores: `Created at`, `createdAt` and `CREATED-AT` are all created_at."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column.strip())
    return re.sub(r"[^\w]+", "_", spaced).strip("_").lower()
