"""Two people contest their scores: one was answered by somebody with fresh eyes, one waits."""

from sqlalchemy import select

from champions.contests.models import ContestKind, ContestResult
from champions.contests.operations import answer, open_contest
from champions.models import Score, ScoringRun
from champions.scoring.result import Band
from db import db
from people.models import Employee
from samples.company.chance import one_of, stream
from samples.story.days import CONTEST_ANSWERED, CONTESTED, CONTESTED_LATELY
from samples.story.state import Story
from samples.story.words import CONTEST_ANSWER, CONTEST_OF_FACT, CONTEST_OF_SCORE


def contest_early(story: Story) -> str:
    """Somebody asks a person to look at the whole score, and gets an answer within days."""
    employee_id, run_id = _somebody(story, "early")
    row = open_contest(
        employee_id,
        run_id=run_id,
        kind=ContestKind.REVIEW,
        text=CONTEST_OF_SCORE,
        actor_id=employee_id,
        at=story.calendar.at(CONTESTED, 14),
    )
    answer(
        row,
        result=ContestResult.STANDS,
        text=CONTEST_ANSWER,
        actor_id=story.reviewer_ids[1],
        at=story.calendar.at(CONTEST_ANSWERED, 11),
    )
    return "1 answered"


def contest_late(story: Story) -> str:
    """Somebody misses an outcome, lately: nobody has answered yet."""
    employee_id, run_id = _somebody(story, "late")
    open_contest(
        employee_id,
        run_id=run_id,
        kind=ContestKind.FACT,
        text=CONTEST_OF_FACT,
        actor_id=employee_id,
        at=story.calendar.at(CONTESTED_LATELY, 15),
    )
    return "1 waits"


def _somebody(story: Story, turn: str) -> tuple[int, int]:
    """Somebody with outcomes who is in no band of the latest run, by lot, and that run."""
    run_id = db.session.scalars(select(ScoringRun.id).order_by(ScoringRun.id.desc()).limit(1)).one()
    query = (
        select(Score.employee_id)
        .join(Employee, Employee.id == Score.employee_id)
        .where(Score.run_id == run_id, Score.band == Band.NOT_SHOWN, Score.value > 0, Employee.ends_on.is_(None))
        .order_by(Score.value.desc(), Score.employee_id)
        .limit(60)
    )
    deciders = {story.owner_id, *story.reviewer_ids}
    able = [one for one in db.session.scalars(query) if one not in deciders]
    return one_of(stream(story.seed, f"contest {turn}"), able), run_id
