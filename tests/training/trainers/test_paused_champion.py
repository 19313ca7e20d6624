"""A champion who pauses gets no new learners: teaching sees the pause of the championship like one with dates."""

from datetime import timedelta

from sqlalchemy import select

from champions.models import Nomination
from champions.nominations import champion_operations
from db import db
from tests.support.cast import NOW
from tests.support.taught import make_champions
from training.trainers.queries import known_trainers


def test_a_paused_champion_is_known_as_paused_until_they_come_back(cast):
    make_champions(cast, cast.amara, cast.otto)
    nomination = db.session.scalars(select(Nomination).where(Nomination.employee_id == cast.amara.id)).one()
    at = NOW + timedelta(days=1)
    champion_operations.pause(nomination, actor_id=cast.amara.id, at=at)
    known = known_trainers(at)
    assert known[cast.amara.id].paused
    assert not known[cast.otto.id].paused
    champion_operations.come_back(nomination, actor_id=cast.petra.id, at=at)
    assert not known_trainers(at)[cast.amara.id].paused
    champion_operations.retire(nomination, actor_id=cast.amara.id, at=at)
    assert cast.amara.id not in known_trainers(at)
