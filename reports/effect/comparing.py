"""What the page about the effect says: the comparison of all results, and of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from champions.runs.operations import chosen_parameters
from reports.effect import queries
from reports.effect.queries import Span
from reports.measures.staggered import Effect, Verdict, Waves, compare
from reports.team_queries import newest_outcome

SEED = 1
"""Of the redraws. Fixed, so that the page says the same each time."""


@dataclass(frozen=True)
class Finding:
    """The comparison for a course. Without spans nothing can be compared yet, and `whole` says too little."""

    course_id: int
    slug: str
    title: str
    people: int
    waves: int
    spans: Sequence[Span]
    until: date | None
    whole: Effect
    by_kind: dict[str, Effect]


def find_effect(course_id: int, slug: str, title: str) -> Finding:
    """Compare those whose wave had begun with those who waited; four statements and the parameters of scoring."""
    people = queries.members(course_id)
    newest = newest_outcome()
    until = datetime.combine(newest, time(), ZoneInfo("UTC")) if newest else None
    spans = queries.spans_of(people, until) if until else []
    found: dict[str, Effect] = {}
    if people and spans:
        parameters = chosen_parameters()
        waves = queries.waves_by_kind(course_id, people, spans, lambda kind: parameters.worth_of(kind) > 0)
        found = {kind: compare(one, SEED) for kind, one in sorted(waves.items(), key=_most_first)}
    return Finding(
        course_id=course_id,
        slug=slug,
        title=title,
        people=len(people),
        waves=len({one.wave for one in people}),
        spans=spans,
        until=newest,
        whole=found.pop("", Effect(Verdict.TOO_LITTLE, 0, 0, 0.0)),
        by_kind=found,
    )


def _most_first(pair: tuple[str, Waves]) -> tuple[float, str]:
    return -pair[1].counted, pair[0]
