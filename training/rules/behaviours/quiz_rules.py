"""What a course file says about the quiz of a module: its behaviour, draws, time, and which attempts count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from training.rules.attempts import CountPolicy
from training.rules.behaviours.behaviour import DEFERRED, MOST_TRIES, Behaviour, BehaviourRules, rules_of
from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem

QUIZ_FIELDS = ("behaviour", "tries", "penalty", "minutes", "attempts", "counts", "draw")
LONGEST_MINUTES = 600
MOST_ATTEMPTS = 100
MOST_DRAWN = 200


@dataclass(frozen=True)
class QuizRules:
    """The rules of a quiz. `minutes` and `attempts` None: as long and as often as one likes.

    `draw` has, for each pool of questions, how many are drawn in an attempt; a question without a pool, or with one
    that is not named here, is always asked.
    """

    behaviour: BehaviourRules = DEFERRED
    minutes: int | None = None
    attempts: int | None = None
    counts: CountPolicy = CountPolicy.BEST
    draw: Mapping[str, int] = field(default_factory=dict)


def quiz_rules(values: Mapping[str, Any]) -> QuizRules:
    """The rules that sound values say, with what is usual for the rest."""
    behaviour = rules_of(
        Behaviour(values.get("behaviour", Behaviour.DEFERRED)), values.get("tries"), values.get("penalty")
    )
    return QuizRules(
        behaviour,
        values.get("minutes"),
        values.get("attempts"),
        CountPolicy(values.get("counts", CountPolicy.BEST)),
        dict(values.get("draw", {})),
    )


def quiz_problems(values: Any, pools: Mapping[str, int], at: Field = ("quiz",)) -> list[FieldProblem]:
    """Everything wrong with what a file says about its quiz. `pools` has how many questions lie in each pool."""
    if not isinstance(values, dict):
        return [FieldProblem(at, "This is no table of fields.", "Write “quiz:” and below it “behaviour: immediate”.")]
    problems = fields.unknown_fields(values, QUIZ_FIELDS, at)
    if "behaviour" in values:
        problems += fields.one_of_problems(values["behaviour"], (*at, "behaviour"), list(Behaviour))
    if "counts" in values:
        problems += fields.one_of_problems(values["counts"], (*at, "counts"), list(CountPolicy))
    for name, low, high in (("tries", 2, MOST_TRIES), ("minutes", 1, LONGEST_MINUTES), ("attempts", 1, MOST_ATTEMPTS)):
        if name in values:
            problems += fields.whole_number_problems(values[name], (*at, name), low, high)
    if "penalty" in values:
        problems += fields.number_problems(values["penalty"], (*at, "penalty"), 0, 1)
    return problems + _tries_problems(values, at) + _draw_problems(values.get("draw", {}), pools, (*at, "draw"))


def _tries_problems(values: Mapping[str, Any], at: Field) -> list[FieldProblem]:
    if values.get("behaviour") == Behaviour.SEVERAL_TRIES:
        return []
    return [
        FieldProblem((*at, name), f"“{name}” is for several tries alone.", "Write “behaviour: several_tries” too.")
        for name in ("tries", "penalty")
        if name in values
    ]


def _draw_problems(draw: Any, pools: Mapping[str, int], at: Field) -> list[FieldProblem]:
    if not isinstance(draw, dict):
        return [FieldProblem(at, "This is no table of pools.", "Write the pool and a number, such as “pain: 2”.")]
    problems = []
    for pool, count in draw.items():
        found = fields.whole_number_problems(count, (*at, pool), 1, MOST_DRAWN)
        if not found and pool not in pools:
            found = [FieldProblem((*at, pool), f"No question has the pool “{pool}”.", _known(pools))]
        elif not found and count > pools[pool]:
            cure = f"Draw at most {pools[pool]}, or write more questions."
            found = [FieldProblem((*at, pool), f"The pool has {pools[pool]} questions, not {count}.", cure)]
        problems += found
    return problems


def _known(pools: Collection[str]) -> str:
    named = ", ".join(sorted(pools))
    return f"Known pools: {named}." if named else "Write “pool: …” into the questions to draw from."
