"""Speed and memory of the engine on a made-up company: `python -m benchmarks.finding_speed [PEOPLE ...]`

Each size runs in a process of its own, so that its peak memory is its own. Printed, in one run and in processor
seconds: a bare scan of the columns (read them from files and work through each once: the floor), the engine from
columns to result, the scores alone as a slider needs them, the peak memory, and the help network's part (people
helped, PageRank) by us and by plain networkx.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import networkx as nx
import numpy as np

from champions.scoring.columns import Columns, Events, Outcomes, People
from champions.scoring.engine import score, values
from champions.scoring.fading import DAY
from champions.scoring.network import help_matrix, help_rank, help_rows, people_helped
from champions.scoring.parameters import Parameters

NOW = 20_000 * DAY
EVENTS_EACH = 20
VERBS = ("answer", "comment", "post", "question", "vote")
VERB_SHARES = (0.25, 0.3, 0.1, 0.15, 0.2)
KINDS = ("accepted", "service_issue_passed_on")
NETWORKX_LIMIT = 100_000


def company(people: int, seed: int) -> Columns:
    """A heavy-tailed company: people act with log-normal zeal, reach others the same way, answer earlier events."""
    random = np.random.default_rng(seed)
    rows = people * EVENTS_EACH
    zeal = random.lognormal(0, 1.5, people)
    actor = _drawn(random, zeal, rows)
    verb = random.choice(len(VERBS), rows, p=VERB_SHARES).astype(np.int16)
    at = np.sort(NOW - random.uniform(0, 1095, rows) * DAY)
    before = np.arange(rows)
    parent = (before - 1 - random.integers(0, 5_000, rows)).clip(-1).astype(np.int32)
    parent[np.isin(verb, (2, 3))] = -1
    target = np.where(parent >= 0, actor[parent], -1).astype(np.int32)
    events = Events(
        at=at,
        actor=np.where(verb == 4, -1, actor).astype(np.int32),
        target=target,
        verb=verb,
        parent=parent,
        channel=random.integers(0, 50, rows).astype(np.int32),
        magnitude=np.where(verb == 4, random.poisson(2, rows), 0).astype(np.float32),
        reach=random.choice(3, rows, p=(0.7, 0.29, 0.01)).astype(np.int8),
        is_copy=random.random(rows) < 0.02,
        from_library=random.random(rows) < 0.02,
        verb_names=VERBS,
        channel_names=tuple(f"channel {number}" for number in range(50)),
    )
    return Columns(_people(random, people), events, _outcomes(random, events, people))


def _drawn(random: np.random.Generator, zeal: Any, rows: int) -> Any:
    edges = np.cumsum(zeal)
    return np.searchsorted(edges, random.uniform(0, edges[-1], rows)).astype(np.int32)


def _people(random: np.random.Generator, people: int) -> People:
    return People(
        ids=tuple(f"{number:09d}" for number in range(people)),
        joined_at=NOW - random.uniform(30, 3000, people) * DAY,
        team=random.integers(0, max(people // 12, 1), people).astype(np.int32),
        site=random.integers(0, 20, people).astype(np.int32),
        job=random.integers(0, 15, people).astype(np.int32),
        team_names=tuple(f"team {number}" for number in range(max(people // 12, 1))),
        site_names=tuple(f"site {number}" for number in range(20)),
        job_names=tuple(f"job {number}" for number in range(15)),
    )


def _outcomes(random: np.random.Generator, events: Events, people: int) -> Outcomes:
    """Each answer is accepted with its person's own rate, 0.28 on average; some issues are passed on beside."""
    skill = random.beta(2.8, 7.2, people)
    answers = np.flatnonzero(events.verb == 0)
    won = answers[random.random(len(answers)) < skill[events.actor[answers]]]
    issues = np.flatnonzero(events.verb == 2)[::10]
    rows = np.concatenate([won, issues])
    return Outcomes(
        at=np.minimum(events.at[rows] + DAY, NOW - 1),
        person=events.actor[rows],
        kind=np.repeat([0, 1], [len(won), len(issues)]).astype(np.int16),
        value=np.ones(len(rows)),
        event=np.where(np.arange(len(rows)) < len(won), rows, -1).astype(np.int32),
        kind_names=KINDS,
    )


