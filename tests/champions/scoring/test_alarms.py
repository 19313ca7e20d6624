"""Games planted into a made-up community: each brings an alarm, and no more than a stated gain."""

import math

import numpy as np
import pytest

from benchmarks.gaming import GAMES, Game
from benchmarks.planting import Plant
from champions.scoring.building import ColumnsBuilder
from champions.scoring.columns import Columns
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.parameters import Parameters
from champions.scoring.result import Alarm, Band, ScoringResult
from tests.champions.scoring.communities import NOW, grown

LARGEST = {game.name: game.sizes[-1] for game in GAMES}
CAUGHT_BY = {
    "mutual praise ring": Alarm.MUTUAL_PRAISE,
    "quiet accounts push one": Alarm.QUIET_GIVERS,
    "second account": Alarm.FEW_GIVERS,
    "serial accepting": Alarm.SERIAL_ACCEPTING,
}


@pytest.fixture(scope="module")
def honest() -> Columns:
    return grown(11, people=300, threads=700).columns()


def played(game: Game, columns: Columns, size: int) -> tuple[ScoringResult, list[int]]:
    result = score(columns, Parameters(), NOW)
    people = [int(person) for person in result.person[len(result) // 2 :][:25]]
    plant = Plant(columns, NOW, "accepted", np.random.default_rng(1))
    attackers = game.play(plant, people, size)
    return score(plant.grown(), Parameters(), NOW), attackers


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.name)
def test_whoever_games_into_the_list_raises_an_alarm(honest: Columns, game: Game) -> None:
    for size in game.sizes:
        result, attackers = played(game, honest, size)
        alarmed = {flag.person for flag in result.flags}
        shown = [person for person in attackers if result.band[result.place_of(person)] is not Band.NOT_SHOWN]
        assert set(shown) <= alarmed


@pytest.mark.parametrize("game", [game for game in GAMES if game.name in CAUGHT_BY], ids=lambda game: game.name)
def test_the_alarm_names_the_game_and_its_accounts(honest: Columns, game: Game) -> None:
    result, attackers = played(game, honest, LARGEST[game.name])
    flags = [flag for flag in result.flags if flag.person in attackers]
    assert CAUGHT_BY[game.name] in {flag.alarm for flag in flags}
    for flag in flags:
        assert flag.reason.endswith(".")
        assert 0 <= flag.strength <= 1


def test_the_honest_raise_hardly_any_alarm(honest: Columns) -> None:
    result = score(honest, Parameters(), NOW)
    shown = sum(band is not Band.NOT_SHOWN for band in result.band)
    assert len({flag.person for flag in result.flags}) <= max(1, shown // 10)


@pytest.mark.parametrize("name", ["flood a day", "copied posts"])
def test_a_flood_brings_no_more_than_one_event_a_day(honest: Columns, name: str) -> None:
    game = next(game for game in GAMES if game.name == name)
    flooded, attackers = played(game, honest, game.sizes[-1])
    modest = Plant(honest, NOW, "accepted", np.random.default_rng(1))
    for day in range(1, 91):
        modest.act(attackers[0], "post", at=NOW - day * DAY)
    assert flooded.place_of(attackers[0]) >= score(modest.grown(), Parameters(), NOW).place_of(attackers[0])


@pytest.mark.parametrize("times", [10, 40, 160])
def test_confirmations_by_one_account_count_as_few_honest_ones(honest: Columns, times: int) -> None:
    """n confirmations by one giver bring no more than d ln(1 + n / d) + 1 honest ones by as many givers."""
    allowance = Parameters().repeat_allowance
    person = int(score(honest, Parameters(), NOW).person[60])
    helpers = [number for number in range(len(honest.people)) if number != person]
    gamed, fair = (Plant(honest, NOW, "accepted", np.random.default_rng(2)) for _ in range(2))
    other = gamed.account()
    for _ in range(times):
        gamed.helped(person, other)
    for giver in helpers[: math.ceil(allowance * math.log1p(times / allowance)) + 1]:
        fair.helped(person, giver)
    dishonest, honestly = (score(plant.grown(), Parameters(), NOW) for plant in (gamed, fair))
    assert dishonest.place_of(person) >= honestly.place_of(person)


def neighbours(ring: int) -> Columns:
    """Sites of forty who praise each other, as neighbours do, and a ring of `ring` people within one of them."""
    random = np.random.default_rng(3)
    builder = ColumnsBuilder()
    for number in range(160):
        builder.person(f"p{number:03d}", site=f"site {number // 40}")
    for number in range(160):
        mates = [number // 40 * 40 + int(one) for one in random.integers(0, 40, 30)]
        far = random.integers(0, 160, 8).tolist()
        members = [int(one) for one in random.integers(0, ring, 200)] if number < ring else []
        for step, other in enumerate([*mates, *far, *members]):
            at = NOW - (1 + step) * DAY
            builder.event(at, f"p{other:03d}", "answer", target=f"p{number:03d}", name=f"{number}-{step}")
            if other != number:
                builder.outcome(at + 60, f"p{other:03d}", "accepted", event=f"{number}-{step}")
    return builder.columns()


def test_neighbours_who_praise_each_other_are_no_ring() -> None:
    result = score(neighbours(0), Parameters(), NOW)
    assert Alarm.MUTUAL_PRAISE not in {flag.alarm for flag in result.flags}


def test_a_ring_among_neighbours_is_one_all_the_same() -> None:
    result = score(neighbours(6), Parameters(), NOW)
    flagged = {flag.person for flag in result.flags if flag.alarm is Alarm.MUTUAL_PRAISE}
    assert flagged == set(range(6))
