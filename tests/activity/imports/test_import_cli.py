"""Importing on the command line: one file, a folder, and the rejected rows."""

import csv
import gzip
import io

import pytest

from activity.models import ActivityEvent, Import, Outcome
from db import db
from people.models import Employee


def number_of(model):
    found = db.session.scalar(db.select(db.func.count()).select_from(model))
    db.session.rollback()
    return found


@pytest.fixture
def path_of(importing, event):
    return lambda rows: str(importing.file("activity", rows))


def test_a_file_is_imported_with_its_report(cli, path_of, event):
    stranger = {**event("a2"), "person_id": "p-999"}
    answer = cli.invoke(args=["activity", "import", "activity", path_of([event("a1"), stranger]), "--source", "forum"])
    assert answer.exit_code == 0, answer.output
    assert "1 row taken, 0 known already, 1 rejected." in answer.output
    assert "No employee has this id (column person_id)" in answer.output
    assert number_of(ActivityEvent) == 1


def test_a_dry_run_says_what_would_be_taken(cli, path_of, event):
    answer = cli.invoke(args=["activity", "import", "activity", path_of([event("a1")]), "--source", "f", "--dry-run"])
    assert "1 row can be taken, 0 known already, 0 rejected." in answer.output
    assert number_of(ActivityEvent) == 0


def test_columns_can_be_named(cli, importing):
    path = importing.file("activity", b"ref;stamp;mail;did\nx1;2026-01-01;ben@larkspur.example;Antwort\n")
    pairs = ["activity_id=ref", "at=stamp", "person_email=mail", "verb=did"]
    options = [part for pair in pairs for part in ("--map", pair)]
    answer = cli.invoke(args=["activity", "import", "activity", str(path), "--source", "f", *options])
    assert "1 rejected" in answer.output
    assert "Not a kind of event (column did)" in answer.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "colour=did"], "write FIELD=COLUMN. Fields of activity: activity_id, at,"),
        (["--map", "verb=nothing"], "The file has no column “nothing”."),
        (["--map", "verb="], "No column is read as “What was done”."),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_cure(options, said, cli, path_of, event):
    answer = cli.invoke(args=["activity", "import", "activity", path_of([event("a1")]), "--source", "f", *options])
    assert answer.exit_code == 1
    assert said in answer.output
    assert number_of(Import) == 0


def test_a_file_that_cannot_be_read_is_refused_by_name_and_line(cli, importing):
    path = importing.file("activity", b"%PDF-1.7 \n")
    answer = cli.invoke(args=["activity", "import", "activity", str(path), "--source", "forum"])
    assert answer.exit_code == 1
    assert "activity.csv: Line 1: The file is a PDF document. Export the data as CSV instead." in answer.output


def test_rejected_rows_are_written_as_csv(cli, path_of, event):
    rows = [{**event("a1"), "person_id": "=cmd|p-999"}]
    cli.invoke(args=["activity", "import", "activity", path_of(rows), "--source", "forum"])
    number = db.session.scalars(db.select(Import.id)).one()
    (found,) = csv.DictReader(io.StringIO(cli.invoke(args=["activity", "rejected", str(number)]).output))
    assert found == {
        "line": "2",
        "column": "person_id",
        "value": "'=cmd|p-999",
        "reason": "No employee has this id",
        "cure": "Import the directory first, or correct it in the source.",
    }
    assert cli.invoke(args=["activity", "rejected", "77"]).exit_code == 1


def test_a_folder_is_imported_people_first(cli, importing, tmp_path):
    folder = tmp_path / "community"
    folder.mkdir()
    people = b"person_id,joined_at,team,tags\nu1,2017-06-16T15:55:41,,\nu2,2015-07-14T13:40:18,,\n"
    activity = b"activity_id,at,person_id,verb\na1,2016-01-01T00:00:00,u1,answer\n"
    outcomes = b"at,person_id,kind,value\n2016-01-02T00:00:00,u1,accepted,1\n"
    for name, content in {"people": people, "activity": activity, "outcomes": outcomes}.items():
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(content))
    (folder / "library.jsonl").write_bytes(b'{"text": "A text that everybody may post", "title": "One"}\n')
    before = number_of(Employee)
    answer = cli.invoke(args=["activity", "import-folder", str(folder), "--source", "travel"])
    assert answer.exit_code == 0, answer.output
    assert [row.kind for row in db.session.scalars(db.select(Import).order_by(Import.id))] == [
        "directory", "library", "activity", "outcomes",
    ]  # fmt: skip
    db.session.rollback()
    assert (number_of(Employee) - before, number_of(ActivityEvent), number_of(Outcome)) == (2, 1, 1)


def test_a_folder_with_nothing_to_import_is_refused(cli, importing, tmp_path):
    answer = cli.invoke(args=["activity", "import-folder", str(tmp_path), "--source", "travel"])
    assert answer.exit_code == 1
    assert "has none of the files people, directory, library, activity, outcomes" in answer.output
