"""What the parts of the demo's story share: its calendar, its company before and after lessons, and who is who."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from sqlalchemy import func, select

from db import db
from people.models import Employee
from samples.company.company import generate
from samples.company.records import Company
from samples.story.days import RUNS, Calendar
from training.enrolment_models import Enrolment, LessonRead
from training.models import Course

SOURCE = "demo company"
COURSES = Path(__file__).parents[1] / "courses"
STARTER, TRAINERS = "talking-with-customers", "teaching-colleagues"

Make = Callable[[int, date, Mapping[str, date]], Company]


class Story:
    """One telling. The same seed and moment give the same story; `make` makes the company."""

    def __init__(self, seed: int, calendar: Calendar, make: Make = generate) -> None:
        self.seed = seed
        self.calendar = calendar
        self._make = make

    @cached_property
    def company(self) -> Company:
        """The company as it would be had nobody taken a lesson: true until the first lessons."""
        return self._make(self.seed, self.calendar.today, {})

    @cached_property
    def taught(self) -> Company:
        """The company in which lessons have shown. The same, row by row, until the first of them.

        To be asked for once the first two waves have learnt; the third is too young to show anything.
        """
        return self._make(self.seed, self.calendar.today, self._first_lessons())

    def _first_lessons(self) -> dict[str, date]:
        first = func.min(LessonRead.at)
        query = (
            select(Employee.external_id, first)
            .join(Enrolment, Enrolment.learner_id == Employee.id)
            .join(LessonRead, LessonRead.enrolment_id == Enrolment.id)
            .join(Course, Course.id == Enrolment.course_id)
            .where(Course.slug == STARTER, Enrolment.enrolled_at < self.calendar.start_of(RUNS[1]))
            .group_by(Employee.external_id)
            .order_by(Employee.external_id)
        )
        return {person: at.date() for person, at in db.session.execute(query)}

    def ids(self) -> dict[str, int]:
        """The employees by their number in the company's directory."""
        return {row.external_id: row.id for row in db.session.execute(select(Employee.external_id, Employee.id))}

    @property
    def owner_id(self) -> int:
        """Who runs the programme."""
        return self.id_of(self.company.cast.owner)

    @property
    def reviewer_ids(self) -> tuple[int, int]:
        """The two who decide."""
        first, second = self.company.cast.reviewers
        return self.id_of(first), self.id_of(second)

    def id_of(self, person: str) -> int:
        """The employee with this number in the company's directory."""
        return db.session.scalars(select(Employee.id).where(Employee.external_id == person)).one()


def course_id(slug: str) -> int:
    """The course that was loaded from the folder of this name."""
    return db.session.scalars(select(Course.id).where(Course.slug == slug)).one()
