"""The shares of one outcome sum to at most 1, those stored before included."""

from array import array
from collections.abc import Iterator

from sqlalchemy import CompoundSelect, ScalarSelect, and_, bindparam, exists, func, select, union, update

from activity.formats.rejected import Rejected
from activity.models import OutcomeCredit
from activity.staging.tables import staged_credit, staged_outcome
from db import db, in_batches, table_of

credit = table_of(OutcomeCredit)
MOST_SUM = 1 + 1e-9  # ten shares of a tenth sum to a little over 1
PART = 5000
OVER_ONE = "The shares of the outcome sum to more than 1"


def mark_over() -> None:
    """Set `over` of every staged row that would bring the shares of its outcome over 1; may be done again."""
    db.session.execute(update(staged_credit).values(over=None).where(staged_credit.c.over.is_not(None)))
    lines, totals = array("q"), array("d")
    for line, total in _over():
        lines.append(line)
        totals.append(total)
    mark = update(staged_credit).where(staged_credit.c.line == bindparam("at_line")).values(over=bindparam("total"))
    for part in in_batches(zip(lines, totals, strict=True), PART):
        db.session.execute(mark, [{"at_line": line, "total": total} for line, total in part])


def _over() -> Iterator[tuple[int, float]]:
    """Line and sum for each row that would bring the shares of its outcome over 1, in the order of the file.

    If the file as a whole brings an outcome to at most 1 all its rows are taken, whatever their order.
    """
    elsewhere, stored, own = _stored()
    part = staged_credit.c
    rows = db.session.execute(
        select(
            part.external_id,
            part.line,
            part.share,
            func.sum(part.share).over(partition_by=part.external_id),
            elsewhere,
            stored,
            own,
        )
        .join(staged_outcome, staged_outcome.c.external_id == part.external_id)
        .where(part.external_id.in_(_doubtful()))
        .order_by(part.external_id, part.line)
        .execution_options(yield_per=PART)
    )
    current, given = None, 0.0
    for external_id, line, share, of_file, of_others, of_all, of_person in rows:
        if of_file + (of_others or 0.0) <= MOST_SUM:
            continue
        if external_id != current:
            current, given = external_id, of_all or 0.0
        total = given - (of_person or 0.0) + share
        if total > MOST_SUM:
            yield line, total
        else:
            given = total


def _doubtful() -> CompoundSelect[str]:
    """The outcomes whose shares in the file are over 1, or of which somebody else has a share already."""
    part, named = staged_credit.c, staged_credit.alias("named")
    alone = select(part.external_id).group_by(part.external_id).having(func.sum(part.share) > MOST_SUM)
    same = and_(named.c.external_id == staged_outcome.c.external_id, named.c.employee_id == credit.c.employee_id)
    shared = (
        select(staged_outcome.c.external_id)
        .join(credit, credit.c.outcome_id == staged_outcome.c.known_id)
        .outerjoin(named, same)
        .where(named.c.line.is_(None))
    )
    return union(alone, shared)


def _stored() -> tuple[ScalarSelect[float], ScalarSelect[float], ScalarSelect[float]]:
    """Shares that are stored: of those whom the file does not name, of everybody, of the person of the row."""
    named = staged_credit.alias("named_too")
    same = and_(named.c.external_id == staged_outcome.c.external_id, named.c.employee_id == credit.c.employee_id)
    is_named = exists().where(same).correlate(staged_outcome, credit)
    of_outcome = credit.c.outcome_id == staged_outcome.c.known_id
    everybody = select(func.sum(credit.c.share)).where(of_outcome)
    own = select(credit.c.share).where(of_outcome, credit.c.employee_id == staged_credit.c.employee_id)
    return (
        everybody.where(~is_named).correlate(staged_outcome).scalar_subquery(),
        everybody.correlate(staged_outcome).scalar_subquery(),
        own.correlate(staged_outcome, staged_credit).scalar_subquery(),
    )


def refused(column: str) -> Iterator[Rejected]:
    """The rows whose shares are too much, each with the sum; `column` is where the file has the shares."""
    part = staged_credit.c
    query = select(part.line, part.external_id, part.over, part.share).where(part.over.is_not(None))
    for row in db.session.execute(query.order_by(part.line).execution_options(yield_per=PART)):
        cure = f"With this row those of {row.external_id} sum to {row.over:.4g}. Lower one."
        yield Rejected(row.line, column, OVER_ONE, cure, f"{row.share:g}")
