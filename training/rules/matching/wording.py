"""The matching in words: why a pair, why nobody, and what to do about it. Plain sentences for pages and mails."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from training.rules.matching.changes import Because
from training.rules.matching.leftovers import Leftover
from training.rules.matching.reasons import STRONG, Reasons
from training.rules.matching.settings import Rule

BROKEN_NOW = {
    Rule.LANGUAGE: "share no language now",
    Rule.HOURS: "share too little of the working day now",
    Rule.LINE: "stand in one line of management now",
    Rule.CONFLICT: "are kept apart now",
}

AWAITED = (Rule.COURSE, Rule.PAUSE)
"""Cures that show that there is a trainer, though not one who can take learners now."""

NameOf = Callable[[int], str]

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def reasons_for_owner(reasons: Reasons, trainer: str) -> str:
    """Why this pair, told to whoever decides: "Lacks “one voice”, where Rui is strongest. Same site.\""""
    parts = [_gap_for_owner(reasons, trainer)]
    if reasons.stays:
        parts.append("Keeps the present trainer.")
    if reasons.answered:
        parts.append(f"They have answered each other {times(reasons.answered)}.")
    if reasons.same_site:
        parts.append("Same site.")
    return " ".join(parts)


def reasons_for_second(reasons: Reasons, second: str) -> str:
    """Why this second contact, told to whoever decides."""
    if not reasons.stays:
        return reasons_for_owner(reasons, second)
    return f"Is the second contact already. {reasons_for_owner(replace(reasons, stays=False), second)}"


def why_it_ends(because: Because, rule: Rule | None, trainer: str) -> str:
    """Why a learner does not keep the present trainer; `rule` is the one that is broken now, if that is why."""
    if because is Because.RULE:
        return f"The two {BROKEN_NOW.get(rule, 'break a rule now') if rule else 'break a rule now'}."
    return {
        Because.TRAINER_GONE: f"{trainer} teaches no longer, or has not agreed to.",
        Because.TRAINER_PAUSED: f"{trainer} is on a pause.",
        Because.LIMIT: f"{trainer} has more learners than places; somebody else had to move less far.",
        Because.FIT: f"All pairs together fit better so than with {trainer}.",
    }[because]


def reasons_for_learner(reasons: Reasons, trainer: str) -> str:
    """Why this trainer, told to the learner."""
    parts = []
    if reasons.topic and reasons.strength is not None and reasons.strength >= STRONG:
        where = "where your quiz results were weakest" if reasons.widest else "where your quiz results left room"
        parts.append(f"{trainer} is strong {where}: {reasons.topic}.")
    if reasons.answered:
        parts.append(f"You have answered each other {times(reasons.answered)}.")
    shared = ["a site"] * reasons.same_site + ["a language"] * bool(reasons.languages)
    if shared:
        parts.append(f"You share {both(shared)}.")
    return " ".join(parts) or f"{trainer} has a place free for you."


def obstacle(leftover: Leftover, overlap_minutes: int) -> str:
    """What stands in the way. `overlap_minutes` is what the rule of working hours asks for."""
    language = f"who speaks {either(leftover.languages)}" if leftover.languages else "in question"
    if leftover.obstacle is Rule.HOURS:
        shared = f"at most {duration(leftover.minutes)}" if leftover.minutes else "nothing"
        asked = duration(overlap_minutes)
        return f"They share {shared} of the working day with a trainer {language}; the rule asks for {asked}."
    if leftover.obstacle is Rule.LANGUAGE and not leftover.languages:
        return "The staff directory states no language."
    return {
        Rule.LANGUAGE: f"No trainer speaks {either(leftover.languages)}.",
        Rule.LINE: f"Every trainer {language} stands in the same line of management.",
        Rule.CONFLICT: f"A conflict is recorded with every trainer {language}.",
        Rule.ONESELF: f"There is no other trainer {language}.",
        Rule.PLACES: f"Every trainer {language} is full.",
        Rule.APPROVAL: "No trainer can take learners now." if leftover.cure in AWAITED else "There is no trainer yet.",
    }[leftover.obstacle]


