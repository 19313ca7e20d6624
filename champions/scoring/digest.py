"""A fingerprint of what was read: the same rows give the same digest, in whatever order they and the people
stand.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns, Numbers, People
from champions.scoring.draws import GOLDEN, MIX_1, MIX_2

Keys = NDArray[np.uint64]
CHUNK = 1 << 16  # rows that fit the processor's cache


def digest(columns: Columns, as_of: float, settings: str) -> str:
    """32 hexadecimal digits for the columns, the moment and the settings (as text)."""
    events, outcomes = columns.events, columns.outcomes
    people = name_keys(columns.people.ids)
    verbs, channels, kinds = (name_keys(x) for x in (events.verb_names, events.channel_names, outcomes.kind_names))
    marks = events.reach.astype(np.uint64) * np.uint64(4) + events.is_copy * np.uint64(2) + events.from_library
    rows = _rows(
        [(events.at, None), (events.actor, people), (events.target, people), (events.verb, verbs),
         (events.channel, channels), (events.magnitude, None), (marks, None)]
    )  # fmt: skip
    won = _rows(
        [(outcomes.at, None), (outcomes.person, people), (outcomes.kind, kinds), (outcomes.value, None)]
    )  # fmt: skip
    sums = [_sum(rows, rows, events.parent), _sum(won, rows, outcomes.event), _of_people(columns.people, people)]
    if events.thread is not None:
        sums.append(_of_threads(rows[:-1], events.thread))
    text = repr((sums, len(events), len(outcomes), len(columns.people), as_of, settings))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _of_people(people: People, keys: Keys) -> int:
    """The sum of the people's keys, each scrambled with the groups that the person is compared within."""
    state = keys[:-1].copy()
    grouped = [(people.job, people.job_names), (people.site, people.site_names)]
    if people.access is not None:
        grouped.append((people.access, people.access_names))
    for column, names in grouped:
        state = mix(state * MIX_1 + name_keys(names)[column])
    return int(state.sum(dtype=np.uint64))


def _of_threads(rows: Keys, thread: Numbers) -> int:
    """The sum over threads of what their rows are together, scrambled: which rows belong together, and no number."""
    order = np.argsort(thread, kind="stable")
    ordered = thread[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[0] - 1))
    together = np.add.reduceat(rows[order], starts)
    return int(mix(together[ordered[starts] >= 0]).sum(dtype=np.uint64))


def name_keys(names: tuple[str, ...]) -> Keys:
    """A 64-bit key per name, and one more at the end that answers for number -1."""
    keys = np.zeros(len(names) + 1, np.uint64)
    if not names:
        return keys
    letters = np.array(names, dtype=np.str_)
    columns = letters.view(np.uint32).reshape(len(names), -1)
    state = np.zeros(len(names), np.uint64)
    for column in columns.T:
        state = mix(state * MIX_1 + column + GOLDEN * (column > 0))  # short names are filled up with zeros
    keys[:-1] = state
    return keys


def mix(state: Keys) -> Keys:
    """Scramble 64-bit numbers (SplitMix64 of Steele, Lea and Flood 2014)."""
    state = (state ^ (state >> np.uint64(30))) * MIX_1
    state = (state ^ (state >> np.uint64(27))) * MIX_2
    return state ^ (state >> np.uint64(31))


def _rows(columns: list[tuple[NDArray[np.generic], Keys | None]]) -> Keys:
    """A key for each row, and one more at the end that answers for row -1."""
    count = len(columns[0][0])
    rows = np.zeros(count + 1, np.uint64)
    for start in range(0, count, CHUNK):
        part = slice(start, min(start + CHUNK, count))
        state = np.zeros(part.stop - start, np.uint64)
        for values, keys in columns:
            state *= MIX_1
            state += _bits(values[part]) if keys is None else keys[values[part]]
        rows[part] = mix(state)
    return rows


def _sum(rows: Keys, linked: Keys, link: Numbers) -> int:
    """The sum of all rows' keys, each scrambled with the key of the row that it points at."""
    total = 0
    for start in range(0, len(link), CHUNK):
        part = slice(start, min(start + CHUNK, len(link)))
        total += int(mix(rows[part] + linked[link[part]] * GOLDEN).sum(dtype=np.uint64))
    return total % 2**64


def _bits(values: NDArray[np.generic]) -> Keys:
    if values.dtype == np.uint64:
        return values.view(np.uint64)
    return (values.astype(np.float64) + 0.0).view(np.uint64)  # + 0.0: minus zero is zero
