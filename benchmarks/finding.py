"""How well the few are found, on real communities in the neutral format: `python -m benchmarks.finding
[FOLDER ...]`

For each folder our ranking (at several positions of the dial), plain rankers and the oracle are made from
what was known before a moment and judged by the year after it, over several moments. Printed are shares of
what the best possible list of the same size brought: results, results beyond the usual (aim), and both
joined (geometric mean; the results alone where attempts are not known). Intervals: 90 of 100, people drawn
again; gaps are paired.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np

from benchmarks.finding_speed import company
from champions.scoring import engine
from champions.scoring.columns import Columns, Reals
from champions.scoring.fading import DAY
from champions.scoring.folder import read_folder, read_hints, seconds
from champions.scoring.judging import Figure, drawings, joined, of_best, pooled
from champions.scoring.kinds import counted_kinds
from champions.scoring.parameters import Parameters
from champions.scoring.rankers import RANKERS
from champions.scoring.truth import beyond_usual, results

FOR_EVER = 1e12
MADE_UP_PEOPLE = 3_000
DEFAULT_DIAL = 0.5
DIALS = (0.0, 0.25, 0.5, 0.7, 1.0)
OURS = f"ours, dial {DEFAULT_DIAL:g}"


@dataclass(frozen=True)
class Panel:
    """How to judge: `moments` days `step` days apart, the truth `horizon` days long, lists of `share` of
    the people.
    """

    moments: int
    step: float
    horizon: float
    share: float
    resamples: int


@dataclass(frozen=True, eq=False)
class Judged:
    """One community: drawings of each ranking's figures, and what stood behind them."""

    name: str
    results: dict[str, Reals]
    aim: dict[str, Reals]
    people: float
    brought: float
    days: tuple[str, ...]

    @property
    def both(self) -> dict[str, Reals]:
        """Both aims joined with equal weight."""
        return joined(self.results, self.aim, 0.5)


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as-of", "days", multiple=True, help="Last moment of each folder, in order; default: T of meta.json.")
@click.option("--panel", default=4, show_default=True, help="Moments, going back from the last.")
@click.option("--step", default=182.0, show_default=True, help="Days between two moments.")
@click.option("--horizon", default=365.0, show_default=True, help="Days of truth after each moment.")
@click.option("--share", default=0.03, show_default=True, help="Size of a list, as a share of the active people.")
@click.option("--resamples", default=300, show_default=True)
def main(
    folders: tuple[Path, ...],
    days: tuple[str, ...],
    panel: int,
    step: float,
    horizon: float,
    share: float,
    resamples: int,
) -> None:
    """Print the table of finding quality for each FOLDER and for all together; without any, for a made-up community."""
    judged = []
    if not folders:
        made_up = company(MADE_UP_PEOPLE, seed=1)
        last = float(made_up.events.at.max()) - horizon * DAY
        show(judge_columns("made up", made_up, Parameters(), last, Panel(panel, step, horizon, share, resamples)))
    for place, folder in enumerate(folders):
        day = days[place] if place < len(days) else None
        judged.append(judge(folder, day, Panel(panel, step, horizon, share, resamples)))
        show(judged[-1])
    if len(judged) > 1:
        show_pooled(judged)


def judge(folder: Path, day: str | None, panel: Panel) -> Judged:
    """Judge all rankings on one folder. The horizon is cut to the data there are."""
    columns, hints = read_folder(folder, FOR_EVER), read_hints(folder)
    parameters = hints.applied(Parameters(), columns.outcomes.kind_names)
    end = float(max(columns.events.at.max(), columns.outcomes.at.max()))
    last = seconds(day or hints.moment) if day or hints.moment else end - panel.horizon * DAY
    return judge_columns(folder.name, columns, parameters, last, panel)


