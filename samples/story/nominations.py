"""Whom the demo's people nominate, and how that ends: by the real list of a run, and through the same steps as in life.

After the first run all on the list are asked; the last of them says no, the others are approved by two people. After
the third run come the newer names: one waits for a second yes, one has not answered yet, the others are approved. An
alarm is looked at: whoever plays a game (which the generator knows, and reviewers find out) is rejected, and where
nothing is behind it the reason says so.
"""

from dataclasses import dataclass

from champions.backtest.operations import compute_backtest
from champions.runs.operations import chosen_parameters, compute_run
from champions.scores import opting
from samples.company.chance import some_of, stream
from samples.loading import Tell
from samples.story.days import (
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
from samples.story.state import Story
from samples.story.telling import Telling

OPEN = 2
"""So many nominations are open at the end: one waits for a second yes, one for an answer."""


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


def look_back(story: Story, tell: Tell) -> str:
    """Ask the company's own past whether the list would have been right."""
    row = compute_backtest(
        as_of=story.calendar.start_of(RUNS[-1]),
        parameters=chosen_parameters(),
        created_by_id=story.owner_id,
        at=story.calendar.at(RUNS[-1], 7, 30),
        progress=tell,
    )
    return row.statement


def nominate_first(story: Story) -> str:
    """After the first run: nearly everybody on the list is asked, one declines, the others are approved."""
    telling = Telling(story)
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
    telling = Telling(story)
    telling.look(LATER.made)
    new = telling.new_names()
    suspected = [person for person in new if telling.plays(person)]
    honest = [person for person in new if not telling.plays(person)]
    approved = honest[: max(0, len(honest) - OPEN)]
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
    telling = Telling(story)
    new = [person for person in telling.new_names() if not telling.plays(person)][:OPEN]
    if new:
        waiting = telling.propose(new[0], WAITING_NOMINATED)
        telling.answer(waiting, WAITING_ANSWERED)
        telling.decide(waiting, 1, WAITING_YES)
    for person in new[1:]:
        telling.propose(person, ASKED)
    return f"{len(new)} open"


def leave_scoring(story: Story, day: int) -> str:
    """Two people who are on no list leave the scoring: nothing else changes for them."""
    listed = {person.employee_id for person in Telling(story).listed}
    ids = story.ids()
    staff = [ids[one.id] for one in story.company.people if one.end is None and one.id in ids]
    cast = {story.owner_id, *story.reviewer_ids, story.id_of(story.company.cast.learner), *listed}
    leaving = some_of(stream(story.seed, "opted out"), [one for one in staff if one not in cast], 2)
    for number, employee_id in enumerate(leaving):
        opting.opt_out(employee_id, at=story.calendar.at(day, 10, 7 * number))
    return f"{len(leaving)} people"
