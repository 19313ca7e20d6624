"""Whose turn it is."""

from hypothesis import given
from hypothesis import strategies as st

from training.rules.matching.turns import last_wave_now, seed_from, sizes_for_late

WAITING = st.dictionaries(st.integers(1, 6), st.integers(0, 20), max_size=6)


def test_as_many_waves_as_find_room():
    waiting = {1: 5, 2: 5, 3: 5}
    assert [last_wave_now(waiting, 0, free) for free in (0, 4, 5, 9, 10, 15, 99)] == [1, 1, 1, 1, 2, 3, 3]


def test_whoever_is_left_of_a_wave_that_has_begun_does_not_hold_up_the_next():
    assert last_wave_now({1: 3, 2: 5}, 1, 5) == 2
    assert last_wave_now({1: 3, 2: 5}, 1, 4) == 1


@given(WAITING, st.integers(0, 6), st.integers(0, 60))
def test_no_wave_that_has_begun_is_stopped_and_more_room_never_means_fewer_waves(waiting, started, free):
    last = last_wave_now(waiting, started, free)
    assert last >= started
    assert last_wave_now(waiting, started, free + 5) >= last


@given(st.integers(1, 50), st.integers(0, 5), st.integers(0, 20))
def test_everybody_who_comes_late_finds_a_wave(late, later_waves, free):
    sizes = sizes_for_late(late, later_waves, free)
    assert sum(sizes) == late
    assert len(sizes) == later_waves or not later_waves
    assert max(sizes) - min(sizes) <= 1


def test_the_seed_follows_from_the_words():
    assert seed_from((1, "2026-03-02")) == seed_from((1, "2026-03-02")) != seed_from((2, "2026-03-02"))
    assert 0 <= seed_from(()) < 2**31
