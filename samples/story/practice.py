"""Every second learner practises: two minutes on most days since their first module, and forgets now and then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import bindparam, select, update

from db import bulk_insert, db, table_of
from samples.company.chance import stream
from samples.story.state import Story
from training.models import QuestionVersion
from training.practice.models import PracticeAnswer, PracticeCard
from training.practice.operations import collect
from training.rules.kinds.catalogue import kind_of
from training.rules.practice.portion import Waiting, todays_portion
from training.rules.practice.schedule import Recall
from training.rules.practice.schedules import SCHEDULES

SCHEDULE = "fsrs"
WHO_PRACTISE, DAYS_KEPT, KNOWN = 0.5, 0.7, 0.86


@dataclass
class _Card:
    """A card as it changes while the story is told."""

    id: int
    due_on: date
    learnt_on: date
    state: dict[str, Any]
    version: QuestionVersion
    answers: list[dict[str, Any]] = field(default_factory=list)


def practise(story: Story) -> str:
    """Take in what was passed, and practise it day by day until yesterday."""
    taken = collect(SCHEDULE)
    answers: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for learner_id, cards in _cards():
        chance = stream(story.seed, f"practice {learner_id}")
        if chance.random() < WHO_PRACTISE:
            _days_of(cards, chance, story.calendar.today)
        for card in cards:
            answers += card.answers
            if card.answers:
                changed.append({"card": card.id, "known": card.state, "next": card.due_on})
    bulk_insert(table_of(PracticeAnswer), answers)
    if changed:
        table = table_of(PracticeCard)
        values: dict[str, Any] = {"state": bindparam("known"), "due_on": bindparam("next")}
        db.session.connection().execute(update(table).where(table.c.id == bindparam("card")).values(values), changed)
    return f"{len(answers):,} answers to {taken:,} questions"


def _cards() -> Iterator[tuple[int, list[_Card]]]:
    """The cards of each learner, with the newest version of their question."""
    newest = {
        version.question_id: version
        for version in db.session.scalars(select(QuestionVersion).order_by(QuestionVersion.number))
    }
    by_learner: dict[int, list[_Card]] = defaultdict(list)
    for row in db.session.scalars(select(PracticeCard).order_by(PracticeCard.learner_id, PracticeCard.id)):
        card = _Card(row.id, row.due_on, row.learnt_on, row.state, newest[row.question_id])
        by_learner[row.learner_id].append(card)
    yield from by_learner.items()


def _days_of(cards: list[_Card], chance: np.random.Generator, today: date) -> None:
    by_id = {card.id: card for card in cards}
    day = min(card.due_on for card in cards)
    while day < today:
        if chance.random() < DAYS_KEPT:
            due = [Waiting(one.id, one.due_on, one.version.topic) for one in cards if one.due_on <= day]
            for card_id in todays_portion(due, 0):
                _answer(by_id[card_id], day, known=chance.random() < KNOWN)
        day += timedelta(days=1)


def _answer(card: _Card, day: date, *, known: bool) -> None:
    specification = card.version.specification
    planned = SCHEDULES[SCHEDULE].go_on(card.state, Recall.KNOWN if known else Recall.FORGOTTEN, day)
    card.state, card.due_on = planned.state, planned.due_on
    card.answers.append(
        {
            "card_id": card.id,
            "version_id": card.version.id,
            "given_on": day,
            "at": datetime.combine(day, time(8, 30), UTC),
            "days_after": (day - card.learnt_on).days,
            "answer": kind_of(specification).right_response(specification) if known else {},
            "fraction": 1.0 if known else 0.0,
        }
    )
