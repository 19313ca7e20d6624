"""What games bring: `python -m benchmarks.gaming FOLDER ...` plants each into real data at several sizes.

The attackers are median people among the active. Printed for each game and size: the best attacker's rank before and
after, among how many, whether that is among the few, what was paid in planted rows per place gained, and which
alarms were raised about the attackers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from benchmarks.planting import ANSWER, POST, Plant
from champions.scoring.columns import Columns
from champions.scoring.engine import score
from champions.scoring.fading import DAY
from champions.scoring.folder import read_folder, read_hints, seconds
from champions.scoring.parameters import Parameters
from champions.scoring.result import Band, ScoringResult


@dataclass(frozen=True)
class Game:
    """One game: its name, the sizes to try, and how it is planted: gives the attackers who are to gain."""

    name: str
    sizes: tuple[int, ...]
    play: Callable[[Plant, list[int], int], list[int]]


def ring(plant: Plant, people: list[int], size: int) -> list[int]:
    """`size` people confirm each other's help, each ten times."""
    members = people[:size]
    for helper in members:
        for asker in plant.random.choice([m for m in members if m != helper], 10):
            plant.helped(helper, int(asker))
    return members


def quiet_accounts(plant: Plant, people: list[int], size: int) -> list[int]:
    """`size` new accounts each ask one person once and confirm."""
    for _ in range(size):
        plant.helped(people[0], plant.account())
    return people[:1]


def second_account(plant: Plant, people: list[int], size: int) -> list[int]:
    """One new account asks one person `size` times and confirms each time."""
    other = plant.account()
    for _ in range(size):
        plant.helped(people[0], other)
    return people[:1]


def own_questions(plant: Plant, people: list[int], size: int) -> list[int]:
    """One person answers own questions `size` times and confirms it."""
    for _ in range(size):
        plant.helped(people[0], people[0])
    return people[:1]


def flood(plant: Plant, people: list[int], size: int) -> list[int]:
    """One person writes `size` answers (or posts) a day on five days, for nobody."""
    verb = ANSWER if ANSWER in plant.columns.events.verb_names else POST
    for day in range(5):
        for step in range(size):
            plant.act(people[0], verb, at=plant.as_of - (10 + day) * DAY + step)
    return people[:1]


def copies(plant: Plant, people: list[int], size: int) -> list[int]:
    """One person posts `size` copied texts."""
    for _ in range(size):
        plant.act(people[0], POST, is_copy=True)
    return people[:1]


def serial_accepting(plant: Plant, people: list[int], size: int) -> list[int]:
    """Two people confirm each other `size` times each."""
    for _ in range(size):
        plant.helped(people[0], people[1])
        plant.helped(people[1], people[0])
    return people[:2]


GAMES = (
    Game("mutual praise ring", (5, 10, 25), ring),
    Game("quiet accounts push one", (20, 50, 200), quiet_accounts),
    Game("second account", (20, 50, 200), second_account),
    Game("answers to oneself", (20, 200), own_questions),
    Game("flood a day", (100, 1000), flood),
    Game("copied posts", (100, 1000), copies),
    Game("serial accepting", (20, 50, 200), serial_accepting),
)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as-of", "days", multiple=True, help="Moment of each folder, in order; default: T of meta.json.")
def main(folders: tuple[Path, ...], days: tuple[str, ...]) -> None:
    """Print for each FOLDER what each game brings its players."""
    for place, folder in enumerate(folders):
        hints = read_hints(folder)
        as_of = seconds(days[place] if place < len(days) else hints.moment)
        columns = read_folder(folder, as_of)
        parameters = hints.applied(Parameters(), columns.outcomes.kind_names)
        show(folder.name, columns, parameters, as_of)


def show(name: str, columns: Columns, parameters: Parameters, as_of: float) -> None:
    """Print the table of one community."""
    before = score(columns, parameters, as_of)
    middle = len(before) // 2
    people = [int(person) for person in before.person[middle : middle + 25]]
    print(f"\n{name}: {len(before)} active people, {before.few} few")
    print(f"{'game':<26}{'size':>5}{'rows':>7}{'before':>8}{'after':>7}  {'shown':<12}{'rows a place':>13}  alarms")
    for game in GAMES:
        for size in game.sizes:
            plant = Plant(columns, as_of, before.kinds[0], np.random.default_rng(size))
            attackers = game.play(plant, people, size)
            after = score(plant.grown(), parameters, as_of)
            print(f"{game.name:<26}{size:>5}{plant.rows:>7}{_told(before, after, attackers, plant.rows)}")


def _told(before: ScoringResult, after: ScoringResult, attackers: list[int], rows: int) -> str:
    was = min(before.place_of(person) for person in attackers) + 1
    best = min(attackers, key=after.place_of)
    place = after.place_of(best)
    gained = was - place - 1
    price = f"{rows / gained:.2f}" if gained > 0 else "no gain"
    alarms = sorted({flag.alarm.value for flag in after.flags if flag.person in attackers})
    band = after.band[place].value if after.band[place] is not Band.NOT_SHOWN else "no"
    needed = "" if alarms or band == "no" else "NONE"
    return f"{was:>8}{place + 1:>7}  {band:<12}{price:>13}  {', '.join(alarms) or needed}"


if __name__ == "__main__":
    main()
