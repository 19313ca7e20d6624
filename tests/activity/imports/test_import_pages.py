"""The owner's pages about imports: hand in, columns, check, import, report, and who may not."""

import io

import pytest

from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping
from activity.imports import uploads
from activity.imports.operations import save_mapping
from activity.models import ActivityEvent, Import, ImportRejection, SavedMapping
from db import db
from jobs.running import JobFailedError, run_waiting
from tests.activity.conftest import as_csv


@pytest.fixture
def owner(importing, client_of, cast):
    return client_of(cast.petra)


def hand_in(owner, data, kind="activity", source="forum", name="forum.csv"):
    fields = {"kind": kind, "source": source, "file": (io.BytesIO(data), name)}
    return owner.post("/imports/new", data=fields, content_type="multipart/form-data")


def latest():
    row = db.session.scalars(db.select(Import).order_by(Import.id.desc())).first()
    db.session.rollback()
    return row


def run_its_job():
    row = latest()
    run_waiting(row.job_id)
    db.session.expire_all()
    return latest()


def columns(*fields, **more):
    return {**{f"c{number}": field for number, field in enumerate(fields)}, **more}


FIELDS = ("activity_id", "at", "person_id", "verb")


def test_from_the_file_to_the_report(owner, event, cast):
    stranger = {**event("a3"), "person_id": "p-999"}
    answer = hand_in(owner, as_csv([event("a1"), event("a2"), stranger]))
    row = latest()
    assert answer.location == f"/imports/{row.id}/columns"
    assert "4 columns are read of 4." in owner.get(answer.location).text
    answer = owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="check"))
    assert answer.location == f"/imports/{row.id}"
    assert "forum.csv is being checked." in owner.get(answer.location).text
    run_its_job()
    page = owner.get(answer.location).text
    assert "2 rows can be taken, 0 are known already, 1 is rejected. Nothing is written yet." in page
    assert "No employee has this id" in page
    assert "Import 2 rows" in page
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="import"))
    run_its_job()
    page = owner.get(answer.location).text
    assert "2 rows were taken, 0 known already, 1 rejected." in page
    assert len(db.session.scalars(db.select(ActivityEvent)).all()) == 2
    assert list(uploads.folder().iterdir()) == []
    listed = owner.get("/imports").text
    assert "1 file is imported." in listed
    assert "forum.csv" in listed


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": ""}, "Name the system that the file comes from."),
        ({"source": "x" * 61}, "The name of a source has at most 60 visible characters."),
        (
            {"data": b"PK\x03\x04[Content_Types].xml"},
            "The file is an Excel workbook. Open it and save it as CSV UTF-8.",
        ),
        ({"data": b""}, "The file is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field(fields, said, owner):
    answer = hand_in(owner, **{"data": b"activity_id,at,person_id,verb\n", **fields})
    assert answer.status_code == 422
    assert said in answer.text
    assert latest() is None
    assert list(uploads.folder().iterdir()) == []


def test_no_file_is_refused(owner):
    answer = owner.post("/imports/new", data={"kind": "activity", "source": "forum"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_file_that_is_too_large_meets_the_page_that_says_so(owner, app):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    answer = hand_in(owner, b"x" * 20_000)
    assert answer.status_code == 413
    assert "This file is too large." in answer.text
    assert latest() is None


def test_names_of_files_are_shown_without_their_path(owner, event):
    hand_in(owner, as_csv([event("a1")]), name="../../etc/<b>pass\x07wd.csv")
    row = latest()
    assert row.file_name == "<b>pass_wd.csv"
    assert len(row.stored_name) == 32
    assert "<b>pass" not in owner.get("/imports").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (columns("activity_id", "at", "person_id", ""), "No column is read as “What was done”."),
        (columns("activity_id", "at", "person_id", "at"), "Another column is read as “When” already."),
        (columns("activity_id", "at", "person_id", "", **{"fixed-verb": "jump"}), "Not a kind of event"),
        (columns(*FIELDS, **{"words-verb": "Antwort answer"}), "write one translation a line, theirs = ours"),
        (columns(*FIELDS, **{"fixed-verb": "post"}), "“verb” has both a column and a fixed value."),
    ],
)
def test_columns_that_cannot_be_read_so_are_said_beside_them(sent, said, owner, event):
    hand_in(owner, as_csv([event("a1")]))
    answer = owner.post(f"/imports/{latest().id}/columns", data={**sent, "action": "check"})
    assert answer.status_code == 422
    assert said in answer.text
    assert latest().state == "uploaded"


def test_fixed_values_and_translations_are_used_and_shown_again(owner, event):
    hand_in(owner, b"id,when,who,what\nx1,2026-02-01,p-106,Antwort\n")
    sent = columns(
        "activity_id", "at", "person_id", "verb", **{"words-verb": "Antwort = answer", "fixed-channel": "Forum"}
    )
    owner.post(f"/imports/{latest().id}/columns", data={**sent, "action": "import"})
    row = run_its_job()
    assert (row.taken, row.rejected) == (1, 0)
    stored = db.session.scalars(db.select(ActivityEvent)).one()
    assert (stored.verb, stored.channel) == ("answer", "Forum")


def test_a_mapping_is_saved_under_its_source_and_used_for_the_next_file(owner):
    data = b"ref,stamp,mail,did\nx1,2026-02-01,ben@larkspur.example,answer\n"
    sent = columns("activity_id", "at", "person_email", "verb", save="yes", action="check")
    hand_in(owner, data, source="Shop  forum")
    owner.post(f"/imports/{latest().id}/columns", data=sent)
    assert db.session.scalars(db.select(SavedMapping.source)).all() == ["Shop forum"]
    hand_in(owner, data, source="Shop forum")
    assert "4 columns are read of 4." in owner.get(f"/imports/{latest().id}/columns").text
    hand_in(owner, data, source="Another forum")
    assert "4 columns are read of 4." not in owner.get(f"/imports/{latest().id}/columns").text


def test_a_saved_mapping_that_does_not_fit_gives_way_to_a_guess(owner, event):
    save_mapping(FileKind.ACTIVITY, "forum", ColumnMapping(FileKind.ACTIVITY, {"activity_id": "gone"}))
    db.session.commit()
    hand_in(owner, as_csv([event("a1")]))
    assert "4 columns are read of 4." in owner.get(f"/imports/{latest().id}/columns").text


def test_columns_changed_after_the_check_are_checked_again_before_the_import(owner, event):
    hand_in(owner, as_csv([event("a1", channel="forum")]))
    row = latest()
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, "channel", action="check"))
    run_its_job()
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, "", action="import"))
    assert latest().state == "checking"
    assert "checked again first" in owner.get(f"/imports/{row.id}").text


