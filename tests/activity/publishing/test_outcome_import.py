"""Outcomes are taken once, shared up to one, and linked to the events that brought them, whichever came first."""

import pytest

from db import db


def numbers(row):
    return row.taken, row.changed, row.known, row.rejected


def shares(importing):
    return [(row[1], row[5], row[6]) for row in importing.stored()["credit"]]


def linked(importing):
    return {row[1]: row[7] for row in importing.stored()["credit"]}


def test_outcomes_are_taken_and_imported_again_they_are_known(importing, outcome, cast):
    rows = [outcome("o1"), outcome("o2", who=cast.amara, value="3")]
    assert numbers(importing("outcomes", rows)) == (2, 0, 0, 0)
    before = importing.stored()
    assert numbers(importing("outcomes", rows)) == (0, 0, 2, 0)
    assert importing.stored() == before


def test_outcomes_without_an_id_are_not_doubled(importing, outcome):
    rows = [{**outcome(""), "value": "1"}, {**outcome(""), "value": "1"}, {**outcome(""), "value": "2"}]
    assert numbers(importing("outcomes", rows)) == (3, 0, 0, 0)
    assert numbers(importing("outcomes", [*rows, outcome("")])) == (1, 0, 3, 0)


def test_an_outcome_is_shared_up_to_one(importing, outcome, cast):
    rows = [
        outcome("o1", share="0.6"),
        outcome("o1", who=cast.amara, share="0.6"),
        outcome("o1", who=cast.otto, share="0.4"),
    ]
    row = importing("outcomes", rows)
    assert numbers(row) == (2, 0, 0, 1)
    assert importing.rejections(row) == [(3, "share", "The shares of the outcome sum to more than 1")]
    assert shares(importing) == [("o1", cast.otto.id, 0.4), ("o1", cast.ben.id, 0.6)]


def test_the_rejected_share_names_the_sum(importing, outcome, cast):
    row = importing("outcomes", [outcome("o1", share="0.75"), outcome("o1", who=cast.amara, share="0.5")])
    from activity.models import ImportRejection

    cure = db.session.scalars(db.select(ImportRejection.cure).where(ImportRejection.import_id == row.id)).one()
    assert cure == "With this row those of o1 sum to 1.25. Lower one."


def test_what_others_have_of_an_outcome_already_counts(importing, outcome, cast):
    importing("outcomes", [outcome("o1", share="0.7")])
    row = importing("outcomes", [outcome("o1", who=cast.amara, share="0.5")])
    assert numbers(row) == (0, 0, 0, 1)
    assert numbers(importing("outcomes", [outcome("o1", who=cast.amara, share="0.3")])) == (1, 0, 0, 0)


def test_shares_may_move_from_one_to_another_in_any_order(importing, outcome, cast):
    importing("outcomes", [outcome("o1", share="0.5"), outcome("o1", who=cast.amara, share="0.5")])
    moved = [outcome("o1", share="0.9"), outcome("o1", who=cast.amara, share="0.1")]
    assert numbers(importing("outcomes", moved)) == (0, 2, 0, 0)
    assert sorted(share for _, _, share in shares(importing)) == [0.1, 0.9]


def test_a_rejected_change_leaves_the_sum_at_one(importing, outcome, cast):
    importing("outcomes", [outcome("o1", share="0.5"), outcome("o1", who=cast.amara, share="0.5")])
    row = importing("outcomes", [outcome("o1", share="0.6"), outcome("o1", who=cast.amara, share="0.5")])
    assert numbers(row) == (0, 0, 1, 1)
    assert sum(share for _, _, share in shares(importing)) == 1


def test_an_outcome_told_in_two_ways_is_rejected_where_it_differs(importing, outcome, cast):
    rows = [outcome("o1", share="0.5"), outcome("o1", who=cast.amara, share="0.5", kind="idea adopted")]
    row = importing("outcomes", rows)
    assert importing.rejections(row) == [(3, "kind", "The outcome is told differently")]


def test_a_person_twice_in_an_outcome_is_known_if_alike_and_rejected_if_not(importing, outcome):
    row = importing("outcomes", [outcome("o1", share="0.5"), outcome("o1", share="0.5"), outcome("o1", share="0.2")])
    assert numbers(row) == (1, 0, 1, 1)
    assert importing.rejections(row) == [(4, "person_id", "The outcome names the person twice")]


@pytest.mark.parametrize("first", ["activity", "outcomes"])
def test_credit_is_linked_to_its_event_whichever_came_first(first, importing, event, outcome):
    files = {"activity": [event("a1")], "outcomes": [outcome("o1", activity_id="a1"), outcome("o2", activity_id="a7")]}
    importing(first, files.pop(first))
    for kind, rows in files.items():
        importing(kind, rows)
    assert linked(importing) == {"o1": "a1", "o2": None}


def test_an_event_of_another_source_is_linked_if_it_is_the_only_one(importing, event, outcome):
    importing("activity", [event("a1"), event("a2")], source="forum")
    importing("activity", [event("a2")], source="chat")
    importing("outcomes", [outcome("o1", activity_id="a1"), outcome("o2", activity_id="a2")], source="crm")
    assert linked(importing) == {"o1": "a1", "o2": None}


def test_an_outcome_of_somebody_unknown_is_rejected_and_not_stored(importing, outcome):
    row = importing("outcomes", [{**outcome("o1"), "person_id": "p-999"}])
    assert importing.rejections(row) == [(2, "person_id", "No employee has this id")]
    assert importing.stored()["credit"] == []
