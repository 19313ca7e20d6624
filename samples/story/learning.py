"""What the demo's learners did in their courses: drawn for each by habits, stored as if done in the browser."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from db import db
from people.models import Employee
from samples.company.chance import stream
from samples.company.staffing import within
from samples.company.teams import CARE_REGION
from samples.story.days import WAVES
from samples.story.habits import Habit, example_habit, habit_of, hardness_of
from samples.story.state import STARTER, Story, course_id
from samples.story.way import Learner, Stage, Way, walk
from training.attempts.sitting_operations import take_over
from training.attempts.sitting_queries import quizzes_of
from training.enrolment_models import Enrolment
from training.learning.enrolment_operations import enrol
from training.models import Lesson, Module

USUAL_RESULTS = 6
"""So many outcomes a year are nothing special, and enough to look at."""

TRAINERS_HABIT = Habit(begins=0.03, ends=0.5, modules=99, ability=2.3)


def learn(story: Story, slug: str, enrolled_at: datetime) -> int:
    """Let everybody who was enrolled at that moment learn until now; returns how many have completed the course."""
    course = course_id(slug)
    stages = _stages(story, course)
    skill = {nature.person: nature.skill for nature in story.company.natures}
    example = example_learner(story) if enrolled_at == story.calendar.at(WAVES[-1]) else None
    done = Way()
    for row in _enrolled(course, enrolled_at):
        rng = stream(story.seed, f"learning {slug} {row.external_id}")
        habit = habit_of(rng, skill.get(row.external_id, 0.0), len(stages))
        if row.learner_id == example:
            habit = example_habit(len(stages))
        if slug != STARTER:
            habit = TRAINERS_HABIT
        way = walk(rng, _learner(row, habit), stages, _until(row, story.calendar.now))
        done.readings += way.readings
        done.sittings += way.sittings
    return take_over(course, done.readings, done.sittings)


def teach_trainers(employee_ids: Sequence[int], story: Story, slug: str, enrolled_at: datetime, due: datetime) -> None:
    """Enrol trainers in their own course; they finish it in good time."""
    enrol(employee_ids, course_id=course_id(slug), due_on=due.date(), at=enrolled_at)
    learn(story, slug, enrolled_at)


def example_learner(story: Story) -> int:
    """Whom visitors sign in as to learn: of the last wave, and the cast's own learner if that is possible.

    Otherwise somebody of the care region, if possible, to whose score there is something to see.
    """
    query = (
        select(Employee.external_id, Enrolment.learner_id)
        .join(Enrolment, Enrolment.learner_id == Employee.id)
        .where(
            Enrolment.course_id == course_id(STARTER),
            Enrolment.enrolled_at == story.calendar.at(WAVES[-1]),
        )
    )
    learners = {row.external_id: row.learner_id for row in db.session.execute(query)}
    results = Counter(outcome.person for outcome in story.taught.outcomes)
    staff = [person for person in story.taught.people if person.id in learners and person.end is None]
    example = min(
        staff,
        key=lambda person: (
            person.id != story.company.cast.learner,
            not within(person, CARE_REGION),
            abs(results[person.id] - USUAL_RESULTS),
            person.id,
        ),
    )
    return learners[example.id]


def _enrolled(course: int, enrolled_at: datetime) -> Sequence[Row[tuple[int, int, str, str, datetime, datetime]]]:
    query = (
        select(
            Enrolment.id, Enrolment.learner_id, Employee.external_id, Employee.time_zone, Employee.ends_on,
            Enrolment.enrolled_at, Enrolment.due_on,
        )
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Enrolment.course_id == course, Enrolment.enrolled_at == enrolled_at)
        .order_by(Enrolment.id)
    )  # fmt: skip
    return db.session.execute(query).all()  # type: ignore[return-value]


def _learner(row: Row, habit: Habit) -> Learner:
    due_at = datetime.combine(row.due_on, time(18), UTC)
    return Learner(row.id, habit, row.enrolled_at, due_at, ZoneInfo(row.time_zone))


def _until(row: Row, now: datetime) -> datetime:
    """Now, or the end of the last day of work."""
    return now if row.ends_on is None else min(now, datetime.combine(row.ends_on, time(18), UTC))


def _stages(story: Story, course: int) -> list[Stage]:
    """The modules of a course in order. Every module of the sample courses has a quiz."""
    query = (
        select(Module.id, Module.slug, Lesson.id.label("lesson_id"), Lesson.minutes)
        .join(Lesson, Lesson.module_id == Module.id)
        .where(Module.course_id == course)
        .order_by(Module.position, Lesson.position)
    )
    lessons: dict[int, list[tuple[int, int]]] = {}
    slugs: dict[int, str] = {}
    for row in db.session.execute(query):
        lessons.setdefault(row.id, []).append((row.lesson_id, row.minutes))
        slugs[row.id] = row.slug
    quizzes = quizzes_of(course)
    return [
        Stage(
            tuple(lessons[module]),
            quizzes[module],
            hardness_of(story.seed, slugs[module], [one.about for one in quizzes[module].questions]),
        )
        for module in lessons
    ]
