"""What came of it: answers accepted, buying decisions influenced, service issues passed on and resolved, ideas adopted.

Every chance is 1 / (1 + exp(-(base + skill))): it depends on how good somebody is, never on how much they do. The
bases give acceptance near 0.3 of the answers (measured 0.23 to 0.32 in `se_travel` by year, 0.28 in
`se_cardano`). An answer is accepted at most once a thread; a buying decision may be shared between two.

Each thread has chance of its own, and skill counts as it was when the thread was opened: so lessons change nothing that
was opened before them, neither what came of it nor the ids of the rows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from samples.company.abilities import Abilities
from samples.company.chance import happens, one_of
from samples.company.drafts import DraftEvent, DraftOutcome
from samples.company.threads import Thread

ACCEPTED = "accepted"
DECISION = "buying_decision_influenced"
PASSED_ON = "service_issue_passed_on"
RESOLVED = "service_issue_resolved"
ADOPTED = "insight_adopted"

ACCEPTED_BASE = -1.0
DECISION_BASE = -1.15
PASSED_ON_BASE = -1.5
RESOLVED_BASE = 1.0
ADOPTED_BASE = -1.3
SHARED_CREDIT = ((0.7, 0.3), (0.6, 0.4), (0.5, 0.5), (0.5, 0.3))
"""How two share a decision. The last leaves a fifth to somebody outside of the company, a friend's advice say."""


def accepted(rng: np.random.Generator, threads: Sequence[Thread], skill: Abilities) -> list[DraftOutcome]:
    """In each thread at most one of the answers that convinced; the asker takes hours or days to say so."""
    outcomes = []
    for own, thread in zip(rng.spawn(len(threads)), threads, strict=True):
        convincing = _convincing(own, thread, ACCEPTED_BASE, skill)
        if convincing:
            answer = _best(own, thread, convincing, skill)
            at = thread.answers[-1].at if own.random() < 0.2 else answer.at
            outcomes.append(DraftOutcome(at + _days(own, 0.5), ACCEPTED, ((answer, 1.0),)))
    return outcomes


def decisions(rng: np.random.Generator, threads: Sequence[Thread], skill: Abilities) -> list[DraftOutcome]:
    """Buying decisions after threads that asked what to buy; where two convinced, they share the credit."""
    outcomes = []
    asked = [thread for thread in threads if thread.question.kind == "buying"]
    for own, thread in zip(rng.spawn(len(asked)), asked, strict=True):
        convincing = _convincing(own, thread, DECISION_BASE, skill)
        if not convincing:
            continue
        at = convincing[-1].at + _days(own, 6.0)
        credits: tuple[tuple[DraftEvent, float], ...] = ((_best(own, thread, convincing, skill), 1.0),)
        if len(convincing) > 1:
            credits = tuple(zip(convincing[:2], one_of(own, SHARED_CREDIT), strict=True))
        outcomes.append(DraftOutcome(at, DECISION, credits))
    return outcomes


def service_issues(rng: np.random.Generator, threads: Sequence[Thread], skill: Abilities) -> list[DraftOutcome]:
    """Issues recognised on the service line and passed to the right area; of these about three in four are resolved."""
    outcomes = []
    for own, thread in zip(rng.spawn(len(threads)), threads, strict=True):
        recognised = _convincing(own, thread, PASSED_ON_BASE, skill)
        if not recognised:
            continue
        answer = recognised[0]
        passed = DraftOutcome(answer.at + _days(own, 0.7), PASSED_ON, ((answer, 1.0),))
        outcomes.append(passed)
        if happens(own, RESOLVED_BASE + 0.5 * skill.of(answer.person, thread.question.at)):
            outcomes.append(DraftOutcome(passed.at + _days(own, 9.0), RESOLVED, ((answer, 1.0),)))
    return outcomes


def adopted(rng: np.random.Generator, written: Sequence[DraftEvent], skill: Abilities) -> list[DraftOutcome]:
    """Reviews on the ideas board that a product team took up, weeks later."""
    reviews = [event for event in written if event.verb == "review"]
    return [
        DraftOutcome(event.at + _days(own, 25.0), ADOPTED, ((event, 1.0),))
        for own, event in zip(rng.spawn(len(reviews)), reviews, strict=True)
        if happens(own, ADOPTED_BASE + skill.of(event.person, event.at))
    ]


def before(outcomes: Sequence[DraftOutcome], end: datetime) -> list[DraftOutcome]:
    """Those that have come to be known before `end`; the others are still to come."""
    return [outcome for outcome in outcomes if outcome.at < end]


def _convincing(rng: np.random.Generator, thread: Thread, base: float, skill: Abilities) -> list[DraftEvent]:
    """The answers of a thread that worked, each judged by itself."""
    opened = thread.question.at
    return [answer for answer in thread.answers if happens(rng, base + skill.of(answer.person, opened))]


def _best(rng: np.random.Generator, thread: Thread, answers: Sequence[DraftEvent], skill: Abilities) -> DraftEvent:
    """One of several that convinced, the better ones more likely."""
    weights = np.exp([skill.of(answer.person, thread.question.at) for answer in answers])
    return answers[int(rng.choice(len(answers), p=weights / weights.sum()))]


def _days(rng: np.random.Generator, mean: float) -> timedelta:
    """A waiting time: often short, sometimes long."""
    return timedelta(days=float(rng.exponential(mean)), minutes=5)
