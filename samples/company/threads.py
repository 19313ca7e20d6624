"""Threads: somebody asks, one or several employees answer.

Measured on the real communities (`shape` repeats it): 1.4 to 2.2 answers to a question; of the answered
questions 56 to 60 % have one answer, 25 to 28 % two; first answers after 2 to 4 hours (median), a tenth of them after
days. Who answers is drawn by how much each does, so the same few are met again and again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from samples.company import drafts
from samples.company.chance import weighted_some
from samples.company.crowd import Crowd
from samples.company.drafts import DraftEvent
from samples.company.nature import Habits
from samples.company.rhythm import Window, customer_moment
from samples.company.texts import answer_text, question_text

ANSWERS_SHARES = (0.57, 0.26, 0.10, 0.04, 0.02, 0.01)
MEAN_ANSWERS = sum(number * share for number, share in enumerate(ANSWERS_SHARES, start=1))
MEDIAN_HOURS, SPREAD_HOURS = 1.6, 1.9
UNANSWERED_STAFF_QUESTIONS = 0.10

_FAULT, _USE, _BUYING = "fault", "use", "buying"
_SUBJECTS: Mapping[str, tuple[float, float, float]] = {
    drafts.SHOP_PAGE: (0.10, 0.25, 0.65),
    drafts.SERVICE_LINE: (0.85, 0.15, 0.0),
}
_FORUM_SUBJECTS = (0.35, 0.40, 0.25)

# where a family answers customers: three forums, shop page
_PLACES: Mapping[str, tuple[float, float, float, float]] = {
    "care": (0.38, 0.32, 0.22, 0.08),
    "night": (0.38, 0.32, 0.22, 0.08),
    "service": (0.25, 0.30, 0.40, 0.05),
    "shop": (0.10, 0.10, 0.05, 0.75),
}
_OTHER_PLACES = (0.3, 0.3, 0.1, 0.3)
_HOME_ZONES = {"en": "Europe/London", "pt": "Europe/Lisbon", "pl": "Europe/Warsaw", "fr": "Europe/Paris"}


@dataclass(slots=True, eq=False)
class Thread:
    """A question and the answers to it in the order of time. `asker` is "" for a customer."""

    question: DraftEvent
    answers: list[DraftEvent]


def customer_threads(rng: np.random.Generator, crowd: Crowd, window: Window) -> tuple[list[Thread], list[Thread]]:
    """The threads of the forums and the shop page (verb answer), and those of the service line (verb reply)."""
    answered: list[Thread] = []
    served: list[Thread] = []
    for language in crowd.languages:
        speaks = crowd.language_weights(language)
        for place, channel in enumerate((*drafts.FORUMS, drafts.SHOP_PAGE)):
            here = np.array([_places(item)[place] for item in crowd.people])
            weights = speaks * here * crowd.quota("answer")
            answered += _threads(rng, crowd, weights, window, channel, language, "answer")
        weights = speaks * crowd.quota("service")
        served += _threads(rng, crowd, weights, window, drafts.SERVICE_LINE, language, "reply")
    return answered, served


def staff_threads(rng: np.random.Generator, crowd: Crowd) -> list[Thread]:
    """Colleagues ask colleagues, in the language that the asker likes best; a tenth gets no answer."""
    helpers = {language: crowd.language_weights(language) * crowd.quota("help") for language in crowd.languages}
    threads = []
    for place, habits in enumerate(crowd.people):
        for at in crowd.moments(rng, habits, "ask"):
            language = habits.person.languages[0]
            question = DraftEvent(at, habits.person.id, "question", drafts.STAFF_FORUM, "staff")
            question.text, question.language = question_text(rng, language), language
            weights = helpers[language].copy()
            weights[place] = 0.0
            count = 0 if rng.random() < UNANSWERED_STAFF_QUESTIONS else _answer_count(rng)
            threads.append(_answered(rng, crowd, weights, question, count, "answer"))
    return threads


def _threads(
    rng: np.random.Generator,
    crowd: Crowd,
    weights: np.ndarray,
    window: Window,
    channel: str,
    language: str,
    verb: str,
) -> list[Thread]:
    """As many threads of customers as give everybody, on average, the answers that `weights` expects in a year."""
    subjects = _SUBJECTS.get(channel, _FORUM_SUBJECTS)
    expected = float((weights * crowd.part_of_year).sum())
    zone = ZoneInfo(_HOME_ZONES.get(language, "Europe/Paris"))
    threads = []
    for _ in range(int(rng.poisson(expected / MEAN_ANSWERS))):
        subject = str(rng.choice((_FAULT, _USE, _BUYING), p=subjects))
        question = DraftEvent(customer_moment(rng, window, zone), "", "question", channel, subject)
        question.text, question.language = question_text(rng, language), language
        thread = _answered(rng, crowd, weights, question, _answer_count(rng), verb)
        if thread.answers:
            threads.append(thread)
    return threads


def _answered(
    rng: np.random.Generator, crowd: Crowd, weights: np.ndarray, question: DraftEvent, count: int, verb: str
) -> Thread:
    """The thread with up to `count` answers, each by another person who is there on that day."""
    answers = []
    for place in weighted_some(rng, np.where(crowd.there(question.at.date()), weights, 0.0), count):
        habits = crowd.people[place]
        at = habits.clock.next_moment(rng, question.at + _delay(rng))
        if not habits.clock.covers_moment(at):
            continue
        answer = DraftEvent(at, habits.person.id, verb, question.channel, question.kind, question)
        answer.target = question.person
        answer.text, answer.language = answer_text(rng, question.language), question.language
        answers.append(answer)
    return Thread(question, sorted(answers, key=lambda answer: answer.at))


def _answer_count(rng: np.random.Generator) -> int:
    """How many answer an answered question."""
    return 1 + int(rng.choice(len(ANSWERS_SHARES), p=ANSWERS_SHARES))


def _delay(rng: np.random.Generator) -> timedelta:
    """How long until somebody has read and thought; shifts add to it."""
    return timedelta(hours=float(MEDIAN_HOURS * np.exp(SPREAD_HOURS * min(rng.normal(), 2.2))))


def _places(habits: Habits) -> tuple[float, float, float, float]:
    """Where this person answers. The product teams keep to their own forum."""
    if habits.family == "product":
        return (0.9, 0.05, 0.0, 0.05) if "Coffee" in habits.person.team else (0.05, 0.6, 0.3, 0.05)
    return _PLACES.get(habits.family, _OTHER_PLACES)
