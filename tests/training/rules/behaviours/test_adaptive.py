"""What adaptive practice asks next."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from training.rules.behaviours.adaptive import Asked, Candidate, next_position
from training.rules.behaviours.behaviour import MOST_ROUNDS

FIVE = [Candidate(1, "a"), Candidate(2, "b"), Candidate(3, "a"), Candidate(4, "b"), Candidate(5, "c")]
candidates = st.lists(st.sampled_from("abc"), min_size=1, max_size=7).map(
    lambda topics: [Candidate(place, topic) for place, topic in enumerate(topics, 1)]
)


def walk(candidates, earns):
    """Practise to the end; `earns` says what the n-th round earns. Returns all rounds."""
    rounds = []
    while (position := next_position(candidates, rounds)) is not None:
        rounds.append(Asked(position, earns(len(rounds), position)))
        assert len(rounds) <= MOST_ROUNDS * len(candidates)
    return rounds


def test_it_begins_at_the_first_and_goes_on_where_most_was_missed():
    assert next_position(FIVE, []) == 1
    assert next_position(FIVE, [Asked(1, 1.0)]) == 2
    assert next_position(FIVE, [Asked(1, 0.0)]) == 3
    assert next_position(FIVE, [Asked(1, 1.0), Asked(2, 0.0)]) == 4


def test_what_was_missed_comes_back_after_two_others():
    assert next_position(FIVE, [Asked(1, 0.0), Asked(3, 1.0), Asked(2, 1.0)]) == 1
    assert next_position(FIVE, [Asked(1, 0.0), Asked(3, 1.0)]) != 1


def test_it_comes_back_at_once_only_when_nothing_else_is_left():
    assert next_position([Candidate(1, "a")], [Asked(1, 0.5)]) == 1


def test_it_ends_when_all_is_known():
    assert [one.position for one in walk(FIVE, lambda number, position: 1.0)] == [1, 2, 3, 4, 5]


@given(candidates, st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=30, max_size=30))
@settings(max_examples=150)
def test_it_always_ends_and_each_question_is_known_or_was_asked_three_times(candidates, earned):
    rounds = walk(candidates, lambda number, position: earned[number % len(earned)])
    number, last = Counter(one.position for one in rounds), {one.position: one.fraction for one in rounds}
    for one in candidates:
        assert 1 <= number[one.position] <= MOST_ROUNDS
        assert last[one.position] > 0.999 or number[one.position] == MOST_ROUNDS


@given(candidates, st.lists(st.sampled_from([0.0, 1.0]), min_size=30, max_size=30))
@settings(max_examples=50)
def test_a_question_that_was_right_is_not_asked_again(candidates, earned):
    rounds = walk(candidates, lambda number, position: earned[number % len(earned)])
    for place, one in enumerate(rounds):
        assert one.fraction < 0.5 or all(other.position != one.position for other in rounds[place + 1 :])
