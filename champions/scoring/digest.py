"""A fingerprint of what was read: the same rows give the same digest, in whatever order they and the people
stand.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from champions.scoring.columns import Columns
from champions.scoring.draws import GOLDEN, MIX_1, MIX_2

Keys = NDArray[np.uint64]
CHUNK = 1 << 20


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
    answered = np.append(rows, np.uint64(0))[events.parent]
    brought = np.append(rows, np.uint64(0))[outcomes.event]
    won = _rows(
        [
            (outcomes.at, None),
            (outcomes.person, people),
            (outcomes.kind, kinds),
            (outcomes.value, None),
            (brought, None),
        ]
    )
    sums = [_sum(mix(rows + answered * GOLDEN)), _sum(won), _sum(people[:-1])]
    text = repr((sums, len(events), len(outcomes), len(columns.people), as_of, settings))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def name_keys(names: tuple[str, ...]) -> Keys:
    """A 64-bit key per name, and one more at the end that answers for number -1."""
    join = b"".join(hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.append(np.frombuffer(join, ">u8").astype(np.uint64), np.uint64(0))


def mix(state: Keys) -> Keys:
    """Scramble 64-bit numbers (SplitMix64 of Steele, Lea and Flood 2014)."""
    state = (state ^ (state >> np.uint64(30))) * MIX_1
    state = (state ^ (state >> np.uint64(27))) * MIX_2
    return state ^ (state >> np.uint64(31))


def _rows(columns: list[tuple[NDArray[np.generic], Keys | None]]) -> Keys:
    count = len(columns[0][0])
    rows = np.empty(count, np.uint64)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        state = np.zeros(min(CHUNK, count - start), np.uint64)
        for values, keys in columns:
            state = state * MIX_1 + (_bits(values[part]) if keys is None else keys[values[part]])
        rows[part] = mix(state)
    return rows


def _bits(values: NDArray[np.generic]) -> Keys:
    if values.dtype == np.uint64:
        return values.view(np.uint64)
    return (values.astype(np.float64) + 0.0).view(np.uint64)  # + 0.0: minus zero is zero


def _sum(rows: Keys) -> int:
    return int(rows.sum(dtype=np.uint64))
