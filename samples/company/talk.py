"""What surrounds the answers: posts, shares of supplied texts, reviews, comments, reactions, mentions, votes.

Talk goes to what was written lately, first of all in the own team and the own language, so that ties between
people grow as they do at work. Talk is most of the activity (comments alone are 42 to 75 % of what people write in
`se_cardano` and `se_travel`) and says nothing about skill.
"""

import bisect
from datetime import datetime, timedelta

import numpy as np

from samples.company import drafts
from samples.company.abilities import Abilities
from samples.company.chance import one_of
from samples.company.crowd import Crowd
from samples.company.drafts import NOT_STATED, ORGANIC, PAID, DraftEvent
from samples.company.nature import Habits
from samples.company.records import LibraryText
from samples.company.texts import post_text, remark_text
from samples.company.threads import Thread

SHARE_PAID = {"marketing": 0.22, "shop": 0.07}
SHARE_PAID_OTHERS = 0.02
SHARE_NOT_STATED = 0.14
LOOK_BACK = 45.0
LOOKS = 6


def posts(rng: np.random.Generator, crowd: Crowd, library: tuple[LibraryText, ...]) -> list[DraftEvent]:
    """Posts in people's own words, shares of library texts, and reviews on the ideas board."""
    written = []
    for habits in crowd.people:
        language = habits.person.languages[0]
        supplied = [text for text in library if text.language == language]
        for at in crowd.moments(rng, habits, "post"):
            written.append(_published(rng, habits, at, "post", post_text(rng, language)))
        for at in crowd.moments(rng, habits, "share"):
            written.append(_published(rng, habits, at, "share", one_of(rng, supplied).text))
        for at in crowd.moments(rng, habits, "review"):
            review = DraftEvent(at, habits.person.id, "review", drafts.IDEAS, "product")
            review.text, review.language = post_text(rng, language), language
            written.append(review)
    return written


def _published(rng: np.random.Generator, habits: Habits, at: datetime, verb: str, text: str) -> DraftEvent:
    """Something on the professional network. The network's export does not always say whether reach was bought."""
    event = DraftEvent(at, habits.person.id, verb, drafts.NETWORK, "library" if verb == "share" else "own")
    event.text, event.language = text, habits.person.languages[0]
    event.reach, event.magnitude = ORGANIC, int(rng.lognormal(4.6, 1.1)) + 3
    chance = rng.random()
    paid = SHARE_PAID.get(habits.family, SHARE_PAID_OTHERS)
    if chance < paid:
        event.reach, event.magnitude = PAID, event.magnitude * int(rng.integers(15, 60))
    elif chance < paid + SHARE_NOT_STATED:
        event.reach = NOT_STATED
    return event


def talk(rng: np.random.Generator, crowd: Crowd, written: list[DraftEvent]) -> list[DraftEvent]:
    """Comments, reactions and mentions, each about something that a colleague wrote a little earlier."""
    subjects = sorted((event for event in written if event.person), key=lambda event: event.at)
    times = [event.at for event in subjects]
    team = {habits.person.id: habits.person.team for habits in crowd.people}
    said = []
    for habits in crowd.people:
        for verb in ("comment", "reaction", "mention"):
            for at in crowd.moments(rng, habits, verb):
                about = _something_recent(rng, habits, subjects, bisect.bisect_left(times, at), team)
                if about is not None:
                    said.append(_said(rng, habits, at, verb, about))
    return said


def _something_recent(
    rng: np.random.Generator, habits: Habits, subjects: list[DraftEvent], before: int, team: dict[str, str]
) -> DraftEvent | None:
    """The first of a few looks back that is of the own team; else the last look in a language that is spoken."""
    found = None
    for back in rng.exponential(LOOK_BACK, LOOKS).tolist():
        place = before - 1 - int(back)
        if place < 0 or subjects[place].person == habits.person.id:
            continue
        event = subjects[place]
        if event.language in habits.person.languages:
            found = event
            if team.get(event.person) == habits.person.team:
                break
    return found


def _said(rng: np.random.Generator, habits: Habits, at: datetime, verb: str, about: DraftEvent) -> DraftEvent:
    """One remark. A comment stands where its subject stands; a mention thanks in the team's chat."""
    channel = drafts.TEAM_CHAT if verb == "mention" else about.channel
    kind = {"comment": "", "reaction": "like", "mention": "thanks"}[verb]
    said = DraftEvent(at, habits.person.id, verb, channel, kind, about, about.person)
    said.reach = NOT_STATED if channel == drafts.NETWORK else ORGANIC
    if verb == "comment":
        said.text, said.language = remark_text(rng, about.language), about.language
    return said


def votes(rng: np.random.Generator, threads: list[Thread], skill: Abilities, end: datetime) -> list[DraftEvent]:
    """Customers' votes on answers, added up: one row for an answer that got any, nobody's name on it.

    Each thread has chance of its own, so that lessons change no vote on what was written before them.
    """
    rows = []
    for own, thread in zip(rng.spawn(len(threads)), threads, strict=True):
        for answer in thread.answers:
            count = int(own.poisson(0.45 * np.exp(0.9 * skill.of(answer.person, answer.at))))
            at = answer.at + timedelta(hours=float(own.exponential(60.0)) + 1)
            if count and at < end:
                row = DraftEvent(at, "", "vote", answer.channel, "on_answer", answer, answer.person)
                row.magnitude = count
                rows.append(row)
    return rows
