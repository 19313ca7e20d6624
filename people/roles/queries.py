"""Who holds which role."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from db import db
from people.models import Employee, Role, RoleGrant


def is_live(at: datetime) -> ColumnElement[bool]:
    """A criterion on RoleGrant: the role is held at this moment."""
    return and_(RoleGrant.starts_at <= at, or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at))


def is_active(at: datetime) -> ColumnElement[bool]:
    """A criterion on Employee: neither deactivated nor gone at this moment."""
    return works_on(at.date())


def works_on(day: date) -> ColumnElement[bool]:
    """The same for a whole day."""
    return and_(Employee.deactivated_at.is_(None), or_(Employee.ends_on.is_(None), Employee.ends_on >= day))


def active_owners(at: datetime, *, lock: bool = False) -> set[int]:
    """The ids of the owners who can sign in; `lock` holds their grants until the transaction ends."""
    query = (
        select(RoleGrant.employee_id)
        .join(Employee, Employee.id == RoleGrant.employee_id)
        .where(RoleGrant.role == Role.OWNER, is_live(at), is_active(at))
        .order_by(RoleGrant.id)
    )
    return set(db.session.scalars(query.with_for_update(of=RoleGrant) if lock else query))
