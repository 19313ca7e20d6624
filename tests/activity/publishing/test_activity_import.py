"""Activity is taken once, changed when it is told differently, and rejected with line and cure."""

from db import db


def numbers(row):
    return row.taken, row.changed, row.known, row.rejected


def test_a_file_is_taken_and_imported_again_it_is_known(importing, event):
    rows = [event("a1"), event("a2", verb="question")]
    assert numbers(importing("activity", rows)) == (2, 0, 0, 0)
    before = importing.stored()
    assert numbers(importing("activity", rows)) == (0, 0, 2, 0)
    assert importing.stored() == before


def test_the_same_id_from_another_source_is_another_event(importing, event):
    importing("activity", [event("a1")], source="forum")
    assert importing("activity", [event("a1")], source="chat").taken == 1
    assert len(importing.stored()["events"]) == 2


def test_an_event_that_is_told_differently_is_changed(importing, event):
    importing("activity", [event("a1", magnitude="3"), event("a2", magnitude="1")])
    assert numbers(importing("activity", [event("a1", magnitude="7"), event("a2", magnitude="1")])) == (0, 1, 1, 0)
    assert importing.events()["a1"].magnitude == 7


def test_what_a_later_file_does_not_state_stays(importing, event):
    importing("activity", [event("a1", channel="forum", reach="paid")])
    assert numbers(importing("activity", [event("a1")])) == (0, 0, 1, 0)
    assert importing("activity", [event("a1", verb="comment")]).changed == 1
    kept = importing.events()["a1"]
    assert (kept.verb, kept.channel, kept.reach) == ("comment", "forum", "paid")


def test_unknown_people_are_rejected_with_line_column_and_cure(importing, event, cast):
    stranger = {**event("a2"), "person_id": "p-999"}
    row = importing("activity", [event("a1"), stranger, event("a3")])
    assert numbers(row) == (2, 0, 0, 1)
    assert importing.rejections(row) == [(3, "person_id", "No employee has this id")]


def test_a_misspelled_address_is_met_with_the_nearest_one(importing, cast):
    rows = [{"activity_id": "a1", "at": "2026-02-01", "email": "been@larkspur.example", "verb": "answer"}]
    row = importing("activity", rows)
    rejection = db.session.scalars(db.select(importing_rejection())).one()
    assert row.rejected == 1
    assert rejection.cure.startswith("Near: ben@larkspur.example.")


def importing_rejection():
    from activity.models import ImportRejection

    return ImportRejection


def test_people_are_found_by_address_whatever_its_case(importing, cast):
    rows = [{"activity_id": "a1", "at": "2026-02-01", "email": "BEN@Larkspur.example", "verb": "answer"}]
    assert importing("activity", rows).taken == 1
    assert importing.events()["a1"].employee_id == cast.ben.id


def test_a_vote_may_be_without_a_person(importing, event):
    row = importing("activity", [event("v1", verb="vote"), {**event("a1"), "person_id": ""}])
    assert numbers(row) == (1, 0, 0, 1)
    assert importing.events()["v1"].employee_id is None


def test_a_person_reached_who_is_not_known_is_left_out_and_told(importing, event, cast):
    row = importing("activity", [event("a1", target_person_id="customer-7"), event("a2", who=cast.amara)])
    assert row.taken == 2
    assert row.notes == ["1 row names somebody reached who is not in the directory; taken without that."]
    assert importing.events()["a1"].target_id is None


def test_an_answer_to_oneself_is_taken_and_marked(importing, event, cast):
    rows = [event("a1", target_person_id=cast.ben.external_id), event("a2", target_person_id=cast.otto.external_id)]
    importing("activity", rows)
    events = importing.events()
    assert (events["a1"].is_self_reply, events["a2"].is_self_reply) == (True, False)


def test_events_may_answer_what_is_not_known(importing, event):
    row = importing("activity", [event("a1", in_reply_to="q-elsewhere"), event("a2", in_reply_to="a9"), event("a9")])
    assert row.taken == 3
    assert importing.events()["a2"].in_reply_to == "a9"


def test_an_id_twice_in_a_file_is_known_if_alike_and_rejected_if_not(importing, event, cast):
    row = importing("activity", [event("a1"), event("a2"), event("a1"), event("a1", who=cast.amara), event("a2")])
    assert numbers(row) == (2, 0, 2, 1)
    assert importing.rejections(row) == [(5, "activity_id", "The id stands in the file twice")]


def test_a_dry_run_says_the_same_and_writes_nothing(importing, event, cast):
    importing("activity", [event("a1"), event("a2")])
    before = importing.stored()
    rows = [event("a1"), event("a2", who=cast.amara), event("a3"), {**event("a4"), "person_id": "p-999"}]
    assert numbers(importing("activity", rows, dry_run=True)) == (1, 1, 1, 1)
    assert importing.stored() == before
    assert numbers(importing("activity", rows)) == (1, 1, 1, 1)