def test_a_file_being_read_is_left_alone(owner, event):
    hand_in(owner, as_csv([event("a1")]))
    row = latest()
    sent = columns(*FIELDS, action="import")
    owner.post(f"/imports/{row.id}/columns", data=sent)
    job_id = latest().job_id
    assert owner.post(f"/imports/{row.id}/columns", data=sent).status_code == 302
    assert latest().job_id == job_id
    assert owner.post(f"/imports/{row.id}/discard").status_code == 302
    assert latest() is not None


def test_an_upload_can_be_deleted_and_an_import_cannot(owner, event):
    hand_in(owner, as_csv([event("a1")]))
    owner.post(f"/imports/{latest().id}/discard")
    assert "is deleted. Nothing of it was imported." in owner.get("/imports").text
    assert latest() is None
    assert list(uploads.folder().iterdir()) == []
    hand_in(owner, as_csv([event("a1")]))
    owner.post(f"/imports/{latest().id}/columns", data=columns(*FIELDS, action="import"))
    row = run_its_job()
    owner.post(f"/imports/{row.id}/discard")
    assert "This file is imported already." in owner.get(f"/imports/{row.id}").text
    assert latest().id == row.id


def test_an_import_whose_file_is_gone_says_so(owner, event):
    hand_in(owner, as_csv([event("a1")]))
    row = latest()
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="check"))
    run_its_job()
    uploads.remove(row.stored_name)
    page = owner.get(f"/imports/{row.id}").text
    assert "The file itself is no longer here." in page
    assert "Import 1 row" not in page


