"""The sliders of what-if: which there are, where they stand, and what is read from a form. Knows no web framework."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from champions.scoring.parameters import BOUNDS, DIAL, WORTH_LIMIT, Parameters
from champions.words import title_of

Words = Callable[[float], str]
DAYS_A_MONTH = 365 / 12
HIGHEST_WORTH = 10.0
SHORTEST_WINDOW = 3  # months


@dataclass(frozen=True)
class Slider:
    """One slider: its `name` in the form, its range, where it stands and stood, and both in words."""

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float
    published: float
    shown: str
    was: str
    ends: tuple[str, str]

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than published."""
        return self.value != self.published


@dataclass(frozen=True)
class Sliders:
    """All sliders in their groups, the settings they stand for, and what could not be read.

    `peers`: whether people are compared with their peers first (of one job, site and access to channels).
    """

    worths: tuple[Slider, ...]
    time: tuple[Slider, ...]
    dial: Slider
    peers: bool
    peers_published: bool
    parameters: Parameters
    errors: tuple[str, ...]

    @property
    def all(self) -> tuple[Slider, ...]:
        """Every slider."""
        return (*self.worths, *self.time, self.dial)

    @property
    def moved(self) -> tuple[Slider, ...]:
        """The sliders that do not stand where they are published."""
        return tuple(slider for slider in self.all if slider.moved)

    @property
    def differ(self) -> bool:
        """Whether anything stands elsewhere than published."""
        return bool(self.moved) or self.peers != self.peers_published


def read_sliders(given: Mapping[str, str], published: Parameters, kinds: Sequence[str], months: int) -> Sliders:
    """The sliders as `given` by a form, the published values for what is missing or cannot be read.

    `kinds` are the kinds of outcome in the data; `months` is how far back the data reach, rounded up.
    """
    reading = _Reading(given)
    worths = tuple(_worth(reading, kind, published.worth_of(kind)) for kind in kinds)
    time = (
        reading.slider("rate", "Half-life of success rates", (30, 1460, 10), published.rate_half_life_days, _days),
        reading.slider("pace", "Half-life of the pace", (30, 365, 5), published.volume_half_life_days, _days),
        _window(reading, published, max(months, SHORTEST_WINDOW + 1)),
    )
    dial = reading.slider("dial", "Between results and aim", (0, 100, 5), round(100 * published.dial), _aim)
    moved = {slider.name: slider for slider in (*worths, *time, dial) if slider.moved}
    peers = {"on": True, "off": False}.get(given.get("peers", ""), published.peer_groups)
    settings = _settings(published, moved).changed(peer_groups=peers)
    return Sliders(worths, time, dial, peers, published.peer_groups, settings, tuple(reading.errors))


def _settings(published: Parameters, moved: Mapping[str, Slider]) -> Parameters:
    values: dict[str, Any] = {}
    worths = {name.removeprefix("worth."): item.value for name, item in moved.items() if name.startswith("worth.")}
    if worths:
        values["worths"] = {**published.worths, **worths}
    if "rate" in moved:
        values["rate_half_life_days"] = moved["rate"].value
    if "pace" in moved:
        values["volume_half_life_days"] = moved["pace"].value
    if "window" in moved:
        values["window_days"] = _window_days(moved["window"])
    if "dial" in moved:
        values["dial"] = moved["dial"].value / 100
    return published.changed(**values)


class _Reading:
    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.errors: list[str] = []

    def number(self, name: str, label: str, low: float, high: float, published: float) -> float:
        text = self.given.get(name)
        if text is None:
            return published
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if low <= value <= high or value == published:
            return value
        self.errors.append(f"{label}: {text!r} is no number from {low:g} to {high:g}. The published value stands.")
        return published

    def slider(self, name: str, label: str, span: tuple[float, float, float], published: float, words: Words) -> Slider:
        low, high, step = span
        low, high = min(low, published), max(high, published)
        value = self.number(name, label, low, high, published)
        return Slider(
            name=name,
            label=label,
            low=low,
            high=high,
            step=step,
            value=value,
            published=published,
            shown=words(value),
            was=words(published) if value != published else "",
            ends=(words(low), words(high)),
        )


def _worth(reading: _Reading, kind: str, published: float) -> Slider:
    high = min(max(HIGHEST_WORTH, published), WORTH_LIMIT)
    return reading.slider(f"worth.{kind}", title_of(kind), (0, high, 0.5), published, _plain)


def _window(reading: _Reading, published: Parameters, months: int) -> Slider:
    """The window in months; at its end everything is read. A published window beyond the data stands at the end."""
    stands = min(round(published.window_days / DAYS_A_MONTH), months)

    def words(value: float) -> str:
        return "everything" if value >= months else _months(value)

    return reading.slider("window", "Window", (SHORTEST_WINDOW, months, 1), stands, words)


def _window_days(window: Slider) -> float:
    whole = window.value >= window.high
    return BOUNDS["window_days"].high if whole else float(round(window.value * DAYS_A_MONTH))


def _plain(value: float) -> str:
    return "not counted" if value == 0 else f"{value:g}"


def _days(value: float) -> str:
    if value >= 365 and value % 365 == 0:
        return "1 year" if value == 365 else f"{value / 365:g} years"
    return f"{value:g} days"


def _months(value: float) -> str:
    return f"{value:g} months"


def _aim(value: float) -> str:
    named = {round(100 * place): name.replace("-", " ") for name, place in DIAL.items()}
    return named.get(round(value), "aim alone" if value == 100 else f"{100 - value:g} to {value:g}")
