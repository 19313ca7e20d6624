"""What rules tell people: that they are enrolled, by which rule, and until when."""

from datetime import datetime

from sqlalchemy import select

from db import db, in_batches
from messages.kinds import Kind
from messages.operations import Telling, tell
from training.enrolling.models import EnrolmentRule
from training.enrolment_models import Enrolment, EnrolmentState
from training.models import Course

AT_ONCE = 5_000
"""People told in one statement: a database takes only so many values."""


def tell_enrolled(at: datetime) -> int:
    """Tell everybody whom a rule enrolled at this moment; returns how many."""
    query = (
        select(EnrolmentRule.id, EnrolmentRule.name, Course.title, Course.slug, Enrolment.learner_id)
        .join(EnrolmentRule, EnrolmentRule.id == Enrolment.rule_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.enrolled_at == at, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.rule_id, Enrolment.learner_id)
    )
    by_rule: dict[tuple[int, str, str, str], list[int]] = {}
    for rule_id, name, title, slug, learner_id in db.session.execute(query).all():
        by_rule.setdefault((rule_id, name, title, slug), []).append(learner_id)
    told = 0
    for (rule_id, name, title, slug), learners in by_rule.items():
        telling = Telling(
            kind=Kind.ENROLMENT,
            subject=f"You are enrolled in “{title}”",
            text=f"The rule “{name}” enrolled you. Your home page shows where to begin and until when there is time.",
            path=f"/course/{slug}",
            key=f"enrolled by rule {rule_id} at {at:%Y-%m-%dT%H:%M}",
        )
        told += sum(tell(some, telling, at=at) for some in in_batches(learners, AT_ONCE))
    return told
