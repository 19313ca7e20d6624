"""The demo's round of naming and its attributes: alive on the pages, and nothing left of who named whom."""

import pytest
from sqlalchemy import func, select

from champions.fairness.queries import fairness_view
from champions.naming.both_ways import FoundBy, found
from champions.naming.models import NamingAnswer, NamingRound, PeerNaming
from champions.shortlist.queries import latest_run
from db import db

pytestmark = pytest.mark.xdist_group("story")  # told once, by one worker


def test_most_answered_and_nothing_is_left_of_who_named_whom(story):
    row = db.session.scalars(select(NamingRound)).one()
    assert 0.4 < row.answered / row.asked < 0.8
    for model in (PeerNaming, NamingAnswer):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


def test_the_two_ways_agree_on_some_and_each_finds_others(story):
    people = found(latest_run().id)
    counts = {by: sum(one.by is by for one in people) for by in FoundBy}
    assert counts[FoundBy.BOTH] >= 3
    assert counts[FoundBy.SCORE] >= 1
    assert counts[FoundBy.NAMING] >= 3


def test_the_fairness_view_has_groups_to_show(story):
    view = fairness_view(latest_run())
    assert {one.attribute for one in view.attributes} == {"working time", "time in the company"}
    assert all(one.measures[1].rates for one in view.attributes)
