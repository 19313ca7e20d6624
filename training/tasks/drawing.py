"""Who grades whose work: two peers, drawn by lot among those who have handed in their own. Nothing here commits."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from random import Random

from sqlalchemy import func, select

from db import db
from messages.kinds import Kind
from messages.operations import Telling, tell
from people.models import Employee
from people.roles.queries import is_active
from training.enrolment_models import LIVE, Enrolment
from training.rules.grading.peers import PEERS, draw_peers, in_one_line
from training.tasks.models import GradedBy, HandIn, HandInState, PeerReview, Task


def draw(task: Task, at: datetime, generator: Random) -> int:
    """Draw peers for every piece of work of a task that waits for some, the oldest first; returns how many.

    Nobody grades in their own line of management, nor before their own work is handed in. Where too few are there yet
    the piece waits for the next who hands in; the trainer is asked when it has waited long.
    """
    db.session.execute(select(Task.id).where(Task.id == task.id).with_for_update())  # one draws at a time
    waiting = _waiting(task)
    if not waiting:
        return 0
    load, managers, drawn = _load(task, at), _managers(), 0
    for hand_in, learner_id, present in waiting:
        candidates = {
            one: number
            for one, number in load.items()
            if one != learner_id and one not in present and not in_one_line(one, learner_id, managers)
        }
        for peer_id in draw_peers(candidates, PEERS - len(present), generator):
            db.session.add(PeerReview(hand_in_id=hand_in.id, peer_id=peer_id, drawn_at=at))
            load[peer_id] += 1
            drawn += 1
            _tell_peer(task, hand_in, peer_id, at)
    db.session.flush()
    return drawn


def _waiting(task: Task) -> list[tuple[HandIn, int, set[int]]]:
    """Pieces with fewer than two peers, with whose they are and who has been drawn."""
    query = (
        select(HandIn, Enrolment.learner_id, PeerReview.peer_id)
        .join(Enrolment, Enrolment.id == HandIn.enrolment_id)
        .outerjoin(PeerReview, PeerReview.hand_in_id == HandIn.id)
        .where(HandIn.task_id == task.id, HandIn.state == HandInState.WAITING, HandIn.graded_by == GradedBy.PEERS)
        .order_by(HandIn.at, HandIn.id)
    )
    found: dict[int, tuple[HandIn, int, set[int]]] = {}
    for hand_in, learner_id, peer_id in db.session.execute(query):
        present = found.setdefault(hand_in.id, (hand_in, learner_id, set()))[2]
        if peer_id is not None:
            present.add(peer_id)
    return [one for one in found.values() if len(one[2]) < PEERS]


def _load(task: Task, at: datetime) -> Counter[int]:
    """Everybody who may be drawn, with how many pieces each has to grade now."""
    own = (
        select(Enrolment.learner_id)
        .join(HandIn, HandIn.enrolment_id == Enrolment.id)
        .join(Employee, Employee.id == Enrolment.learner_id)
        .where(HandIn.task_id == task.id, Enrolment.state.in_(LIVE), is_active(at))
        .distinct()
    )
    load = Counter(dict.fromkeys(db.session.scalars(own), 0))
    open_ones = (
        select(PeerReview.peer_id, func.count())
        .join(HandIn, HandIn.id == PeerReview.hand_in_id)
        .where(PeerReview.at.is_(None), HandIn.state == HandInState.WAITING)
        .group_by(PeerReview.peer_id)
    )
    load.update({row[0]: row[1] for row in db.session.execute(open_ones) if row[0] in load})
    return load


def _managers() -> Mapping[int, int | None]:
    return {row[0]: row[1] for row in db.session.execute(select(Employee.id, Employee.manager_id))}


def _tell_peer(task: Task, hand_in: HandIn, peer_id: int, at: datetime) -> None:
    telling = Telling(
        kind=Kind.TO_GRADE,
        subject=f"A colleague's work on “{task.title}” waits for your grade",
        text="You were drawn by lot. Neither of you sees the other's name. Ten minutes with the rubric are enough.",
        path=f"/tasks/{task.id}",
        key=f"hand-in {hand_in.id} peer",
    )
    tell([peer_id], telling, at=at)
