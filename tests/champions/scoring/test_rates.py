"""Success rates, the strength of the prior, shares of a thread, peers, and repeated dealings."""

import math

import numpy as np
import pytest

from champions.scoring.building import ColumnsBuilder
from champions.scoring.engine import score
from champions.scoring.fading import DAY, grained, weights
from champions.scoring.parameters import Parameters
from champions.scoring.rates import prior_from_shares, shrunken
from champions.scoring.repeats import NO_PAIR, kept_of_pairs, numbered
from champions.scoring.shares import thread_shares
from champions.scoring.strength import DRIFT, prior_strength
from tests.champions.scoring.communities import NOW, grown


def test_no_attempts_leave_the_prior() -> None:
    rate, variance = shrunken(np.zeros(1), np.zeros(1), np.array([0.3]), 40)
    assert rate[0] == pytest.approx(0.3)
    assert variance[0] > 0


def test_evidence_moves_the_rate_and_narrows_it() -> None:
    won, tried = np.array([3.0, 30.0, 300.0]), np.array([5.0, 50.0, 500.0])
    rate, variance = shrunken(won, tried, np.full(3, 0.3), 40)
    assert (np.diff(rate) > 0).all()
    assert (np.diff(variance) < 0).all()
    assert rate[-1] == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize("true", [15.0, 40.0, 120.0])
def test_the_strength_of_the_prior_is_found_in_the_data(true: float) -> None:
    random = np.random.default_rng(2)
    tried = random.integers(5, 200, 3000).astype(np.float64)
    skill = random.beta(0.3 * true, 0.7 * true, 3000)
    won = random.binomial(tried.astype(int), skill).astype(np.float64)
    found = prior_strength(won, tried, np.full(3000, 0.3), 40.0) / DRIFT
    assert found == pytest.approx(true, rel=0.2)


def test_with_nothing_known_the_strength_is_the_guide() -> None:
    assert prior_strength(np.zeros(3), np.zeros(3), np.full(3, 0.2), 40.0) == 40.0


def test_a_prior_from_shares_is_the_usual_rate_for_the_usual_share() -> None:
    prior = prior_from_shares(np.full(3, 0.3), np.array([5.0, 7.5, 0.0]), np.array([10.0, 10.0, 0.0]), 0.5)
    assert prior == pytest.approx([0.3, 0.375, 0.3])


def test_shares_of_a_thread_follow_votes_and_else_the_number_of_rivals() -> None:
    builder = ColumnsBuilder()
    for name, parent in (("a1", "q"), ("a2", "q"), ("alone", "other"), ("loose", None)):
        builder.event(NOW, "x", "answer", name=name, parent=parent)
    builder.event(NOW, "y", "question", name="q")
    builder.event(NOW, "y", "question", name="other")
    rows = np.arange(4)
    assert thread_shares(builder.columns(), rows) == pytest.approx([0.5, 0.5, 1, 1])
    builder.event(NOW, "", "vote", parent="a1", magnitude=4)
    builder.event(NOW, "", "vote", parent="a2", magnitude=-3)
    assert thread_shares(builder.columns(), rows) == pytest.approx([0.9, 0.1, 1, 1])


def test_repeated_dealings_count_less_and_less() -> None:
    kept = kept_of_pairs(np.array([1.0, 10.0, 100.0, 0.0]), 3.0)
    assert kept[1] * 10 == pytest.approx(3 * math.log1p(10 / 3))
    assert (np.diff(kept[:3]) < 0).all()
    assert kept[3:].tolist() == [1.0, 1.0]


def test_pairs_are_numbered_and_the_unknown_stand_alone() -> None:
    pair, count = numbered(np.array([0, 0, 1, 0]), np.array([5, 5, 5, -1]), 9)
    assert count == 2
    assert pair[0] == pair[1] != pair[2]
    assert pair[3] == NO_PAIR


def test_weights_halve_and_add_up_the_same_in_any_order() -> None:
    at = NOW - np.array([0.0, 90.0, 180.0]) * DAY
    assert weights(at, NOW, 90) == pytest.approx([1, 0.5, 0.25])
    random = np.random.default_rng(1)
    values = grained(random.uniform(0, 1, 10_000))
    assert values.sum() == values[random.permutation(10_000)].sum()


def test_peers_are_the_measure_where_jobs_are_stated() -> None:
    """Of two equally skilled people the one among weaker peers is further beyond the usual, with groups on."""
    builder = ColumnsBuilder()
    for number in range(60):
        person, easy = f"p{number:02d}", number % 2 == 0
        builder.person(person, job="easy" if easy else "hard", site="x")
        accepted = 12 if number < 2 else (10 if easy else 4)
        for step in range(20):
            builder.event(NOW - (1 + step) * DAY, person, "answer", name=f"{number}-{step}")
            if step < accepted:
                builder.outcome(NOW - step * DAY - 1, person, "accepted", event=f"{number}-{step}")
    apart, together = (score(builder.columns(), Parameters(peer_groups=on, dial=1.0), NOW) for on in (True, False))
    easy, hard = (apart.value[apart.ids.index(person)] for person in ("p00", "p01"))
    assert hard > easy
    assert together.value[together.ids.index("p00")] == pytest.approx(together.value[together.ids.index("p01")])


