"""Praise that was not earned: a ring that praises itself, somebody pushed by quiet accounts, a self-answerer.

All three leave accepted answers in the staff forum, where the asker decides what is accepted. What gives them away is
who asked: always the same few, people who ask nobody else, or the very person who answered.
"""

from datetime import datetime, timedelta

import numpy as np

from samples.company import drafts
from samples.company.chance import one_of
from samples.company.drafts import DraftEvent, DraftOutcome
from samples.company.nature import Habits
from samples.company.outcomes import ACCEPTED
from samples.company.texts import answer_text, post_text, question_text, remark_text

Made = tuple[list[DraftEvent], list[DraftOutcome]]

RING_REMARKS = 38
RING_QUESTIONS = 7
PUSH_REACTIONS = 7
PUSH_QUESTIONS = (1, 3)
FLOOD_QUESTIONS = 45
FLOOD_POSTS = 420


def praise_ring(rng: np.random.Generator, ring: list[Habits]) -> Made:
    """Each member praises the others all year, and accepts within the hour what another one answers."""
    events: list[DraftEvent] = []
    results: list[DraftOutcome] = []
    for member in ring:
        others = [habits for habits in ring if habits is not member]
        for _ in range(RING_QUESTIONS):
            _favour(rng, member, one_of(rng, others), events, results)
    answers = [event for event in events if event.verb == "answer"]
    for member in ring:
        for _ in range(RING_REMARKS):
            about = one_of(rng, [answer for answer in answers if answer.person != member.person.id])
            events.append(_praise(rng, member, about))
    return _within(events, results, ring)


def pushed_by_quiet(rng: np.random.Generator, pushed: Habits, quiet: list[Habits]) -> Made:
    """People who hardly say anything else ask one colleague, accept the answer, and like it again and again."""
    events: list[DraftEvent] = []
    results: list[DraftOutcome] = []
    for account in quiet:
        for _ in range(int(rng.integers(*PUSH_QUESTIONS))):
            _favour(rng, account, pushed, events, results)
    answers = [event for event in events if event.verb == "answer"]
    for account in quiet:
        for _ in range(PUSH_REACTIONS):
            events.append(_praise(rng, account, one_of(rng, answers)))
    return _within(events, results, [pushed, *quiet])


def self_service(rng: np.random.Generator, flooder: Habits) -> Made:
    """Asks, answers and accepts alone, and posts more than anybody."""
    events: list[DraftEvent] = []
    results: list[DraftOutcome] = []
    for _ in range(FLOOD_QUESTIONS):
        _favour(rng, flooder, flooder, events, results)
    language = flooder.person.languages[0]
    for _ in range(FLOOD_POSTS):
        at = flooder.clock.some_moment(rng)
        if at is not None:
            post = DraftEvent(at, flooder.person.id, "post", drafts.NETWORK, "own", language=language)
            post.text, post.magnitude = post_text(rng, language), int(rng.integers(3, 40))
            events.append(post)
    return _within(events, results, [flooder])


def _favour(
    rng: np.random.Generator,
    asker: Habits,
    helper: Habits,
    events: list[DraftEvent],
    results: list[DraftOutcome],
) -> None:
    """A question in the staff forum, the wanted answer minutes later, accepted at once."""
    at = asker.clock.some_moment(rng)
    if at is None:
        return
    language = asker.person.languages[0]
    question = DraftEvent(at, asker.person.id, "question", drafts.STAFF_FORUM, "staff", language=language)
    question.text = question_text(rng, language)
    answer = DraftEvent(_minutes_after(rng, at), helper.person.id, "answer", drafts.STAFF_FORUM, "staff", question)
    answer.target, answer.text, answer.language = asker.person.id, answer_text(rng, language), language
    events += (question, answer)
    results.append(DraftOutcome(_minutes_after(rng, answer.at), ACCEPTED, ((answer, 1.0),)))


def _praise(rng: np.random.Generator, giver: Habits, about: DraftEvent) -> DraftEvent:
    """A reaction, a comment or a mention about one answer, within some days."""
    verb = one_of(rng, ("reaction", "reaction", "comment", "mention"))
    at = about.at + timedelta(hours=float(rng.exponential(40.0)) + 0.2)
    channel = drafts.TEAM_CHAT if verb == "mention" else about.channel
    kind = {"reaction": "like", "comment": "", "mention": "thanks"}[verb]
    event = DraftEvent(at, giver.person.id, verb, channel, kind, about, about.person)
    if verb == "comment":
        event.text, event.language = remark_text(rng, about.language), about.language
    return event


def _minutes_after(rng: np.random.Generator, at: datetime) -> datetime:
    """Some minutes later."""
    return at + timedelta(minutes=int(rng.integers(2, 50)), seconds=int(rng.integers(60)))


def _within(events: list[DraftEvent], results: list[DraftOutcome], people: list[Habits]) -> Made:
    """Only what everybody concerned was there for; an outcome, an answer and a remark go with what they rest on."""
    clocks = {habits.person.id: habits.clock for habits in people}
    kept = {id(event): event for event in events if clocks[event.person].covers_moment(event.at)}
    for event in events:
        if event.answers is not None and id(event.answers) not in kept:
            kept.pop(id(event), None)
    held = [result for result in results if id(result.credits[0][0]) in kept]
    return list(kept.values()), held
