"""Alarms about who praises whom."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Reals
from champions.scoring.praise import Ties
from champions.scoring.result import Alarm, Flag
from champions.scoring.scene import ENOUGH, Scene, column_of

FEWEST_IN_RING, MOST_IN_RING = 3, 60
RING_TIES = 3
RING_SHARE, MEMBER_SHARE = 0.5, 0.5
LARGEST_RING_SHARE = 0.34
BEYOND_NEIGHBOURS = 0.65
"""Rings planted into three real communities lie at 0.72 and more, circles of one place in the demo at 0.55 and less."""
LARGEST_CIRCLE = 500
QUIET_SHARE = 0.5
QUIET_EVENTS = 3
EDGE_OF_TRUST = 0.05
EDGE_EVENTS = 20
ONE_GIVER_SHARE = 0.6
RETURNED_SHARE = 0.5
RETURNED_OUTCOMES = 5


def mutual_praise(scene: Scene) -> Iterator[Flag]:
    """Most praise comes from a small circle that keeps most of its own to itself, far more than neighbours do.

    Rings are looked for around each person; then everybody is held against all rings that were found.
    """
    ties = scene.praise.all
    given = np.asarray(ties.by_giver.sum(axis=1)).ravel()
    both = (given >= RING_TIES) & (ties.total >= RING_TIES)
    most = min(MOST_IN_RING, int(LARGEST_RING_SHARE * np.count_nonzero(given)))
    from_both = both.astype(np.float64) @ ties.by_receiver
    looked_at = scene.among(ties.total >= ENOUGH, from_both >= RING_SHARE * ties.total)
    rings: dict[bytes, NDArray[np.intp]] = {}
    for person in looked_at:
        for circle in _circles(ties, person, given) if both[person] else ():
            members = _peeled(ties, np.unique(circle[both[circle]]), given, most)
            if person not in members:
                continue
            inside = _inside(ties, members, given)
            if inside >= RING_SHARE and _beyond_neighbours(scene, members, inside) >= BEYOND_NEIGHBOURS:
                rings[members.tobytes()] = members
                break
    found: dict[int, Flag] = {}
    for members in rings.values():
        for flag in _ring_flags(ties, members, given, np.array(looked_at)):
            if flag.person not in found or len(flag.others) > len(found[flag.person].others):
                found[flag.person] = flag
    yield from found.values()


def _circles(ties: Ties, person: int, given: Reals) -> Iterator[NDArray[np.intp]]:
    """Where a ring around somebody may lie: their givers, if they give them most in turn; then also those givers'
    givers, if these are not half the company.
    """
    near = np.append(column_of(ties.by_receiver, person)[0], person)
    part = slice(ties.by_giver.indptr[person], ties.by_giver.indptr[person + 1])
    back = ties.by_giver.data[part][np.isin(ties.by_giver.indices[part], near)].sum()
    if back >= RING_SHARE * given[person]:
        yield near
    if (ties.by_receiver.indptr[near + 1] - ties.by_receiver.indptr[near]).sum() <= LARGEST_CIRCLE:
        yield np.concatenate([near, *(column_of(ties.by_receiver, other)[0] for other in near)])


def _peeled(ties: Ties, members: NDArray[np.intp], given: Reals, most: int) -> NDArray[np.intp]:
    """The members left when those who give mostly outside, or get hardly anything inside, drop out one round after
    another; nobody if they are too many to be a ring.
    """
    while FEWEST_IN_RING <= len(members) <= LARGEST_CIRCLE:
        within = ties.by_giver[members][:, members]
        got, gave = np.asarray(within.sum(axis=0)).ravel(), np.asarray(within.sum(axis=1)).ravel()
        stays = (got >= RING_TIES) & (gave >= MEMBER_SHARE * given[members])
        if stays.all():
            return members if len(members) <= most else members[:0]
        members = members[stays]
    return members[:0]


def _inside(ties: Ties, members: NDArray[np.intp], given: Reals) -> float:
    """Which share of the members' praise stays among them."""
    return float(ties.by_giver[members][:, members].sum() / given[members].sum())


def _beyond_neighbours(scene: Scene, members: NDArray[np.intp], inside: float) -> float:
    """The share that stays among the members beyond what people of one place praise each other anyway (kappa; Cohen
    1960): praise goes to the same sites, and there to whom the others praise.
    """
    ties, site = scene.praise.all, scene.columns.people.site.astype(np.int64) + 1
    sites, people = int(site.max(initial=0)) + 1, len(site)
    said = ties.by_giver[members]
    elsewhere = ties.total - np.bincount(said.indices, said.data, people)
    of_site = np.bincount(site, elsewhere, sites)
    of_members = np.bincount(site[members], elsewhere[members], sites)
    share = np.divide(of_members, of_site, out=np.zeros(sites), where=of_site > 0)
    expected = float((np.bincount(site[said.indices], said.data, sites) * share).sum() / said.data.sum())
    return (inside - expected) / (1.0 - expected) if expected < 1.0 else 0.0


def _ring_flags(ties: Ties, members: NDArray[np.intp], given: Reals, looked_at: NDArray[np.intp]) -> Iterator[Flag]:
    """A flag about everybody looked at who has most praise from the members of a ring."""
    inside = _inside(ties, members, given)
    received = ties.by_giver[members]
    praise = np.bincount(received.indices, received.data, ties.by_giver.shape[1])[looked_at]
    for place in np.flatnonzero(praise >= RING_SHARE * ties.total[looked_at]).tolist():
        person = int(looked_at[place])
        others = tuple(members[members != person].tolist())
        reason = (
            f"{praise[place]:.0f} of {ties.total[person]:.0f} praises come from {_people(len(others))} who keep "
            f"{100 * inside:.0f} % of their praise among themselves."
        )
        yield Flag(person, Alarm.MUTUAL_PRAISE, reason, inside, others)


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
