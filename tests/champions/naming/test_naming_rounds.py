"""Rounds: one at a time, closed early with a way back, counted once; and nothing that tells who named whom."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from champions.naming import operations, round_operations
from champions.naming.count_queries import counts_of
from champions.naming.job import PATH, care_for_round
from champions.naming.models import NamingAnswer, NamingCount, NamingRound, PeerNaming
from db import db
from messages.models import Message
from people.auditing.models import AuditEntry
from people.models import Employee
from people.refusal import RefusedError
from tests.support.cast import NOW
from tests.support.naming import AFTER, CLOSES, crowd, name_all, open_round, topic_of


def number(model):
    return db.session.scalar(select(func.count()).select_from(model))


def counted(row):
    return dict(db.session.execute(select(NamingCount.employee_id, NamingCount.givers)).all())


def test_one_round_at_a_time(cast):
    open_round(cast)
    with pytest.raises(RefusedError, match="One at a time"):
        open_round(cast)
    twin = {"title": "Twin", "opens_on": NOW.date(), "closes_on": CLOSES, "reminds": True}
    db.session.add(NamingRound(**twin, created_by_id=cast.petra.id, created_at=NOW))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topics": [" ", ""]}, "topics"),
        ({"topics": [f"topic {n}" for n in range(9)]}, "topics"),
        ({"topics": ["x" * 81]}, "topics"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"closes_on": NOW.date() + timedelta(days=1)}, "closes_on"),
        ({"closes_on": NOW.date() + timedelta(days=90)}, "closes_on"),
        ({"closes_on": NOW.date() - timedelta(days=9)}, "closes_on"),
        ({"opens_on": NOW.date() - timedelta(days=1)}, "opens_on"),
    ],
)
def test_what_makes_no_sense_is_refused_naming_the_field(cast, changes, field):
    facts = {"title": "Spring", "topics": ["returns"], "opens_on": NOW.date(), "closes_on": CLOSES, **changes}
    with pytest.raises(RefusedError) as refused:
        round_operations.open_round(
            facts.pop("title"), facts.pop("topics"), **facts, reminds=True, actor_id=cast.petra.id, at=NOW
        )
    assert refused.value.field == field
    assert number(NamingRound) == 0


def test_closing_early_has_a_way_back_until_the_last_day_is_over(cast):
    row = open_round(cast)
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    round_operations.open_again(row, actor_id=cast.petra.id, at=NOW + timedelta(days=3))
    operations.finish(row, actor_id=cast.ben.id, at=NOW + timedelta(days=3))
    round_operations.close(row, actor_id=cast.petra.id, at=NOW + timedelta(days=4))
    with pytest.raises(RefusedError, match="over"):
        round_operations.open_again(row, actor_id=cast.petra.id, at=AFTER)


def test_a_round_that_takes_answers_is_not_counted_and_one_that_is_counted_is_not_opened(cast):
    row = open_round(cast)
    with pytest.raises(RefusedError, match="open"):
        round_operations.count(row, actor_id=cast.petra.id, at=NOW)
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    round_operations.count(row, actor_id=cast.petra.id, at=NOW)
    for deed in (round_operations.open_again, round_operations.close, round_operations.count):
        with pytest.raises(RefusedError, match="counted"):
            deed(row, actor_id=cast.petra.id, at=NOW)
    open_round(cast)  # the next one may begin


def test_a_count_is_kept_from_three_different_givers_on_and_who_named_whom_is_deleted(cast):
    row, people = open_round(cast), crowd(cast)
    given = {giver: [cast.amara.id] for giver in people[:4]}
    given |= {giver: [cast.otto.id] for giver in people[4:6]}
    name_all(row, {**{key: [] for key in people}, **given})
    assert round_operations.count(row, actor_id=None, at=AFTER) == 1
    assert counted(row) == {cast.amara.id: 4}
    assert number(PeerNaming) == number(NamingAnswer) == 0
    assert (row.answered, row.asked) == (12, len(people) + len(cast.people) - 1)


def test_three_names_over_two_topics_are_no_three_for_one(cast):
    row, people = open_round(cast, "returns", "repairs"), crowd(cast)
    name_all(row, {**{key: [] for key in people}, people[0]: [cast.amara.id], people[1]: [cast.amara.id]})
    name_all(row, {people[2]: [cast.amara.id]}, position=2)
    assert round_operations.count(row, actor_id=None, at=AFTER) == 0


def test_too_few_answers_are_not_counted_at_all(cast):
    row, people = open_round(cast), crowd(cast, 9)
    name_all(row, {giver: [cast.amara.id] for giver in people})
    assert round_operations.count(row, actor_id=None, at=AFTER) == 0
    assert number(PeerNaming) == 0


def test_who_left_falls_out_as_giver_and_as_named(cast):
    row, people = open_round(cast), crowd(cast)
    name_all(row, {**{key: [cast.otto.id] for key in people}, people[0]: [cast.amara.id], people[1]: [cast.amara.id],
                   people[2]: [cast.amara.id]})  # fmt: skip
    db.session.get_one(Employee, people[0]).ends_on = NOW.date()
    db.session.get_one(Employee, cast.otto.id).deactivated_at = NOW
    db.session.flush()
    assert round_operations.count(row, actor_id=None, at=AFTER) == 0


def test_who_takes_no_part_in_the_scoring_is_not_counted_about(cast):
    row, people = open_round(cast), crowd(cast)
    name_all(row, {key: [cast.amara.id, cast.otto.id] for key in people})
    db.session.get_one(Employee, cast.amara.id).opted_out_at = NOW
    db.session.flush()
    round_operations.count(row, actor_id=None, at=AFTER)
    assert counted(row) == {cast.otto.id: 12}
    db.session.get_one(Employee, cast.otto.id).opted_out_at = AFTER
    db.session.flush()
    assert counts_of() == {}


def test_the_trail_names_the_round_and_nobody_else(cast):
    row, people = open_round(cast), crowd(cast)
    name_all(row, {key: [cast.amara.id] for key in people})
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    round_operations.open_again(row, actor_id=cast.petra.id, at=NOW)
    round_operations.count(row, actor_id=None, at=AFTER)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.verb for entry in entries] == [
        "naming opened", "naming closed early", "naming opened again", "naming counted",
    ]  # fmt: skip
    assert all(entry.subject_id is None and entry.detail == {"round": row.id} for entry in entries)


def told():
    return set(db.session.scalars(select(Message.employee_id).where(Message.kind == "naming")))


def test_only_those_who_have_not_answered_are_reminded_and_each_time_once(cast):
    row = open_round(cast)
    operations.finish(row, actor_id=cast.ben.id, at=NOW)
    silent = {one.id for one in cast.people} - {cast.ben.id, cast.lena.id}
    care_for_round(NOW)
    care_for_round(NOW + timedelta(hours=1))
    assert told() == silent
    assert number(Message) == len(silent)
    operations.finish(row, actor_id=cast.carla.id, at=NOW)
    care_for_round(NOW + timedelta(days=7))
    care_for_round(NOW + timedelta(days=11))
    assert number(Message) == len(silent) + 2 * (len(silent) - 1)


def test_without_reminders_people_are_told_once_at_the_opening(cast):
    open_round(cast, reminds=False)
    care_for_round(NOW)
    before = number(Message)
    care_for_round(NOW + timedelta(days=7))
    assert before == number(Message) > 0


def test_the_job_counts_a_round_whose_last_day_is_over(cast):
    row, people = open_round(cast), crowd(cast)
    name_all(row, {key: [cast.amara.id] for key in people})
    assert "counted" in care_for_round(AFTER)
    assert row.counted_at == AFTER
    assert care_for_round(AFTER) == "No round is under way."


def test_a_reminder_leads_to_the_page(app):
    assert any(rule.rule == PATH for rule in app.url_map.iter_rules())


def seen_by_the_owner(cast, client_of, row):
    """The text of every page about naming that the owner can open."""
    petra = client_of(cast.petra)
    rounds = ("/naming-rounds", f"/naming-rounds/{row.id}", "/both-ways", "/both-ways?by=both")
    scores = ("/shortlist", "/shortlist.csv", f"/scores/{cast.amara.id}", "/audit")
    return {page: petra.get(page).text for page in (*rounds, *scores)}


def test_closing_looking_opening_and_closing_again_shows_no_count(cast, run, client_of):
    row = open_round(cast)
    row.closes_on = NOW.date().replace(year=2126)  # open by the real clock, which pages see
    people = crowd(cast)
    name_all(row, {key: [cast.amara.id] for key in people})
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    before = seen_by_the_owner(cast, client_of, row)
    round_operations.open_again(row, actor_id=cast.petra.id, at=NOW)
    operations.take_back(topic_of(row), row, named_id=cast.amara.id, actor_id=people[0], at=NOW)
    operations.name_colleague(topic_of(row), row, named_id=cast.otto.id, actor_id=people[0], at=NOW)
    round_operations.close(row, actor_id=cast.petra.id, at=NOW)
    db.session.commit()
    after = seen_by_the_owner(cast, client_of, row)
    for page in ("/naming-rounds", f"/naming-rounds/{row.id}", "/both-ways", "/shortlist.csv"):
        assert plain(before[page]) == plain(after[page])
    assert not any("named by" in text.lower() and "12" in text for page, text in after.items() if "naming" in page)


def plain(text):
    """A page without its form tokens."""
    return re.sub(r'value="[\w.\-]{30,}"', "", text)


@pytest.mark.parametrize("givers", [0, 1, 2])
def test_being_named_by_two_looks_like_being_named_by_nobody(cast, run, client_of, givers):
    row, people = open_round(cast), crowd(cast)
    given = {key: [cast.otto.id] for key in people} | {one: [cast.otto.id, cast.amara.id] for one in people[:givers]}
    name_all(row, given)
    round_operations.count(row, actor_id=None, at=AFTER)
    db.session.commit()
    pages = seen_by_the_owner(cast, client_of, row)
    assert "12 for returns" in pages["/both-ways?by=both"]
    assert "fewer than three for any topic" in pages["/both-ways"]  # amara, who is in a band
    assert "1 person was named by at least three" in pages[f"/naming-rounds/{row.id}"]
    stored = db.session.execute(select(NamingCount.employee_id, NamingCount.givers)).all()
    assert stored == [(cast.otto.id, 12)]  # the database itself is the same with none, one or two
