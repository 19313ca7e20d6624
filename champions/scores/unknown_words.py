"""What is not known, in words: about one person in a band, and about a run as a whole."""

from collections.abc import Mapping
from typing import Any

from champions.words import kind_of
from web import count

NEW_DAYS = 180
MOST_NOT_STATED = 0.5
DAYS_A_MONTH = 365 / 12


def of_person(facts: Mapping[str, Any], *, team: str, languages: str) -> list[str]:
    """Short words on what the evidence about one person leaves open."""
    said = []
    if facts.get("own") and facts["days"] < NEW_DAYS:
        months = max(1, round(facts["days"] / DAYS_A_MONTH))
        said.append(f"New: {count(months, 'month')} of evidence")
    if facts.get("own") and facts["not_stated"] > MOST_NOT_STATED * facts["own"]:
        said.append(f"{100 * facts['not_stated'] / facts['own']:.0f} in 100 events do not say if reach was paid")
    missing = [name for name, value in (("team", team), ("language", languages)) if not value]
    if missing:
        said.append(f"The directory states no {' and no '.join(missing)}")
    return said


def of_run(card: Mapping[str, Any]) -> list[str]:
    """Sentences on what the input of a run does not say; empty for a run of an earlier version."""
    if not isinstance(card.get("people"), Mapping):
        return []
    people, events, outcomes = card["people"], card["events"], card["outcomes"]
    said = []
    if events["number"] and events["reach_not_stated"]:
        share = 100 * events["reach_not_stated"] / events["number"]
        said.append(f"{share:.0f} in 100 events do not say whether their reach was paid for; they count as not paid.")
    if outcomes["not_linked"]:
        said.append(
            f"{count(outcomes['not_linked'], 'outcome is', 'outcomes are')} not linked to the event that brought them."
        )
    unknown = [kind for kind, verb in card["attempts"].items() if verb is None]
    if unknown:
        kinds = ", ".join(kind_of(kind) for kind in unknown)
        said.append(f"How often somebody tried is not known for: {kinds}. There, days with activity stand for tries.")
    if people["without_outcome"]:
        told = count(people["without_outcome"], "person was active and has", "people were active and have")
        said.append(f"{told} no outcome: that may be the work, or a system whose outcomes are not imported.")
    if events["before_their_question"]:
        told = count(events["before_their_question"], "reply stands", "replies stand")
        said.append(f"{told} before what they answer: the clocks of two systems disagree.")
    if events["by_nobody_scored"]:
        told = count(events["by_nobody_scored"], "event is", "events are")
        said.append(f"{told} by people who have left, are not in the directory, or take no part: they name nobody.")
    for key, what in (("without_team", "team"), ("without_site", "site"), ("without_job", "job")):
        if people[key]:
            said.append(f"Of {people[key]:,} of {people['known']:,} people no {what} is known.")
    return said
