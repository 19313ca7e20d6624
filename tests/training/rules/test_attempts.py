"""From responses to a result."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rules.kinds.specifications import with_a_key
from training.rules.attempts import (
    CountPolicy,
    GivenResponse,
    MarkedQuestion,
    PlacedQuestion,
    attempts_left,
    counted_fraction,
    draw,
    latest,
    mark_questions,
    question_seed,
    quiz_result,
    reaches,
    unanswered,
)
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.protocol import Graded, State

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TRUE = {"kind": "true_false", "right": True}


def response(position: int, sequence: int, answer: object = None, seconds: int = 0) -> GivenResponse:
    return GivenResponse(position, sequence, {"chosen": answer}, NOON + timedelta(seconds=seconds))


def marked(fraction: float, state: State = State.PARTLY_RIGHT, weight: float = 1, about: str = "why", topic: str = ""):
    question = PlacedQuestion(1, TRUE, weight, about, topic)
    return MarkedQuestion(question, Graded(fraction, state), "")


responses = st.builds(response, st.integers(1, 4), st.integers(1, 9), st.text(max_size=3), st.integers(0, 99))
histories = st.lists(responses, max_size=20, unique_by=lambda one: (one.position, one.sequence))
marks = st.builds(
    marked,
    st.floats(0, 1),
    st.sampled_from([State.PARTLY_RIGHT, State.UNGRADED, State.NEEDS_GRADING]),
    st.floats(0.1, 10),
    st.sampled_from(["why", "how"]),
)


def test_the_last_by_sequence_counts_however_late_it_arrives() -> None:
    first, second = response(1, 1, "true", seconds=9), response(1, 2, "false", seconds=1)
    assert latest([second, first]) == {1: second}


@given(histories, st.randoms())
def test_the_fold_does_not_depend_on_the_order_of_arrival(history, random) -> None:
    assert latest(random.sample(history, len(history))) == latest(history)


@given(histories)
def test_the_fold_is_idempotent_and_takes_resent_responses(history) -> None:
    once = latest(history)
    assert latest(once.values()) == once
    assert latest([*history, *history]) == once


@given(histories, histories)
def test_the_fold_may_go_on_from_where_it_was(before, after) -> None:
    known = {(one.position, one.sequence) for one in before}
    new = [one for one in after if (one.position, one.sequence) not in known]
    assert latest([*latest(before).values(), *new]) == latest([*before, *new])


@given(st.lists(with_a_key, min_size=1, max_size=5), st.floats(0, 1))
def test_right_answers_everywhere_pass_any_pass_mark(drawn, pass_mark) -> None:
    questions = [PlacedQuestion(place, one, 1 / 3, "why") for place, one in enumerate(drawn, 1)]
    given_responses = [
        GivenResponse(one.position, 1, kind_of(one.specification).right_response(one.specification), NOON)
        for one in questions
    ]
    counting = latest(given_responses)
    result = quiz_result(mark_questions(questions, counting), pass_mark)
    assert result.passed is True
    assert result.fraction == pytest.approx(1)
    assert unanswered(questions, counting) == {}


def test_nothing_answered_is_nothing_earned_and_all_is_named() -> None:
    questions = [PlacedQuestion(place, TRUE, 1, "why") for place in (1, 2)]
    result = quiz_result(mark_questions(questions, {}), 0.5)
    assert (result.mark, result.out_of, result.passed, result.unanswered) == (0, 2, False, (1, 2))
    assert unanswered(questions, {}) == {1: "Choose true or false.", 2: "Choose true or false."}


def test_marks_are_weighted_and_split_by_why_and_how_and_by_topic() -> None:
    result = quiz_result(
        [marked(1, weight=3, topic="purpose"), marked(0.5, about="how", topic="reach"), marked(0, about="how")], 0.7
    )
    assert (result.mark, result.out_of, result.fraction) == (3.5, 5, pytest.approx(0.7))
    assert result.passed is True
    assert [(one.name, one.questions, one.fraction) for one in result.by_about] == [("why", 1, 1), ("how", 2, 0.25)]
    assert [one.name for one in result.by_topic] == ["purpose", "reach", ""]


def test_reaching_the_pass_mark_in_thirds_and_tenths_is_passing() -> None:
    assert reaches(0.1 + 0.2, 0.3)
    assert reaches(0.7 - 1e-9, 0.7)
    assert not reaches(0.69, 0.7)


def test_a_pass_is_open_only_as_long_as_a_person_can_change_it() -> None:
    waiting = marked(0, State.NEEDS_GRADING)
    assert quiz_result([marked(1), waiting], 0.7).passed is None
    assert quiz_result([marked(1), waiting], 0.5).passed is True
    assert quiz_result([marked(0), waiting], 0.7).passed is False
    assert quiz_result([marked(1), waiting], 0.7).by_about[0].fraction == 1


def test_opinions_do_not_count() -> None:
    assert quiz_result([marked(0, State.UNGRADED), marked(1)], 1).passed is True
    only_opinions = quiz_result([marked(0, State.UNGRADED)], 1)
    assert (only_opinions.fraction, only_opinions.passed, only_opinions.by_about) == (1, True, ())


@given(st.lists(marks, max_size=8), st.floats(0, 1))
def test_a_result_stays_in_range_and_splits_add_up(several, pass_mark) -> None:
    result = quiz_result(several, pass_mark)
    assert 0 <= result.fraction <= result.highest <= 1
    assert sum(split.mark for split in result.by_about) == pytest.approx(result.mark)
    assert sum(split.mark for split in result.by_topic) == pytest.approx(result.mark)


@given(st.lists(st.floats(0, 1), min_size=1))
def test_the_policies_agree_with_their_names(fractions) -> None:
    counted = {policy: counted_fraction(fractions, policy) for policy in CountPolicy}
    assert counted[CountPolicy.FIRST] == fractions[0]
    assert counted[CountPolicy.LAST] == fractions[-1]
    assert counted[CountPolicy.BEST] == max(fractions)
    assert min(fractions) - 1e-9 <= counted[CountPolicy.MEAN] <= max(fractions) + 1e-9


def test_without_an_attempt_nothing_counts() -> None:
    assert counted_fraction([], CountPolicy.BEST) is None


@pytest.mark.parametrize(("used", "allowed", "left"), [(0, 3, 3), (3, 3, 0), (5, 3, 0), (5, None, None)])
def test_attempts_left(used, allowed, left) -> None:
    assert attempts_left(used, allowed) == left


def test_each_question_of_an_attempt_is_shuffled_its_own_way_and_always_the_same() -> None:
    seeds = [question_seed(7, position) for position in range(1, 50)]
    assert len(set(seeds)) == len(seeds)
    assert seeds[0] == question_seed(7, 1) == 237085666031134
    assert all(0 <= seed < 2**48 for seed in seeds)


@given(st.lists(st.text(max_size=5), unique=True), st.integers(0, 20), st.integers(0, 99), st.randoms())
def test_a_draw_has_no_doubles_and_repeats(pool, count, seed, random) -> None:
    drawn = draw(pool, count, seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(pool))
    assert drawn == draw(random.sample(pool, len(pool)), count, seed)


def test_draws_reach_every_question() -> None:
    assert {one for seed in range(60) for one in draw("abcdef", 2, seed)} == set("abcdef")
