"""Why a run names nobody, and what helps: one clear statement instead of a list that only looks like one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from champions.scoring.result import Verdict
from champions.scoring.statement import FEWEST_OUTCOMES, FEWEST_PEOPLE
from web import count


@dataclass(frozen=True)
class Nobody:
    """What is missing, what was found, and what to do about it."""

    title: str
    found: str
    cure: str


def nobody(verdict: str, card: Mapping[str, Any], *, people: int, active_days: float) -> Nobody:
    """The statement for a run that names nobody; `people` were scored."""
    events, outcomes = card.get("events") or {}, card.get("outcomes") or {}
    read = f"This run read {count(_number(events), 'event')} and {count(_number(outcomes), 'outcome')}"
    titles = {
        Verdict.NO_EVENTS: "There is no activity to look at",
        Verdict.NOBODY_ACTIVE: f"Nobody did anything in the last {active_days:.0f} days",
        Verdict.NO_OUTCOMES: "There are no outcomes that count",
        Verdict.TOO_FEW_PEOPLE: f"{count(people, 'person is', 'people are')} too few to compare",
        Verdict.TOO_FEW_OUTCOMES: "There are too few outcomes to tell people apart",
        Verdict.ALL_TIED: "Everybody stands alike",
    }
    cures = {
        Verdict.NO_EVENTS: "Import activity, or look whether the run reads far enough back.",
        Verdict.NOBODY_ACTIVE: "Import newer activity, or let a run look back from an earlier day.",
        Verdict.NO_OUTCOMES: "Activity alone counts for nothing. Import what came of it, or give the kinds a worth.",
        Verdict.TOO_FEW_PEOPLE: f"At least {FEWEST_PEOPLE} people must have done something. Import more channels.",
        Verdict.TOO_FEW_OUTCOMES: f"At least {FEWEST_OUTCOMES} outcomes of active people are needed: import more.",
        Verdict.ALL_TIED: "As soon as outcomes differ between people, a run can say more.",
    }
    fallback = "The evidence does not carry a list"
    kind = Verdict(verdict) if verdict in set(Verdict) else None
    return Nobody(
        titles.get(kind, fallback) if kind else fallback,
        f"{read}, of {count(people, 'person', 'people')} who may be named.",
        cures.get(kind, "Import more activity and outcomes, then start a run.") if kind else "Start a new run.",
    )


def _number(part: Any) -> int:
    return int(part.get("number", 0)) if isinstance(part, Mapping) else 0
