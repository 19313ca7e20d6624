"""Whom a trainer helps today, and with what: from how learners stand and what they answered. Nothing is fetched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from people.employees.person_facts import first_name
from training.learners.progress import CourseShape, LearnerProgress
from training.rules.progress import StepKind
from training.rules.standing import Reason, Status
from training.wording import hours_in_words

FEWEST_ANSWERS = 3
"""Below so many answers nothing is said about how well somebody knows a topic."""

WEAK_BELOW = 0.7
"""A topic is weak if less than this share of its answers was right: what a quiz asks for by default."""

FAILED_TWICE = 2


class Need(StrEnum):
    """Why somebody needs help, the most urgent first."""

    OVERDUE = "overdue"
    FAILING = "failing"
    AT_RISK = "at_risk"
    NONE = "none"


@dataclass(frozen=True)
class TopicAnswers:
    """How many answers on a topic were right, of how many, in the last finished quiz of each module."""

    topic: str
    about: str
    right: int
    answers: int

    @property
    def share(self) -> float | None:
        """The share that was right; None if there are too few answers to tell."""
        return self.right / self.answers if self.answers >= FEWEST_ANSWERS else None

    @property
    def words(self) -> str:
        """Such as "listening, the why: 1 of 4 right"."""
        return f"{self.topic or 'other'}, the {self.about}: {self.right} of {self.answers} right"


@dataclass(frozen=True)
class FailedQuiz:
    """A quiz that was finished twice or more and never passed."""

    module: int  # its place in the course, from 1
    title: str
    attempts: int
    best: float

    @property
    def words(self) -> str:
        """What happened, as a sentence."""
        best = f"{100 * self.best:.0f} %"
        return f"The quiz of module {self.module} is not passed after {self.attempts} attempts, best {best}."


@dataclass(frozen=True)
class Help:
    """One learner as a trainer meets them: what they need, what happened, and what would help."""

    learner: LearnerProgress
    course: CourseShape
    need: Need
    happened: str
    suggestion: str
    weakest: TopicAnswers | None
    answers: int

    @property
    def first_name(self) -> str:
        """What a colleague calls them."""
        return first_name(self.learner.name)


def helps(
    learners: Iterable[LearnerProgress],
    courses: Sequence[CourseShape],
    topics: Mapping[int, Sequence[TopicAnswers]],
) -> list[Help]:
    """Every learner with what would help, the most urgent first. `topics` holds answers by enrolment."""
    shapes = {course.id: course for course in courses}
    found = [help_for(one, shapes[one.course_id], topics.get(one.enrolment_id, ())) for one in learners]
    return sorted(found, key=_urgency)


def help_for(learner: LearnerProgress, course: CourseShape, topics: Sequence[TopicAnswers]) -> Help:
    """What one learner needs."""
    failed, weakest = failed_quiz(learner, course), weakest_of(topics)
    need = _need(learner, failed)
    happened = learner.standing.words
    if failed is not None:
        happened = failed.words if need is Need.FAILING else f"{happened} {failed.words}"
    return Help(
        learner=learner,
        course=course,
        need=need,
        happened=happened,
        suggestion=_suggestion(learner, need, failed, weakest),
        weakest=weakest,
        answers=sum(one.answers for one in topics),
    )


def failed_quiz(learner: LearnerProgress, course: CourseShape) -> FailedQuiz | None:
    """The first quiz that was finished twice or more and never passed."""
    for place, module in enumerate(course.modules, 1):
        done = learner.done.get(module.id)
        if done is not None and done.finished >= FAILED_TWICE and not done.passed:
            return FailedQuiz(place, module.title, done.finished, done.best or 0.0)
    return None


def weakest_of(topics: Iterable[TopicAnswers]) -> TopicAnswers | None:
    """The topic with the smallest share of right answers, if it is a weak one and there are enough answers to tell."""
    weak = [one for one in topics if one.share is not None and one.share < WEAK_BELOW]
    return min(weak, key=lambda one: (one.share, -one.answers, one.topic, one.about), default=None)


def _need(learner: LearnerProgress, failed: FailedQuiz | None) -> Need:
    if learner.standing.status is Status.NEEDS_ATTENTION:
        return Need.OVERDUE
    if failed is not None:
        return Need.FAILING
    return Need.AT_RISK if learner.standing.status is Status.AT_RISK else Need.NONE


def _urgency(one: Help) -> tuple[int, int, date, float, str]:
    order = list(Need)
    last = one.learner.last_active_at
    done = one.learner.standing.status is Status.DONE
    return (order.index(one.need), done, one.learner.due_on or date.max, _age(last), one.learner.name)


def _age(last: datetime | None) -> float:
    return last.timestamp() if last else 0.0


def _suggestion(learner: LearnerProgress, need: Need, failed: FailedQuiz | None, weakest: TopicAnswers | None) -> str:
    """One thing to do, in a sentence or two."""
    first = first_name(learner.name)
    if failed is not None:
        topic = f"{weakest.topic or failed.title}, the {weakest.about}" if weakest else failed.title
        return f"Go through module {failed.module} together before the next attempt: {topic}."
    if need is not Need.NONE:
        return _about_time(learner, first)
    topic = f"{weakest.topic or 'what was hard'}, the {weakest.about}" if weakest else ""
    if learner.standing.status is Status.DONE:
        asked = f"Ask {first} what they have tried since, and what came of it"
        return f"{asked}; and talk about {topic}." if topic else f"{asked}."
    if topic:
        return f"Talk about {topic}; {_next_step(learner)} comes next."
    if learner.last_active_at is None:
        return f"Say hello, and ask {first} when the first lesson would fit."
    return f"Nothing today; {_next_step(learner)} comes next."


def _about_time(learner: LearnerProgress, first: str) -> str:
    """What to do about somebody who is late, or soon will be."""
    reason, left = learner.standing.reason, hours_in_words(learner.progress.minutes_left)
    if reason is Reason.TOO_MUCH_LEFT:
        return f"Agree with {first} on fixed times this week; about {left} of work are left."
    if reason is not Reason.OVERDUE:
        return f"Ask {first} what has changed, and agree on the next step: {_next_step(learner)}."
    if learner.last_active_at is None:
        return f"Ask {first} what has stood in the way, and read the first lesson together."
    return f"Agree on a new date with {first}: about {left} of work are left."


def _next_step(learner: LearnerProgress) -> str:
    step = learner.step
    if step.kind is StepKind.READ_LESSON:
        return f"lesson {step.lesson} of module {step.module}"
    return f"the quiz of module {step.module}"
