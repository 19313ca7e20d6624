"""What a run can say, and in which words: a list only where there is evidence for one."""

from champions.scoring.result import Verdict

FEWEST_PEOPLE = 5
FEWEST_OUTCOMES = 10

NOBODY = "Not enough evidence to name anyone: needs "

SENTENCES = {
    Verdict.NAMED: "{sure} of {people} active people are surely among the few, {borderline} are borderline.",
    Verdict.BORDERLINE_ONLY: "Nobody is surely among the few yet; {borderline} of {people} active people "
    "are borderline.",
    Verdict.NO_EVENTS: NOBODY + "activity before this day, and there is none.",
    Verdict.NOBODY_ACTIVE: NOBODY + "somebody who did something in the last {active_days:.0f} days.",
    Verdict.TOO_FEW_PEOPLE: NOBODY + "at least {fewest_people} active people, and there are {people}.",
    Verdict.NO_OUTCOMES: NOBODY + "outcomes of a kind that has a worth, and there are none.",
    Verdict.TOO_FEW_OUTCOMES: NOBODY + "at least {fewest_outcomes} outcomes of active people, and there are "
    "{outcomes:.0f}.",
    Verdict.ALL_TIED: NOBODY + "a difference between people, and all stand alike.",
}


def sentence(verdict: Verdict, **facts: float) -> str:
    """The statement of a run in words."""
    return SENTENCES[verdict].format(fewest_people=FEWEST_PEOPLE, fewest_outcomes=FEWEST_OUTCOMES, **facts)
