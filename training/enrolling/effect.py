"""Rules in effect, whole: people moved, their days settled, and whoever is new told. Nothing here commits."""

from datetime import datetime

from training.enrolling.due_operations import settle_all
from training.enrolling.evaluation import Moved, evaluate
from training.enrolling.telling import tell_enrolled


def put_into_effect(at: datetime, course_id: int | None = None) -> Moved:
    """Put the rules of one course, or all, into effect; who is enrolled while away gets those days on top."""
    moved = evaluate(at, course_id)
    if moved.new or moved.back:
        settle_all(at)
        tell_enrolled(at)
    return moved
