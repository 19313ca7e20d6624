"""Small made-up companies for the matching, and the rules once more in the plainest words, as the oracle."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from training.rules.matching.gathering import Learner, Trainer, gather
from training.rules.matching.settings import Costs, Rule, Rules
from training.rules.matching.situation import Situation

thorough = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For every property here: enough small companies to find a fault, and no clock."""

LANGUAGES = ("English", "Polish", "Spanish")
SITES = ("", "Lyon", "Porto")
TOPICS = ("listen first", "one voice", "pass it on")
HOURS = (None, (480, 480), (720, 480), (1200, 480), (0, 1440))


@dataclass(frozen=True)
class World:
    """The records behind a situation."""

    learners: tuple[Learner, ...]
    trainers: tuple[Trainer, ...]
    managers: dict[int, int | None]
    ties: dict[tuple[int, int], int]
    conflicts: tuple[tuple[int, int], ...]

    def situation(self) -> Situation:
        return gather(self.learners, self.trainers, self.managers, TOPICS, self.ties, self.conflicts)

    def upwards(self, employee: int) -> Iterator[int]:
        """The managers of an employee, one above the other."""
        above = self.managers.get(employee)
        while above is not None:
            yield above
            above = self.managers.get(above)


def broken_rules(world: World, rules: Rules, learner: Learner, trainer: Trainer) -> set[Rule]:
    """The hard rules as a person would check them with a pencil."""
    found = set()
    if rules.same_language and not set(learner.languages) & set(trainer.languages):
        found.add(Rule.LANGUAGE)
    if learner.hours and trainer.hours and len(minutes_of(learner) & minutes_of(trainer)) < rules.overlap_minutes:
        found.add(Rule.HOURS)
    in_line = trainer.id in world.upwards(learner.id) or learner.id in world.upwards(trainer.id)
    if rules.outside_line and in_line:
        found.add(Rule.LINE)
    either_way = {(learner.id, trainer.id), (trainer.id, learner.id)}
    if rules.no_conflicts and learner.id != trainer.id and either_way & set(world.conflicts):
        found.add(Rule.CONFLICT)
    if learner.id == trainer.id:
        found.add(Rule.ONESELF)
    state = {Rule.APPROVAL: trainer.possible, Rule.PAUSE: trainer.paused, Rule.LEFT: trainer.left}
    state[Rule.CONSENT] = not trainer.consents and not trainer.possible
    state[Rule.COURSE] = not trainer.trained and not trainer.possible
    return found | {rule for rule, stands in state.items() if stands}


def minutes_of(person: Learner | Trainer) -> set[int]:
    assert person.hours is not None
    first, long = person.hours
    return {minute % 1440 for minute in range(first, first + long)}


def shares() -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 10).map(lambda tenth: tenth / 10))


def rules() -> st.SearchStrategy[Rules]:
    return st.builds(
        Rules,
        same_language=st.booleans(),
        overlap_minutes=st.sampled_from((0, 60, 240, 480)),
        outside_line=st.booleans(),
        no_conflicts=st.booleans(),
    )


def costs(stay: st.SearchStrategy[int] | None = None) -> st.SearchStrategy[Costs]:
    return st.builds(
        Costs,
        gap=st.sampled_from((0, 600)),
        tie=st.sampled_from((0, 200)),
        site=st.sampled_from((0, 100)),
        stay=stay or st.sampled_from((0, 1, 120, 10_000)),
        even_load=st.sampled_from((0, 100, 800)),
        least_share=st.sampled_from((0, 10, 50, 100)),
    )


def learner(employee: int, trainer_ids: tuple[int, ...]) -> st.SearchStrategy[Learner]:
    present = st.none() | st.sampled_from((*trainer_ids, 999))
    mostly, seldom = st.sampled_from((True, True, True, False)), st.sampled_from((False, False, False, True))
    return st.builds(
        Learner,
        id=st.just(employee),
        languages=st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2).map(tuple),
        site=st.sampled_from(SITES),
        team=st.sampled_from(("", "Care", "Service")),
        hours=st.sampled_from(HOURS),
        gaps=shares(),
        present_trainer=present,
        present_second=present,
        takes_part=mostly,
        paused=seldom,
        left=seldom,
    )


def trainer(employee: int) -> st.SearchStrategy[Trainer]:
    mostly, seldom = st.sampled_from((True, True, True, True, False)), st.sampled_from((False,) * 4 + (True,))
    return st.builds(
        Trainer,
        id=st.just(employee),
        places=st.integers(0, 4),
        languages=st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=3).map(tuple),
        site=st.sampled_from(SITES),
        hours=st.sampled_from(HOURS),
        strengths=shares(),
        second_places=st.none() | st.integers(0, 4),
        possible=seldom,
        consents=mostly,
        trained=mostly,
        paused=seldom,
        left=seldom,
    )


@st.composite
def worlds(draw: st.DrawFn, most_learners: int = 10, most_trainers: int = 5) -> World:
    """Some learners, some trainers; a trainer may be a learner too, and anybody may manage anybody, without circles."""
    learner_ids = draw(st.lists(st.integers(1, 30), unique=True, max_size=most_learners))
    trainer_ids = draw(st.lists(st.integers(20, 40), unique=True, max_size=most_trainers))
    everybody = sorted({*learner_ids, *trainer_ids, 50})
    managers: dict[int, int | None] = {everybody[0]: None}
    for place, employee in enumerate(everybody[1:], 1):
        managers[employee] = draw(st.none() | st.sampled_from(everybody[:place]))
    pairs = st.tuples(st.sampled_from(everybody), st.sampled_from(everybody))
    return World(
        learners=tuple(draw(learner(employee, tuple(trainer_ids))) for employee in learner_ids),
        trainers=tuple(draw(trainer(employee)) for employee in trainer_ids),
        managers=managers,
        ties=draw(st.dictionaries(pairs, st.integers(1, 6), max_size=6)),
        conflicts=tuple(draw(st.lists(pairs, max_size=3))),
    )
