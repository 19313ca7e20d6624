"""Alarms about who praises whom."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Truths
from champions.scoring.praise import Ties
from champions.scoring.result import Alarm, Flag
from champions.scoring.scene import ENOUGH, Scene, column_of

FEWEST_IN_RING, MOST_IN_RING = 3, 60
RING_TIES = 3
RING_SHARE = 0.7
QUIET_SHARE = 0.5
QUIET_EVENTS = 3
EDGE_OF_TRUST = 0.05
EDGE_EVENTS = 20
ONE_GIVER_SHARE = 0.6
RETURNED_SHARE = 0.5
RETURNED_OUTCOMES = 5


def mutual_praise(scene: Scene) -> Iterator[Flag]:
    """Most praise comes from a small circle whose members praise each other and hardly anybody else."""
    ties = scene.praise.all
    given = np.asarray(ties.by_giver.sum(axis=1)).ravel()
    both = ((given >= RING_TIES) & (ties.total >= RING_TIES)).astype(np.float64)
    from_both = both @ ties.by_receiver
    for person in scene.among(ties.total >= ENOUGH, given >= RING_TIES, from_both >= RING_SHARE * ties.total):
        giver, times = column_of(ties.by_receiver, person)
        ring = _ring(ties, person, both > 0)
        members = np.append(ring, person)
        praise = times[np.isin(giver, ring)].sum()
        inside = ties.by_giver[members][:, members].sum() / given[members].sum()
        if len(members) >= FEWEST_IN_RING and min(praise / ties.total[person], inside) >= RING_SHARE:
            reason = (
                f"{praise:.0f} of {ties.total[person]:.0f} praises come from {len(ring)} people who praise each "
                f"other; they keep {100 * inside:.0f} % of their praise among themselves."
            )
            yield Flag(person, Alarm.MUTUAL_PRAISE, reason, float(inside), tuple(ring.tolist()))


def _ring(ties: Ties, person: int, both: Truths) -> NDArray[np.intp]:
    """Those around one person who give praise to, and get it from, the circle: their givers and the givers of these."""
    near, _ = column_of(ties.by_receiver, person)
    near = near[both[near]]
    wider = np.unique(np.concatenate([near, *(column_of(ties.by_receiver, other)[0] for other in near[:MOST_IN_RING])]))
    wider = wider[both[wider]]
    circle = np.append(wider if len(wider) <= MOST_IN_RING else near, person)
    circle = np.unique(circle)
    if len(circle) > MOST_IN_RING:
        return circle[:0]
    within = ties.by_giver[circle][:, circle]
    got, gave = np.asarray(within.sum(axis=0)).ravel(), np.asarray(within.sum(axis=1)).ravel()
    ring: NDArray[np.intp] = circle[(got >= RING_TIES) & (gave >= RING_TIES) & (circle != person)]
    return ring


def quiet_givers(scene: Scene) -> Iterator[Flag]:
    """Most praise comes from accounts that do hardly anything else, or stand at the edge of the network."""
    ties = scene.praise.all
    quiet = (scene.done <= QUIET_EVENTS) & (np.diff(ties.by_giver.indptr) == 1)
    quiet |= (scene.trust < EDGE_OF_TRUST) & (scene.done <= EDGE_EVENTS)
    by_quiet = quiet.astype(np.float64) @ ties.by_receiver
    for person in scene.among(ties.total >= ENOUGH, by_quiet >= QUIET_SHARE * ties.total):
        giver, _ = column_of(ties.by_receiver, person)
        accounts = giver[quiet[giver]]
        if len(accounts) > 1:
            reason = (
                f"{by_quiet[person]:.0f} of {ties.total[person]:.0f} praises come from {len(accounts)} accounts "
                "that do hardly anything else."
            )
            share = float(by_quiet[person] / ties.total[person])
            yield Flag(person, Alarm.QUIET_GIVERS, reason, share, tuple(accounts.tolist()))


def few_givers(scene: Scene) -> Iterator[Flag]:
    """Most confirmed outcomes come from one giver."""
    ties = scene.praise.outcomes
    for person in scene.among(ties.total >= ENOUGH, ties.most > ONE_GIVER_SHARE * ties.total):
        giver, times = column_of(ties.by_receiver, person)
        reason = f"One giver confirmed {times.max():.0f} of {ties.total[person]:.0f} outcomes."
        others = (int(giver[times.argmax()]),)
        yield Flag(person, Alarm.FEW_GIVERS, reason, float(times.max() / ties.total[person]), others)


def serial_accepting(scene: Scene) -> Iterator[Flag]:
    """Outcomes confirmed back and forth between the same two people."""
    ties = scene.praise.outcomes
    often = ties.returned.copy()
    often.data[often.data < RETURNED_OUTCOMES] = 0
    often.eliminate_zeros()
    mutual = np.asarray(often.sum(axis=0)).ravel()
    for person in scene.among(mutual > 0, mutual >= RETURNED_SHARE * ties.total):
        partners, _ = column_of(often, person)
        reason = (
            f"{mutual[person]:.0f} of {ties.total[person]:.0f} outcomes were confirmed by {_people(len(partners))} "
            "whose outcomes this person confirmed as often."
        )
        share = float(mutual[person] / ties.total[person])
        yield Flag(person, Alarm.SERIAL_ACCEPTING, reason, share, tuple(partners.tolist()))


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
