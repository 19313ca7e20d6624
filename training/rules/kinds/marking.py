"""How the parts of a response make one fraction, where the author has the choice."""

from collections.abc import Sequence
from enum import StrEnum

from training.rules.kinds import fields
from training.rules.kinds.protocol import FieldProblem, Specification


class Marking(StrEnum):
    """What a response that is partly right earns. No marking goes below zero. Partial is meant if nothing is said."""

    PARTIAL = "partial"
    ALL_OR_NOTHING = "all_or_nothing"
    WEIGHTED = "weighted"


USUAL = (Marking.PARTIAL, Marking.ALL_OR_NOTHING)


def is_all_or_nothing(specification: Specification) -> bool:
    """Whether the author asked for all or nothing."""
    return specification.get("marking") == Marking.ALL_OR_NOTHING


def marking_problems(specification: Specification, options: Sequence[Marking] = USUAL) -> list[FieldProblem]:
    """What is wrong with `marking`, which may be left out."""
    return fields.one_of_problems(specification.get("marking", options[0]), ("marking",), options)
