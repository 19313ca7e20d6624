"""Naming: up to five a topic, never oneself, changed freely until the round closes, never a must."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from champions.naming import operations, round_operations
from champions.naming.models import NamingAnswer, PeerNaming
from champions.naming.queries import find_colleagues, own_names
from db import db
from people.auditing.models import AuditEntry
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.naming import AFTER, crowd, open_round, topic_of


def name(row, giver, named, at=NOW):
    operations.name_colleague(topic_of(row), row, named_id=named, actor_id=giver, at=at)


def named_by(row, giver, at=NOW):
    return {one.id for one in own_names(row.id, giver, at).get(topic_of(row).id, [])}


def test_up_to_five_names_a_topic(cast):
    row, people = open_round(cast), crowd(cast)
    for one in people[:5]:
        name(row, cast.ben.id, one)
    with pytest.raises(RefusedError, match="Five"):
        name(row, cast.ben.id, people[5])
    name(row, cast.ben.id, people[0])  # again: nothing changes
    assert named_by(row, cast.ben.id) == set(people[:5])
    operations.take_back(topic_of(row), row, named_id=people[0], actor_id=cast.ben.id, at=NOW)
    name(row, cast.ben.id, people[5])
    assert named_by(row, cast.ben.id) == set(people[1:6])


def test_nobody_names_themselves_or_who_has_left(cast):
    row = open_round(cast)
    with pytest.raises(RefusedError, match="yourself"):
        name(row, cast.ben.id, cast.ben.id)
    with pytest.raises(RefusedError, match="works here"):
        name(row, cast.ben.id, cast.lena.id)
    assert db.session.scalar(select(PeerNaming.named_id)) is None


def test_who_leaves_falls_out_and_gives_place(cast):
    row, people = open_round(cast), crowd(cast)
    for one in people[:5]:
        name(row, cast.ben.id, one)
    db.session.get_one(Employee, people[0]).deactivated_at = NOW
    db.session.flush()
    name(row, cast.ben.id, people[5])
    assert named_by(row, cast.ben.id) == set(people[1:6])


def test_none_is_an_answer(cast):
    row = open_round(cast)
    operations.finish(row, actor_id=cast.ben.id, at=NOW)
    operations.finish(row, actor_id=cast.ben.id, at=NOW)
    assert db.session.scalars(select(NamingAnswer.giver_id)).all() == [cast.ben.id]


def test_nothing_is_taken_before_the_first_day_after_the_last_or_while_it_is_closed(cast):
    row = open_round(cast, opens_on=NOW.date() + timedelta(days=1))
    deeds = (
        lambda at: name(row, cast.ben.id, cast.amara.id, at),
        lambda at: operations.take_back(topic_of(row), row, named_id=cast.amara.id, actor_id=cast.ben.id, at=at),
        lambda at: operations.finish(row, actor_id=cast.ben.id, at=at),
    )
    for at in (NOW, AFTER):
        for deed in deeds:
            with pytest.raises(RefusedError, match="not open"):
                deed(at)
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    for deed in deeds:
        with pytest.raises(RefusedError, match="not open"):
            deed(NOW + timedelta(days=2))


def test_an_answer_stands_in_no_audit_row(cast):
    row = open_round(cast)
    before = len(db.session.scalars(select(AuditEntry)).all())
    name(row, cast.ben.id, cast.amara.id)
    operations.finish(row, actor_id=cast.ben.id, at=NOW)
    assert len(db.session.scalars(select(AuditEntry)).all()) == before


def test_colleagues_are_found_by_the_beginning_of_any_part_of_their_name(cast):
    def found(words):
        return [one.name for one in find_colleagues(words, asker_id=cast.ben.id, at=NOW)]

    assert found("qu") == ["Amara Quillfeather"]
    assert found("ama QUI") == ["Amara Quillfeather"]
    assert found("loo") == ["Mina Thackery-Loos"]
    assert found("uill") == []  # the middle of a name
    assert found("a") == found("") == []  # too few letters
    assert found("harrow") == []  # oneself
    assert found("lena") == []  # has left
    assert found("%%") == found("_m") == []


def test_at_most_eight_are_found_and_no_address_or_number_finds_anybody(cast):
    crowd(cast, 12)
    assert len(find_colleagues("naming", asker_id=cast.ben.id, at=NOW)) == 8
    assert find_colleagues("larkspur.example", asker_id=cast.ben.id, at=NOW) == []
    assert find_colleagues("p-10", asker_id=cast.ben.id, at=NOW) == []
