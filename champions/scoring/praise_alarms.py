"""Alarms about who praises whom."""

from collections.abc import Iterator

import numpy as np

from champions.scoring.result import Alarm, Flag
from champions.scoring.scene import ENOUGH, Scene, column_of

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
    mutual = np.asarray(ties.returned.sum(axis=0)).ravel()
    for person in scene.among(ties.total >= ENOUGH, mutual >= RING_SHARE * ties.total):
        ring, _ = column_of(ties.returned, person)
        if len(ring) < FEWEST_IN_RING:
            continue
        members = np.append(ring, person)
        inside = ties.by_giver[members][:, members].sum() / total_given[members].sum()
        if inside >= RING_SHARE:
            reason = (
                f"{mutual[person]:.0f} of {ties.total[person]:.0f} praises come from {len(ring)} people who get as "
                f"much back; together they keep {100 * inside:.0f} % of their praise among themselves."
            )
            yield Flag(person, Alarm.MUTUAL_PRAISE, reason, float(inside), tuple(ring.tolist()))


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
            f"{mutual[person]:.0f} of {ties.total[person]:.0f} outcomes were confirmed by {len(partners)} people "
            "whose outcomes this person confirmed as often."
        )
        share = float(mutual[person] / ties.total[person])
        yield Flag(person, Alarm.SERIAL_ACCEPTING, reason, share, tuple(partners.tolist()))
