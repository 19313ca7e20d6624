"""What must not change the answer, and what may change it only so much."""

import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.result import ScoringResult
from tests.champions.scoring.communities import NOW, Community, grown

seeds = st.integers(0, 10_000)
steady = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scored(community: Community, **changed: object) -> ScoringResult:
    return score(community.columns(), Parameters(**changed), NOW)  # type: ignore[arg-type]


def as_bytes(result: ScoringResult) -> bytes:
    arrays = (result.value, result.lower, result.upper, result.p_few, result.rank_low, result.rank_high, result.parts)
    measures = [array for item in result.components for array in (item.value, item.share, item.lower, item.upper)]
    evidence = [
        array
        for item in result.evidence
        for array in (item.number, item.attempts, item.successes, item.rate, item.expected, item.excess)
    ]
    text = repr((result.ids, result.band, result.kinds, result.digest, result.statement, result.few))
    return text.encode() + b"".join(array.tobytes() for array in (*arrays, *measures, *evidence))


def by_id(result: ScoringResult) -> dict[str, float]:
    return dict(zip(result.ids, result.value.tolist(), strict=True))


@steady
@given(seeds, seeds)
def test_the_order_of_rows_changes_no_byte(seed: int, order: int) -> None:
    community = grown(seed)
    assert as_bytes(scored(community)) == as_bytes(scored(community.shuffled(order)))


@steady
@given(seeds)
def test_other_names_change_no_score(seed: int) -> None:
    community = grown(seed)
    reversed_names = community.renamed(lambda name: f"z{999 - int(name[1:]):03d}")
    there = by_id(scored(reversed_names))
    for person, value in by_id(scored(community)).items():
        assert there[f"z{999 - int(person[1:]):03d}"] == pytest.approx(value, rel=1e-6, abs=1e-6)


@steady
@given(seeds, st.sampled_from([0.5, 2.0, 4.0]))
def test_a_slower_world_with_longer_memories_gives_the_same_scores(seed: int, factor: float) -> None:
    community = grown(seed)
    kinds = {"worths": {"accepted": 1.0, "issue_found": 0.0}}  # days as attempts are of one length in every world

    def slower(row: dict[str, object]) -> dict[str, object]:
        return {**row, "at": NOW - (NOW - float(row["at"])) * factor}  # type: ignore[arg-type]

    slow = Community(
        community.people,
        tuple(slower(row) for row in community.events),
        tuple(slower(row) for row in community.outcomes),
    )
    usual = Parameters()
    longer = {
        name: getattr(usual, name) * factor
        for name in ("active_days", "rate_half_life_days", "base_half_life_days", "volume_half_life_days")
    }
    here, there = by_id(scored(community, **kinds)), by_id(scored(slow, **kinds, **longer))
    assert here.keys() == there.keys()
    for person, value in here.items():
        assert there[person] == pytest.approx(value, rel=1e-6, abs=1e-6)


@steady
@given(seeds)
def test_a_community_apart_changes_no_order_within(seed: int) -> None:
    kinds = {"worths": {"accepted": 1.0}, "other_worth": 0.0, "attempts": {"accepted": "answer"}, "dial": 0.0}
    community = grown(seed)
    alone = scored(community, **kinds)
    beside = scored(community.beside(grown(seed + 1, prefix="q")), **kinds)
    mine = [person for person in beside.ids if person.startswith("p")]
    assert set(mine) == set(alone.ids)
    # Everybody's rate moves a little; whoever is clearly ahead stays ahead.
    values, others = by_id(alone), by_id(beside)
    for ahead, behind in zip(alone.ids, alone.ids[5:], strict=False):
        if values[ahead] > 2 * values[behind] + 0.2:
            assert others[ahead] > others[behind]


@steady
@given(seeds)
def test_twins_have_the_same_score(seed: int) -> None:
    community = grown(seed)
    twin = "p000t"
    events = [
        {**row, "actor": twin, "name": f"{row.get('name', 'e')}-twin"}
        for row in community.events
        if row["actor"] == "p000" and row["verb"] == "comment"
    ]
    events += [
        {"at": NOW - 3 * DAY, "actor": person, "verb": "answer", "target": "p001", "name": f"extra-{person}"}
        for person in ("p888", "p999")
    ]
    outcomes = [{"at": NOW - DAY, "person": p, "kind": "accepted", "event": f"extra-{p}"} for p in ("p888", "p999")]
    values = by_id(scored(community.with_more(events, outcomes)))  # type: ignore[arg-type]
    assert values["p888"] == values["p999"]


@steady
@given(seeds, st.integers(0, 39), st.sampled_from(["accepted", "issue_found"]))
def test_one_more_outcome_moves_no_score_by_more_than_the_stated_step(seed: int, person: int, kind: str) -> None:
    community = grown(seed)
    before = scored(community)
    name = f"p{person:03d}"
    more = [{"at": NOW - 2 * DAY, "person": name, "kind": kind}]
    after = scored(community.with_more([], more))  # type: ignore[arg-type]
    assert math.isfinite(before.step)
    old, new = by_id(before), by_id(after)
    for someone in old:
        assert abs(new[someone] - old[someone]) <= before.step * (1 + abs(old[someone]))


def test_parts_add_up_and_ranges_hold_the_score() -> None:
    result = scored(grown(5))
    assert np.abs(result.parts.sum(axis=0) - result.value).max() <= 1e-9
    assert (result.lower <= result.value).all()
    assert (result.value <= result.upper).all()
    assert (np.diff(result.value) <= 0).all()
    assert (result.rank_low <= result.rank_high).all()
    assert ((result.p_few >= 0) & (result.p_few <= 1)).all()


def test_the_hash_seed_changes_no_byte() -> None:
    code = (
        "import hashlib, tests.champions.scoring.test_engine_invariants as tests\n"
        "print(hashlib.sha256(tests.as_bytes(tests.scored(tests.grown(3)))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "12345")
    }
    assert len(digests) == 1
