"""The audit trail: append a decision about a person, and verify the chain.

A row's hash is SHA-256 over canonical JSON of the row and the hash before it, so an edit, a deletion, a swap or a
truncation in the middle shows. Rewriting the whole chain shows only against a head noted elsewhere: `flask audit head`.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from db import bulk_insert, db, insert_if_new, table_of
from people.auditing.models import AuditEntry, AuditHead

START = "0" * 64


class Verb(StrEnum):
    """What can be done about a person that others must be able to look up later."""

    ACCOUNT_CREATED = "account created"
    ACCOUNT_DEACTIVATED = "account deactivated"
    ACCOUNT_EDITED = "account edited"
    ACCOUNT_REACTIVATED = "account reactivated"
    ALLOWANCE_SET = "time or attempts allowed"
    ASSIGNED = "assigned"
    CERTIFICATE_ISSUED_AGAIN = "certificate issued again"
    CERTIFICATE_REVOKED = "certificate revoked"
    CERTIFICATION_CHANGED = "certification changed"
    CHAMPION_PAUSED = "champion paused"
    CHAMPION_RETIRED = "champion retired"
    CHAMPION_RETURNED = "champion came back"
    CONTESTED = "contested"
    CONTEST_ANSWERED = "contest answered"
    CONTRIBUTION_HIDDEN = "contribution hidden"
    CONTRIBUTION_SHOWN = "contribution shown again"
    DECIDED_IN_HASTE = "decided in haste"
    DIRECTORY_IMPORTED = "directory imported"
    DUE_DATE_EXTENDED = "due date extended"
    ENROLMENT_RULE_CHANGED = "rule for enrolment changed"
    GRADE_CHANGED = "grade changed"
    KEPT_APART = "kept apart"
    KEPT_APART_ENDED = "kept apart no longer"
    LEAVE_ENTERED = "leave entered"
    LEAVE_REMOVED = "leave removed"
    FAIRNESS_DATA_DELETED = "fairness attributes deleted"
    FAIRNESS_DATA_SUPPLIED = "fairness attributes supplied"
    NAMING_CLOSED = "naming closed early"
    NAMING_COUNTED = "naming counted"
    NAMING_OPENED = "naming opened"
    NAMING_REOPENED = "naming opened again"
    NOMINATED = "nominated"
    NOMINATION_ACCEPTED = "nomination accepted"
    NOMINATION_APPROVED = "nomination approved"
    NOMINATION_DECLINED = "nomination declined"
    NOMINATION_INVITED = "nomination invited"
    NOMINATION_REJECTED = "nomination rejected"
    NOMINATION_WITHDRAWN = "nomination withdrawn"
    OPTED_IN = "opted in to scoring"
    OPTED_OUT = "opted out of scoring"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of an event, not a password
    PASSWORD_LINK_SENT = "password link sent"  # noqa: S105 - likewise
    REGRADING_DECIDED = "regrading decided"
    ROLE_ENDED = "role ended"
    ROLE_GRANTED = "role granted"
    SCORE_VIEWED = "score viewed"
    SETTING_CHANGED = "setting changed"
    TEACHING_CHANGED = "teaching settings changed"
    TEACHING_PAUSED = "teaching paused"
    TEACHING_RESUMED = "teaching resumed"
    TEAM_CHANGED = "team changed"
    TRAINERS_COURSE_WAIVED = "course for trainers waived"
    UNASSIGNED = "unassigned"
    WORK_GRADED = "work graded"
    WAVE_CHANGED = "moved to another wave"


@dataclass(frozen=True)
class Fault:
    """The first bad row of a chain: its id and what is wrong with it."""

    entry_id: int
    reason: str


@dataclass(frozen=True)
class Decision:
    """What was done about whom; `subject_id` is None where it is about nobody in particular."""

    verb: Verb
    subject_id: int | None
    detail: dict[str, Any] = field(default_factory=dict)


def append(
    verb: Verb, *, actor_id: int | None, subject_id: int | None, at: datetime, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Append one row to the chain within the present transaction. `detail` must be JSON without personal text."""
    head = _locked_head()
    entry = _next_entry(head, Decision(verb, subject_id, detail or {}), actor_id, at)
    db.session.add(entry)
    db.session.flush()
    return entry


def append_many(decisions: Iterable[Decision], *, actor_id: int | None, at: datetime) -> None:
    """Append rows to the chain, in order, in one go: for what is done to many people at once."""
    decisions = list(decisions)
    if not decisions:
        return
    head = _locked_head()
    entries = [_next_entry(head, decision, actor_id, at) for decision in decisions]
    columns = table_of(AuditEntry).columns.keys()
    bulk_insert(table_of(AuditEntry), [{name: getattr(entry, name) for name in columns} for entry in entries])
    db.session.flush()


def _next_entry(head: AuditHead, decision: Decision, actor_id: int | None, at: datetime) -> AuditEntry:
    entry = AuditEntry(
        id=head.last_id + 1,
        at=at.astimezone(UTC),  # as it will be read again: the hash covers it
        actor_id=actor_id,
        verb=decision.verb,
        subject_id=decision.subject_id,
        detail=decision.detail,
        previous_hash=head.last_hash,
    )
    entry.row_hash = row_hash(entry)
    head.last_id, head.last_hash = entry.id, entry.row_hash
    return entry


def _locked_head() -> AuditHead:
    locked = select(AuditHead).where(AuditHead.id == 1).with_for_update()
    head = db.session.scalars(locked).one_or_none()
    if head is None:
        insert_if_new(table_of(AuditHead), {"id": 1, "last_id": 0, "last_hash": START})
        head = db.session.scalars(locked).one()
    return head


def row_hash(entry: AuditEntry) -> str:
    """SHA-256 in hex over the canonical JSON of all fields of `entry` but its own hash."""
    fields = [
        entry.id,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        str(entry.verb),
        entry.subject_id,
        entry.detail,
        entry.previous_hash,
    ]
    text = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_fault(entries: Iterable[AuditEntry], head: AuditHead | None) -> Fault | None:
    """Walk the chain in order of id and return the first row that does not fit, or None."""
    previous, expected = START, 1
    for entry in entries:
        if entry.id != expected:
            return Fault(expected, "the row is missing")
        if entry.previous_hash != previous:
            return Fault(entry.id, "it does not follow the row before it")
        if entry.row_hash != row_hash(entry):
            return Fault(entry.id, "its content was changed after it was written")
        previous, expected = entry.row_hash, expected + 1
    if head is not None and (head.last_id != expected - 1 or head.last_hash != previous):
        return Fault(expected, "rows at the end are missing")
    return None


def verify() -> Fault | None:
    """Verify the whole stored chain; return the first fault or None."""
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000))
    return first_fault(entries, db.session.get(AuditHead, 1))
