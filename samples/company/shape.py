"""The shape of an activity: how lopsided, how many are silent or new, how threads are answered, how much is accepted.

The same function measures the demo company and any community in the neutral format, so that the two can be
compared: `python -m samples.company.shape FOLDER` prints a line for each year of a community.
"""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samples.company.records import Company


@dataclass(frozen=True, slots=True)
class Row:
    """As much of an event as the shape needs."""

    id: str
    at: datetime
    person: str
    verb: str
    in_reply_to: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares lie in [0, 1]. `active` people have an event; of these, `late_share` had the first in the second half."""

    active: int
    events: int
    top_1_share: float
    top_10_share: float
    median_events: int
    silent_share: float
    late_share: float
    talk_share: float
    answers_per_question: float
    one_answer_share: float
    accepted_share: float
    weekend_share: float
    night_share: float


def shape_of(rows: Sequence[Row], known: int, accepted: int, middle: datetime) -> Shape:
    """The shape of one year's events, of which `accepted` answers were accepted, among `known` people.

    `night_share` counts events between 22 and 6 UTC; `talk_share` is comments among questions, answers and comments.
    `answers_per_question` counts the questions that were answered. Raises ValueError where nobody did anything.
    """
    by_people = [row for row in rows if row.person]
    if not by_people:
        raise ValueError("no events: there is no shape to measure.")
    counts = sorted(Counter(row.person for row in by_people).values(), reverse=True)
    first: dict[str, datetime] = {}
    for row in by_people:
        first[row.person] = min(first.get(row.person, row.at), row.at)
    verbs = Counter(row.verb for row in rows)
    written = verbs["question"] + verbs["answer"] + verbs["comment"]
    threads = Counter(row.in_reply_to for row in rows if row.verb == "answer" and row.in_reply_to).values()
    return Shape(
        active=len(counts),
        events=len(by_people),
        top_1_share=_top(counts, 0.01),
        top_10_share=_top(counts, 0.10),
        median_events=counts[len(counts) // 2],
        silent_share=1 - len(counts) / known,
        late_share=sum(at >= middle for at in first.values()) / len(first),
        talk_share=_part(verbs["comment"], written),
        answers_per_question=_part(sum(threads), len(threads)),
        one_answer_share=_part(sum(count == 1 for count in threads), len(threads)),
        accepted_share=_part(accepted, verbs["answer"]),
        weekend_share=_part(sum(row.at.weekday() >= 5 for row in by_people), len(by_people)),
        night_share=_part(sum(row.at.hour >= 22 or row.at.hour < 6 for row in by_people), len(by_people)),
    )


def company_shape(company: Company) -> Shape:
    """The shape of the demo company's year."""
    rows = [Row(item.id, item.at, item.person, item.verb, item.in_reply_to) for item in company.events]
    accepted = sum(item.kind == "accepted" for item in company.outcomes)
    middle = company.events[0].at + (company.events[-1].at - company.events[0].at) / 2
    return shape_of(rows, len(company.people), accepted, middle)


def community_shapes(folder: Path) -> dict[int, Shape]:
    """The shape of each year of a community in the neutral format (people, activity, outcomes as gzipped CSV)."""
    joined = [row["joined_at"][:4] for row in _table(folder, "people")]
    accepted = Counter(row["at"][:4] for row in _table(folder, "outcomes") if row["kind"] == "accepted")
    years: dict[str, list[Row]] = {}
    for row in _table(folder, "activity"):
        at = datetime.fromisoformat(row["at"])
        item = Row(row["activity_id"], at, row["person_id"], row["verb"], row["in_reply_to"])
        years.setdefault(row["at"][:4], []).append(item)
    shapes = {}
    for year, rows in sorted(years.items()):
        known = sum(since <= year for since in joined)
        start, end = rows[0].at, rows[-1].at
        shapes[int(year)] = shape_of(rows, known, accepted[year], start + (end - start) / 2)
    return shapes


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _top(counts: Sequence[int], share: float) -> float:
    """The part of all events that the busiest `share` of the people had; at least one person."""
    return sum(counts[: max(1, round(len(counts) * share))]) / sum(counts)


def _part(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    for year, shape in community_shapes(Path(sys.argv[1])).items():
        print(year, shape)