def test_rejected_rows_come_by_reason_by_page_and_as_csv(owner, event):
    strangers = [{**event(f"s{number}"), "person_id": "p-999"} for number in range(60)]
    others = [{**event(f"t{number}"), "at": "2091-01-01"} for number in range(5)]
    hand_in(owner, as_csv([*strangers, *others, {**event("=1+1"), "at": "=now()"}]))
    row = latest()
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="check"))
    run_its_job()
    page = owner.get(f"/imports/{row.id}").text
    assert "60 rejected rows have the same value, “p-999”." in page
    assert "1 to 20 of 66" in page
    narrowed = owner.get(f"/imports/{row.id}?fault=1").text
    assert "Only: The time is in the future" in narrowed
    assert "of 66" not in narrowed
    assert '<td class="num long">p-999</td>' not in narrowed
    answer = owner.get(f"/imports/{row.id}/rejected.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rejected-{row.id}.csv"'
    assert answer.text.splitlines()[0] == "line,column,value,reason,cure"
    assert "67,at,'=now(),Not a time" in answer.text
    assert len(answer.text.splitlines()) == 67


def test_a_failed_import_says_why_and_lets_one_go_on(owner, event):
    hand_in(owner, as_csv([event("a1")]))
    row = latest()
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="import"))
    uploads.path_of(row.stored_name).write_bytes(b"%PDF")
    with pytest.raises(JobFailedError):
        run_waiting(latest().job_id)
    page = owner.get(f"/imports/{row.id}").text
    assert "forum.csv could not be read." in page
    assert "Line 1: The file is a PDF document." in page
    assert "One file waits for you" in owner.get("/imports").text
    assert "Failed" in owner.get("/imports?state=failed").text


def test_the_list_is_searched_and_narrowed(owner, event):
    for kind, source in (("activity", "Forum"), ("activity", "Chat"), ("outcomes", "CRM")):
        hand_in(owner, b"activity_id,at,person_id,verb,kind\n", kind=kind, source=source, name=f"{source}.csv")
    assert "1 file fits, of 3." in owner.get("/imports?q=chat").text
    assert "1 file fits, of 3." in owner.get("/imports?kind=outcomes").text
    assert "3 files fit, of 3." in owner.get("/imports?state=uploaded").text
    assert "No import fits these filters" in owner.get("/imports?q=100%25").text
    assert owner.get("/imports?kind=nonsense&state=nonsense&page=x").status_code == 200


def test_an_empty_company_is_told_what_to_begin_with(owner):
    page = owner.get("/imports").text
    assert "Nothing is imported yet." in page
    assert "Three files make a beginning" in page


PAGES = ("/imports", "/imports/new", "/imports/1", "/imports/1/columns", "/imports/1/rejected.csv")


def test_only_the_owner_may(client_of, cast, importing, event, client):
    importing("activity", [event("a1")])
    for person in (cast.ben, cast.amara, cast.dev, cast.rafa):
        visitor = client_of(person)
        assert [visitor.get(address).status_code for address in PAGES] == [403] * len(PAGES)
        for address in ("/imports/new", "/imports/1/columns", "/imports/1/discard"):
            assert visitor.post(address, data={"kind": "activity"}).status_code == 403
    assert client.get("/imports").status_code == 302


def test_what_is_not_there_is_not_found(owner):
    for address in ("/imports/77", "/imports/77/columns", "/imports/77/rejected.csv"):
        assert owner.get(address).status_code == 404
    assert owner.post("/imports/77/discard").status_code == 404


def test_a_form_without_its_token_changes_nothing(owner, event):
    hand_in(owner, as_csv([event("a1")]))
    answer = owner.post(f"/imports/{latest().id}/columns", data=columns(*FIELDS, action="import"), csrf=False)
    assert answer.status_code == 400
    assert latest().state == "uploaded"


def test_pages_stay_within_their_budget_of_statements(owner, event, importing, statements):
    for number in range(30):
        importing("activity", [event(f"a{number}"), {**event("x"), "person_id": f"p-99{number}"}])
    hand_in(owner, as_csv([{**event(f"s{number}"), "person_id": "p-999"} for number in range(200)]))
    row = latest()
    with statements() as sent:
        owner.get(f"/imports/{row.id}/columns")
    assert len(sent) <= 7, str(sent)  # four of the page, three of the shell
    owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="check"))
    run_its_job()
    for address in (
        "/imports",
        "/imports?q=a&page=1",
        "/imports/new",
        f"/imports/{row.id}",
        f"/imports/{row.id}/rejected.csv",
    ):
        with statements() as sent:
            assert owner.get(address).status_code == 200
        assert len(sent) <= 12, str(sent)
    with statements() as sent:
        owner.post(f"/imports/{row.id}/columns", data=columns(*FIELDS, action="check"))
    assert len(sent) <= 12, str(sent)
    assert db.session.scalar(db.select(db.func.count()).select_from(ImportRejection)) >= 200
