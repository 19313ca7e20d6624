"""The words of the demo's tasks and discussions fit the courses they are told about."""

from samples.story.discussing import MODULES
from samples.story.handed_words import COMMENTS, HAND_OVERS, PEERS_COMMENTS, QUESTIONS, REPLIES
from samples.story.state import COURSES, STARTER
from training.discussions.forms import LONGEST
from training.rules.course_files.reader import read_course
from training.rules.rich_text import complaints
from training.tasks.models import GradedBy

COURSE = read_course(COURSES / STARTER)


def test_the_starter_course_has_a_task_for_trainers_and_then_one_for_peers():
    tasks = [module.task for module in COURSE.modules if module.task]
    assert [task.graded_by for task in tasks] == [GradedBy.TRAINER, GradedBy.PEERS]
    assert all("text" in task.accepts for task in tasks)
    assert all(len(criterion["levels"]) >= 3 for criterion in tasks[1].rubric)


def test_what_is_said_under_lessons_is_shown_as_meant():
    assert set(MODULES) <= {module.slug for module in COURSE.modules}
    for text in (
        *REPLIES,
        *HAND_OVERS,
        *COMMENTS,
        *PEERS_COMMENTS,
        *(words for question in QUESTIONS for words in question),
    ):
        assert not complaints(text)
        assert 0 < len(text) <= LONGEST
