"""Input that holds no list: each gets a clear statement and nobody is named."""

import numpy as np
import pytest

from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import Columns, Reach
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.result import Band, ScoringResult, Verdict
from tests.champions.scoring.communities import NOW, Community, grown


def scored(columns: Columns) -> ScoringResult:
    return score(columns, Parameters(), NOW)


def assert_nobody_named(result: ScoringResult, verdict: Verdict) -> None:
    assert result.verdict is verdict
    assert result.statement.startswith("Not enough evidence to name anyone: needs ")
    assert set(result.band) <= {Band.NOT_SHOWN}
    assert not result.p_few.any()
    assert np.isfinite(result.value).all()


def alike(people: int, answers: int, accepted: int) -> ColumnsBuilder:
    """Everybody does the same on the same days."""
    builder = ColumnsBuilder()
    for number in range(people):
        for step in range(answers):
            at, person = NOW - (3 + step) * DAY, f"p{number}"
            builder.event(at, person, "answer", name=f"{number}-{step}")
            if step < accepted:
                builder.outcome(at + 1, person, "accepted", event=f"{number}-{step}")
    return builder


def test_nothing_at_all() -> None:
    assert_nobody_named(scored(ColumnsBuilder().columns()), Verdict.NO_EVENTS)


def test_a_window_without_events() -> None:
    late = Parameters(window_days=30.0)
    result = score(grown(1).columns(), late, NOW + 400 * DAY)
    assert_nobody_named(result, Verdict.NO_EVENTS)


def test_nobody_active_lately() -> None:
    assert_nobody_named(score(grown(1).columns(), Parameters(), NOW + 800 * DAY), Verdict.NOBODY_ACTIVE)


def test_no_outcomes_at_all() -> None:
    result = scored(Community(grown(1).people, grown(1).events, ()).columns())
    assert_nobody_named(result, Verdict.NO_OUTCOMES)
    assert len(result)


def test_only_attention_and_points() -> None:
    community = grown(1)
    counted = tuple({**row, "kind": "answer_upvotes"} for row in community.outcomes)
    assert_nobody_named(scored(Community(community.people, community.events, counted).columns()), Verdict.NO_OUTCOMES)


def test_one_person() -> None:
    assert_nobody_named(scored(alike(1, 20, 15).columns()), Verdict.TOO_FEW_PEOPLE)


def test_too_few_outcomes() -> None:
    assert_nobody_named(scored(alike(30, 2, 0).columns()), Verdict.NO_OUTCOMES)
    builder = alike(30, 2, 0)
    builder.outcome(NOW - DAY, "p3", "accepted", event="3-0")
    assert_nobody_named(scored(builder.columns()), Verdict.TOO_FEW_OUTCOMES)


def test_all_tied() -> None:
    assert_nobody_named(scored(alike(30, 4, 2).columns()), Verdict.ALL_TIED)


def test_everybody_new_and_little_known_brings_nobody_who_is_sure() -> None:
    random = np.random.default_rng(4)
    builder = ColumnsBuilder()
    for number in range(60):
        at = NOW - float(random.uniform(1, 6)) * DAY
        builder.person(f"p{number}", joined_at=at)
        builder.event(at, f"p{number}", "answer", name=str(number))
        if random.random() < 0.4:
            builder.outcome(at + 60, f"p{number}", "accepted", event=str(number))
    result = scored(builder.columns())
    assert Band.SURE not in result.band
    assert result.verdict is not Verdict.NAMED


def test_clocks_that_disagree_do_no_harm() -> None:
    community = grown(2)
    early = tuple({**row, "at": float(str(row["at"])) - 900 * DAY} for row in community.outcomes)
    result = scored(Community(community.people, community.events, early).columns())
    assert np.isfinite(result.value).all()
    assert np.isfinite(result.lower).all()
    assert np.isfinite(result.upper).all()


def test_somebody_who_left_or_opted_out_is_not_scored_but_still_counts_for_others() -> None:
    columns = grown(3).columns()
    best = scored(columns).ids[0]
    may = np.array([person != best for person in columns.people.ids])
    people = type(columns.people)(**{**vars(columns.people), "may_be_scored": may})
    result = scored(Columns(people, columns.events, columns.outcomes))
    assert best not in result.ids
    assert len(result) == len(scored(columns)) - 1


def test_events_about_nobody_known() -> None:
    builder = alike(20, 5, 2)
    builder.event(NOW - DAY, "", "reaction", target="")
    builder.outcome(NOW - DAY, "", "accepted")
    assert len(scored(builder.columns())) == 20


def test_a_person_in_two_teams_keeps_the_first() -> None:
    builder = ColumnsBuilder()
    builder.person("a", team="north")
    builder.person("a", team="south")
    people = builder.columns().people
    assert people.team_names[people.team[0]] == "north"


@pytest.mark.parametrize("field", ["reach", "from_library"])
def test_what_was_paid_for_or_supplied_counts_neither_as_attempt_nor_as_result(field: str) -> None:
    value = Reach.PAID if field == "reach" else True
    plain, marked = alike(20, 5, 2), alike(20, 5, 2)
    for step in range(10):
        marked.event(NOW - DAY, "p0", "answer", name=f"extra {step}", **{field: value})  # type: ignore[arg-type]
        marked.outcome(NOW - DAY / 2, "p0", "accepted", event=f"extra {step}")
    before, after = scored(plain.columns()), scored(marked.columns())
    assert after.value[after.ids.index("p0")] == pytest.approx(before.value[before.ids.index("p0")])


def test_answers_to_oneself_count_for_nothing() -> None:
    plain, marked = alike(20, 5, 2), alike(20, 5, 2)
    for step in range(10):
        marked.event(NOW - DAY, "p0", "answer", target="p0", name=f"own {step}")
        marked.outcome(NOW - DAY / 2, "p0", "accepted", event=f"own {step}")
    before, after = scored(plain.columns()), scored(marked.columns())
    assert after.value[after.ids.index("p0")] == pytest.approx(before.value[before.ids.index("p0")])
