"""Which questions to mend first, judged only where the evidence is enough to judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from training.rules.figures import Estimate
from training.rules.items import ItemFigures

HARD_BELOW = 0.3
WEAK_BELOW = 0.1
KNOWN_TO_ALL = 0.9
"""A course wants everybody to know the answer in the end. Above this a question cannot tell people apart, which is no
fault of the question."""


class Fault(StrEnum):
    """What may be wrong with a question, worst first."""

    KEY_LIKELY_WRONG = "key_likely_wrong"
    KEY_PERHAPS_WRONG = "key_perhaps_wrong"
    VERY_HARD = "very_hard"
    TELLS_LITTLE = "tells_little"


@dataclass(frozen=True)
class ToMend:
    """A question, its fault, and the reason in words with the evidence."""

    question: int
    fault: Fault
    words: str


def to_mend(items: Iterable[ItemFigures], most: int = 3) -> list[ToMend]:
    """The questions to mend first, at most so many. A question without enough answers is never among them."""
    found = [mend for mend in map(_fault_of, items) if mend is not None]
    order = list(Fault)
    return sorted(found, key=lambda mend: (order.index(mend.fault), mend.question))[:most]


def _fault_of(item: ItemFigures) -> ToMend | None:
    index, facility = item.discrimination, item.facility
    if isinstance(index, Estimate) and index.value < 0:
        sure = index.high < 0
        words = (
            f"Those who do well on the rest get this one wrong (discrimination {_range(index)}). "
            "Look at the key before anything else."
        )
        return ToMend(item.question, Fault.KEY_LIKELY_WRONG if sure else Fault.KEY_PERHAPS_WRONG, words)
    if isinstance(facility, Estimate) and facility.high < HARD_BELOW:
        words = f"Hardly anybody gets it right (facility {_range(facility)}). Look at the wording and the lesson."
        return ToMend(item.question, Fault.VERY_HARD, words)
    if not isinstance(index, Estimate) or not isinstance(facility, Estimate):
        return None
    if index.high < WEAK_BELOW and facility.high < KNOWN_TO_ALL:
        words = f"It does not tell who knows the subject (discrimination {_range(index)})."
        return ToMend(item.question, Fault.TELLS_LITTLE, words)
    return None


def _range(figure: Estimate) -> str:
    return f"{figure.value:.2f}, from {figure.low:.2f} to {figure.high:.2f}, {figure.answers} answers"
