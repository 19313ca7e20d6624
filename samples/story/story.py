"""The demo company's story, told step by step in the order of time. Figures on the pages come from what happens here.

Twenty-one weeks ago the programme begins: the directory and seven months of activity are imported and scored, the few
are asked, two people approve them, they learn to teach. Three waves of learners follow, with two more imports and runs
between them and a last one today, when one nomination waits for a second yes and one for an answer.
"""

from samples.loading import Step, Tell
from samples.story.asking import ask_people, supply_attributes
from samples.story.contests import contest_early, contest_late
from samples.story.days import LATER_YES, OPTED_OUT, TRAINERS_LEARN
from samples.story.discussing import discuss
from samples.story.enrolling import certify, enrol_by_rule, move_dates
from samples.story.files import import_until
from samples.story.founding import found, open_doors
from samples.story.handing_in import hand_in_work
from samples.story.meeting import meet
from samples.story.nominations import (
    leave_scoring,
    look_back,
    nominate_first,
    nominate_last,
    nominate_later,
    score,
)
from samples.story.practice import practise
from samples.story.state import Story
from samples.story.teaching import keep_two_apart, let_off_the_course, pause, set_how_they_teach
from samples.story.waves import begin_wave, teach_first, teach_later


def steps_of(story: Story) -> tuple[Step, ...]:
    """All steps of the story."""
    return (
        Step("import 1", "Directory, activity, outcomes", lambda tell: import_until(story, 0, tell)),
        Step("founding", "Programme and courses", lambda tell: found(story)),
        _scored(story, 0),
        Step("first nominations", "Nominations", lambda tell: nominate_first(story)),
        Step("course for trainers", "Trainers learn to teach", lambda tell: teach_first(story)),
        Step("how they teach", "Trainers say how they teach", lambda tell: set_how_they_teach(story, TRAINERS_LEARN)),
        Step("course waived", "The course is waived for some", lambda tell: let_off_the_course(story, 0)),
        _wave(story, 0),
        Step("opting out", "Some leave the scoring", lambda tell: leave_scoring(story, OPTED_OUT)),
        _wave(story, 1),
        _imported(story, 1),
        _scored(story, 1),
        Step("contest", "A score is contested", lambda tell: contest_early(story)),
        Step("naming", "Whom people go to for help", lambda tell: ask_people(story)),
        _imported(story, 2),
        _scored(story, 2),
        Step("later nominations", "Later nominations", lambda tell: nominate_later(story)),
        Step("course for later trainers", "Later trainers learn to teach", lambda tell: teach_later(story)),
        Step("how later ones teach", "Later trainers say how", lambda tell: set_how_they_teach(story, LATER_YES - 1)),
        Step("course waived later", "The course is waived for some", lambda tell: let_off_the_course(story, 2)),
        _wave(story, 2),
        Step("kept apart", "Two people are kept apart", lambda tell: keep_two_apart(story)),
        Step("open nominations", "Open nominations", lambda tell: nominate_last(story)),
        Step("open contest", "A contest waits", lambda tell: contest_late(story)),
        Step("attributes", "Attributes for the fairness view", lambda tell: supply_attributes(story)),
        Step("handing in", "Work is handed in and graded", lambda tell: hand_in_work(story)),
        _imported(story, 3),
        _scored(story, 3),
        Step("looking back", "Looking back", lambda tell: look_back(story, tell)),
        Step("practice", "What was learnt is practised", lambda tell: practise(story)),
        Step("discussions", "Questions under lessons", lambda tell: discuss(story)),
        Step("pauses", "Trainers pause", lambda tell: pause(story)),
        Step("certificates", "Certificates", lambda tell: certify(story)),
        Step("rules", "Rules for enrolment", lambda tell: enrol_by_rule(story)),
        Step("dates", "More time and days away", lambda tell: move_dates(story)),
        Step("meetings", "Trainers and learners meet", lambda tell: meet(story)),
        Step("doors", "Accounts to look around", lambda tell: open_doors(story)),
    )


def _imported(story: Story, turn: int) -> Step:
    def run(tell: Tell) -> str:
        return import_until(story, turn, tell)

    return Step(f"import {turn + 1}", "Activity and outcomes since", run)


def _scored(story: Story, turn: int) -> Step:
    return Step(f"run {turn + 1}", "Scoring run", lambda tell: score(story, turn, tell))


def _wave(story: Story, wave: int) -> Step:
    return Step(f"wave {wave + 1}", "Trainers for a wave of learners", lambda tell: begin_wave(story, wave, tell))