def test_what_one_more_result_or_a_month_of_silence_would_change_is_said_and_true() -> None:
    community = grown(4)
    before = score(community.columns(), Parameters(), NOW)
    person = before.ids[3]
    answer = {"at": NOW - 1, "actor": person, "verb": "answer", "name": "new", "parent": "pq5"}
    won = {"at": NOW - 1, "person": person, "kind": "accepted", "event": "new"}
    after = score(community.with_more([answer], [won]).columns(), Parameters(), NOW)
    evidence = before.evidence[before.kinds.index("accepted")]
    foretold, happened = evidence.one_more[3], after.value[after.ids.index(person)] - before.value[3]
    assert happened == pytest.approx(foretold, rel=0.25)
    assert (evidence.silence[: before.few] < 0).all()


def _of_groups(groups: list[tuple[str, str, str, float]], each: int = 30) -> ColumnsBuilder:
    """`each` people of each (job, site, access), who succeed in that share of 40 answers."""
    builder = ColumnsBuilder()
    for place, (job, site, access, rate) in enumerate(groups):
        for number in range(each):
            person = f"p{place}-{number:02d}"
            builder.person(person, job=job, site=site, access=access)
            for step in range(40):
                builder.event(NOW - (1 + step) * DAY, person, "answer", name=f"{person}-{step}")
                if step < rate * 40:
                    builder.outcome(NOW - step * DAY - 1, person, "accepted", event=f"{person}-{step}")
    return builder


def test_access_to_channels_makes_peers_too() -> None:
    """Of two who succeed alike, the one who reaches the harder channel alone is further beyond the usual."""
    groups = [("care", "x", "desk", 0.6), ("care", "x", "desk + forum", 0.2), ("care", "x", "desk", 0.4)]
    groups.append(("care", "x", "desk + forum", 0.4))
    columns = _of_groups(groups).columns()
    apart, together = (score(columns, Parameters(peer_groups=on, dial=1.0), NOW) for on in (True, False))
    at_the_desk, in_the_forum = "p2-00", "p3-00"
    assert apart.value[apart.ids.index(in_the_forum)] > apart.value[apart.ids.index(at_the_desk)]
    assert together.value[together.ids.index(in_the_forum)] == pytest.approx(
        together.value[together.ids.index(at_the_desk)]
    )


def test_a_small_group_is_drawn_to_the_group_around_it_first() -> None:
    """Two people alone at a site are held against their job rather than against everybody."""
    columns = _of_groups([("care", "x", "", 0.6), ("sales", "x", "", 0.1)]).columns()
    builder = _of_groups([("care", "x", "", 0.6), ("sales", "x", "", 0.1)])
    builder.person("alone", job="sales", site="y")
    for step in range(4):
        builder.event(NOW - (1 + step) * DAY, "alone", "answer", name=f"alone-{step}")
    result = score(builder.columns(), Parameters(), NOW)
    usual = result.evidence[0].peers_rate[result.ids.index("alone")]
    assert usual < 0.16
    everybody = score(columns, Parameters(peer_groups=False), NOW).evidence[0].peers_rate[0]
    assert everybody == pytest.approx(0.35, abs=0.01)


def test_groups_that_tell_nobody_apart_change_no_byte() -> None:
    community = grown(2)
    one = tuple({**row, "job": "care", "site": "x", "access": "desk"} for row in community.people)
    alone = score(community.columns(), Parameters(), NOW)
    grouped = score(type(community)(one, community.events, community.outcomes).columns(), Parameters(), NOW)
    if len(one) == len(alone.ids):
        assert alone.value.tobytes() == grouped.value.tobytes()
    assert len(grouped) == len(alone)


def test_the_busiest_of_a_small_group_is_not_held_against_themselves() -> None:
    """Somebody good who does most of their group's work is as far beyond the usual as among many peers."""
    builder = _of_groups([("care", "x", "", 0.3), ("sales", "x", "", 0.3)])
    for person, job in (("busy", "alone"), ("busy too", "care")):
        builder.person(person, job=job, site="x")
        for step in range(300):
            builder.event(NOW - (1 + step) * DAY, person, "answer", name=f"{person}-{step}")
            if step % 2:
                builder.outcome(NOW - step * DAY - 1, person, "accepted", event=f"{person}-{step}")
    builder.person("helper", job="alone", site="x")
    builder.event(NOW - DAY, "helper", "answer", name="helper-1")
    result = score(builder.columns(), Parameters(dial=1.0), NOW)
    alone, among_many = (result.value[result.ids.index(person)] for person in ("busy", "busy too"))
    assert alone == pytest.approx(among_many, rel=0.15)


def test_beside_kinds_with_attempts_days_alone_are_no_aim() -> None:
    """Of two who pass on issues, whoever needs fewer days for it has the better aim; busy days alone are none."""
    builder = _of_groups([("", "", "", 0.3)])
    for person, days in (("steady", 300), ("sharp", 60)):
        for day in range(days):
            builder.event(NOW - (1 + day) * DAY, person, "post", name=f"{person}-{day}")
        for number in range(12):
            builder.outcome(NOW - (1 + 4 * number) * DAY, person, "issue_found")
    result = score(builder.columns(), Parameters(dial=1.0), NOW)
    steady, sharp = (result.value[result.ids.index(person)] for person in ("steady", "sharp"))
    assert sharp > steady > 0


def test_where_no_attempts_are_known_the_dial_changes_no_order() -> None:
    community = grown(6, linked=False)
    kinds = {"worths": {"accepted": 0.0, "issue_found": 1.0}}
    orders = {
        score(community.columns(), Parameters(dial=dial, peer_groups=False, **kinds), NOW).ids  # type: ignore[arg-type]
        for dial in (0.0, 0.5, 1.0)
    }
    assert len(orders) == 1
