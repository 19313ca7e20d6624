"""Choices with marks, as other programs have them, as a question of ours."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from training.rules.exchange.shares import snapped
from training.rules.kinds.protocol import TOLERANCE

NOTICED = 0.02
"""Marks that miss 100 % by more than rounding explains."""


@dataclass(frozen=True)
class MarkedChoice:
    """One choice: its words, what it is worth in [-1, 1], and what is said to whoever takes it."""

    text: str
    mark: float = 0.0
    feedback: str = ""

    def plain(self) -> dict[str, Any]:
        """The fields that it has in any kind of question."""
        return {"text": self.text} | ({"feedback": self.feedback} if self.feedback else {})


@dataclass(frozen=True)
class Marked:
    """A specification, and what had to be changed for it, as sentences."""

    specification: dict[str, Any]
    remarks: tuple[str, ...] = ()


def one_of(choices: Sequence[MarkedChoice], shuffle: bool = True) -> Marked:
    """A single choice: right is the first that is worth most; others may be worth a part."""
    listed, remarks = _without_twins(choices)
    listed, more = _scaled_to_best(listed)
    best = max((choice.mark for choice in listed), default=0.0)
    right = next((place for place, choice in enumerate(listed) if choice.mark == best and best > 0), -1)
    plain = [
        choice.plain() | ({"right": True} if place == right else {"mark": max(0.0, choice.mark)})
        for place, choice in enumerate(listed)
    ]
    return Marked({"kind": "single_choice", "choices": plain, "shuffle": shuffle}, (*remarks, *more))


def several_of(choices: Sequence[MarkedChoice], shuffle: bool = True, all_or_nothing: bool = False) -> Marked:
    """A multiple choice, marked as the marks say: by equal parts that guessing cannot win, or each with its own."""
    listed, remarks = _without_twins(choices)
    specification: dict[str, Any] = {"kind": "multiple_choice", "shuffle": shuffle}
    if all_or_nothing:
        specification |= {"marking": "all_or_nothing", "choices": [_flagged(choice) for choice in listed]}
        return Marked(specification, remarks)
    listed, more = _scaled_to_sum(listed)
    if is_partial([choice.mark for choice in listed]):
        return Marked(specification | {"choices": [_flagged(choice) for choice in listed]}, (*remarks, *more))
    weighted = [_flagged(choice) | {"mark": choice.mark} for choice in listed]
    return Marked(specification | {"marking": "weighted", "choices": weighted}, (*remarks, *more))


def _flagged(choice: MarkedChoice) -> dict[str, Any]:
    return choice.plain() | ({"right": True} if choice.mark > 0 else {})


def _without_twins(choices: Sequence[MarkedChoice]) -> tuple[list[MarkedChoice], tuple[str, ...]]:
    """The choices, each text once: nobody could tell two of the same text apart."""
    seen: dict[str, MarkedChoice] = {}
    kept = []
    for choice in choices:
        twin = seen.get(choice.text)
        if twin is None or abs(twin.mark - choice.mark) > TOLERANCE:
            kept.append(choice)
        seen.setdefault(choice.text, choice)
    return kept, ("A choice that stood there twice was taken once.",) if len(kept) < len(choices) else ()


def _scaled_to_best(choices: list[MarkedChoice]) -> tuple[list[MarkedChoice], tuple[str, ...]]:
    best = max((choice.mark for choice in choices), default=0.0)
    if best <= 0 or abs(best - 1) <= TOLERANCE:
        return choices, ()
    scaled = [replace(choice, mark=snapped(choice.mark / best)) for choice in choices]
    return scaled, (f"The best choice was worth {best:.0%}; it is worth the whole mark now.",)


def _scaled_to_sum(choices: list[MarkedChoice]) -> tuple[list[MarkedChoice], tuple[str, ...]]:
    total = sum(choice.mark for choice in choices if choice.mark > 0)
    if total <= 0 or abs(total - 1) <= TOLERANCE:
        return choices, ()
    scaled = [replace(one, mark=snapped(one.mark / total) if one.mark > 0 else one.mark) for one in choices]
    if abs(total - 1) <= NOTICED:
        return scaled, ()
    return scaled, (f"The right choices came to {total:.0%}; they come to 100% now.",)


def is_partial(marks: Sequence[float]) -> bool:
    """Whether right ones share the mark equally and wrong ones take it away equally."""
    right, wrong = [mark for mark in marks if mark > 0], [mark for mark in marks if mark <= 0]
    return (
        bool(right and wrong)
        and all(abs(mark - 1 / len(right)) <= TOLERANCE for mark in right)
        and all(abs(mark + 1 / len(wrong)) <= TOLERANCE for mark in wrong)
    )
