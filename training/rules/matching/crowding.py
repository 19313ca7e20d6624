"""How much more each trainer is wanted than there are places: a guide to which pairs are worth looking at.

If every learner named the twenty trainers that fit best, all would name the same few, and most places would stay empty.
A price on each trainer, high where many want few places, spreads them. Prices only choose candidates; no pair pays one.
"""

import numpy as np
from numpy.typing import NDArray

from training.rules.matching.columns import NOT_STATED, Numbers
from training.rules.matching.hard_rules import blocks, profiles
from training.rules.matching.pair_costs import PairCosts
from training.rules.matching.settings import Rules
from training.rules.matching.situation import Situation

SAMPLE = 2000
SOFTNESS = 25.0
ROUNDS = 40
WAY_OUT = 2.0
"""Measured (benchmarks/matching.py): with these, 20 candidates each cost nobody a trainer. A learner may stay without
at the price of `WAY_OUT` times the dearest pair, so that no price grows beyond that.
"""


def crowding_prices(situation: Situation, rules: Rules, pair_costs: PairCosts, rows: Numbers) -> Numbers:
    """Points to add to each trainer: [trainers], at least 0.

    Entropic transport (M. Cuturi, "Sinkhorn distances", 2013) between an even sample of the learners and the trainers'
    places, scaled down alike, with inequality at the places. The sample is every k-th learner ordered by profile, so
    that the prices depend on nothing but the situation.
    """
    sample, column_of = _sample(situation, rows)
    dearest = pair_costs.costs.gap + pair_costs.costs.tie + pair_costs.costs.site
    wish = np.zeros((len(sample), len(situation.trainers)), np.float32)
    for block in blocks(situation, rules, sample):
        points = pair_costs.fit(block.rows, block.columns).astype(np.float32)
        chance = np.exp((points.min(axis=1, keepdims=True, initial=dearest) - points) / SOFTNESS)
        chance[block.forbidden] = 0
        wish[column_of[block.rows][:, None], block.columns[None]] = chance
    places = situation.places * (len(sample) / max(len(rows), 1))
    openness = _balance(wish, places.astype(np.float32), float(np.exp(-WAY_OUT * dearest / SOFTNESS)))
    floor = np.exp(-WAY_OUT * dearest / SOFTNESS)
    return np.rint(-SOFTNESS * np.log(np.maximum(openness, floor))).astype(np.int32)


def _sample(situation: Situation, rows: Numbers) -> tuple[Numbers, Numbers]:
    ordered = rows[np.argsort(profiles(situation.learners)[rows], kind="stable")]
    sample = ordered[:: max(-(-len(rows) // SAMPLE), 1)]
    column_of = np.full(len(situation.learners), NOT_STATED, np.int32)
    column_of[sample] = np.arange(len(sample), dtype=np.int32)
    return sample, column_of


def _balance(wish: NDArray[np.float32], places: NDArray[np.float32], way_out: float) -> NDArray[np.float64]:
    """Scale the columns of `wish`, 0 to 1, until no trainer gets more than there are places."""
    openness = np.ones(wish.shape[1], np.float32)
    for _ in range(ROUNDS):
        share = 1 / (wish @ openness + np.float32(max(way_out, 1e-30)))
        openness = np.minimum(1, places / np.maximum(wish.T @ share, np.float32(1e-30)))
    return openness.astype(np.float64)
