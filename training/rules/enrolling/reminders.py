"""Which reminder is due on a day, and whether it is time to tell the trainer or the manager. Pure day arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from training.rules.enrolling.drafts import days_in

MOST = 6


@dataclass(frozen=True)
class Reminding:
    """Days before and after the due day on which the learner is reminded, and days overdue before others are told.

    None: the trainer, or the manager, is never told.
    """

    before: tuple[int, ...] = (7, 1)
    after: tuple[int, ...] = (1, 7)
    trainer_after: int | None = 3
    manager_after: int | None = 10


USUAL = Reminding()


class Level(StrEnum):
    """Who is told that somebody is overdue."""

    TRAINER = "trainer"
    MANAGER = "manager"


def reminder_due(reminding: Reminding, due_on: date, last_run: date | None, today: date) -> int | None:
    """The reminder to send today: the day it belongs to, counted from the due day (-7: a week before); None for none.

    A day on which nothing ran is made up for, but of several missed ones only the last is sent, and one that is before
    the due day is not sent after it. `last_run` is the day after which reminders may still be missing.
    """
    offset = (today - due_on).days
    floor = offset - 1 if last_run is None else (last_run - due_on).days
    marks = [*(-days for days in reminding.before), *reminding.after]
    missed = [mark for mark in marks if floor < mark <= offset]
    if not missed:
        return None
    last = max(missed)
    return None if last <= 0 < offset else last


def escalation_due(reminding: Reminding, due_on: date, today: date, *, has_trainer: bool) -> Level | None:
    """Who is to know by now: the manager once so many days have passed, before that the trainer, if there is one."""
    overdue = (today - due_on).days
    if overdue <= 0:
        return None
    if reminding.manager_after is not None and overdue >= reminding.manager_after:
        return Level.MANAGER
    if has_trainer and reminding.trainer_after is not None and overdue >= reminding.trainer_after:
        return Level.TRAINER
    return None


def days_list(text: str) -> tuple[int, ...]:
    """Days as people write them, "7, 1"; largest first, each once. Raises ValueError with the cure."""
    parts = [part for part in text.replace(";", ",").split(",") if part.strip()]
    if len(parts) > MOST:
        raise ValueError(f"Name at most {MOST} days.")
    return tuple(sorted({days_in(part) for part in parts}, reverse=True))


def days_text(days: Iterable[int]) -> str:
    """The days as `days_list` reads them."""
    return ", ".join(map(str, days))
