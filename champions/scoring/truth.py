"""What came afterwards: the results, and the results beyond the usual, that everybody brought in a period."""

import numpy as np

from champions.scoring.columns import Columns, Reals, Truths, select
from champions.scoring.kinds import CountedKind
from champions.scoring.rows import creditable, won_rows


def results(columns: Columns, kinds: tuple[CountedKind, ...], start: float, end: float) -> Reals:
    """The worth of the outcomes credited to each person from `start` to before `end` (seconds)."""
    outcomes, people = columns.outcomes, len(columns.people)
    total = np.zeros(people)
    for kind in kinds:
        rows = won_rows(columns, kind)
        rows = rows[(outcomes.at[rows] >= start) & (outcomes.at[rows] < end)]
        total += kind.worth * np.bincount(outcomes.person[rows], outcomes.value[rows], people)
    return total


def beyond_usual(columns: Columns, kinds: tuple[CountedKind, ...], who: Truths, start: float, end: float) -> Reals:
    """Results less what the same attempts bring to `who` (True for those compared) on average.

    Only kinds with known attempts count.
    """
    total = np.zeros(len(columns.people))
    for kind in kinds:
        if kind.attempt_verb is not None:
            total += beyond(*won_and_tried(columns, kind, start, end), who)
    return total


def beyond(won: Reals, tried: Reals, who: Truths) -> Reals:
    """Results `won` less what as many attempts bring to `who` on average."""
    return won - won[who].sum() / max(tried[who].sum(), 1) * tried


def won_and_tried(columns: Columns, kind: CountedKind, start: float, end: float) -> tuple[Reals, Reals]:
    """The worth of the outcomes of one kind that each person brought in a period, and the attempts made in it."""
    events = columns.events
    period = select(
        columns,
        (events.at >= start) & (events.at < end),
        (columns.outcomes.at >= start) & (columns.outcomes.at < end),
    )
    rows = creditable(period) & (period.events.verb == kind.attempt_verb)
    tried = np.bincount(period.events.actor[rows], minlength=len(columns.people)).astype(np.float64)
    return results(period, (kind,), start, end), tried