def stored(columns: Columns, folder: Path) -> list[Path]:
    """Write every column to a file of its own."""
    paths = []
    for table in (columns.people, columns.events, columns.outcomes):
        for field in fields(table):
            value = getattr(table, field.name)
            if isinstance(value, np.ndarray):
                paths.append(folder / f"{type(table).__name__}-{field.name}.npy")
                np.save(paths[-1], value)
    return paths


def scan(paths: list[Path]) -> float:
    """Read every column and work through it once: the least that any engine must do. Gives a sum."""
    total = 0.0
    for path in paths:
        column = np.load(path)
        total += float(np.exp2((column - NOW) / (90 * DAY)).sum() if path.stem.endswith("-at") else column.sum())
    return total


def timed(work: Any, *arguments: Any) -> tuple[float, Any]:
    """Processor seconds (wall seconds on an idle machine: everything runs in one thread) and the answer."""
    begin = time.process_time()
    answer = work(*arguments)
    return time.process_time() - begin, answer


def measure(people: int) -> dict[str, float]:
    """All figures of one size."""
    columns = company(people, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        paths = stored(columns, Path(folder))
        floor = min(timed(scan, paths)[0] for _ in range(3))
    figures = {"people": people, "events": len(columns.events), "outcomes": len(columns.outcomes), "scan": floor}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures["engine"], result = timed(score, columns, Parameters(), NOW)
    figures["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["columns_mib"] = before / 1024
    figures["slider"], _ = timed(values, columns, Parameters(dial=0.3), NOW)
    figures["named"] = sum(band != "not_shown" for band in result.band)
    figures["network"], _ = timed(_network, columns)
    if people <= NETWORKX_LIMIT:
        figures["networkx"], _ = timed(_networkx, columns)
    return figures


def _network(columns: Columns) -> None:
    helped = help_matrix(columns, help_rows(columns), NOW)
    people_helped(helped)
    help_rank(helped)


def _networkx(columns: Columns) -> None:
    """The same by networkx: build the graph from the events, then ranks and softly counted people."""
    rows = help_rows(columns)
    faded = np.exp2((columns.events.at[rows] - NOW) / (365 * DAY))
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(columns.people)))
    triples = zip(
        columns.events.actor[rows].tolist(), columns.events.target[rows].tolist(), faded.tolist(), strict=True
    )
    for helper, helped, weight in triples:
        if graph.has_edge(helped, helper):
            graph[helped][helper]["weight"] += weight
        else:
            graph.add_edge(helped, helper, weight=weight)
    nx.pagerank(graph, weight="weight")
    for helper in graph:
        sum(np.log2(1 + data["weight"]) for _, _, data in graph.in_edges(helper, data=True))


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--one", type=int, hidden=True, help="Measure one size and print JSON.")
def main(sizes: tuple[int, ...], one: int | None) -> None:
    """Print a row for each number of PEOPLE (default: 10000, 100000 and 1000000)."""
    if one is not None:
        print(json.dumps(measure(one)))
        return
    rows = [_measured(people) for people in sizes or (10_000, 100_000, 1_000_000)]
    print(f"{'people':>9} {'events':>10} {'scan s':>7} {'engine s':>9} {'x scan':>7} {'growth':>7} {'slider s':>9} "
          f"{'peak MiB':>9} {'network s':>10} {'networkx s':>11} {'x faster':>9}")  # fmt: skip
    for place, row in enumerate(rows):
        growth = ""
        if place:
            last = rows[place - 1]
            growth = f"{row['engine'] / last['engine'] / (row['events'] / last['events']):.2f}"
        theirs = f"{row['networkx']:.1f}" if "networkx" in row else "not run"
        faster = f"{row['networkx'] / row['network']:.0f}" if "networkx" in row else ""
        print(f"{row['people']:>9,.0f} {row['events']:>10,.0f} {row['scan']:>7.3f} {row['engine']:>9.2f} "
              f"{row['engine'] / row['scan']:>7.1f} {growth:>7} {row['slider']:>9.3f} {row['peak_mib']:>9,.0f} "
              f"{row['network']:>10.3f} {theirs:>11} {faster:>9}")  # fmt: skip


def _measured(people: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.finding_speed", "--one", str(people)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


if __name__ == "__main__":
    main()
