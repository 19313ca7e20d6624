"""Who stays without a trainer, why, and what would help: in the words that the owner reads."""

from dataclasses import replace

from hypothesis import given

from tests.training.rules.matching.worlds import World, costs, rules, thorough, worlds
from training.rules.matching.candidates import candidates
from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.leftovers import leftovers
from training.rules.matching.settings import Costs, Rule, Rules
from training.rules.matching.solving import solve
from training.rules.matching.wording import cure, obstacle

DAY, EVENING, NIGHT = (480, 480), (840, 480), (1320, 480)
CHOSEN = Rules()
NAMES = {20: "Piotr", 21: "Gosia", 22: "Beatriz"}


def told(
    learners: list[Learner],
    trainers: list[Trainer],
    managers: dict[int, int | None] | None = None,
    conflicts: tuple[tuple[int, int], ...] = (),
) -> list[tuple[tuple[int, ...], str, str]]:
    """Learners, obstacle and cure of each group that is left over."""
    situation = gather(learners, trainers, managers or {}, conflicts=conflicts)
    groups = leftovers(solve(candidates(situation, CHOSEN, Costs())))
    return [(each.learners, obstacle(each, CHOSEN.overlap_minutes), cure(each, NAMES.__getitem__)) for each in groups]


@thorough
@given(worlds(), rules(), costs())
def test_everybody_left_over_is_explained_once(world: World, chosen: Rules, weights: Costs) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    groups = leftovers(result)
    explained = sorted(learner for group in groups for learner in group.learners)
    assert explained == result.candidates.situation.learners.ids[result.left_over].tolist()
    for group in groups:
        assert obstacle(group, chosen.overlap_minutes).endswith(".")
        assert cure(group, str).endswith(".")
        assert group.takes <= len(group.learners)


@thorough
@given(worlds(), rules(), costs())
def test_an_approval_that_is_said_to_help_does_help(world: World, chosen: Rules, weights: Costs) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    for group in leftovers(result):
        if group.cure is not Rule.APPROVAL:
            continue
        approved = tuple(
            replace(each, possible=False, consents=True, trained=True) if each.id == group.helper else each
            for each in world.trainers
        )
        after = World(world.learners, approved, world.managers, world.ties, world.conflicts)
        fewer = solve(candidates(after.situation(), chosen, weights)).left_over
        assert len(fewer) <= len(result.left_over) - group.takes


@thorough
@given(worlds(), rules(), costs())
def test_a_raised_limit_that_is_said_to_help_does_help(world: World, chosen: Rules, weights: Costs) -> None:
    result = solve(candidates(world.situation(), chosen, weights))
    for group in leftovers(result):
        if group.cure is not Rule.PLACES:
            continue
        raised = tuple(
            Trainer(**{name: getattr(each, name) for name in Trainer.__slots__} | {"places": each.places + 1})
            if each.id == group.helper
            else each
            for each in world.trainers
        )
        after = World(world.learners, raised, world.managers, world.ties, world.conflicts)
        assert len(solve(candidates(after.situation(), chosen, weights)).left_over) == len(result.left_over) - 1


def test_without_trainers() -> None:
    assert told([Learner(1, ("Polish",)), Learner(2, ("Polish",))], []) == [
        ((1, 2), "There is no trainer yet.", "Approve a nomination on the shortlist.")
    ]


def test_nobody_speaks_the_language() -> None:
    assert told([Learner(1, ("Polish",))], [Trainer(20, 5, ("English",))]) == [
        (
            (1,),
            "No trainer speaks Polish.",
            "Approve a trainer who speaks Polish, or add the language to a trainer who does.",
        )
    ]


def test_somebody_on_the_shortlist_speaks_it() -> None:
    trainers = [Trainer(20, 5, ("English",)), Trainer(22, 8, ("Spanish",), possible=True)]
    assert told([Learner(n, ("Spanish",)) for n in (1, 2, 3)], trainers) == [
        (
            (1, 2, 3),
            "No trainer speaks Spanish.",
            "Approve Beatriz, who is on the shortlist: Beatriz would take all three.",
        )
    ]


def test_no_language_is_stated() -> None:
    assert told([Learner(1)], [Trainer(20, 5, ("English",))]) == [
        ((1,), "The staff directory states no language.", "State a language in the staff directory.")
    ]


