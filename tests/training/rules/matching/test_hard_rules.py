"""Which pairs cannot be."""

import numpy as np
from hypothesis import given

from tests.training.rules.matching.worlds import World, broken_rules, rules, thorough, worlds
from training.rules.matching.hard_rules import blocks, broken, broken_in_pairs
from training.rules.matching.settings import BIT, Rules


@thorough
@given(worlds(), rules())
def test_every_pair_breaks_exactly_the_rules_that_a_pencil_finds(world: World, chosen: Rules) -> None:
    situation = world.situation()
    rows = np.arange(len(world.learners), dtype=np.int32)
    found = broken(situation, chosen, rows)
    for row, learner in enumerate(sorted(world.learners, key=lambda each: each.id)):
        for column, trainer in enumerate(sorted(world.trainers, key=lambda each: each.id)):
            expected = sum(BIT[rule] for rule in broken_rules(world, chosen, learner, trainer))
            assert found[row, column] == expected


@thorough
@given(worlds(), rules())
def test_blocks_and_single_pairs_say_the_same_as_the_whole_table(world: World, chosen: Rules) -> None:
    situation = world.situation()
    rows = np.arange(len(world.learners), dtype=np.int32)
    table = broken(situation, chosen, rows)
    learner, trainer = (part.ravel().astype(np.int32) for part in np.indices(table.shape))
    assert (broken_in_pairs(situation, chosen, learner, trainer) == table.ravel()).all()
    allowed = np.zeros(table.shape, bool)
    for block in blocks(situation, chosen, rows):
        allowed[block.rows[:, None], block.columns[None]] = ~block.forbidden
    assert (allowed == (table == 0)).all()
