"""The job of practice: takes in the modules passed lately, and reminds, rarely, whoever lets questions wait."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app

from db import utcnow
from jobs.progress import Progress
from jobs.registry import job
from messages.kinds import Kind
from messages.operations import Telling, tell
from training.practice.operations import collect
from training.practice.queries import waiting
from training.rules.practice.portion import PORTION, is_reminder_day
from web import count, zone_of

PATH = "/practice"  # a job knows no request, and so no way to ask for the address of a page


@job("training.practice", title="Questions for practice", every=timedelta(minutes=15))
def prepare_practice(payload: dict[str, Any], progress: Progress) -> None:
    """Take in what was passed, then remind."""
    at = utcnow()
    taken = collect(current_app.config["PRACTICE_SCHEDULE"])
    told = remind(at)
    progress.report(1, 1, f"{count(taken, 'question')} taken in, {count(told, 'person', 'people')} reminded.")


def remind(at: datetime) -> int:
    """Tell everybody whose day of a reminder it is, where they live; returns how many were told now."""
    by_words: dict[tuple[date, int], list[int]] = defaultdict(list)
    for one in waiting(at.date() + timedelta(days=1)):
        today = at.astimezone(zone_of(one.time_zone)).date()
        rests = one.until is not None and one.until > today
        if not rests and one.first <= today and is_reminder_day(one.first, today):
            by_words[today, min(one.due, PORTION)].append(one.id)
    return sum(tell(people, _telling(today, due), at=at) for (today, due), people in sorted(by_words.items()))


def _telling(today: date, due: int) -> Telling:
    asked = count(due, "question")
    return Telling(
        kind=Kind.PRACTICE,
        subject=f"{asked.capitalize()} from your course, two minutes",
        text=f"{asked.capitalize()} from modules that you passed {'is' if due == 1 else 'are'} due for practice. "
        "It takes about two minutes, and you can pause practice on the same page.",
        path=PATH,
        key=f"practice {today}",
    )
