"""The page about one person: parts, measures, ties, and what would change the score, in words that are true."""

from datetime import timedelta

import pytest

from activity.models import ActivityEvent
from champions.measure_words import told
from champions.models import Score
from champions.scores.change_words import changes
from champions.scores.ego_query import ego_picture
from champions.words import attempts_of, strongest
from db import db
from tests.support.cast import NOW


def answered(cast, who, whom, times, *, verb="answer", days=10, reach="organic"):
    """`who` answers `whom` so many times."""
    for number in range(times):
        db.session.add(
            ActivityEvent(
                source="desk",
                external_id=f"{who.id}-{whom.id}-{verb}-{days}-{number}",
                at=NOW - timedelta(days=days, minutes=number),
                employee_id=who.id,
                target_id=whom.id,
                verb=verb,
                channel="desk",
                reach=reach,
            )
        )
    db.session.flush()


def test_the_closest_ties_stand_first_and_both_ways_are_told(cast, run):
    answered(cast, cast.ben, cast.dev, 5)
    answered(cast, cast.carla, cast.ben, 2)
    answered(cast, cast.carla, cast.dev, 1)
    picture = ego_picture(cast.ben.id, run)
    told_ = {person.name: (person.given, person.received) for person in picture.people}
    assert told_[cast.dev.name] == (5, 0)
    assert told_[cast.carla.name] == (0, 2)
    assert len(picture.lines) >= 1, "carla and dev help each other too"


def test_paid_reach_reactions_and_old_rows_tie_nobody(cast, run):
    answered(cast, cast.ben, cast.dev, 3, reach="paid")
    answered(cast, cast.ben, cast.dev, 3, verb="reaction")
    answered(cast, cast.ben, cast.dev, 3, days=9000)
    assert cast.dev.name not in {person.name for person in ego_picture(cast.ben.id, run).people}


def test_who_has_no_ties_has_no_picture(cast, run):
    assert ego_picture(cast.lena.id, run).people == ()


def test_names_of_the_picture_stand_apart(cast, run):
    for person in (cast.dev, cast.carla, cast.amara, cast.otto, cast.tomas, cast.rafa):
        answered(cast, cast.ben, person, 2)
    places = {(person.x, person.y) for person in ego_picture(cast.ben.id, run).people}
    assert len(places) == len(ego_picture(cast.ben.id, run).people)


def test_one_result_more_and_a_silent_month_are_said_with_their_size(cast, run, client_of):
    score = db.session.get_one(Score, (run.id, cast.amara.id))
    sentences = changes(score.parts, score.evidence, run.parameters)
    assert sentences[0].startswith("One more answer accepted, today: about +")
    assert any(sentence.startswith("Nothing new in the next 30 days: about −") for sentence in sentences)
    assert sentences[-1].startswith("More posts alone")
    assert "What would change this" in client_of(cast.amara).get("/my-score").text


def test_an_older_run_without_these_figures_says_nothing_about_changes():
    assert changes({"accepted": 1.0}, {"kinds": {"accepted": {"number": 3}}}, {"volume_half_life_days": 90}) == []


def test_measures_are_written_in_their_units():
    stored = {
        "success_rate": (0.314, 0.314, 0.25, 0.4, 80),
        "reply_hours": (0.5, 0.1, 0.2, 1.2, 9),
        "organic": (None, None, 0.0, 1.0, 0),
        "a_new_one": (2.0, 0.5, None, None, 4),
    }
    rate, reply, organic, new = told(stored)
    assert (rate.value, rate.span) == ("31 in 100", "25 in 100 to 40 in 100")
    assert (reply.value, reply.place) == ("30 min", None)
    assert organic.value == ""
    assert (rate.counted, reply.counted) == (True, False)
    assert (new.title, new.value, new.span) == ("A new one", "2.0", "")


def test_people_helped_are_different_people(cast, run):
    score = db.session.get_one(Score, (run.id, cast.amara.id))
    assert score.evidence["facts"]["reached"] == 1, "petra, again and again"
    assert "1 person helped" in strongest(score.parts, score.evidence)


def test_success_beside_the_peers_weighs_what_was_tried():
    kinds = {
        "a": {"attempts": 30.0, "rate": 0.5, "peers_rate": 0.3},
        "b": {"attempts": 10.0, "rate": 0.1, "peers_rate": 0.1},
        "c": {"attempts": None, "rate": None, "peers_rate": None},
    }
    assert attempts_of(kinds) == pytest.approx((40.0, 25.0))
    assert attempts_of({"c": kinds["c"]}) is None
