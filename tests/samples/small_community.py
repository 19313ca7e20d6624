"""A small community in the neutral format, made for a test: sixty people, two years, three who are good at it."""

import csv
import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

PEOPLE = 60
GOOD = ("u03", "u17", "u42")
START = datetime(2019, 3, 4, 8, 0)  # noqa: DTZ001 - the format writes UTC without saying so
DAYS = 800
README = """# small: a community made for a test
Source: nobody's real forum.
Attribution duty: name Small Forum / small.example and its people as the source, and name the licence.
"""


def write_community(folder: Path) -> None:
    """Write people, activity, outcomes (gzip), meta.json and README.md into `folder`."""
    rng = np.random.default_rng(5)
    people = [f"u{number:02}" for number in range(PEOPLE)]
    activity, outcomes = [], []
    for number in range(900):
        at = START + timedelta(days=float(rng.uniform(0, DAYS)))
        asker, answerer = (people[place] for place in rng.choice(PEOPLE, 2, replace=False))
        question, reply = f"a{2 * number}", f"a{2 * number + 1}"
        activity.append((question, _at(at), asker, "question", "", "", "", "forum", 1))
        answered = at + timedelta(hours=2)
        if rng.random() < 0.35:
            answerer = GOOD[int(rng.integers(len(GOOD)))]
        if answerer == asker:
            continue
        activity.append((reply, _at(answered), answerer, "answer", "", question, asker, "forum", 1))
        if rng.random() < (0.75 if answerer in GOOD else 0.2):
            outcomes.append((_at(answered + timedelta(hours=5)), answerer, "accepted", 1))
    _table(folder / "people.csv.gz", ("person_id", "joined_at", "team", "tags"), _people(people))
    columns = (
        "activity_id",
        "at",
        "person_id",
        "verb",
        "kind",
        "in_reply_to",
        "target_person_id",
        "channel",
        "magnitude",
    )
    _table(folder / "activity.csv.gz", columns, activity)
    _table(folder / "outcomes.csv.gz", ("at", "person_id", "kind", "value"), outcomes)
    (folder / "meta.json").write_text(json.dumps({"primary_kind": "accepted", "licence": "CC0"}), encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")


def _people(people: Sequence[str]) -> Iterable[tuple[str, str, str, str]]:
    for place, person in enumerate(people):
        yield person, _at(START), "north" if place % 3 == 0 else "", ""


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
