"""Everybody is asked once whom they go to for help, and the owner supplies attributes for the fairness view.

People name able colleagues, mostly of their own team, and some whose help is seen in no channel: the quiet ones whom
no score can find. A few of the able help customers alone, so that colleagues do not think of them.
"""

import numpy as np
from sqlalchemy import select

from champions.fairness.operations import supply
from champions.naming.models import NamingAnswer, NamingRound, NamingTopic, PeerNaming
from champions.naming.round_operations import count, open_round
from champions.rules.attribute_file import Row
from db import bulk_insert, db, table_of
from samples.company.chance import some_of, stream, weighted_some
from samples.company.records import Person
from samples.story.days import NAMING_CLOSES, NAMING_OPENS
from samples.story.state import Story

TOPICS = ("a customer who is angry", "returns and refunds", "a fault nobody has seen before")
ANSWERING = 0.58
MOST = 3
SAME_TEAM = 9.0
QUIET_HELPERS = 7
QUIET_WEIGHT = 22.0
UNSUNG_SHARE, UNSUNG_WEIGHT = 0.34, 0.02
PART_TIME = 0.24
UNKNOWN = 0.04


def ask_people(story: Story) -> str:
    """One round of two weeks, answered by most and counted."""
    calendar = story.calendar
    row = open_round(
        "Autumn",
        TOPICS,
        opens_on=calendar.start_of(NAMING_OPENS).date(),
        closes_on=calendar.start_of(NAMING_CLOSES).date(),
        reminds=True,
        actor_id=story.owner_id,
        at=calendar.at(NAMING_OPENS, 7),
    )
    topics = db.session.scalars(select(NamingTopic.id).where(NamingTopic.round_id == row.id)).all()
    known = story.ids()  # whom the directory of that day holds
    staff = [one for one in story.company.people if one.id in known and one.works_on(row.closes_on)]
    bulk_insert(table_of(PeerNaming), _namings(story, staff, list(topics)))
    _answers(story, row, staff)
    kept = count(row, actor_id=None, at=calendar.at(NAMING_CLOSES - 1, 1))
    return f"{row.answered} answered, {kept} counts kept"


def _answering(story: Story, staff: list[Person]) -> list[int]:
    """Who answers, as places in the staff."""
    chance = stream(story.seed, "who answers the naming")
    return [place for place in range(len(staff)) if chance.random() < ANSWERING]


def _answers(story: Story, row: NamingRound, staff: list[Person]) -> None:
    ids = story.ids()
    rows = [{"round_id": row.id, "giver_id": ids[staff[place].id]} for place in _answering(story, staff)]
    bulk_insert(table_of(NamingAnswer), rows)


def _namings(story: Story, staff: list[Person], topics: list[int]) -> list[dict[str, int]]:
    """Up to three names a topic by everybody who answers, each in proportion to how able and how near somebody is."""
    ids, rng = story.ids(), stream(story.seed, "whom people name")
    skill = {nature.person: nature.skill for nature in story.company.natures}
    base = np.exp([3.0 * skill.get(one.id, 0.0) for one in staff])
    for one in _quiet(story, staff):
        base[one] *= QUIET_WEIGHT
    for one in _unsung(story, staff):
        base[one] *= UNSUNG_WEIGHT
    teams = np.array([one.team for one in staff])
    rows = []
    for place in _answering(story, staff):
        weights = base * np.where(teams == staff[place].team, SAME_TEAM, 1.0)
        weights[place] = 0.0
        for topic_id in topics:
            for named in weighted_some(rng, weights, int(rng.integers(MOST + 1))):
                giver, other = ids[staff[place].id], ids[staff[named].id]
                rows.append({"topic_id": topic_id, "giver_id": giver, "named_id": other})
    return rows


def _quiet(story: Story, staff: list[Person]) -> list[int]:
    """A few who write little in any channel, by lot, as places in the staff."""
    volume = {nature.person: nature.volume for nature in story.company.natures}
    little = sorted(range(len(staff)), key=lambda place: volume.get(staff[place].id, 0.0))[: len(staff) // 3]
    return some_of(stream(story.seed, "quiet helpers"), little, QUIET_HELPERS)


def _unsung(story: Story, staff: list[Person]) -> list[int]:
    """A third of the truly good, by lot, as places in the staff."""
    good = {nature.person for nature in story.company.natures if nature.truly_good}
    places = [place for place in range(len(staff)) if staff[place].id in good]
    return some_of(stream(story.seed, "unsung"), places, round(UNSUNG_SHARE * len(places)))


def supply_attributes(story: Story) -> str:
    """Working time and years in the company of nearly everybody, for the fairness view alone."""
    rng = stream(story.seed, "attributes")
    rows = []
    for one in story.company.people:
        years = (story.calendar.today - one.start).days / 365.25
        tenure = "under two years" if years < 2 else "two to five years" if years < 5 else "five years and more"
        working_time = "part-time" if rng.random() < PART_TIME else "full-time"
        if rng.random() >= UNKNOWN:
            rows.append(Row(one.id, "working time", working_time))
        rows.append(Row(one.id, "time in the company", tenure))
    told = supply(rows, actor_id=story.owner_id, at=story.calendar.at(1, 10))
    return f"attributes of {told.people:,} people"
