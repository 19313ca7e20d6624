"""Strategies that draw lists of questions of all kinds, and what must hold of every format that is written."""

from collections.abc import Callable

from hypothesis import strategies as st

from tests.training.rules.course_files.courses import questions, slugs
from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.fitting import prepared
from training.rules.exchange.results import Exchange, Exported


@st.composite
def question_lists(draw: st.DrawFn, most: int = 4) -> list[QuestionText]:
    names = draw(st.lists(slugs, min_size=1, max_size=most, unique=True))
    return [draw(questions(name)) for name in names]


def comes_back(
    given: list[QuestionText], write: Callable[[list[QuestionText]], Exported], read: Callable[[bytes], Exchange]
) -> None:
    """What was carried is read again without a word, and whatever was not carried as it was is listed."""
    written = write(given)
    if written.carried:
        back = read(written.data)
        assert back.problems == ()
        assert back.questions == written.carried
    carried = {question.slug: question for question in written.carried}
    listed = {problem.question for problem in written.problems}
    left_out = {problem.question for problem in written.problems if problem.left_out}
    assert left_out == {question.slug for question in given} - set(carried)
    for question in given:
        assert question.slug in listed or carried[question.slug] == prepared(question)
