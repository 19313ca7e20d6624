"""What the owner decides: which hard rules are on, and what each reason for a pair is worth, in points."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from training.rules.matching.columns import MatchingError


class Rule(StrEnum):
    """A reason why a pair cannot be, or why a learner stays without a trainer."""

    LANGUAGE = "language"
    HOURS = "hours"
    LINE = "line"
    CONFLICT = "conflict"
    ONESELF = "oneself"
    APPROVAL = "approval"
    CONSENT = "consent"
    COURSE = "course"
    PAUSE = "pause"
    LEFT = "left"
    PLACES = "places"


BIT: Mapping[Rule, int] = {rule: 1 << place for place, rule in enumerate(Rule)}
"""Rules broken by a pair are kept as the sum of these."""


@dataclass(frozen=True)
class Bound:
    """What a setting may be: `low` to `high` in `unit`, and `why` it exists, in one sentence for its owner."""

    low: int
    high: int
    unit: str
    why: str


class Settings:
    """Bounds and JSON, alike for rules and costs."""

    bounds: Mapping[str, Bound] = {}

    def __post_init__(self) -> None:
        """Raise MatchingError for a value that is no whole number (or no truth value), or is out of bounds."""
        for item in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value, bound = getattr(self, item.name), self.bounds.get(item.name)
            if bound is None and type(value) is not bool:
                raise MatchingError(f"{item.name}={value!r}: must be true or false.")
            if bound is not None and (type(value) is not int or not bound.low <= value <= bound.high):
                raise MatchingError(f"{item.name}={value!r}: must be a whole number, {bound.low} to {bound.high}.")

    def changed(self, **values: Any) -> Self:
        """A copy with some values changed. Raises MatchingError for a value out of bounds."""
        return replace(self, **values)  # type: ignore[type-var]

    def to_json(self) -> dict[str, Any]:
        """A plain dict that `from_json` reads back."""
        return asdict(self)  # type: ignore[call-overload]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; missing names take their defaults. Raises MatchingError for unknown names."""
        unknown = sorted(set(values) - {item.name for item in fields(cls)})  # type: ignore[arg-type]
        if unknown:
            raise MatchingError(f"Unknown settings: {', '.join(unknown)}.")
        return cls(**values)


@dataclass(frozen=True)
class Rules(Settings):
    """Which hard rules are on. A pair that breaks one is never proposed, at any cost.

    Nobody teaches themselves, and nobody takes part who has left, is paused, has not consented or has not learnt to
    teach: these have no switch.
    `overlap_minutes` 0 switches the rule of working hours off.
    """

    same_language: bool = True
    overlap_minutes: int = 240
    outside_line: bool = True
    no_conflicts: bool = True

    bounds = {
        "overlap_minutes": Bound(0, 1440, "minutes", "How much of the working day the two must share."),
    }


STAY_STEPS = (0, 25, 60, 120, 240, 10_000)
EVEN_STEPS = (0, 50, 100, 200, 400, 800)
"""What the steps 0 to 5 of the two sliders mean in points. The last step of staying outweighs everything else."""


@dataclass(frozen=True)
class Costs(Settings):
    """What speaks against a pair, in points; the proposal with the fewest points in all is chosen.

    A pair pays `gap` if the trainer is weakest where the learner lacks most, and nothing if strongest; `tie` if the two
    have never answered each other; `site` if they sit apart; `stay` if the learner has another trainer now. A trainer's
    n-th learner pays its share of `even_load`, more the nearer the limit. Being left over always costs more than any
    of these can save, so as many as possible get a trainer.

    Weights follow what trials found (Papay et al., AEJ Policy 2020: pair by the skill that is lacking; Chami et al.,
    Nature Communications 2017: help spreads between those who are in touch).
    """

    gap: int = 600
    tie: int = 200
    site: int = 100
    stay: int = STAY_STEPS[3]
    even_load: int = EVEN_STEPS[2]
    tie_half: int = 2
    least_share: int = 10

    bounds = {
        "gap": Bound(0, 10_000, "points", "The trainer is not strong where the learner lacks most."),
        "tie": Bound(0, 10_000, "points", "The two have not answered each other before."),
        "site": Bound(0, 10_000, "points", "The two work at different sites."),
        "stay": Bound(0, 10_000, "points", "The learner would lose the present trainer."),
        "even_load": Bound(0, 10_000, "points", "The trainer's last place would be taken."),
        "tie_half": Bound(1, 1000, "answers", "So many answers to each other make half of the strongest tie."),
        "least_share": Bound(0, 100, "percent", "So many of each site's speakers of a language get a trainer first."),
    }

    @classmethod
    def at_steps(cls, stay: int, even: int) -> Self:
        """The defaults with the two sliders at these steps. Raises MatchingError for a step outside 0 to 5."""
        if not (0 <= stay < len(STAY_STEPS) and 0 <= even < len(EVEN_STEPS)):
            raise MatchingError(f"Steps {stay} and {even}: each must be 0 to {len(STAY_STEPS) - 1}.")
        return cls(stay=STAY_STEPS[stay], even_load=EVEN_STEPS[even])
