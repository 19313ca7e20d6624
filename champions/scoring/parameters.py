"""Every constant of the score, once: default, bounds, unit and why. A run keeps its own copy as JSON.

How the defaults were chosen, with the numbers: docs/decisions/0011-score-defaults.md.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

WORTHS: Mapping[str, float] = {
    "buying_decision_influenced": 3.0,
    "service_issue_resolved": 2.0,
    "service_issue_passed_on": 1.0,
    "insight_adopted": 2.0,
    "idea_adopted": 1.0,
    "issue_found": 1.0,
    "accepted": 1.0,
    "accepted_answer": 1.0,
    "best_reply": 1.0,
    "helped": 1.0,
    "mentored": 1.0,
    "reviewed": 0.02,
    "acked": 0.02,
    "tested": 0.02,
}
"""What one outcome of each kind is worth. The owner publishes and may change these.

The last three record that work was done, not what it brought: they tell people apart only where little else is known.
"""

NO_RESULT = (
    "vote", "like", "reaction", "view", "impression", "click", "share", "follower", "karma", "points",
    "bounty", "badge", "login",
)  # fmt: skip
"""A kind with one of these words in its name counts attention or points, not a result: worth 0 unless set."""

ATTEMPTS: Mapping[str, str] = {"accepted": "answer", "accepted_answer": "answer", "best_reply": "reply"}
"""Which verb is an attempt at an outcome of the kind. Links from outcomes to events say it for the other
kinds.
"""


DIAL: Mapping[str, float] = {"most-results": 0.0, "balanced": 0.5, "best-aim": 0.7}
"""Named positions of the dial. Beyond the last one both results and aim get worse (docs/decisions/0011)."""


@dataclass(frozen=True)
class Bound:
    """What a parameter may be: `low` to `high` in `unit`, and `why` it exists, in one sentence for its
    owner.
    """

    low: float
    high: float
    unit: str
    why: str


class ParameterError(ValueError):
    """A parameter is out of bounds or unknown; the message names it and what it may be."""


@dataclass(frozen=True)
class Parameters:
    """The settings of one scoring run. `BOUNDS` says what each may be."""

    worths: Mapping[str, float] = field(default_factory=lambda: dict(WORTHS))
    other_worth: float = 1.0
    attempts: Mapping[str, str] = field(default_factory=lambda: dict(ATTEMPTS))
    dial: float = 0.5
    window_days: float = 7300.0
    active_days: float = 365.0
    rate_half_life_days: float = 540.0
    base_half_life_days: float = 365.0
    volume_half_life_days: float = 90.0
    recent_half_life_days: float = 60.0
    prior_attempts: float = 40.0
    prior_results: float = 1.0
    trust_in_pace: float = 5.0
    repeat_allowance: float = 3.0
    share_of_few: float = 0.025
    draws: int = 200
    seed: int = 1
    sure_from: float = 0.9
    borderline_from: float = 0.1
    peer_groups: bool = True

    def __post_init__(self) -> None:
        """Raise ParameterError for a value out of bounds."""
        for name, bound in BOUNDS.items():
            value = getattr(self, name)
            if not bound.low <= value <= bound.high:
                raise ParameterError(
                    f"{name}={value!r}: must lie between {bound.low:g} and {bound.high:g} {bound.unit}."
                )
        for kind, worth in self.worths.items():
            if not 0 <= worth <= WORTH_LIMIT:
                raise ParameterError(f"worth of {kind}={worth!r}: must lie between 0 and {WORTH_LIMIT:g}.")
        if self.borderline_from > self.sure_from:
            raise ParameterError("borderline_from must not lie above sure_from.")

    def worth_of(self, kind: str) -> float:
        """What one outcome of `kind` counts: as set; 0 for attention and points; `other_worth` for the
        rest.
        """
        if kind in self.worths:
            return self.worths[kind]
        return 0.0 if any(word in kind.lower() for word in NO_RESULT) else self.other_worth

    def changed(self, **values: Any) -> "Parameters":
        """A copy with some values changed. Raises ParameterError for a value out of bounds."""
        return replace(self, **values)

    def to_json(self) -> dict[str, Any]:
        """A plain dict that `from_json` reads back."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Parameters":
        """Read what `to_json` wrote; missing names take their defaults. Raises ParameterError for unknown
        names.
        """
        known = {item.name for item in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise ParameterError(f"unknown parameters: {', '.join(unknown)}.")
        return cls(**values)


WORTH_LIMIT = 1000.0

BOUNDS: Mapping[str, Bound] = {
    "other_worth": Bound(0, 1000, "", "What a kind of outcome counts that has no worth of its own."),
    "dial": Bound(0, 1, "", "0 looks for most results, 1 for best aim; one half weighs both alike."),
    "window_days": Bound(30, 7300, "days", "Nothing older is read."),
    "active_days": Bound(7, 3650, "days", "Who did nothing within this time is not named."),
    "rate_half_life_days": Bound(30, 7300, "days", "An attempt this old says half about a success rate."),
    "base_half_life_days": Bound(30, 7300, "days", "How long everybody's success rate remembers."),
    "volume_half_life_days": Bound(30, 7300, "days", "An attempt this old says half about those to come."),
    "recent_half_life_days": Bound(7, 7300, "days", "Where attempts are not known: the memory for the last weeks."),
    "prior_attempts": Bound(1, 1000, "attempts", "Guide to how long the usual rate is believed; data decide."),
    "prior_results": Bound(0.1, 100, "results", "The same where attempts are not known."),
    "trust_in_pace": Bound(0.5, 100, "results", "Attempts not known: the last weeks count half beside so many."),
    "repeat_allowance": Bound(0.5, 1e6, "results", "Beyond this, results with the same person count less and less."),
    "share_of_few": Bound(0.005, 0.1, "of the active", "A guide to how many are named; evidence decides."),
    "draws": Bound(50, 5000, "draws", "How often the uncertain part is drawn anew."),
    "seed": Bound(0, 2**63 - 1, "", "Where the draws begin; the same seed gives the same result."),
    "sure_from": Bound(0.5, 1, "of the draws", "Among the few this often: sure."),
    "borderline_from": Bound(0, 0.9, "of the draws", "Among the few this often: borderline."),
}
