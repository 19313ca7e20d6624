"""Chooses the people of the story by rule, so that any seed has a story and no result is written down beforehand."""

from collections.abc import Sequence
from datetime import date

from samples.company.records import Cast, Event, Person, Team
from samples.company.staffing import is_part_time, within
from samples.company.teams import CARE_REGION, LEARNING_TEAM


def cast_of(
    people: Sequence[Person], teams: Sequence[Team], events: Sequence[Event], taken: frozenset[str], today: date
) -> Cast:
    """The cast. `taken` are people who do something that a score must not reward: nobody of them is cast.

    owner: heads People and Learning; she runs the programme. reviewers: the two longest in that team after her.
    care_manager: heads Customer Care North, 46 people. learner: of that region, no head, there all year, with the
    median number of answers. newcomer: the last to start who has acted. part_timer, leaver: the one with the
    most events, and the last to leave.
    """
    manager = {team.path: team.manager for team in teams}
    heads = frozenset(manager.values())
    counts = _count(events, None)
    staff = [person for person in people if person.id not in heads | taken]
    here = [person for person in staff if person.works_on(today) and person.end is None]
    learning = sorted(
        (person for person in here if person.team == LEARNING_TEAM), key=lambda person: (person.start, person.id)
    )
    newcomers = [person for person in here if counts.get(person.id, 0) >= 3]
    leavers = [person for person in staff if person.end is not None and person.end < today]
    return Cast(
        owner=manager[LEARNING_TEAM],
        reviewers=(learning[0].id, learning[1].id),
        care_manager=manager[CARE_REGION],
        learner=_learner(here, events, today),
        newcomer=max(newcomers, key=lambda person: (person.start, person.id)).id,
        part_timer=max(filter(is_part_time, here), key=lambda person: (counts.get(person.id, 0), person.id)).id,
        leaver=max(leavers, key=lambda person: (person.end or today, person.id)).id,
    )


def _learner(here: Sequence[Person], events: Sequence[Event], today: date) -> str:
    """Of the care region, employed for two years and full-time, with the median number of answers."""
    answers = _count(events, "answer")
    able = [
        person
        for person in here
        if within(person, CARE_REGION) and not is_part_time(person) and (today - person.start).days > 730
        and answers.get(person.id, 0) > 0
    ]  # fmt: skip
    able.sort(key=lambda person: (answers[person.id], person.id))
    return able[len(able) // 2].id


def _count(events: Sequence[Event], verb: str | None) -> dict[str, int]:
    """The number of events by person, of one verb or of all."""
    counts: dict[str, int] = {}
    for event in events:
        if event.person and (verb is None or event.verb == verb):
            counts[event.person] = counts.get(event.person, 0) + 1
    return counts
