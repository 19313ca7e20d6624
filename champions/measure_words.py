"""The measures beside a score in words: what each is, in which unit, and how it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from champions.scores.rows import STORED_COMPONENT
from champions.scoring.components import COMPONENTS

COUNTED = frozenset(measure.name for measure in COMPONENTS if measure.counted)


@dataclass(frozen=True)
class Word:
    """One measure in words; `form` is how its value is written, `drawn` whether more is better and may be drawn."""

    title: str
    what: str
    form: str
    drawn: bool = True


MEASURES: Mapping[str, Word] = {
    "expected_results": Word("Results to come", "expected in the coming year, each times its worth", "number"),
    "expected_excess": Word("Beyond the usual", "of these, beyond what the same effort usually brings", "number"),
    "success_rate": Word("Success rate", "of the attempts bring a result", "share"),
    "people_helped": Word("People helped", "counted less the more often the same two meet", "number"),
    "help_network": Word("Place in the help network", "times the average; 1 is average", "number"),
    "teams_helped": Word("Teams helped", "as many as if all were helped alike", "number"),
    "channels_used": Word("Channels used", "as many as if all were used alike", "number"),
    "own_words": Word("Own words", "of the texts were not posted before by somebody", "share"),
    "listening": Word("Listening", "of the events answer somebody", "share"),
    "reply_hours": Word("Time to a reply", "usually", "hours", drawn=False),
    "quiet_moved": Word("Quiet people moved", "replies from people who seldom reply", "number"),
    "organic": Word("Organic reach", "of the events that say so were not paid for", "share"),
}


@dataclass(frozen=True)
class Told:
    """One measure of one person, ready to be shown: value and range in words, and places in [0, 1] for drawing."""

    title: str
    what: str
    counted: bool
    value: str
    span: str
    place: float | None
    low: float | None
    high: float | None
    count: float


def told(components: Mapping[str, Sequence[float | None]]) -> list[Told]:
    """Every measure as stored with a score, in the order stored. A measure that this version does not know is kept."""
    return [_told(MEASURES.get(name, _unknown(name)), name in COUNTED, stored) for name, stored in components.items()]


def _told(word: Word, counted: bool, stored: Sequence[float | None]) -> Told:
    facts = dict(zip(STORED_COMPONENT, stored, strict=True))
    value, count = facts["value"], facts["count"] or 0.0
    if value is None or (word.form == "share" and not count):
        return Told(word.title, word.what, counted, "", "", None, None, None, count)
    lower, upper = facts["lower"] or 0.0, facts["upper"] or 0.0
    known = upper > lower
    share = word.form == "share"
    return Told(
        title=word.title,
        what=word.what,
        counted=counted,
        value=_written(word, value),
        span=f"{_written(word, lower)} to {_written(word, upper)}" if known else "",
        place=facts["share"] if word.drawn else None,
        low=lower if share and known else None,
        high=upper if share and known else None,
        count=count,
    )


def _written(word: Word, value: float) -> str:
    if word.form == "share":
        return f"{100 * value:.0f} in 100"
    if word.form == "hours":
        return f"{60 * value:.0f} min" if value < 1.5 else f"{value:.0f} h" if value < 72 else f"{value / 24:.0f} days"
    return f"{value:,.1f}"


def _unknown(name: str) -> Word:
    words = name.replace("_", " ")
    return Word(words[:1].upper() + words[1:], "", "number")
