"""Alarms about who praises whom."""

from collections.abc import Iterator

import numpy as np

from champions.scoring.result import Alarm, Flag
from champions.scoring.scene import ENOUGH, Scene, given_by, givers_of

FEWEST_IN_RING = 2
RING_SHARE = 0.6
QUIET_SHARE = 0.5
QUIET_EVENTS = 3
EDGE_OF_TRUST = 0.05
EDGE_EVENTS = 20
ONE_GIVER_SHARE = 0.6
RETURNED_SHARE = 0.5
RETURNED_OUTCOMES = 5


def mutual_praise(scene: Scene) -> Iterator[Flag]:
    """Most praise comes from people who get as much back, and who keep most of theirs among themselves."""
    ties = scene.praise.all
    total_given = np.asarray(ties.by_giver.sum(axis=1)).ravel()
    for person in scene.people.tolist():
        giver, times = givers_of(ties, person)
        total = times.sum()
        mutual = np.minimum(times, given_by(ties, person, giver))
        ring = giver[mutual > 0]
        if total < ENOUGH or len(ring) < FEWEST_IN_RING or mutual.sum() < RING_SHARE * total:
            continue
        members = np.append(ring, person)
        inside = ties.by_giver[members][:, members].sum() / total_given[members].sum()
        if inside >= RING_SHARE:
            reason = (
                f"{mutual.sum():.0f} of {total:.0f} praises come from {len(ring)} people who get as much back; "
                f"together they keep {100 * inside:.0f} % of their praise among themselves."
            )
            yield Flag(person, Alarm.MUTUAL_PRAISE, reason, float(inside), tuple(ring.tolist()))


def quiet_givers(scene: Scene) -> Iterator[Flag]:
    """Most praise comes from accounts that do hardly anything else, or stand at the edge of the network."""
    spread = np.diff(scene.praise.all.by_giver.indptr)
    for person in scene.people.tolist():
        giver, times = givers_of(scene.praise.all, person)
        quiet = (scene.done[giver] <= QUIET_EVENTS) & (spread[giver] == 1)
        quiet |= (scene.trust[giver] < EDGE_OF_TRUST) & (scene.done[giver] <= EDGE_EVENTS)
        share = times[quiet].sum() / max(times.sum(), 1.0)
        if times.sum() >= ENOUGH and np.count_nonzero(quiet) > 1 and share >= QUIET_SHARE:
            reason = (
                f"{times[quiet].sum():.0f} of {times.sum():.0f} praises come from {np.count_nonzero(quiet)} "
                "accounts that do hardly anything else."
            )
            yield Flag(person, Alarm.QUIET_GIVERS, reason, float(share), tuple(giver[quiet].tolist()))


def few_givers(scene: Scene) -> Iterator[Flag]:
    """Most confirmed outcomes come from one giver."""
    for person in scene.people.tolist():
        giver, times = givers_of(scene.praise.outcomes, person)
        total = times.sum()
        if total >= ENOUGH and times.max() > ONE_GIVER_SHARE * total:
            reason = f"One giver confirmed {times.max():.0f} of {total:.0f} outcomes."
            others = (int(giver[times.argmax()]),)
            yield Flag(person, Alarm.FEW_GIVERS, reason, float(times.max() / total), others)


def serial_accepting(scene: Scene) -> Iterator[Flag]:
    """Outcomes confirmed back and forth between the same two people."""
    ties = scene.praise.outcomes
    for person in scene.people.tolist():
        giver, times = givers_of(ties, person)
        pairs = np.minimum(times, given_by(ties, person, giver))
        often = pairs >= RETURNED_OUTCOMES
        share = pairs[often].sum() / max(times.sum(), 1.0)
        if often.any() and share >= RETURNED_SHARE:
            reason = (
                f"{pairs[often].sum():.0f} of {times.sum():.0f} outcomes were confirmed by "
                f"{np.count_nonzero(often)} people whose outcomes this person confirmed as often."
            )
            yield Flag(person, Alarm.SERIAL_ACCEPTING, reason, float(share), tuple(giver[often].tolist()))
