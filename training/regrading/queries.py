"""Reads for regrading: which attempts have a question, what was answered, and what grading it anew would change."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db import db
from people.models import Employee
from training.attempts.models import QuestionTry
from training.attempts.queries import marked_row, placed
from training.attempts.tries import behaviour_of
from training.enrolment_models import Attempt, AttemptQuestion, Enrolment, Response
from training.models import Module, Question, QuestionVersion
from training.regrading.models import Regrading
from training.rules.attempts import CountPolicy, GivenResponse, MarkedQuestion
from training.rules.behaviours.certainty import certainty_in
from training.rules.behaviours.quiz_rules import quiz_rules
from training.rules.kinds.protocol import State
from training.rules.regrading import Change, FinishedAttempt, ToGrade, changes, refusal


@dataclass(frozen=True)
class Wanted:
    """What to grade: answers to these versions of a question (by id), by one version; None: each as it was asked."""

    question_id: int
    asked_ids: frozenset[int]
    version_id: int | None
    keep_passes: bool


@dataclass(frozen=True)
class DryRun:
    """What a regrading would do. `why_not` says why it cannot be done; then nothing else is there."""

    attempts: int
    changes: Sequence[Change]
    people: dict[int, str]
    why_not: str = ""

    @property
    def passes(self) -> int:
        """How many attempts would pass that did not."""
        return sum(one.passes for one in self.changes)

    @property
    def fails(self) -> int:
        """How many attempts would no longer pass."""
        return sum(one.fails for one in self.changes)

    @property
    def lost(self) -> int:
        """How many answers name something that the version does not know, and would count as not given."""
        return sum(one.is_lost for one in self.changes)


@dataclass(frozen=True)
class RegradingLine:
    """One regrading that was decided: by whom, when, why, by which version (None: as asked), what it changed."""

    row: Regrading
    number: int | None
    by: str | None


def versions_of(question_id: int) -> list[QuestionVersion]:
    """The versions of a question, the newest first."""
    query = select(QuestionVersion).where(QuestionVersion.question_id == question_id)
    return list(db.session.scalars(query.order_by(QuestionVersion.number.desc())))


def finished_by_version(question_id: int) -> dict[int, int]:
    """How many finished attempts were asked each version of a question, by the version's id."""
    query = (
        select(AttemptQuestion.version_id, func.count())
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .where(QuestionVersion.question_id == question_id, Attempt.finished_at.is_not(None))
        .group_by(AttemptQuestion.version_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def regradings_of(question_id: int) -> list[RegradingLine]:
    """What was decided about a question before, the newest first. One statement."""
    query = (
        select(Regrading, QuestionVersion.number, Employee.name)
        .outerjoin(QuestionVersion, QuestionVersion.id == Regrading.version_id)
        .outerjoin(Employee, Employee.id == Regrading.by_id)
        .where(Regrading.question_id == question_id)
        .order_by(Regrading.id.desc())
    )
    return [RegradingLine(*row) for row in db.session.execute(query)]


def dry_run(wanted: Wanted, lock: bool = False) -> DryRun:
    """What would change, without changing anything. Six statements, however many attempts."""
    versions = {one.id: one for one in versions_of(wanted.question_id)}
    target = versions.get(wanted.version_id) if wanted.version_id else None
    for one in versions.values():
        why_not = refusal(one.specification, (target or one).specification)
        if one.id in wanted.asked_ids and why_not:
            return DryRun(0, (), {}, f"Version {one.number}: {why_not}")
    places = _places(wanted)
    attempts, people, counts = _attempts(wanted.question_id, places, lock)
    answers = _answers(wanted.asked_ids)
    tried = _tried(wanted.asked_ids)
    to_grade, version_of = {}, {}
    for attempt_id, row in places.items():
        key = attempt_id, row.position
        to_grade[attempt_id] = ToGrade(attempt_id, row.position, answers.get(key), tuple(tried.get(key, ())))
        version_of[attempt_id] = placed(row, target or versions[row.version_id])
    return DryRun(len(places), changes(attempts, to_grade, version_of, counts, wanted.keep_passes), people)


def _places(wanted: Wanted) -> dict[int, AttemptQuestion]:
    """By attempt, where the question stands, for finished attempts in which nobody has to grade it."""
    query = (
        select(AttemptQuestion)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(
            AttemptQuestion.version_id.in_(wanted.asked_ids),
            AttemptQuestion.state.not_in((State.UNGRADED, State.NEEDS_GRADING)),
            Attempt.finished_at.is_not(None),
        )
    )
    return {row.attempt_id: row for row in db.session.scalars(query)}


def _attempts(
    question_id: int, places: Collection[int], lock: bool
) -> tuple[list[FinishedAttempt], dict[int, str], CountPolicy]:
    """All finished attempts of the learners concerned at the quiz, who they are, and how the quiz counts."""
    module = db.session.scalars(
        select(Module).join(Question, Question.module_id == Module.id).where(Question.id == question_id)
    ).one()
    concerned = select(Attempt.enrolment_id).where(Attempt.id.in_(places))
    query = (
        select(Attempt, Employee.name)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(Attempt.module_id == module.id, Attempt.finished_at.is_not(None), Attempt.enrolment_id.in_(concerned))
        .order_by(Employee.name, Attempt.number)
    )
    rows = db.session.execute(query.with_for_update(of=[Attempt, Enrolment]) if lock else query).all()
    marked = _marked([attempt.id for attempt, _ in rows])
    finished = [
        FinishedAttempt(
            one.id, one.enrolment_id, one.number, behaviour_of(one), one.pass_mark, one.fraction or 0.0,
            bool(one.passed), tuple(marked[one.id]),
        )
        for one, _ in rows
    ]  # fmt: skip
    return finished, {one.id: name for one, name in rows}, quiz_rules(module.quiz).counts


def _marked(attempt_ids: Sequence[int]) -> dict[int, list[MarkedQuestion]]:
    graded_by = aliased(QuestionVersion)
    query = (
        select(AttemptQuestion, QuestionVersion, graded_by)
        .join(QuestionVersion, QuestionVersion.id == AttemptQuestion.version_id)
        .outerjoin(graded_by, graded_by.id == AttemptQuestion.graded_by_id)
        .where(AttemptQuestion.attempt_id.in_(attempt_ids))
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    )
    found: dict[int, list[MarkedQuestion]] = defaultdict(list)
    for row, asked, key in db.session.execute(query):
        marked = marked_row(row, key or asked)
        if marked is not None:
            found[row.attempt_id].append(marked)
    return found


def _answers(version_ids: Collection[int]) -> dict[tuple[int, int], GivenResponse]:
    """The responses that count to these versions, by attempt and position."""
    last = (
        select(Response.attempt_id, Response.position, func.max(Response.sequence).label("sequence"))
        .join(
            AttemptQuestion,
            (AttemptQuestion.attempt_id == Response.attempt_id) & (AttemptQuestion.position == Response.position),
        )
        .where(AttemptQuestion.version_id.in_(version_ids))
        .group_by(Response.attempt_id, Response.position)
        .subquery()
    )
    query = select(Response).join(
        last,
        (last.c.attempt_id == Response.attempt_id)
        & (last.c.position == Response.position)
        & (last.c.sequence == Response.sequence),
    )
    return {
        (row.attempt_id, row.position): GivenResponse(
            row.position, row.sequence, row.answer, row.at, certainty_in(row.certainty)
        )
        for row in db.session.scalars(query)
    }


def _tried(version_ids: Collection[int]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """The answers that were checked under way, in order, by attempt and position."""
    place = (AttemptQuestion.attempt_id == QuestionTry.attempt_id) & (AttemptQuestion.position == QuestionTry.position)
    same = (
        (Response.attempt_id == QuestionTry.attempt_id)
        & (Response.position == QuestionTry.position)
        & (Response.sequence == QuestionTry.sequence)
    )
    query = (
        select(QuestionTry.attempt_id, QuestionTry.position, Response.answer)
        .join(AttemptQuestion, place)
        .join(Response, same)
        .where(AttemptQuestion.version_id.in_(version_ids))
        .order_by(QuestionTry.attempt_id, QuestionTry.position, QuestionTry.number)
    )
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for attempt_id, position, answer in db.session.execute(query):
        found[attempt_id, position].append(answer)
    return found