def cure(leftover: Leftover, name_of: NameOf) -> str:
    """What would help most, in one sentence that names the deed."""
    helper = name_of(leftover.helper) if leftover.helper is not None else ""
    would = f"{helper} would take {part_of(leftover.takes, len(leftover.learners))}"
    if leftover.cure is None or leftover.cure is Rule.LANGUAGE:
        return _without_helper(leftover)
    return {
        Rule.PLACES: _raise_limits(leftover, helper),
        Rule.APPROVAL: f"Approve {helper}, who is on the shortlist: {would}.",
        Rule.COURSE: f"Ask {helper} to complete the course for trainers, or waive it with a reason: {would}.",
        Rule.HOURS: f"Allow {duration(leftover.allow or 0)}: {would}.",
        Rule.PAUSE: f"Wait until {helper} is back from a pause: {would}.",
        Rule.CONFLICT: f"Ask whether the conflict with {helper} still stands: {would}.",
        Rule.LINE: f"Approve a trainer from another line, or switch that rule off: {would}.",
    }[leftover.cure]


def _gap_for_owner(reasons: Reasons, trainer: str) -> str:
    if not reasons.topic:
        return "No quiz results yet."
    lacks = f"Lacks “{reasons.topic}”"
    if reasons.strength is None or reasons.strength < STRONG:
        return f"{lacks}."
    return f"{lacks}, where {trainer} is {'strongest' if reasons.strongest else 'strong'}."


def _without_helper(leftover: Leftover) -> str:
    """No trainer that there is would do: what kind is wanted."""
    if leftover.obstacle is Rule.LANGUAGE and not leftover.languages:
        return "State a language in the staff directory."
    if leftover.obstacle is Rule.LANGUAGE:
        return f"Approve a trainer who speaks {either(leftover.languages)}, or add the language to a trainer who does."
    if leftover.obstacle is Rule.APPROVAL:
        return "Approve a nomination on the shortlist."
    speaks = [f"speaks {either(leftover.languages)}"] if leftover.languages else []
    if leftover.obstacle is Rule.HOURS:
        return f"Approve a trainer who {both([*speaks, 'works at the same hours'])}."
    if leftover.obstacle is Rule.LINE:
        return f"Approve a trainer who {both([*speaks, 'stands in another line of management'])}."
    return f"Approve another trainer{''.join(f' who {each}' for each in speaks)}."


def _raise_limits(leftover: Leftover, helper: str) -> str:
    missing = len(leftover.learners)
    if missing == 1:
        return f"Raise the limit of {helper} by one."
    limits = f"raise limits by {in_words(missing)} places in all"
    if missing > leftover.helpers:
        return f"Approve more trainers, {limits}, or let them start with a later wave."
    return f"{limits.capitalize()}, that of {helper} first, or let them start with a later wave."


def in_words(number: int) -> str:
    """Small numbers as words."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"


def times(number: int) -> str:
    """ "once", "twice", "four times"."""
    return {1: "once", 2: "twice"}.get(number, f"{in_words(number)} times")


def duration(minutes: int) -> str:
    """ "nothing", "one hour", "two hours and 30 minutes", "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{in_words(hours)} hour{'s' * (hours != 1)}"] * (hours > 0) + [f"{rest} minutes"] * (rest > 0)
    return " and ".join(parts) or "nothing"


def part_of(number: int, whole: int) -> str:
    """ "all three", "two of five"; nothing to choose of one."""
    if whole == 1:
        return "this learner"
    if number == whole:
        return "both" if whole == 2 else f"all {in_words(whole)}"
    return f"{in_words(number)} of {in_words(whole)}"


def either(words: Sequence[str]) -> str:
    """ "Polish", "Polish or English"."""
    return _joined(words, "or")


def both(words: Sequence[str]) -> str:
    """ "a site and a language"."""
    return _joined(words, "and")


def _joined(words: Sequence[str], last: str) -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
