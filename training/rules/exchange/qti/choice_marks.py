"""What each of several choices adds or takes away, found by trying them together."""

from itertools import combinations

from training.rules.exchange.qti.asked import ENOUGH, Asked
from training.rules.exchange.qti.values import Response, Value, all_of
from training.rules.exchange.shares import snapped

MOST_TRIED = 8
"""Up to so many choices every combination is tried."""


def right_set(asked: Asked, response: Response, names: list[str], most: int) -> list[str]:
    """The smallest set of choices that scores best: every set is tried if they are few, else what is declared."""
    declared = [str(one) for one in all_of(response.correct) if str(one) in names]
    if declared and (len(names) > MOST_TRIED or asked.score(response, response.of(*declared)) > ENOUGH):
        return declared
    named = sets_in_rules(asked, response, names)
    if named:
        if len(named) > 1:
            asked.remarks.append("Other choices together were right as well; one way is right now.")
        return max(named, key=lambda one: (asked.score(response, response.of(*one)), -len(one)))
    if len(names) > MOST_TRIED:
        scores = {name: asked.score(response, response.of(name)) for name in names}
        return [name for name in names if scores[name] > ENOUGH]
    return best_set(asked, response, names, most)


def best_set(asked: Asked, response: Response, names: list[str], most: int = MOST_TRIED) -> list[str]:
    """The smallest set that scores best, of all sets of few choices; empty if none scores."""
    if len(names) > MOST_TRIED:
        return []
    sets = [one for count in range(1, min(most, len(names)) + 1) for one in combinations(names, count)]
    best = max(sets, key=lambda one: (asked.score(response, response.of(*one)), -len(one)), default=())
    return list(best) if asked.score(response, response.of(*best)) > ENOUGH else []


def sets_in_rules(asked: Asked, response: Response, names: list[str]) -> list[list[str]]:
    """Sets of choices that the rules name and that score, where there are too many choices to try every set."""
    rules = asked.item.first("responseProcessing")
    if rules is None or len(names) <= MOST_TRIED:
        return []
    sets = [[one.text().strip() for one in node.elements("baseValue")] for node in rules.below("multiple")]
    known = [one for one in sets if one and set(one) <= set(names)]
    return [one for one in known if asked.score(response, response.of(*one)) > ENOUGH]


def marks_together(asked: Asked, response: Response, names: list[str], right: list[str]) -> tuple[list[float], bool]:
    """What each choice adds or takes away, and whether only all right ones together are worth anything."""
    whole = asked.score(response, response.of(*right))
    nothing = asked.score(response, None)
    if whole - nothing <= ENOUGH:
        asked.remarks.append("The rules of marking give nothing; the declared answer is right.")
        return _equal(names, right), False

    def share(value: Value) -> float:
        return (asked.score(response, value) - nothing) / (whole - nothing)

    marks = []
    for name in names:
        if name in right:
            marks.append(_clean(1 - share(response.of(*(one for one in right if one != name)))))
        else:
            marks.append(_clean(max(-1.0, share(response.of(*right, name)) - 1)))
    if len(right) > 1 and all(mark > 1 - ENOUGH for name, mark in zip(names, marks, strict=True) if name in right):
        return marks, True
    if len(right) == 1 and _exactly(asked, response, names, right, marks):
        return marks, True
    positive = [mark for name, mark in zip(names, marks, strict=True) if name in right]
    if any(mark <= 0 for mark in positive) or abs(sum(positive) - 1) > 0.02:
        asked.remarks.append("The rules of marking are more involved; each right choice earns an equal part now.")
        return _equal(names, right), False
    return marks, False


def _clean(mark: float) -> float:
    """A mark without the noise of subtracting."""
    return snapped(round(mark, 9)) + 0.0


def _exactly(asked: Asked, response: Response, names: list[str], right: list[str], marks: list[float]) -> bool:
    """Whether one right choice among several earns nothing with a wrong one beside it."""
    wrong = [mark for name, mark in zip(names, marks, strict=True) if name not in right]
    return len(wrong) > 1 and all(mark <= -1 + ENOUGH for mark in wrong)


def _equal(names: list[str], right: list[str]) -> list[float]:
    wrong = max(len(names) - len(right), 1)
    return [1 / len(right) if name in right else -1 / wrong for name in names]
