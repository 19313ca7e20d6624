"""Intervals of shares and of ratios: against published values, and against the promise that they cover."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from champions.rules.proportions import ratio, share

counts = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("counted", "low", "high"),
    [((0, 10), 0.0, 0.3085), ((1, 10), 0.0025, 0.4450), ((5, 10), 0.1871, 0.8129), ((10, 10), 0.6915, 1.0)],
)
def test_a_share_has_the_published_exact_ends(counted, low, high):
    found = share(*counted)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


@pytest.mark.parametrize("trials", [5, 12, 40])
@pytest.mark.parametrize("truth", [0.02, 0.1, 0.37, 0.5, 0.9])
def test_a_share_is_covered_at_least_as_often_as_promised(trials, truth):
    found = [share(x, trials) for x in range(trials + 1)]
    covered = sum(binom.pmf(x, trials, truth) for x, one in enumerate(found) if one.low <= truth <= one.high)
    assert covered >= 0.95


def test_a_ratio_has_the_ends_of_koopmans_example():
    found = ratio((36, 40), (16, 80))  # Koopman 1984: 2.939 to 7.152
    assert found.value == pytest.approx(4.5)
    assert found.low == pytest.approx(2.939, abs=2e-3)
    assert found.high == pytest.approx(7.152, abs=2e-3)


@given(counts, counts)
@settings(max_examples=150, deadline=None)
def test_a_ratio_lies_in_its_interval_and_turns_over_with_its_sides(first, second):
    found, turned = ratio(first, second), ratio(second, first)
    if math.isnan(found.value):
        assert (found.low, found.high) == (0.0, math.inf)
        return
    assert found.low <= found.value <= found.high
    assert found.low == pytest.approx(0 if math.isinf(turned.high) else 1 / turned.high, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("first", "second"), [((20, 0.1), (60, 0.1)), ((40, 0.05), (40, 0.1)), ((15, 0.5), (30, 0.5))])
def test_a_ratio_is_covered_about_as_often_as_promised(first, second):
    (n1, p1), (n2, p2) = first, second
    covered = 0.0
    for x1 in range(n1 + 1):
        for x2 in range(n2 + 1):
            chance = binom.pmf(x1, n1, p1) * binom.pmf(x2, n2, p2)
            if chance > 1e-9:
                found = ratio((x1, n1), (x2, n2))
                covered += chance * (found.low <= p1 / p2 <= found.high)
    assert covered >= 0.94


@pytest.mark.parametrize("counted", [(-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(counted):
    with pytest.raises(ValueError, match="no share"):
        share(*counted)
    with pytest.raises(ValueError, match="no shares"):
        ratio(counted, (1, 5))
