"""Expressions of QTI response processing, computed (QTI 2.2 and 3.0 information models, chapter "Expressions")."""

from collections.abc import Callable, Mapping
from random import Random

from training.rules.exchange.qti.expressions_of_numbers import OF_NUMBERS
from training.rules.exchange.qti.expressions_of_values import OF_VALUES
from training.rules.exchange.qti.values import Value
from training.rules.exchange.qti.variables import Variables


def variables_of(
    scope: dict[str, Value],
    correct: dict[str, Value],
    mappings: Mapping[str, Callable[[Value], float]],
    generator: Random | None = None,
) -> Variables:
    """The variables of an item, with all expressions that are known. `generator` is for what draws by lot."""
    return Variables(scope, correct, mappings, OF_VALUES | OF_NUMBERS, generator)
