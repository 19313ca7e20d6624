"""Whose turn it is: which waves take part in a proposal, and how people are drawn who came after the first draw."""

import hashlib
from collections.abc import Mapping, Sequence

from training.rules.matching.waves import wave_sizes


def last_wave_now(waiting: Mapping[int, int], started: int, free: int) -> int:
    """The last wave that takes part: those that have started, and the next ones as long as their people find room.

    `waiting` counts by wave (from 1) who has no trainer yet, `free` the places. At least one wave takes part: the first
    one that has anybody waiting, also where there is no room for all of it.
    """
    last, needed = started, 0
    for wave in sorted(wave for wave, number in waiting.items() if wave > started and number):
        needed += waiting[wave]
        nobody_yet = not any(number for known, number in waiting.items() if known <= last)
        if needed > free and not nobody_yet:
            break
        last = wave
        if needed > free:
            break
    return last


def sizes_for_late(late: int, later_waves: int, free: int) -> tuple[int, ...]:
    """How many of those who came after the draw go into each wave that has not started, as even as can be.

    If every wave has started, they make new ones.
    """
    if not later_waves:
        return wave_sizes(late, max(free, 1))
    return tuple(late // later_waves + (place < late % later_waves) for place in range(later_waves))


def seed_from(words: Sequence[object]) -> int:
    """A seed that nobody chooses: 31 bits of the SHA-256 of what is known when the first draw is made."""
    text = "\n".join(str(word) for word in words)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
