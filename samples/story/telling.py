"""How the demo's owner, reviewers and nominees deal with the list of the latest run."""

from collections import Counter
from datetime import datetime

from sqlalchemy import func, select

from champions.models import Champion, Nomination, ScoringRun
from champions.nominations import operations as nomination_operations
from champions.scores.view_log import note_views
from champions.shortlist.queries import Listed, people_in_bands
from db import db
from people.models import Employee
from samples.company.chance import one_of, stream
from samples.company.mishaps import players
from samples.story.state import Story
from samples.story.words import ALARMS, APPROVALS, PROPOSALS, REJECTIONS


class Telling:
    """The latest run, its list, and the people who decide about it."""

    def __init__(self, story: Story) -> None:
        self._calendar, self._owner, self._reviewers = story.calendar, story.owner_id, story.reviewer_ids
        self._run = db.session.scalars(select(ScoringRun).order_by(ScoringRun.id.desc()).limit(1)).one()
        self._chance = stream(story.seed, f"words on run {self._run.id}")
        self._pace = stream(story.seed, f"time to decide in run {self._run.id}")
        leaving = set(db.session.scalars(select(Employee.id).where(Employee.ends_on.is_not(None))))
        deciders = {self._owner, *self._reviewers}
        ids = story.ids()
        self._players = {ids[one] for one in players(story.company.mishaps) if one in ids}
        self._deeds: Counter[int] = Counter()
        self._proposed = db.session.scalar(select(func.count()).select_from(Nomination)) or 0
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
            note_views(people, viewer_id=viewer, run_id=self._run.id, at=self._calendar.at(day, 8, 5 + 25 * number))

    def propose(self, person: Listed, day: int) -> Nomination:
        """The owner proposes, with the strongest evidence and a word of their own."""
        employee = db.session.get_one(Employee, person.employee_id)
        evidence = person.reasons[0].partition(";")[0].capitalize()
        words = PROPOSALS[self._proposed % len(PROPOSALS)].format(name=employee.name.split()[0])
        self._proposed += 1
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
            seconds=int(self._pace.integers(70, 1100)),
        )

    def _reasons(self, nomination: Nomination, approves: bool) -> tuple[str, ...]:
        if not approves:
            return REJECTIONS
        return ALARMS if nomination.employee_id in self._alarmed else APPROVALS

    def _next(self, day: int) -> datetime:
        """A time of that day, a few minutes after the deed before."""
        self._deeds[day] += 1
        return self._calendar.at(day, 10, 9 * self._deeds[day])
