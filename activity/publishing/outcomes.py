"""Staged rows of outcomes become outcomes and their credit."""

from collections.abc import Collection, Iterator

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import true as sql_true

from activity.formats.rejected import Rejected
from activity.models import Outcome, OutcomeCredit
from activity.publishing import credit_links, outcome_shares
from activity.publishing.counts import Counts
from activity.staging.tables import staged_credit, staged_outcome
from db import db, table_of

outcome, credit = table_of(Outcome), table_of(OutcomeCredit)


class OutcomePublisher:
    """Publishes staged outcomes of one source. `fields_read`: the fields of the file; the rest of what is known stays.

    `share_column`: where the file has the shares, for the report. An outcome is known by source and external id, its
    credit by the person.
    """

    def __init__(self, source: str, fields_read: Collection[str], share_column: str) -> None:
        self._source, self._share_column = source, share_column
        self._of_outcome = [name for name in ("at", "kind", "value") if name in fields_read]
        self._of_credit = [name for name in ("share", "activity_id") if name in fields_read]

    def compare(self) -> None:
        """Find the outcome and credit of each staged row, what differs, and which shares would sum to over 1."""
        if db.session.scalar(select(exists().where(outcome.c.source == self._source))):
            self._compare_outcomes()
            self._compare_credit()
        outcome_shares.mark_over()

    def _compare_outcomes(self) -> None:
        same = (
            select(outcome.c.id)
            .where(outcome.c.source == self._source, outcome.c.external_id == staged_outcome.c.external_id)
            .scalar_subquery()
        )
        db.session.execute(update(staged_outcome).values(known_id=same, changed=False))
        differs = or_(*(outcome.c[name].is_distinct_from(staged_outcome.c[name]) for name in self._of_outcome))
        changed = update(staged_outcome).values(changed=sql_true())
        db.session.execute(changed.where(outcome.c.id == staged_outcome.c.known_id, differs))

    def _compare_credit(self) -> None:
        known = (
            select(staged_outcome.c.known_id)
            .where(staged_outcome.c.external_id == staged_credit.c.external_id)
            .correlate(staged_credit)
            .scalar_subquery()
        )
        ours = and_(credit.c.outcome_id == known, credit.c.employee_id == staged_credit.c.employee_id)
        db.session.execute(
            update(staged_credit).values(is_known=exists().where(ours), changed=exists().where(ours, self._differs()))
        )

    def _differs(self) -> ColumnElement[bool]:
        if not self._of_credit:
            return false()
        return or_(*(credit.c[name].is_distinct_from(staged_credit.c[name]) for name in self._of_credit))

    def refused(self) -> Iterator[Rejected]:
        """The rows whose shares are too much, each with the sum."""
        return outcome_shares.refused(self._share_column)

    def counts(self) -> Counts:
        """What `compare` found."""
        differs = or_(staged_credit.c.changed, staged_outcome.c.changed)
        new, changed, rows = db.session.execute(
            select(
                func.coalesce(func.sum(case((staged_credit.c.is_known, 0), else_=1)), 0),
                func.coalesce(func.sum(case((and_(staged_credit.c.is_known, differs), 1), else_=0)), 0),
                func.count(),
            )
            .select_from(staged_credit)
            .join(staged_outcome, staged_outcome.c.external_id == staged_credit.c.external_id)
            .where(staged_credit.c.over.is_(None))
        ).one()
        return Counts(new, changed, rows - new - changed)

    def publish(self, import_id: int) -> list[str]:
        """Write outcomes, then credit, then link it to events."""
        self._write_outcomes(import_id)
        self._write_credit()
        credit_links.link()
        return []

    def _write_outcomes(self, import_id: int) -> None:
        head = staged_outcome.c
        rows = (
            select(literal(self._source), head.external_id, head.at, head.kind, head.value, literal(import_id))
            .where(head.known_id.is_(None))
            .order_by(head.line)
        )
        names = ["source", "external_id", "at", "kind", "value", "import_id"]
        db.session.execute(insert(outcome).from_select(names, rows, include_defaults=False))
        if self._of_outcome:
            values = {name: head[name] for name in self._of_outcome}
            db.session.execute(update(outcome).values(values).where(outcome.c.id == head.known_id, head.changed))

    def _write_credit(self) -> None:
        part = staged_credit.c
        ours = and_(outcome.c.source == self._source, outcome.c.external_id == part.external_id)
        rows = (
            select(outcome.c.id, part.employee_id, part.share, part.activity_id)
            .join(outcome, ours)
            .where(part.is_known.is_(False), part.over.is_(None))
            .order_by(part.line)
        )
        names = ["outcome_id", "employee_id", "share", "activity_id"]
        db.session.execute(insert(credit).from_select(names, rows, include_defaults=False))
        if self._of_credit:
            values: dict[str, object] = {name: part[name] for name in self._of_credit}
            if "activity_id" in values:
                values["event_id"] = None
            db.session.execute(
                update(credit)
                .values(values)
                .where(
                    ours,
                    credit.c.outcome_id == outcome.c.id,
                    credit.c.employee_id == part.employee_id,
                    part.changed,
                    part.over.is_(None),
                )
            )
