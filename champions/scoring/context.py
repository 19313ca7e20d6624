"""What stands beside a score: measures of how somebody works with others.

None of them enters the score: none made the lists better in the communities tried (docs/decisions/0011).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from champions.scoring.columns import Columns, Numbers, Reach, Reals, Truths
from champions.scoring.fading import grained, per_person, weights
from champions.scoring.kinds import codes_of
from champions.scoring.network import FADE_DAYS

REPLY_VERBS = frozenset({"answer", "reply", "comment", "review"})
HOUR = 3600.0


def breadth(columns: Columns, group: Numbers, groups: int, person: Numbers, weight: Reals) -> Reals:
    """Over how many groups each person's weight spreads: the effective number, exp of the entropy (Hill
    1973).
    """
    people = len(columns.people)
    stated = group >= 0
    place = (person[stated], group[stated])
    spread: Any = sparse.coo_array((weight[stated], place), shape=(people, max(groups, 1))).tocsr()
    total = np.asarray(spread.sum(axis=1)).ravel()
    row = np.repeat(np.arange(people), np.diff(spread.indptr))
    part = spread.data / total[row]
    entropy = np.bincount(row, grained(-part * np.log(part)), people)
    return np.where(total > 0, np.exp(entropy), 0.0)


def channels_used(columns: Columns, own: Truths, as_of: float) -> tuple[Reals, Reals]:
    """The effective number of channels of each person's own events, and how many events stand under it."""
    events = columns.events
    rows = np.flatnonzero(own)
    faded = weights(events.at[rows], as_of, FADE_DAYS)
    spread = breadth(columns, events.channel[rows], len(events.channel_names), events.actor[rows], faded)
    return spread, per_person(events.actor[rows], len(columns.people))


def teams_helped(columns: Columns, rows: NDArray[np.intp], as_of: float) -> tuple[Reals, Reals]:
    """The effective number of teams among those whom each person helped, and how many events stand under
    it.
    """
    events, people = columns.events, columns.people
    team = people.team[events.target[rows]]
    faded = weights(events.at[rows], as_of, FADE_DAYS)
    spread = breadth(columns, team, len(people.team_names), events.actor[rows], faded)
    return spread, per_person(events.actor[rows], len(people))


def share_of(columns: Columns, among: Truths, marked: Truths) -> tuple[Reals, Reals]:
    """For each person the share of the events `among` that are `marked`, and how many there are."""
    actor, people = columns.events.actor, len(columns.people)
    count = per_person(actor[among], people)
    hits = per_person(actor[among & marked], people)
    return np.divide(hits, count, out=np.full(people, np.nan), where=count > 0), count


def own_words(columns: Columns, own: Truths) -> tuple[Reals, Reals]:
    """The share of own texts (supplied ones left out) that were not posted before by somebody."""
    events = columns.events
    return share_of(columns, own & ~events.from_library, ~events.is_copy)


def listening(columns: Columns, own: Truths) -> tuple[Reals, Reals]:
    """The share of own events that answer somebody, rather than broadcast."""
    replies = codes_of(columns.events.verb_names, REPLY_VERBS)[columns.events.verb]
    return share_of(columns, own, replies)


def reply_hours(columns: Columns) -> tuple[Reals, Reals]:
    """The usual time to a reply in hours (geometric mean, at least a minute each), and how many replies
    tell.
    """
    events, people = columns.events, len(columns.people)
    replies = codes_of(events.verb_names, REPLY_VERBS)[events.verb]
    rows = np.flatnonzero(replies & (events.parent >= 0) & (events.actor >= 0))
    hours = np.maximum((events.at[rows] - events.at[events.parent[rows]]) / HOUR, 1 / 60)
    count = per_person(events.actor[rows], people)
    total = per_person(events.actor[rows], people, grained(np.log(hours)))
    return np.exp(np.divide(total, count, out=np.full(people, np.nan), where=count > 0)), count


def quiet_moved(columns: Columns) -> tuple[Reals, Reals]:
    """Replies won from people who seldom reply: each counts one over the number of replies its giver ever
    gave.
    """
    events, people = columns.events, len(columns.people)
    replies = codes_of(events.verb_names, REPLY_VERBS)[events.verb]
    rows = np.flatnonzero(replies & (events.actor >= 0) & (events.target >= 0) & (events.actor != events.target))
    given = per_person(events.actor[rows], people)
    weight = grained(1.0 / given[events.actor[rows]])
    return per_person(events.target[rows], people, weight), per_person(events.target[rows], people)


def organic(columns: Columns, own: Truths) -> tuple[Reals, Reals]:
    """The share of own events whose reach is stated and was not paid for, among those that state it."""
    reach = columns.events.reach
    return share_of(columns, own & (reach != Reach.NOT_STATED), reach == Reach.ORGANIC)
