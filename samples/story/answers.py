"""How the demo's learners answer: rightly, or wrongly in a way that people do. Pure.

A wrong answer is made from the right one, the way it goes wrong in life: another choice, one forgotten, two things
swapped, a slip in a sum, a neighbouring word. Which wrong choice tempts most is fixed for a question, so that the
analysis of its choices has something to find.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from samples.company.chance import one_of
from training.rules.kinds.catalogue import kind_of
from training.rules.kinds.protocol import Specification

NEAR_WORDS = ("attention", "reach", "trust", "the team", "a promise", "the product", "not sure", "quality", "time")
SLIPS = (0.1, 0.5, 2.0, 10.0, 1.25, 0.8)
TEMPTING = 0.6


def answer(rng: np.random.Generator, specification: Specification, chance: float) -> dict[str, Any]:
    """The response of somebody who gets this question right with probability `chance`."""
    right = kind_of(specification).right_response(specification)
    if rng.random() < chance:
        return right
    return _WRONG.get(str(specification["kind"]), _as_it_is)(rng, specification, right)


def _other_choice(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
    """Single choice, true or false: another one, mostly the tempting one."""
    wrong = [key for key in _keys(specification) if key != right["chosen"]]
    return {"chosen": wrong[0] if rng.random() < TEMPTING else one_of(rng, wrong)}


def _one_amiss(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
    """Multiple choice: one forgotten, or one too many."""
    keys = _keys(specification)
    wrong = [key for key in keys if key not in right["chosen"]]
    if len(right["chosen"]) > 1 and rng.random() < 0.5:
        forgotten = one_of(rng, right["chosen"])
        return {"chosen": [key for key in right["chosen"] if key != forgotten]}
    chosen = {*right["chosen"], one_of(rng, wrong)}
    return {"chosen": [key for key in keys if key in chosen]}


def _slip(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
    """A number: the sum went wrong by a usual slip."""
    return {"written": f"{float(specification['right']) * one_of(rng, SLIPS) + 1:.4g}"}


def _near_word(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
    return {"written": one_of(rng, NEAR_WORDS)}


def _swapped(name: str) -> Callable[[np.random.Generator, Specification, dict[str, Any]], dict[str, Any]]:
    """Matching and ordering: two things changed places."""

    def swap(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = dict(right[name])
        first, second = rng.permutation(sorted(values))[:2].tolist()
        values[first], values[second] = values[second], values[first]
        return {name: values}

    return swap


def _as_it_is(rng: np.random.Generator, specification: Specification, right: dict[str, Any]) -> dict[str, Any]:
    """Kinds that the sample courses do not use."""
    return right


def _keys(specification: Specification) -> Sequence[str]:
    return [choice["key"] for choice in kind_of(specification).shown(specification, seed=0)["choices"]]


_WRONG: Mapping[str, Callable[[np.random.Generator, Specification, dict[str, Any]], dict[str, Any]]] = {
    "single_choice": _other_choice,
    "true_false": _other_choice,
    "multiple_choice": _one_amiss,
    "numeric": _slip,
    "short_text": _near_word,
    "matching": _swapped("matched"),
    "ordering": _swapped("places"),
}
