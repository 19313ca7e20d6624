"""The demo's rules, due dates and certificates say what its company could say."""

from samples.story.enrolling import HOLDS, LAST_MODULES, REASON
from samples.story.state import COURSES, STARTER
from training.certificates.renewing import LONGEST_WINDOW
from training.rules.course_files.reader import read_course
from training.rules.rich_text import complaints


def test_the_window_is_shorter_than_a_certificate_holds():
    assert HOLDS.months is not None
    assert HOLDS.window < 28 * HOLDS.months
    assert HOLDS.window < LONGEST_WINDOW.days


def test_what_is_passed_again_is_less_than_the_course():
    modules = [module for module in read_course(COURSES / STARTER).modules if module.questions]
    assert 0 < LAST_MODULES < len(modules)


def test_the_reason_for_more_time_is_one_line_of_plain_words():
    assert "\n" not in REASON
    assert not complaints(REASON)
