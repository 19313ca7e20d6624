"""How many learners a champion takes at most."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.models import Champion
from champions.nominations.capacity_operations import MOST_PLACES, set_capacity
from db import db
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.taught import make_champions


def places():
    return dict(db.session.execute(select(Champion.employee_id, Champion.capacity)).all())


def test_only_the_champions_named_get_the_new_number(cast):
    make_champions(cast, cast.amara, cast.otto, capacity=40)
    assert set_capacity(12, employee_ids=[cast.amara.id, cast.ben.id], at=NOW) == 1
    assert places() == {cast.amara.id: 12, cast.otto.id: 40}


def test_whoever_was_no_champion_then_keeps_their_number(cast):
    make_champions(cast, cast.amara, capacity=40)
    assert set_capacity(12, employee_ids=[cast.amara.id], at=NOW - timedelta(days=1)) == 0


@pytest.mark.parametrize("number", [-1, MOST_PLACES + 1])
def test_a_number_that_nobody_can_teach_is_refused(cast, number):
    make_champions(cast, cast.amara, capacity=40)
    with pytest.raises(RefusedError):
        set_capacity(number, employee_ids=[cast.amara.id], at=NOW)
    assert places() == {cast.amara.id: 40}
