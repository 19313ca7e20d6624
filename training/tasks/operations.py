"""Hand in work for a task and grade it: as trainer, or as one of two peers. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.auditing import audit
from training.enrolment_models import Enrolment
from training.files.operations import keep
from training.grading.handing_over import QUEUE, graders_of
from training.grading.operations import GradedMeanwhileError
from training.rules.grading.peers import PEERS, agree, together
from training.rules.grading.verdict import Verdict, worth
from training.tasks.drawing import draw
from training.tasks.models import GradedBy, HandIn, HandInGrade, HandInState, PeerReview, Task

PEERS_HAVE = timedelta(days=7)
"""How long peers have before the trainer is asked as well."""


class NothingToHandInError(ValueError):
    """The work cannot be taken; the message says why, and the cure."""


@dataclass(frozen=True)
class Work:
    """What is handed in: a text, a link, a picture, or several of them."""

    written: str = ""
    link: str = ""
    file_id: int | None = None


def hand_in(enrolment: Enrolment, task: Task, work: Work, at: datetime, generator: Random) -> HandIn:
    """Hand in work; it takes the place of what waits. `enrolment` must be locked.

    Raises NothingToHandInError for no work at all, for work that a peer has begun to grade, and for work that is
    graded.
    """
    if not (work.written or work.link or work.file_id):
        raise NothingToHandInError("Hand in at least one thing: a text, a link or a picture.")
    last = _last(enrolment, task)
    if last is not None and last.state == HandInState.GRADED:
        raise NothingToHandInError("This is graded already. Ask your trainer if you want to hand in another piece.")
    if last is not None and _is_begun(last):
        raise NothingToHandInError("A colleague has graded this already. Wait for the second one.")
    if last is not None:
        last.state = HandInState.REPLACED
        db.session.flush()
    row = HandIn(
        task_id=task.id,
        enrolment_id=enrolment.id,
        number=last.number + 1 if last else 1,
        at=at,
        written=work.written,
        link=work.link,
        file_id=work.file_id,
        prompt=task.prompt,
        rubric=task.rubric,
        graded_by=task.graded_by,
        decide_from=at if task.graded_by == GradedBy.TRAINER else at + PEERS_HAVE,
    )
    db.session.add(row)
    db.session.flush()
    keep([work.file_id] if work.file_id else [], at)
    if task.graded_by == GradedBy.TRAINER:
        _tell_trainer(enrolment, task, row, "has handed in a practical task", at)
    else:
        _pass_on_reviews(last, row)
        draw(task, at, generator)
    return row


def grade(hand_in: HandIn, enrolment: Enrolment, verdict: Verdict, *, grader_id: int, seen: int, at: datetime) -> None:
    """The trainer's grade: appended; it stands above what peers say. Both rows must be locked.

    `seen` is how many grades there were when the page was opened. Raises GradedMeanwhileError.
    """
    if hand_in.state == HandInState.REPLACED:
        raise GradedMeanwhileError("The learner has handed in something new in the meantime. Grade that instead.")
    if _grades(hand_in) != seen:
        raise GradedMeanwhileError("This was graded in the meantime. Read it, then decide again.")
    fraction = worth(hand_in.rubric, verdict).fraction
    verb = audit.Verb.GRADE_CHANGED if seen else audit.Verb.WORK_GRADED
    detail = {"hand_in": hand_in.id, "number": seen + 1, "fraction": round(fraction, 4)}
    audit.append(verb, actor_id=grader_id, subject_id=enrolment.learner_id, at=at, detail=detail)
    _conclude(hand_in, enrolment, fraction, at, grader_id=grader_id, verdict=verdict)


def review(given: PeerReview, hand_in: HandIn, enrolment: Enrolment, verdict: Verdict, at: datetime) -> None:
    """A peer's verdict, given once. `hand_in` must be locked. The second one concludes, or asks the trainer.

    Raises GradedMeanwhileError.
    """
    if given.at is not None or hand_in.state != HandInState.WAITING:
        raise GradedMeanwhileError("This does not wait for your grade any more. Thank you all the same.")
    given.at, given.levels, given.comment = at, list(verdict.levels), verdict.comment
    db.session.flush()
    query = select(PeerReview.levels).where(PeerReview.hand_in_id == hand_in.id, PeerReview.at.is_not(None))
    verdicts = [Verdict(tuple(levels)) for levels in db.session.scalars(query.order_by(PeerReview.id)) if levels]
    if len(verdicts) < PEERS:
        return
    if agree(verdicts[0], verdicts[1]):
        _conclude(hand_in, enrolment, together(hand_in.rubric, verdicts), at)
        return
    hand_in.disputed, hand_in.decide_from = True, at
    db.session.flush()
    task = db.session.get_one(Task, hand_in.task_id)
    _tell_trainer(enrolment, task, hand_in, "was graded by two peers who differ: you decide about a task", at)


def _conclude(
    hand_in: HandIn,
    enrolment: Enrolment,
    fraction: float,
    at: datetime,
    *,
    grader_id: int | None = None,
    verdict: Verdict | None = None,
) -> None:
    number = _grades(hand_in) + 1
    said = {"levels": list(verdict.levels), "comment": verdict.comment} if verdict else {"levels": []}
    db.session.add(
        HandInGrade(hand_in_id=hand_in.id, number=number, grader_id=grader_id, at=at, fraction=fraction, **said)
    )
    hand_in.state, hand_in.fraction = HandInState.GRADED, fraction
    db.session.flush()
    task = db.session.get_one(Task, hand_in.task_id)
    telling = Telling(
        kind=Kind.GRADED,
        subject=f"Your work on “{task.title}” has been graded{' again' if number > 1 else ''}",
        text="Read what was seen in it, criterion by criterion.",
        path=f"/tasks/{task.id}",
        key=f"hand-in {hand_in.id} graded {number}",
    )
    tell([enrolment.learner_id], telling, at=at)


def _tell_trainer(enrolment: Enrolment, task: Task, hand_in: HandIn, what: str, at: datetime) -> None:
    telling = Telling(
        kind=Kind.TO_GRADE,
        subject=f"A learner {what}",
        text=f"“{task.title}” waits for your grade, by its rubric.",
        path=QUEUE,
        key=f"hand-in {hand_in.id} to grade {'after peers' if hand_in.disputed else ''}".strip(),
    )
    tell(graders_of(enrolment.learner_id, enrolment.course_id, at), telling, at=at)


def _last(enrolment: Enrolment, task: Task) -> HandIn | None:
    query = select(HandIn).where(HandIn.enrolment_id == enrolment.id, HandIn.task_id == task.id)
    return db.session.scalars(query.order_by(HandIn.number.desc()).limit(1)).first()


def _is_begun(hand_in: HandIn) -> bool:
    query = select(func.count()).where(PeerReview.hand_in_id == hand_in.id, PeerReview.at.is_not(None))
    return bool(db.session.scalar(query))


def _pass_on_reviews(last: HandIn | None, row: HandIn) -> None:
    """Who was drawn for the piece before grades the new one."""
    if last is not None:
        for given in db.session.scalars(select(PeerReview).where(PeerReview.hand_in_id == last.id)):
            given.hand_in_id = row.id
        db.session.flush()


def _grades(hand_in: HandIn) -> int:
    return db.session.scalar(select(func.count()).where(HandInGrade.hand_in_id == hand_in.id)) or 0
