"""The model card as Markdown, to be kept or handed on."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from champions.backtest.queries import WORDS, figures
from champions.runs.model_card import FAILURES, LIMITS, ModelCard
from web import count


def markdown(card: ModelCard) -> str:
    """The whole card. Cells hold no line breaks, and a bar in a name is written so that it ends no cell."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: ModelCard) -> Iterator[str]:
    run = card.run
    yield f"# Scoring run {run.id}: model card"
    yield ""
    yield run.statement
    yield ""
    yield f"Computed {_moment(run.created_at)} from what was known before {_moment(run.as_of)}."
    if run.card.get("reason"):
        yield f"Why these settings: {run.card['reason']}"
    yield from _data(card)
    yield from _weights(card)
    yield from _quality(card)
    yield from _section("What is not known", card.unknown)
    yield from _section("Limits", LIMITS)
    yield from _section("Known failures", FAILURES)
    yield from _change(card)
    yield ""
    yield f"Engine version {run.version}, input digest {run.digest}, seed {run.parameters['seed']}."


def _data(card: ModelCard) -> Iterator[str]:
    run, events, people = card.run, card.run.card.get("events", {}), card.run.card.get("people", {})
    yield from ["", "## Data", ""]
    yield f"- Window: {_moment(run.window_from)} to {_moment(run.as_of)}"
    yield f"- {count(run.events, 'event')}, {count(run.outcomes, 'outcome')}"
    if events.get("first") is not None:
        yield f"- First event {_day(events['first'])}, last {_day(events['last'])}"
    yield f"- {count(run.people, 'person', 'people')} scored of {people.get('known', run.people):,} in the directory"
    yield f"- {card.sure} sure, {card.borderline} borderline"
    channels = events.get("channels", [])
    if channels:
        yield from ["", *_table(("Channel", "Events"), ((name, f"{number:,}") for name, number in channels))]


def _weights(card: ModelCard) -> Iterator[str]:
    yield from ["", "## What a result is worth", ""]
    head = ("Kind of outcome", "Worth", "Attempt", "Read")
    yield from _table(
        head, ((kind.title, kind.worth, kind.attempt or "not known", f"{kind.number:,}") for kind in card.kinds)
    )
    if card.not_counted:
        names = ", ".join(f"{title} ({number:,})" for title, number in card.not_counted)
        yield from ["", f"In the data and worth nothing: {names}."]
    yield from ["", "## Settings", ""]
    yield from _table(
        ("Setting", "Value", "Unit", "Why"),
        ((item.name, item.value, item.unit, item.why) for item in card.settings),
    )


def _quality(card: ModelCard) -> Iterator[str]:
    yield from ["", "## Quality in the backtest", ""]
    if card.backtest is None:
        yield "These settings have not been looked back on yet."
        return
    yield card.backtest.statement
    both = figures(card.backtest, "both")
    if both:
        rows = (
            (WORDS[name], f"{item.value:.2f}", f"{item.lower:.2f} to {item.upper:.2f}") for name, item in both.items()
        )
        yield from ["", *_table(("Way to choose", "Share of the best possible", "Likely"), rows)]


def _change(card: ModelCard) -> Iterator[str]:
    yield from ["", "## Against the run before", ""]
    if card.change is None:
        yield "This is the first run."
        return
    before = card.change.before
    yield f"Run {before.id}, up to {_moment(before.as_of)}: {before.people:,} people and {before.outcomes:,} outcomes."
    yield f"{card.change.entered} entered the bands, {card.change.left} left, {card.change.stayed} stayed."
    for item in card.changed:
        yield f"- {item.name}: {item.before}, now {item.value}"


def _section(title: str, sentences: Iterable[str]) -> Iterator[str]:
    listed = [f"- {sentence}" for sentence in sentences]
    if listed:
        yield from ["", f"## {title}", "", *listed]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row(tuple("---" for _ in head))
    for row in rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