def judge_columns(name: str, columns: Columns, parameters: Parameters, last: float, panel: Panel) -> Judged:
    """Judge all rankings at moments up to `last` (seconds)."""
    end = float(max(columns.events.at.max(), columns.outcomes.at.max()))
    horizon = min(panel.horizon * DAY, end + 1 - last)
    drawn = drawings(len(columns.people), panel.resamples, seed=7)
    first = float(columns.events.at.min()) + 60 * DAY
    moments = [last - step * panel.step * DAY for step in range(panel.moments)]
    rows = [
        _one(columns, parameters, moment, moment + horizon, panel.share, drawn) for moment in moments if moment > first
    ]
    return Judged(
        name=name,
        results=pooled([row[0] for row in rows]),
        aim=pooled([row[1] for row in rows if row[1]]),
        people=float(np.mean([row[2] for row in rows])),
        brought=float(np.mean([row[3] for row in rows])),
        days=tuple(datetime.fromtimestamp(moment, UTC).date().isoformat() for moment in moments[: len(rows)]),
    )


def _one(
    columns: Columns, parameters: Parameters, moment: float, end: float, share: float, drawn: Reals
) -> tuple[dict[str, Reals], dict[str, Reals], int, float]:
    """One moment: drawings of results and of aim by ranking, how many people, and what all brought."""
    seen = columns.before(moment)
    kinds = counted_kinds(seen, parameters)
    rankings = {f"ours, dial {dial:g}": engine.values(seen, parameters.changed(dial=dial), moment) for dial in DIALS}
    scored = np.flatnonzero(np.isfinite(rankings[OURS]))
    rankings.update({name: ranker(seen, kinds, moment) for name, ranker in RANKERS.items()})
    inside = {name: values[scored] for name, values in rankings.items()}
    truth = results(columns, kinds, moment, end)[scored]
    aim = {}
    if any(kind.attempt_verb is not None for kind in kinds):
        beyond = beyond_usual(columns, kinds, np.isfinite(rankings[OURS]), moment, end)[scored]
        aim = of_best({**inside, "oracle": beyond}, beyond, share, drawn[:, scored])
    return of_best({**inside, "oracle": truth}, truth, share, drawn[:, scored]), aim, len(scored), float(truth.sum())


def show(judged: Judged) -> None:
    """Print one community's table, its gaps and its frontier."""
    print(f"\n{judged.name}: {len(judged.days)} moments ({', '.join(judged.days)})")
    print(f"per moment {judged.people:.0f} active people, who brought {judged.brought:.0f} results afterwards")
    print(
        f"{'ranking':<22}{'results [90 in 100]':<24}{'aim [90 in 100]':<24}{'both [90 in 100]':<24}gap of ours in both"
    )
    both = judged.both
    for name in sorted(both, key=lambda name: -both[name][0]):
        aim = _figure(judged.aim.get(name))
        gap = "" if name.startswith("ours") or name == "oracle" else _gap(both[OURS] - both[name])
        print(f"{name:<22}{_figure(judged.results[name]):<24}{aim:<24}{_figure(both[name]):<24}{gap}")


def show_pooled(judged: list[Judged]) -> None:
    """Print the mean over communities, each weighing the same."""
    together = pooled([item.both for item in judged])
    print(f"\nall {len(judged)} communities, each weighing the same")
    print(f"{'ranking':<22}{'both [90 in 100]':<24}gap of ours")
    for name in sorted(together, key=lambda name: -together[name][0]):
        gap = "" if name.startswith("ours") or name == "oracle" else _gap(together[OURS] - together[name])
        print(f"{name:<22}{_figure(together[name]):<24}{gap}")


def _figure(drawn: Reals | None) -> str:
    if drawn is None:
        return "not known"
    figure = Figure.of(drawn)
    return f"{figure.value:.3f} [{figure.lower:.3f}, {figure.upper:.3f}]"


def _gap(drawn: Reals) -> str:
    figure = Figure.of(drawn)
    sure = "surely better" if figure.lower > 0 else "surely worse" if figure.upper < 0 else "not sure"
    return f"{figure.value:+.3f} [{figure.lower:+.3f}, {figure.upper:+.3f}] {sure}"


if __name__ == "__main__":
    main()
