"""Communities of other shapes, ranked from a folder; and rows that must change nothing, or only so much."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from champions.cli_rank import HEADER, rank_folder, write_ranking
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.folder import seconds
from champions.scoring.parameters import Parameters
from champions.scoring.result import Verdict
from tests.champions.scoring.communities import NOW, Community, grown

AS_OF = seconds("2026-01-01")
steady = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(path: Path, name: str, header: str, rows: list[tuple[object, ...]], *, packed: bool = False) -> None:
    columns = header.split(",")
    plain, zipped = path / f"{name}.csv", path / f"{name}.csv.gz"
    with gzip.open(zipped, "wt") if packed else plain.open("w") as handle:
        writer = csv.writer(handle)
        writer.writerow(columns)
        writer.writerows(rows)


def moment(days: float) -> str:
    return str(np.datetime64(int(AS_OF - days * DAY), "s"))


def chat(path: Path, people: int, years: float, rows: int, *, packed: bool = False) -> None:
    """Posts and replies without votes, teams, threads or attempts; thanks as the only outcome."""
    random = np.random.default_rng(7)
    zeal = random.lognormal(0, 1.2, people)
    actors = random.choice(people, rows, p=zeal / zeal.sum())
    days = random.uniform(1, 365 * years, rows)
    verbs = random.choice(["post", "reply"], rows)
    lines = [(moment(day), f"p{who}", verb) for day, who, verb in zip(days, actors, verbs, strict=True)]
    written(path, "activity", "at,person_id,verb", lines, packed=packed)
    thanked = np.flatnonzero(random.random(rows) < 0.1)
    won = [(moment(max(days[row] - 0.01, 0.5)), f"p{actors[row]}", "thanks") for row in thanked]
    written(path, "outcomes", "at,person_id,kind", won, packed=packed)


@pytest.mark.parametrize(
    ("people", "years", "rows", "packed"), [(200, 1.5, 4_000, False), (60, 20, 6_000, True), (1_500, 2, 12_000, True)]
)
def test_a_chat_without_attempts_teams_or_votes_is_ranked(
    tmp_path: Path, people: int, years: float, rows: int, packed: bool
) -> None:
    chat(tmp_path, people, years, rows, packed=packed)
    result = rank_folder(tmp_path, AS_OF)
    assert result.verdict in (Verdict.NAMED, Verdict.BORDERLINE_ONLY)
    assert 0 < len(result) <= people
    write_ranking(result, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open() as handle:
        header, *lines = csv.reader(handle)
    assert tuple(header) == HEADER
    assert len(lines) == len(result)
    assert all(float(lower) <= float(value) <= float(upper) for _, value, lower, upper, _ in lines)


def test_no_activity_is_said_and_gives_a_file_without_people(tmp_path: Path) -> None:
    written(tmp_path, "outcomes", "at,person_id,kind", [(moment(5), "p1", "thanks")])
    result = rank_folder(tmp_path, AS_OF)
    assert result.statement.startswith("Not enough evidence to name anyone: needs ")
    write_ranking(result, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == ",".join(HEADER) + "\n"


def by_id(community: Community, **changed: object) -> dict[str, float]:
    result = score(community.columns(), Parameters(**changed), NOW)  # type: ignore[arg-type]
    return dict(zip(result.ids, result.value.tolist(), strict=True))


@steady
@given(st.integers(0, 10_000))
def test_the_same_event_twice_counts_once(seed: int) -> None:
    community = grown(seed)
    named = [row for row in community.events if row.get("name")]
    assert by_id(community.with_more(named, [])) == by_id(community)


@steady
@given(st.integers(0, 10_000), st.integers(0, 200), st.booleans())
def test_one_event_more_or_less_moves_no_score_by_more_than_the_stated_step(seed: int, place: int, more: bool) -> None:
    community = grown(seed)
    before = score(community.columns(), Parameters(), NOW)
    if more:
        extra = {"at": NOW - DAY, "actor": f"p{place % 40:03d}", "verb": ["answer", "post"][place % 2]}
        other = community.with_more([extra], [])
    else:
        answers = [row for row in community.events if row["verb"] == "answer"]
        gone = answers[place % len(answers)]
        rest = tuple(row for row in community.events if row is not gone)
        other = Community(community.people, rest, community.outcomes)
    old = dict(zip(before.ids, before.value.tolist(), strict=True))
    new = by_id(other)
    for person in old.keys() & new.keys():
        assert abs(new[person] - old[person]) <= before.step * (1 + abs(old[person]))


@steady
@given(st.integers(0, 10_000))
def test_an_unrelated_community_of_the_same_make_changes_no_order_where_nothing_is_compared(seed: int) -> None:
    """Results alone, no prior shared: who brings clearly more stays ahead, whoever else is there."""
    kinds = {"worths": {"accepted": 1.0}, "other_worth": 0.0, "dial": 0.0, "peer_groups": False}
    community = grown(seed)
    alone = by_id(community, **kinds)
    beside = by_id(community.beside(grown(seed + 1, prefix="q")), **kinds)
    best = max(alone.values())
    share = {person: value / best for person, value in alone.items()}
    foremost = max(alone, key=lambda person: alone[person])
    for person, value in share.items():
        assert abs(beside[person] / beside[foremost] - value) < 0.35
