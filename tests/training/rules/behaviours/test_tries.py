"""What several tries at one question are worth together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.behaviours.behaviour import MOST_ROUNDS, Behaviour, BehaviourRules, rules_of
from training.rules.behaviours.tries import Try, standing
from training.rules.kinds.protocol import State, graded

SEVERAL = rules_of(Behaviour.SEVERAL_TRIES)
fractions = st.lists(st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 0.75]) | st.floats(0, 0.99), max_size=5)
checking = st.sampled_from([Behaviour.IMMEDIATE, Behaviour.SEVERAL_TRIES, Behaviour.ADAPTIVE])
several = st.builds(BehaviourRules, st.just(Behaviour.SEVERAL_TRIES), st.integers(2, 5), st.floats(0, 1))


def tries(*earned):
    return [Try(number, one, graded(one).state) for number, one in enumerate(earned, 1)]


def test_each_further_try_costs_a_third():
    assert standing(SEVERAL, tries(1.0)).fraction == pytest.approx(1)
    assert standing(SEVERAL, tries(0, 1.0)).fraction == pytest.approx(2 / 3)
    assert standing(SEVERAL, tries(0, 0, 1.0)).fraction == pytest.approx(1 / 3)


def test_a_question_closes_when_it_is_right_or_all_tries_are_used():
    assert not standing(SEVERAL, tries(0, 0)).closed
    assert standing(SEVERAL, tries(0, 0)).tries_left == 1
    assert standing(SEVERAL, tries(0, 1.0)).closed
    assert standing(SEVERAL, tries(0, 0, 0)).closed
    assert standing(SEVERAL, tries(0, 0, 0)).tries_left == 0


def test_immediate_feedback_gives_one_try():
    rules = rules_of(Behaviour.IMMEDIATE)
    assert standing(rules, ()) == standing(rules, [])
    assert not standing(rules, ()).closed
    assert standing(rules, tries(0.5)).closed
    assert standing(rules, tries(0.5)).fraction == pytest.approx(0.5)


def test_in_practice_the_last_round_counts_without_a_price():
    rules = rules_of(Behaviour.ADAPTIVE)
    assert rules.tries == MOST_ROUNDS
    assert standing(rules, tries(0, 0, 1.0)).fraction == pytest.approx(1)
    assert standing(rules, tries(0.5, 0)).fraction == pytest.approx(0)


def test_what_has_no_right_and_wrong_closes_at_once():
    assert standing(SEVERAL, [Try(1, 0.0, State.UNGRADED)]).closed


@given(checking.map(rules_of) | several, fractions)
@settings(max_examples=200)
def test_a_question_is_never_worth_less_than_nothing_or_more_than_all(rules, earned):
    assert 0 <= standing(rules, tries(*earned)).fraction <= 1


@given(several, fractions.filter(bool))
@settings(max_examples=200)
def test_a_further_try_can_win_and_never_lose(rules, earned):
    before, after = standing(rules, tries(*earned[:-1])), standing(rules, tries(*earned))
    assert after.fraction >= before.fraction - 1e-9
    assert after.tries_left <= before.tries_left


@given(several, st.integers(1, 5), st.integers(1, 5))
def test_the_earlier_it_is_right_the_more_it_is_worth(rules, one, other):
    def right_at(number):
        return standing(rules, tries(*[0.0] * (number - 1), 1.0)).fraction

    assert right_at(min(one, other)) >= right_at(max(one, other)) - 1e-9
