"""Values that may be right: all that the declaration or the rules of an item name."""

from training.rules.exchange.qti.asked import Asked
from training.rules.exchange.qti.values import NUMBERS, Response, Value, all_of
from training.rules.exchange.shares import number_of

MOST_CANDIDATES = 60


def candidates(asked: Asked, response: Response) -> list[Value]:
    """Every value that the declaration or the rules of an item name for a response."""
    found = [*(response.mapping.entries if response.mapping else ()), *all_of(response.correct)]
    rules = asked.item.first("responseProcessing")
    for node in rules.below("baseValue") if rules else ():
        value = node.text().strip()
        if response.base_type in NUMBERS:
            number = number_of(value)
            found += [] if number is None else [float(number)]
        elif node.get("baseType") == response.base_type:
            found.append(value)
    return list(dict.fromkeys(one for one in found if one not in (None, "")))[:MOST_CANDIDATES]
