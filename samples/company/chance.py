"""Seeded chance: one independent stream for each purpose, so that a change to one leaves the others as they were."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def stream(seed: int, purpose: str) -> np.random.Generator:
    """A generator that depends on the seed and the purpose alone, never on the order of calls or on hashing."""
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(purpose.encode())]))


def one_of(rng: np.random.Generator, items: Sequence[Item]) -> Item:
    """One item, each as likely as the other."""
    return items[int(rng.integers(len(items)))]


def some_of(rng: np.random.Generator, items: Sequence[Item], count: int) -> list[Item]:
    """`count` different items (all, if there are fewer), in the order of the draw."""
    return [items[place] for place in rng.permutation(len(items))[:count].tolist()]


def weighted_some(rng: np.random.Generator, weights: np.ndarray, count: int) -> list[int]:
    """`count` different places, drawn without putting back, each in proportion to its weight; places of weight 0 never.

    Method: Efraimidis and Spirakis (2006), the largest of u ** (1 / weight), here as logarithms.
    """
    places = np.flatnonzero(weights > 0)
    keys = np.log(rng.random(len(places))) / weights[places]
    return [int(place) for place in places[np.argsort(-keys)[:count]]]


def happens(rng: np.random.Generator, log_odds: float) -> bool:
    """True with the chance 1 / (1 + exp(-log_odds))."""
    return bool(rng.random() < 1.0 / (1.0 + np.exp(-log_odds)))
