"""The doors to runs, scores and nominations."""

from typing import Any

from flask import abort
from sqlalchemy import func, select

from champions.contests.models import ScoreContest
from champions.models import HastyDecisions, Nomination, Score, ScoringRun
from champions.naming.models import NamingRound, NamingTopic
from db import db
from people.access import in_scope
from people.models import Employee
from people.permissions import Permission
from people.viewer import Viewer


def access_run(run_id: int) -> ScoringRun:
    """The run, or 404. Runs name nobody; whoever may open the page may open any run."""
    run = db.session.get(ScoringRun, run_id)
    if run is None:
        abort(404)
    return run


def access_score(viewer: Viewer, employee_id: int, run_id: int) -> tuple[Score, Employee]:
    """A score in a run and whose it is, if `viewer` may see that person's score; else 404."""
    return access_score_and_run(viewer, employee_id, run_id)[:2]


def access_score_and_run(viewer: Viewer, employee_id: int, run_id: int | None) -> tuple[Score, Employee, ScoringRun]:
    """As `access_score`, with the run (None: the latest), in one statement."""
    query = (
        select(Score, Employee, ScoringRun)
        .join(Employee, Employee.id == Score.employee_id)
        .join(ScoringRun, ScoringRun.id == Score.run_id)
        .where(
            Score.employee_id == employee_id,
            Score.run_id == _run_or_latest(run_id),
            Employee.opted_out_at.is_(None),
            in_scope(viewer, Permission.CHAMPIONS_SCORE_VIEW),
        )
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1], row[2]


def own_score(viewer: Viewer, run_id: int | None) -> tuple[ScoringRun | None, Score | None, Employee]:
    """A run (None: the latest), the viewer's own score in it, each None if there is none, and their row in the
    directory. One statement.
    """
    query = (
        select(ScoringRun, Score, Employee)
        .select_from(Employee)
        .outerjoin(ScoringRun, ScoringRun.id == _run_or_latest(run_id))
        .outerjoin(Score, (Score.employee_id == Employee.id) & (Score.run_id == ScoringRun.id))
        .where(Employee.id == viewer.id)
    )
    run, score, employee = db.session.execute(query).one()
    return run, score, employee


def _run_or_latest(run_id: int | None) -> Any:
    return run_id if run_id is not None else select(func.max(ScoringRun.id)).scalar_subquery()


def access_nomination(viewer: Viewer, nomination_id: int, permission: Permission) -> tuple[Nomination, Employee]:
    """A nomination, locked, and whom it is about, if `viewer` holds `permission` about that person; else 404."""
    query = (
        select(Nomination, Employee)
        .join(Employee, Employee.id == Nomination.employee_id)
        .where(Nomination.id == nomination_id, in_scope(viewer, permission))
        .with_for_update(of=Nomination)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


def access_contest(viewer: Viewer, contest_id: int) -> tuple[ScoreContest, Employee]:
    """A contest, locked, and whose score it is about, if `viewer` may answer about that person; else 404."""
    query = (
        select(ScoreContest, Employee)
        .join(Employee, Employee.id == ScoreContest.employee_id)
        .where(ScoreContest.id == contest_id, in_scope(viewer, Permission.CHAMPIONS_CONTEST_ANSWER))
        .with_for_update(of=ScoreContest)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]


def access_haste(flag_id: int) -> HastyDecisions:
    """A flag about approvals given in haste, locked, or 404. Whoever runs the programme may look at any."""
    row = db.session.scalars(select(HastyDecisions).where(HastyDecisions.id == flag_id).with_for_update()).one_or_none()
    if row is None:
        abort(404)
    return row


def access_round(round_id: int) -> NamingRound:
    """A round of naming, locked, or 404. Whoever runs the programme may open any; none of them names a giver."""
    row = db.session.scalars(select(NamingRound).where(NamingRound.id == round_id).with_for_update()).one_or_none()
    if row is None:
        abort(404)
    return row


def access_topic(topic_id: int) -> tuple[NamingTopic, NamingRound]:
    """A topic of the round that is under way, with the round; else 404. Everybody is asked about the same topics."""
    query = (
        select(NamingTopic, NamingRound)
        .join(NamingRound, NamingRound.id == NamingTopic.round_id)
        .where(NamingTopic.id == topic_id, NamingRound.place.is_not(None))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1]