def test_too_few_hours_in_common() -> None:
    trainers = [Trainer(20, 5, ("Polish",), hours=DAY), Trainer(21, 5, ("English",), hours=EVENING)]
    assert told([Learner(1, ("Polish",), hours=EVENING)], trainers) == [
        (
            (1,),
            "They share at most two hours of the working day with a trainer who speaks Polish; "
            "the rule asks for four hours.",
            "Allow two hours: Piotr would take this learner.",
        )
    ]


def test_no_hour_in_common_is_not_cured_by_another_rule_of_hours() -> None:
    assert told([Learner(1, ("Polish",), hours=NIGHT)], [Trainer(20, 5, ("Polish",), hours=DAY)]) == [
        (
            (1,),
            "They share nothing of the working day with a trainer who speaks Polish; the rule asks for four hours.",
            "Approve a trainer who speaks Polish and works at the same hours.",
        )
    ]


def test_the_only_trainers_manage_the_learner_or_report_to_them() -> None:
    trainers = [Trainer(20, 5, ("French",)), Trainer(21, 5, ("French",))]
    [(learners, way, help_)] = told([Learner(1, ("French",))], trainers, {20: 1, 1: 21})
    assert learners == (1,)
    assert way == "Every trainer who speaks French stands in the same line of management."
    assert help_.startswith("Approve a trainer from another line, or switch that rule off")


def test_a_conflict_with_the_only_trainer() -> None:
    assert told([Learner(1, ("French",))], [Trainer(20, 5, ("French",))], conflicts=((20, 1),)) == [
        (
            (1,),
            "A conflict is recorded with every trainer who speaks French.",
            "Ask whether the conflict with Piotr still stands: Piotr would take this learner.",
        )
    ]


def test_the_learner_is_the_only_trainer() -> None:
    assert told([Learner(20, ("French",))], [Trainer(20, 5, ("French",))]) == [
        ((20,), "There is no other trainer who speaks French.", "Approve another trainer who speaks French.")
    ]


def test_the_only_trainer_is_paused() -> None:
    assert told([Learner(1, ("French",))], [Trainer(20, 5, ("French",), paused=True), Trainer(21, 5, ("Polish",))]) == [
        ((1,), "No trainer speaks French.", "Wait until Piotr is back from a pause: Piotr would take this learner.")
    ]


def test_the_only_trainer_has_not_learnt_to_teach() -> None:
    assert told([Learner(1, ("French",))], [Trainer(20, 5, ("French",), trained=False)]) == [
        (
            (1,),
            "No trainer can take learners now.",
            "Ask Piotr to complete the course for trainers, or waive it with a reason: Piotr would take this learner.",
        )
    ]


def test_every_trainer_is_full() -> None:
    trainers = [Trainer(20, 1, ("Polish",)), Trainer(21, 5, ("English",))]
    assert told([Learner(1, ("Polish",)), Learner(2, ("Polish",))], trainers) == [
        ((2,), "Every trainer who speaks Polish is full.", "Raise the limit of Piotr by one.")
    ]


def test_two_full_trainers_could_take_one_more_each() -> None:
    trainers = [Trainer(20, 1, ("Polish",)), Trainer(21, 1, ("Polish",))]
    [(learners, way, help_)] = told([Learner(n, ("Polish",)) for n in range(1, 5)], trainers)
    assert len(learners) == 2
    assert way == "Every trainer who speaks Polish is full."
    assert help_ == "Raise limits by two places in all, that of Piotr first, or let them start with a later wave."


def test_no_trainer_has_a_place() -> None:
    trainers = [Trainer(20, 0, ("Polish",)), Trainer(21, 0, ("Polish",))]
    assert told([Learner(n, ("Polish",)) for n in range(1, 6)], trainers) == [
        (
            (1, 2, 3, 4, 5),
            "Every trainer who speaks Polish is full.",
            "Approve more trainers, raise limits by five places in all, or let them start with a later wave.",
        )
    ]


def test_one_cure_for_those_it_helps_and_another_for_the_rest() -> None:
    learners = [Learner(n, ("Spanish",), hours=DAY) for n in (1, 2)] + [Learner(3, ("Spanish",), hours=NIGHT)]
    trainers = [Trainer(20, 5, ("English",), hours=DAY), Trainer(22, 8, ("Spanish",), hours=DAY, possible=True)]
    groups = told(learners, trainers)
    assert [group[0] for group in groups] == [(1, 2), (3,)]
    assert groups[0][2] == "Approve Beatriz, who is on the shortlist: Beatriz would take both."
    assert groups[1][2] == "Approve a trainer who speaks Spanish, or add the language to a trainer who does."
