"""The whole proposal, and the mishaps that it must survive with a clear sentence."""

from hypothesis import given

from tests.training.rules.matching.worlds import TOPICS, World, costs, rules, thorough, worlds
from training.rules.matching.columns import NOBODY
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.proposal import Proposal, propose
from training.rules.matching.settings import Costs, Rules


def proposal_for(learners: list[Learner], trainers: list[Trainer]) -> Proposal:
    return propose(gather(learners, trainers, {}, TOPICS), Rules(), Costs())


@thorough
@given(worlds(), rules(), costs())
def test_a_proposal_is_optimal_complete_and_the_same_each_time(world: World, chosen: Rules, weights: Costs) -> None:
    proposal = propose(world.situation(), chosen, weights)
    assert proposal.cost == proposal.bound
    assert proposal.saving == 0
    assert proposal.above_least >= 0
    asked = {each.id for each in world.learners if each.takes_part and not each.paused and not each.left}
    served = {pair.learner for pair in proposal.pairs}
    left = {learner for group in proposal.leftovers for learner in group.learners}
    assert served | left == asked
    assert not served & left
    assert sum(load.load for load in proposal.loads) == len(proposal.pairs)
    assert all(load.load <= load.places and load.staying <= load.load for load in proposal.loads)
    again = propose(world.situation(), chosen, weights)
    assert again.pairs == proposal.pairs
    assert again.leftovers == proposal.leftovers


def test_progress_is_told_step_by_step() -> None:
    steps: list[tuple[int, int, str]] = []
    propose(gather([], [], {}), Rules(), Costs(), progress=lambda *step: steps.append(step))
    assert [step[0] for step in steps] == [0, 1, 2, 3]
    assert all(step[1] == 4 and step[2] for step in steps)


def test_nobody_at_all() -> None:
    proposal = proposal_for([], [])
    assert (proposal.pairs, proposal.loads, proposal.leftovers, proposal.cost) == ((), (), (), 0)


def test_trainers_without_learners() -> None:
    proposal = proposal_for([], [Trainer(20, 4, ("en",))])
    assert [(load.trainer, load.load, load.places) for load in proposal.loads] == [(20, 0, 4)]


def test_a_trainer_who_leaves_loses_all_learners_to_others() -> None:
    learners = [Learner(n, ("en",), present_trainer=20) for n in (1, 2, 3)]
    proposal = proposal_for(learners, [Trainer(20, 4, ("en",), left=True), Trainer(21, 4, ("en",))])
    assert {pair.trainer for pair in proposal.pairs} == {21}
    assert len(proposal.changes.moves) == 3
    assert [load.trainer for load in proposal.loads] == [21]


def test_a_learner_who_becomes_a_trainer_still_has_one_and_never_themselves() -> None:
    learners = [Learner(n, ("en",)) for n in (1, 20, 21)]
    proposal = proposal_for(learners, [Trainer(20, 4, ("en",)), Trainer(21, 4, ("en",))])
    assert {pair.learner: pair.trainer for pair in proposal.pairs}[20] == 21
    assert {pair.learner: pair.trainer for pair in proposal.pairs}[21] == 20


def test_who_is_paused_has_left_or_takes_no_part_is_neither_paired_nor_left_over() -> None:
    learners = [Learner(1, ("en",), paused=True), Learner(2, ("en",), left=True), Learner(3, ("en",), takes_part=False)]
    proposal = proposal_for(learners, [Trainer(20, 4, ("en",))])
    assert (proposal.pairs, proposal.leftovers) == ((), ())


def test_half_of_the_company_moves_to_another_language() -> None:
    learners = [Learner(n, ("pl",) if n % 2 else ("en",), present_trainer=20) for n in range(1, 9)]
    proposal = proposal_for(learners, [Trainer(20, 8, ("en",))])
    assert len(proposal.changes.keeps) == 4
    assert len(proposal.changes.loses) == 4
    assert [group.learners for group in proposal.leftovers] == [(1, 3, 5, 7)]


def test_a_lone_trainer_leaves_everybody_without_a_second_contact() -> None:
    proposal = proposal_for([Learner(1, ("en",))], [Trainer(20, 4, ("en",))])
    assert [pair.second for pair in proposal.pairs] == [None]
    assert proposal.second.trainer_of.tolist() == [NOBODY]


def test_a_possible_trainer_gets_nobody_and_is_not_in_the_loads() -> None:
    proposal = proposal_for([Learner(1, ("en",))], [Trainer(20, 4, ("en",), possible=True)])
    assert proposal.pairs == ()
    assert proposal.loads == ()
    assert [group.helper for group in proposal.leftovers] == [20]
