"""The worksheet: the two of a meeting write it, nobody else sees it, nothing that was typed is lost."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db import db
from tests.support.cast import NOW
from tests.support.meetings import invite, open_meeting
from training.meetings.models import MeetingSeat, WorksheetDraft, WorksheetVersion
from training.meetings.worksheet_operations import NewerError, Written, keep_draft, share

pytestmark = pytest.mark.usefixtures("class_of_amara")
GOAL = Written("Answer within the hour", "", "")


@pytest.fixture
def seat(cast):
    meeting = invite(cast.amara, cast.ben)
    return db.session.get_one(MeetingSeat, (meeting.id, cast.ben.id))


def address(seat):
    return f"/meetings/{seat.meeting_id}/worksheet/{seat.learner_id}"


def versions():
    return list(db.session.scalars(select(WorksheetVersion).order_by(WorksheetVersion.number)))


def test_each_sharing_adds_a_version(cast, seat):
    share(seat, GOAL, base=0, author_id=cast.ben.id, at=NOW)
    share(seat, Written("Answer within the hour", "Twice", ""), base=1, author_id=cast.amara.id, at=NOW)
    assert [(one.number, one.tried, one.author_id) for one in versions()] == [
        (1, "", cast.ben.id),
        (2, "Twice", cast.amara.id),
    ]


def test_who_shares_after_the_other_did_keeps_what_was_typed_as_a_draft(cast, seat):
    share(seat, GOAL, base=0, author_id=cast.ben.id, at=NOW)
    with pytest.raises(NewerError, match="kept as your draft"):
        share(seat, Written("Other words"), base=0, author_id=cast.amara.id, at=NOW)
    draft = db.session.scalars(select(WorksheetDraft)).one()
    assert (draft.goal, draft.author_id, len(versions())) == ("Other words", cast.amara.id, 1)


def test_a_draft_is_the_authors_own_and_goes_when_it_is_shared(cast, seat, client_of):
    keep_draft(seat, Written("Half a thought"), base=0, author_id=cast.ben.id, at=NOW)
    assert "Half a thought" in client_of(cast.ben).get(address(seat)).text
    assert "Half a thought" not in client_of(cast.amara).get(address(seat)).text
    seat = db.session.get_one(MeetingSeat, (seat.meeting_id, seat.learner_id))
    share(seat, Written("A whole one"), base=0, author_id=cast.ben.id, at=NOW)
    assert db.session.scalars(select(WorksheetDraft)).all() == []


def test_the_pages_share_keep_and_drop(cast, seat, client_of):
    ben, here = client_of(cast.ben), address(seat)
    ben.post(here, data={"goal": "First\r\nline", "base": "0", "deed": "share"})
    assert versions()[0].goal == "First\nline"
    ben.post(here, data={"goal": "More", "base": "1", "deed": "draft"})
    assert "It is not shared yet." in ben.get(here).text
    ben.post(here, data={"goal": "More", "base": "1", "deed": "drop"})
    assert "It is not shared yet." not in ben.get(here).text
    kept = ben.post(f"{here}/draft", data={"goal": "Typed", "base": "1"})
    assert (kept.status_code, json.loads(kept.text)) == (200, {"told": "Draft kept"})
    client_of(cast.amara).post(here, data={"goal": "Amara's", "base": "1"})
    ben.post(here, data={"goal": "Ben's", "base": "1"})
    answer = ben.get(here)
    assert "shared something newer after you began" in answer.text
    assert [words in answer.text for words in ("Ben&#39;s", "Amara&#39;s")] == [True, True]
    ben.post(here, data={"goal": "Ben's and Amara's", "base": "2"})
    assert [one.goal for one in versions()] == ["First\nline", "Amara's", "Ben's and Amara's"]


def test_too_long_a_text_is_refused_and_kept_in_the_form(cast, seat, client_of):
    answer = client_of(cast.ben).post(address(seat), data={"goal": "x" * 10_001, "base": "0"})
    assert (answer.status_code, "x" * 10_001 in answer.text) == (422, True)


def test_nobody_else_sees_it(cast, seat, client_of):
    share(seat, GOAL, base=0, author_id=cast.ben.id, at=NOW)
    for other in (cast.petra, cast.dev, cast.otto, cast.carla, cast.tomas, cast.rafa):
        assert client_of(other).get(address(seat)).status_code == 404
        assert client_of(other).post(address(seat), data={"goal": "x", "base": "1"}).status_code == 404
    assert len(versions()) == 1


def test_the_owner_sees_how_many_there_are_and_nothing_in_them(cast, client_of):
    meeting = open_meeting(cast.amara, starts_at=NOW + timedelta(days=1), seats=2)
    answer = client_of(cast.petra).get("/meetings/counts")
    assert answer.status_code == 200
    assert meeting.topic not in answer.text
    assert db.session.scalar(select(func.count()).select_from(WorksheetVersion)) == 0
