"""Which reminder is due, and who else is to know."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.enrolling.reminders import (
    USUAL,
    Level,
    Reminding,
    days_list,
    days_text,
    escalation_due,
    reminder_due,
)

DUE = date(2026, 4, 13)


def on(offset: int, last: int | None = None, reminding: Reminding = USUAL) -> int | None:
    last_run = None if last is None else DUE + timedelta(days=last)
    return reminder_due(reminding, DUE, last_run, DUE + timedelta(days=offset))


def test_a_reminder_belongs_to_its_day():
    assert [offset for offset in range(-10, 10) if on(offset) is not None] == [-7, -1, 1, 7]


def test_a_missed_day_is_made_up_for_once_and_nothing_is_announced_that_has_passed():
    assert on(-5, last=-8) == -7
    assert on(-5, last=-7) is None
    assert on(0, last=-9) == -1
    assert on(1, last=-9) == 1
    assert on(3, last=-9, reminding=Reminding(after=())) is None


@given(st.integers(-20, 20), st.integers(1, 5))
@settings(max_examples=60)
def test_whenever_it_runs_each_day_has_at_most_one_reminder_and_it_is_one_of_those_set(offset, gap):
    mark = on(offset, last=offset - gap)
    assert mark is None or mark in {-7, -1, 1, 7}


def test_the_trainer_is_told_first_and_then_the_manager():
    def level(overdue: int, trainer: bool = True, reminding: Reminding = USUAL) -> Level | None:
        return escalation_due(reminding, DUE, DUE + timedelta(days=overdue), has_trainer=trainer)

    assert [level(number) for number in (0, 2, 3, 9, 10, 50)] == [
        None, None, Level.TRAINER, Level.TRAINER, Level.MANAGER, Level.MANAGER,
    ]  # fmt: skip
    assert level(5, trainer=False) is None
    assert level(50, reminding=Reminding(manager_after=None)) is Level.TRAINER
    assert level(50, reminding=Reminding(trainer_after=None, manager_after=None)) is None


def test_days_are_read_as_people_write_them():
    assert days_list(" 1, 7;30 ,7") == (30, 7, 1)
    assert days_list("") == ()
    assert days_text((30, 7)) == "30, 7"
    for wrong in ("soon", "-1", "1, 2, 3, 4, 5, 6, 7", "99999"):
        with pytest.raises(ValueError, match="days"):
            days_list(wrong)
