"""Words that are not one's own, and reach that was bought.

A copyist re-posts what a colleague wrote, half of it lightly edited; a dozen people paste one well-liked post on the
same days; some put their name to a library text; two in marketing buy their reach, and decisions follow the money.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from samples.company import drafts
from samples.company.chance import one_of, some_of
from samples.company.drafts import PAID, DraftEvent, DraftOutcome
from samples.company.nature import Habits
from samples.company.outcomes import DECISION
from samples.company.records import LibraryText
from samples.company.rhythm import Window
from samples.company.texts import lightly_edited, post_text

COPIES = 26
LIBRARY_COPIES = 12
PAID_POSTS = 24
PAID_DECISIONS = 7


def copied_by_one(rng: np.random.Generator, copyist: Habits, written: Sequence[DraftEvent]) -> list[DraftEvent]:
    """Posts of colleagues, posted again days later; every second one with a word changed."""
    sources = [
        event
        for event in written
        if event.verb == "post" and event.person != copyist.person.id and event.language in copyist.person.languages
    ]
    return [
        copy
        for number, source in enumerate(some_of(rng, sources, COPIES))
        if (copy := _copied(rng, copyist, source, 2 + 6 * rng.random(), edited=number % 2 == 1)) is not None
    ]


def pasted_by_many(
    rng: np.random.Generator, pasters: Sequence[Habits], written: Sequence[DraftEvent]
) -> list[DraftEvent]:
    """All of them paste the most viewed post of a time when they are there; every third changes a word."""
    language = pasters[0].person.languages[0]
    names = {habits.person.id for habits in pasters}
    posts = [event for event in written if event.verb == "post" and event.language == language]
    source = max(
        (event for event in posts if event.reach != PAID and event.person not in names),
        key=lambda event: (_there_after(pasters, event), event.magnitude, event.at),
    )
    made = [
        _copied(rng, habits, source, 0.1 + 4 * rng.random(), edited=number % 3 == 2)
        for number, habits in enumerate(pasters)
    ]
    return [copy for copy in made if copy is not None]


def library_as_own(
    rng: np.random.Generator, people: Sequence[Habits], library: Sequence[LibraryText]
) -> list[DraftEvent]:
    """Approved texts that people posted as if they were their own, a word changed."""
    made = []
    for habits in some_of(rng, people, LIBRARY_COPIES):
        language = habits.person.languages[0]
        at = habits.clock.some_moment(rng)
        if at is not None:
            text = one_of(rng, [item for item in library if item.language == language]).text
            event = DraftEvent(at, habits.person.id, "post", drafts.NETWORK, "own", language=language)
            event.text, event.magnitude = lightly_edited(rng, text, language), int(rng.integers(20, 200))
            made.append(event)
    return made


def bought(
    rng: np.random.Generator, buyers: Sequence[Habits], window: Window
) -> tuple[list[DraftEvent], list[DraftOutcome]]:
    """Paid posts with a hundred times the usual views, and decisions that customers say came from them."""
    events: list[DraftEvent] = []
    results: list[DraftOutcome] = []
    for buyer in buyers:
        language = buyer.person.languages[0]
        own = []
        for _ in range(PAID_POSTS):
            at = buyer.clock.some_moment(rng)
            if at is not None:
                post = DraftEvent(at, buyer.person.id, "post", drafts.NETWORK, "own", reach=PAID, language=language)
                post.text, post.magnitude = post_text(rng, language), int(rng.integers(8_000, 60_000))
                own.append(post)
        for post in some_of(rng, own, PAID_DECISIONS):
            at = post.at + timedelta(days=float(rng.exponential(5.0)), minutes=5)
            if at < window.end:
                results.append(DraftOutcome(at, DECISION, ((post, 1.0),)))
        events += own
    return events, results


def _there_after(pasters: Sequence[Habits], event: DraftEvent) -> int:
    """How many of them are there a week after the event."""
    day = event.at.date() + timedelta(days=7)
    return sum(habits.clock.covers(day) for habits in pasters)


def _copied(
    rng: np.random.Generator, copyist: Habits, source: DraftEvent, days: float, *, edited: bool
) -> DraftEvent | None:
    """The same text some days later under another name; None if the copyist is not there then."""
    at = copyist.clock.next_moment(rng, source.at + timedelta(days=days))
    if not copyist.clock.covers_moment(at):
        return None
    text = lightly_edited(rng, source.text, source.language) if edited else source.text
    event = DraftEvent(at, copyist.person.id, "post", drafts.NETWORK, "own", language=source.language)
    event.text, event.magnitude = text, int(rng.integers(20, 300))
    return event
