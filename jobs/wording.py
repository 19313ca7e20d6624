"""Jobs in words: the sentence over the list, and what stands beside a progress bar."""

from collections.abc import Mapping
from datetime import datetime

from jobs.models import JobState
from jobs.queries import JobView
from web import count, in_words

STATE_WORDS = {
    JobState.WAITING: "Waiting",
    JobState.RUNNING: "Running",
    JobState.DONE: "Done",
    JobState.FAILED: "Tries again",
    JobState.DEAD: "Gave up",
}
STATE_TAGS = {
    JobState.DONE: ("good", "check"),
    JobState.FAILED: ("warn", "triangle-alert"),
    JobState.DEAD: ("bad", "circle-alert"),
}


def headline(counts: Mapping[JobState, int]) -> str:
    """The answer to "is there anything for me to do?" in one sentence."""
    dead, running = counts[JobState.DEAD], counts[JobState.RUNNING]
    waiting = counts[JobState.WAITING] + counts[JobState.FAILED]
    if dead:
        return f"{_number(dead, 'job')} gave up and {'waits' if dead == 1 else 'wait'} for you."
    if running or waiting:
        return f"{_number(running, 'job')} {'is' if running == 1 else 'are'} running, {in_words(waiting)} waiting."
    if counts[JobState.DONE]:
        return f"Nothing is running; {count(counts[JobState.DONE], 'job is', 'jobs are')} done."
    return "No job has run yet."


def _number(number: int, noun: str) -> str:
    words = f"{in_words(number)} {noun if number == 1 else noun + 's'}"
    return words[0].upper() + words[1:]


def outcome(job: JobView, at: datetime) -> str:
    """What came of a job so far, in one line of a list."""
    if job.error:
        return job.error.splitlines()[0]
    if job.state is JobState.WAITING:
        return "Waits for its turn"
    return standing(job, at) if job.state is JobState.RUNNING else job.news.message


def standing(job: JobView, at: datetime) -> str:
    """How a job stands, beside its bar: the step, how many of how many, and about how long it still takes."""
    if job.state is not JobState.RUNNING:
        return STATE_WORDS[job.state]
    news = job.news
    counts = f"{news.done:,} of {news.total:,}" if news.total else (f"{news.done:,} so far" if news.done else "")
    parts = [news.message, counts, _left(job, at)]
    return " · ".join(part for part in parts if part) or "Just begun"


def _left(job: JobView, at: datetime) -> str:
    percent = job.news.percent
    if job.started_at is None or not percent or percent >= 100:
        return ""
    seconds = (at - job.started_at).total_seconds() * (100 - percent) / percent
    if seconds < 100:
        return f"about {max(1, round(seconds))} s left"
    return f"about {count(round(seconds / 60), 'minute')} left"


def took(job: JobView) -> str:
    """How long the last try took, in the unit that suits it; empty before it has ended."""
    seconds = job.seconds
    if seconds is None:
        return ""
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
