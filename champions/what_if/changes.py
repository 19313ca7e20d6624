"""What a setting changes, and how to say it: who enters, who leaves, whose band changes, and what the past says."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from champions.scoring.backtest import FEWEST_NAMED, FEWEST_RESULTS
from champions.scoring.judging import Figure
from champions.scoring.look_back import BY_LOT, PUBLISHED, THESE, LookBack
from champions.scoring.result import Band
from champions.scoring.what_if import Redrawn
from web import count, in_words

ORDER = {Band.SURE: 0, Band.BORDERLINE: 1, Band.NOT_SHOWN: 2}


@dataclass(frozen=True)
class Moved:
    """Somebody whose band is another under the setting, with the score that they would have (NaN: none)."""

    employee_id: int
    before: Band
    after: Band
    value: float
    lower: float
    upper: float

    @property
    def kind(self) -> str:
        """Whether this person enters, leaves, changes band, or stays."""
        if self.before == self.after:
            return "stay"
        if self.before is Band.NOT_SHOWN:
            return "enter"
        return "leave" if self.after is Band.NOT_SHOWN else "change"


@dataclass(frozen=True)
class Changes:
    """All who enter, leave or change band, each by lower end of the range; how many stay, and how many are sure."""

    enter: tuple[Moved, ...]
    leave: tuple[Moved, ...]
    change: tuple[Moved, ...]
    stay: int
    sure: int
    shown: int


@dataclass(frozen=True)
class Compared:
    """One way to choose, in words, with its figure; `ours` for the two settings."""

    name: str
    figure: Figure
    ours: bool


NAMES = {
    THESE: "These settings",
    PUBLISHED: "The settings of this run",
    "activity count": "By number of posts and replies",
    "popularity": "By how many people turned to them",
    BY_LOT: "Drawn by lot",
}


def changes(before: Mapping[int, Band], after: Redrawn, known: frozenset[int]) -> Changes:
    """Compare the bands of a run (`before`, who is shown) with a list redrawn. Only people `known` today are named."""
    rows = {int(text): row for row, text in enumerate(after.ids)}
    now = {int(text): band for text, band in zip(after.ids, after.band, strict=True) if band is not Band.NOT_SHOWN}
    touched = sorted((set(before) | set(now)) & known)
    moved = [
        Moved(
            person,
            before.get(person, Band.NOT_SHOWN),
            now.get(person, Band.NOT_SHOWN),
            *_score(after, rows.get(person)),
        )
        for person in touched
    ]
    moved.sort(key=lambda item: (ORDER[item.after], -item.lower if item.lower == item.lower else 0.0))
    of_kind = {
        kind: tuple(item for item in moved if item.kind == kind) for kind in ("enter", "leave", "change", "stay")
    }
    return Changes(
        enter=of_kind["enter"],
        leave=of_kind["leave"],
        change=of_kind["change"],
        stay=len(of_kind["stay"]),
        sure=sum(item.after is Band.SURE for item in moved),
        shown=sum(item.after is not Band.NOT_SHOWN for item in moved),
    )


def _score(after: Redrawn, row: int | None) -> tuple[float, float, float]:
    if row is None:
        return math.nan, math.nan, math.nan
    return float(after.value[row]), float(after.lower[row]), float(after.upper[row])


def verdict(look: LookBack) -> str:
    """What the past says about these settings against those of the run, in one or two words."""
    gap = look.gap.get(PUBLISHED)
    if gap is None or look.brought < FEWEST_RESULTS or look.named < FEWEST_NAMED or not math.isfinite(gap.value):
        return "too little"
    if gap.lower > 0:
        return "better"
    return "worse" if gap.upper < 0 else "too close"


ENDINGS = {
    "too little": "whether the list would be better, the past cannot tell",
    "better": "the list would have been the better one",
    "worse": "the list would have been the worse one",
    "too close": "the list would not have been better",
}


def heading(found: Changes, look: LookBack, *, moved: bool, yardstick: str = "") -> str:
    """The answer in a sentence; `yardstick` as from `yardstick_of`."""
    if not moved:
        people = count(found.shown, "person is", "people are")
        return f"Nothing is moved yet: {people} in the bands. Move a slider and see who enters and who leaves."
    enter, leave, change = len(found.enter), len(found.leave), len(found.change)
    parts = [f"{in_words(enter)} {'person enters' if enter == 1 else 'people enter'}"] if enter else []
    if leave:
        who = "" if enter else "person " if leave == 1 else "people "
        parts.append(f"{in_words(leave)} {who}{'leaves' if leave == 1 else 'leave'}")
    if not parts and change:
        parts.append(f"{in_words(change)} {'person changes' if change == 1 else 'people change'} band")
    if not parts:
        parts.append("the list stays the same")
    judged = f"; judged {yardstick}, " if yardstick else ", "
    return f"With these settings {' and '.join(parts)}{judged}{ENDINGS[verdict(look)]}."


def yardstick_of(dial: float, published: float) -> str:
    """By what the lists are judged, where the dial has moved: the yardstick moves with it. Empty where it has not."""
    if dial == published:
        return ""
    return {0.0: "by results alone", 1.0: "by aim alone"}.get(dial, "as the dial stands now")


def compared(look: LookBack, *, moved: bool) -> list[Compared]:
    """The ways to choose that are shown; the setting of the run is left out while nothing is moved."""
    shown = [name for name in NAMES if name in look.both and (moved or name != PUBLISHED)]
    return [Compared(NAMES[name], look.both[name], name in (THESE, PUBLISHED)) for name in shown]
