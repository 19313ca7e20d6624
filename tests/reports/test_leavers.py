"""Whoever has left, by the directory's word alone, is no learner to wait for; what they brought stays with the team."""

from datetime import timedelta

import pytest
from sqlalchemy import true

from db import db
from people.models import Employee
from reports import team_queries
from tests.support.cast import NOW
from tests.support.learning import make_school
from tests.support.taught import everybody_speaks, make_champions
from training.assigning.gathering import situation_of
from training.assigning.queries import standing
from training.learners.progress import course_shape, learners_in

TODAY = NOW.date()


@pytest.fixture
def school(cast):
    school = make_school(cast)
    make_champions(cast, cast.amara, cast.otto)
    everybody_speaks("en")
    return school


def leave(person, day=TODAY - timedelta(days=1)):
    db.session.get_one(Employee, person.id).ends_on = day
    db.session.commit()


def learners(school):
    return {one.name for one in learners_in(course_shape(school.slug), true(), TODAY)}


def test_on_the_last_day_somebody_is_still_a_learner(cast, school):
    leave(cast.carla, TODAY)
    assert cast.carla.name in learners(school)


def test_afterwards_nobody_waits_for_them(cast, school):
    leave(cast.carla)
    assert learners(school) == {cast.ben.name, cast.tomas.name}


def test_they_take_no_place_and_get_no_trainer(cast, school):
    before = standing(school.course_id, NOW)
    leave(cast.carla)
    after = standing(school.course_id, NOW)
    assert (after.taught, after.people) == (before.taught - 1, before.people - 1)
    assert cast.carla.id not in situation_of(school.course_id, NOW).learners.ids


def test_a_team_has_one_person_fewer(cast, school):
    before = team_queries.tree(true(), TODAY)[cast.care_leeds].people
    leave(cast.carla)
    assert team_queries.tree(true(), TODAY)[cast.care_leeds].people == before - 1


def test_what_they_brought_stays_with_the_team(cast, school):
    team = team_queries.tree(true(), TODAY)[cast.care_leeds]
    leave(cast.carla)
    named = db.session.scalars(db.select(Employee.id).where(team_queries.below(team)))
    assert cast.carla.id in set(named)
