"""Whom the demo's people nominate, and how that ends: by the real list of a run, and through the same steps as in life.

After the first run all on the list are asked; the last of them says no, the others are approved by two people. After
the third run come the newer names: one waits for a second yes, one has not answered yet, the others are approved. An
alarm is looked at: whoever plays a game (which the generator knows, and reviewers find out) is rejected, and where
nothing is behind it the reason says so.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from champions import nomination_operations, opting
from champions.models import Champion, Nomination, ScoringRun
from champions.run_operations import chosen_parameters, compute_run
from champions.shortlist_queries import Listed, people_in_bands
from champions.view_log import note_views
from db import db
from people.models import Employee
from samples.company.chance import one_of, some_of, stream
from samples.company.mishaps import players
from samples.loading import Tell
from samples.story_days import (
    ANSWERED,
    ASKED,
    FIRST_YES,
    LATER_ANSWERED,
    LATER_NOMINATED,
    LATER_YES,
    LOOKED_AT,
    NOMINATED,
    RUNS,
    SECOND_YES,
    WAITING_ANSWERED,
    WAITING_NOMINATED,
    WAITING_YES,
)
from samples.story_state import Story
from samples.story_words import ALARMS, APPROVALS, PROPOSALS, REJECTIONS


@dataclass(frozen=True)
class Days:
    """Days before today on which a nomination is made, answered, and decided by the first and the second reviewer."""

    made: int
    answered: int
    first: int
    second: int


EARLY = Days(NOMINATED, ANSWERED, FIRST_YES, SECOND_YES)
LATER = Days(LATER_NOMINATED, LATER_ANSWERED, LATER_YES, LATER_YES)


def score(story: Story, turn: int, tell: Tell) -> str:
    """Score as of the morning of run `turn`."""
    calendar = story.calendar
    run = compute_run(
        as_of=calendar.start_of(RUNS[turn]),
        parameters=chosen_parameters(),
        created_by_id=story.owner_id,
        at=calendar.at(RUNS[turn], 7),
        progress=tell,
    )
    return run.statement


def nominate_first(story: Story) -> str:
    """After the first run: nearly everybody on the list is asked, one declines, the others are approved."""
    telling = _Telling(story)
    telling.look(LOOKED_AT)
    *rest, last = [person for person in telling.listed if not telling.plays(person)]
    made = [telling.propose(person, EARLY.made) for person in rest]
    declined = telling.propose(last, EARLY.made)
    for nomination in made:
        telling.answer(nomination, EARLY.answered)
    telling.answer(declined, EARLY.answered, accepts=False)
    for reviewer, day in enumerate((EARLY.first, EARLY.second)):
        for nomination in made:
            telling.decide(nomination, reviewer, day)
    return f"{len(made)} approved, 1 declined"


def nominate_later(story: Story) -> str:
    """After the third run, the newer names that are decided: the approved ones, and whoever plays a game."""
    telling = _Telling(story)
    telling.look(LATER.made)
    new = telling.new_names()
    suspected = [person for person in new if telling.plays(person)]
    approved = [person for person in new if not telling.plays(person)][2:]
    made = [telling.propose(person, LATER.made) for person in (*approved, *suspected)]
    for nomination in made:
        telling.answer(nomination, LATER.answered)
    for nomination in made[: len(approved)]:
        telling.decide(nomination, 0, LATER.first)
        telling.decide(nomination, 1, LATER.second)
    for nomination in made[len(approved) :]:
        telling.decide(nomination, 0, LATER.first, approves=False)
    return f"{len(approved)} approved, {len(suspected)} rejected"


def nominate_last(story: Story) -> str:
    """The two nominations that are open today: one has a yes and waits for another, one is not answered yet."""
    telling = _Telling(story)
    new = [person for person in telling.new_names() if not telling.plays(person)][:2]
    if new:
        waiting = telling.propose(new[0], WAITING_NOMINATED)
        telling.answer(waiting, WAITING_ANSWERED)
        telling.decide(waiting, 1, WAITING_YES)
    for person in new[1:]:
        telling.propose(person, ASKED)
    return f"{len(new)} open"


def leave_scoring(story: Story, day: int) -> str:
    """Two people who are on no list leave the scoring: nothing else changes for them."""
    listed = {person.employee_id for person in _Telling(story).listed}
    ids = story.ids()
    staff = [ids[one.id] for one in story.company.people if one.end is None and one.id in ids]
    cast = {story.owner_id, *story.reviewer_ids, story.id_of(story.company.cast.learner), *listed}
    leaving = some_of(stream(story.seed, "opted out"), [one for one in staff if one not in cast], 2)
    for number, employee_id in enumerate(leaving):
        opting.opt_out(employee_id, at=story.calendar.at(day, 10, 7 * number))
    return f"{len(leaving)} people"


class _Telling:
    """The latest run, its list, and the people who decide about it."""

    def __init__(self, story: Story) -> None:
        self._calendar, self._owner, self._reviewers = story.calendar, story.owner_id, story.reviewer_ids
        self._run = db.session.scalars(select(ScoringRun).order_by(ScoringRun.id.desc()).limit(1)).one()
        self._chance = stream(story.seed, f"words on run {self._run.id}")
        leaving = set(db.session.scalars(select(Employee.id).where(Employee.ends_on.is_not(None))))
        deciders = {self._owner, *self._reviewers}
        ids = story.ids()
        self._players = {ids[one] for one in players(story.company.mishaps) if one in ids}
        self._deeds: Counter[int] = Counter()
        on_list = sorted(people_in_bands(self._run.id), key=lambda one: (-one.p_few, one.employee_id))
        self._alarmed = {one.employee_id for one in on_list if one.flags}
        self.listed = [one for one in on_list if one.employee_id not in leaving | deciders]

    def new_names(self) -> list[Listed]:
        """Who is on the list, was never nominated, and is no champion."""
        known = set(db.session.scalars(select(Nomination.employee_id)))
        known |= set(db.session.scalars(select(Champion.employee_id)))
        return [person for person in self.listed if person.employee_id not in known]

    def plays(self, person: Listed) -> bool:
        """Whether somebody does what a fair score must not reward."""
        return person.employee_id in self._players

    def look(self, day: int) -> None:
        """The owner and the reviewers open the list."""
        people = [person.employee_id for person in self.listed]
        for number, viewer in enumerate((self._owner, *self._reviewers)):
            note_views(people, viewer_id=viewer, run_id=self._run.id, at=self._calendar.at(day, 9 + number, 20))

    def propose(self, person: Listed, day: int) -> Nomination:
        """The owner proposes, with the strongest evidence and a word of their own."""
        employee = db.session.get_one(Employee, person.employee_id)
        evidence = person.reasons[0].partition(";")[0].capitalize()
        words = one_of(self._chance, PROPOSALS).format(name=employee.name.split()[0])
        return nomination_operations.propose(
            employee,
            run_id=self._run.id,
            reason=f"{evidence}. {words}",
            actor_id=self._owner,
            at=self._next(day),
        )

    def answer(self, nomination: Nomination, day: int, *, accepts: bool = True) -> None:
        """The employee says yes or no."""
        nomination_operations.answer(nomination, accepts=accepts, actor_id=nomination.employee_id, at=self._next(day))

    def decide(self, nomination: Nomination, reviewer: int, day: int, *, approves: bool = True) -> None:
        """One of the two reviewers decides, with a reason."""
        nomination_operations.decide(
            nomination,
            approves=approves,
            reason=one_of(self._chance, self._reasons(nomination, approves)),
            actor_id=self._reviewers[reviewer],
            at=self._next(day),
        )

    def _reasons(self, nomination: Nomination, approves: bool) -> tuple[str, ...]:
        if not approves:
            return REJECTIONS
        return ALARMS if nomination.employee_id in self._alarmed else APPROVALS

    def _next(self, day: int) -> datetime:
        """A time of that day, a few minutes after the deed before."""
        self._deeds[day] += 1
        return self._calendar.at(day, 10, 9 * self._deeds[day])
