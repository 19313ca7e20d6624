"""Waves drawn by lot, when there are not places for all at once: so that the trained and the not yet trained compare.

The lot is the SHA-256 of the seed and the person's number. Everybody can recompute it with any tool, in any year and
whatever the order of the rows, which the generator of a library does not promise.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from training.rules.matching.columns import MatchingError

WHOLE = 2**64


@dataclass(frozen=True)
class Draw:
    """Who starts when, and all that is needed to draw it again.

    `wave_of` numbers waves from 1. `digest` is the SHA-256 of what went in and what came out: two draws are the same if
    and only if their digests are. Learners in `overrides` were moved by a person, with a reason; they are not compared.
    """

    seed: int
    sizes: tuple[int, ...]
    wave_of: Mapping[int, int]
    strata: Mapping[int, tuple[str, ...]]
    digest: str
    overrides: Mapping[int, str] = field(default_factory=dict)

    def members(self, wave: int) -> tuple[int, ...]:
        """Who starts with this wave, in ascending order."""
        return tuple(sorted(learner for learner, number in self.wave_of.items() if number == wave))

    def compared(self, wave: int) -> tuple[int, ...]:
        """The members of a wave who are there by lot alone."""
        return tuple(learner for learner in self.members(wave) if learner not in self.overrides)

    def counts(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """How many of each stratum stand in each wave."""
        found = Counter((self.strata[learner], wave) for learner, wave in self.wave_of.items())
        waves = range(1, len(self.sizes) + 1)
        return {stratum: tuple(found[stratum, wave] for wave in waves) for stratum in sorted(set(self.strata.values()))}


def wave_sizes(learners: int, places: int) -> tuple[int, ...]:
    """As few waves as the places allow, as even as can be, the larger first. Raises MatchingError without places."""
    if learners and places < 1:
        raise MatchingError("No trainer has a place free: approve a trainer or raise a limit before drawing waves.")
    waves = -(-learners // max(places, 1))
    return tuple(learners // waves + (wave < learners % waves) for wave in range(waves))


def draw_waves(strata: Mapping[int, tuple[str, ...]], sizes: Sequence[int], seed: int) -> Draw:
    """Draw every learner into a wave by lot within strata, usually (team, site).

    Each stratum is put in the order of its members' lots and spread evenly over the waves from a start that is drawn as
    well (systematic sampling; W. G. Cochran, "Sampling Techniques", 1977, chapter 8). So a wave holds its share of
    every stratum, a person or two more or less, and all members of a stratum have the same chance of each wave. Raises
    MatchingError if the sizes do not sum to the learners.
    """
    if sum(sizes) != len(strata) or any(size < 0 for size in sizes):
        raise MatchingError(f"The waves have {sum(sizes)} places for {len(strata)} learners: give each a place.")
    ordered = sorted(_positions(strata, seed).items(), key=lambda place: (place[1], _lot(seed, place[0])))
    wave_by_place = [wave for wave, size in enumerate(sizes, 1) for _ in range(size)]
    wave_of = {learner: wave for (learner, _), wave in zip(ordered, wave_by_place, strict=True)}
    return Draw(seed, tuple(sizes), wave_of, dict(strata), _digest(seed, sizes, strata, wave_of))


def overridden(draw: Draw, learner: int, wave: int, reason: str) -> Draw:
    """Move one learner to another wave by a person's decision. The draw itself, and its digest, stay as they are."""
    if learner not in draw.wave_of:
        raise MatchingError(f"Learner {learner} is not in this draw.")
    if not 1 <= wave <= len(draw.sizes):
        raise MatchingError(f"There is no wave {wave}: this draw has {len(draw.sizes)}.")
    if not reason.strip():
        raise MatchingError("A change of wave needs a reason: it takes the learner out of the comparison.")
    moved, overrides = {**draw.wave_of, learner: wave}, {**draw.overrides, learner: reason.strip()}
    return Draw(draw.seed, draw.sizes, moved, draw.strata, draw.digest, overrides)


def _positions(strata: Mapping[int, tuple[str, ...]], seed: int) -> dict[int, float]:
    """Where each learner stands between 0 and 1: the n-th of a stratum's k members at (n + start) / k."""
    members: dict[tuple[str, ...], list[int]] = {}
    for learner, stratum in strata.items():
        members.setdefault(stratum, []).append(learner)
    found = {}
    for stratum, everybody in members.items():
        start = _lot(seed, *stratum) / WHOLE
        for place, learner in enumerate(sorted(everybody, key=lambda each: (_lot(seed, each), each))):
            found[learner] = (place + start) / len(everybody)
    return found


def _lot(seed: int, *words: int | str) -> int:
    """A number of 64 bits that only the seed and the words decide."""
    text = "\n".join(str(word) for word in (seed, *words))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _digest(seed: int, sizes: Sequence[int], strata: Mapping[int, tuple[str, ...]], wave_of: Mapping[int, int]) -> str:
    lines = [f"{seed} {' '.join(str(size) for size in sizes)}"]
    lines += [f"{learner} {wave_of[learner]} {strata[learner]!r}" for learner in sorted(strata)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
