"""The four plain statuses that a manager and a trainer read, each with its reason in words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.rules.progress import CourseProgress

BEHIND_BY = 0.25
"""A learner is behind if the share done lags the share of the time gone by more than this."""

IDLE_DAYS = 14
MINUTES_A_DAY = 30
"""What a working day leaves for learning. More work left than this for each day left is a risk."""


class Status(StrEnum):
    """How a learner stands in a course, most urgent first."""

    NEEDS_ATTENTION = "needs_attention"
    AT_RISK = "at_risk"
    ON_TRACK = "on_track"
    DONE = "done"


class Reason(StrEnum):
    """Why. The first that holds is told."""

    FINISHED = "finished"
    OVERDUE = "overdue"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    TOO_MUCH_LEFT = "too_much_left"
    BEHIND = "behind"
    IDLE = "idle"
    NOT_STARTED = "not_started"
    GOING_WELL = "going_well"


@dataclass(frozen=True)
class Standing:
    """A status, why, and the same as a sentence."""

    status: Status
    reason: Reason
    words: str


def standing(
    progress: CourseProgress, *, enrolled_on: date, due_on: date | None, last_active_on: date | None, today: date
) -> Standing:
    """How a learner stands on a day. `last_active_on` is None for somebody who has not begun.

    The due day itself is still in time. Without a due day nobody is overdue or behind, but may be idle.
    """
    if progress.is_done:
        return Standing(Status.DONE, Reason.FINISHED, f"All {_modules(progress.modules)} done.")
    left = f"{_modules(progress.modules - progress.modules_done)} of {progress.modules} left"
    if due_on is not None and today > due_on:
        words = f"Overdue by {_days((today - due_on).days)}, {left}."
        return Standing(Status.NEEDS_ATTENTION, Reason.OVERDUE, words)
    if progress.is_stuck:
        words = "No attempt left at a quiz that is not passed."
        return Standing(Status.NEEDS_ATTENTION, Reason.NO_ATTEMPTS_LEFT, words)
    at_risk = _late_soon(progress, enrolled_on, due_on, today) if due_on is not None else None
    return at_risk or _idle(last_active_on or enrolled_on, today, left) or _well(last_active_on, due_on, today, left)


def _late_soon(progress: CourseProgress, enrolled_on: date, due_on: date, today: date) -> Standing | None:
    days_left = (due_on - today).days + 1
    if progress.minutes_left > MINUTES_A_DAY * days_left:
        words = f"Due in {_days(days_left - 1)}, about {progress.minutes_left} minutes of work left."
        return Standing(Status.AT_RISK, Reason.TOO_MUCH_LEFT, words.replace("in 0 days", "today"))
    gone = min(1.0, max(0, (today - enrolled_on).days) / max(1, (due_on - enrolled_on).days))
    if gone - progress.share > BEHIND_BY:
        words = f"{gone:.0%} of the time is gone, {progress.share:.0%} of the course is done."
        return Standing(Status.AT_RISK, Reason.BEHIND, words)
    return None


def _idle(since: date, today: date, left: str) -> Standing | None:
    idle = (today - since).days
    if idle <= IDLE_DAYS:
        return None
    return Standing(Status.AT_RISK, Reason.IDLE, f"Nothing done for {_days(idle)}, {left}.")


def _well(last_active_on: date | None, due_on: date | None, today: date, left: str) -> Standing:
    due = "" if due_on is None else f", due in {_days((due_on - today).days)}".replace("in 0 days", "today")
    if last_active_on is None:
        return Standing(Status.ON_TRACK, Reason.NOT_STARTED, f"Not started yet, {left}{due}.")
    return Standing(Status.ON_TRACK, Reason.GOING_WELL, f"{left[0].upper()}{left[1:]}{due}.")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _modules(count: int) -> str:
    return "1 module" if count == 1 else f"{count} modules"
