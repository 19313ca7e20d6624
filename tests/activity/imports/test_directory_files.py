"""A directory handed in as a file: people decide what is taken, and the report names lines and columns of the file."""

import gzip
import json

from activity.models import ImportRejection
from db import db
from people.models import Employee


def numbers(row):
    return row.taken, row.changed, row.known, row.rejected


def person(external_id):
    found = db.session.scalars(db.select(Employee).where(Employee.external_id == external_id)).one()
    db.session.rollback()
    return found


def test_people_are_taken_updated_and_known(importing):
    rows = [{"id": "n1", "name": "Nadia Orrin", "team": "Larkspur / Care"}, {"id": "n2", "name": "Piet Voss"}]
    assert numbers(importing("directory", rows, source="staff")) == (2, 0, 0, 0)
    rows[1]["name"] = "Piet Vossberg"
    row = importing("directory", rows, source="staff")
    assert numbers(row) == (0, 1, 1, 0)
    assert "active employees are not in the file and left as they are" in row.notes[-1]
    assert person("n2").name == "Piet Vossberg"


def test_problems_name_the_columns_of_the_file(importing, cast):
    rows = [
        {"staff_id": "n1", "full_name": "Nadia", "mail": "ben@larkspur.example", "first_day": "2026-01-01"},
        {"staff_id": "n1", "full_name": "Nadia", "mail": "", "first_day": ""},
        {"staff_id": "n2", "full_name": "Piet", "mail": "no address", "first_day": ""},
        {"staff_id": "n3", "full_name": "Ola", "mail": "ola@larkspur.example", "first_day": "soon"},
    ]
    row = importing("directory", rows, source="staff")
    found = {(line, column) for line, column, _ in importing.rejections(row)}
    assert found >= {(2, "mail"), (3, "staff_id"), (4, "mail")}
    assert row.taken + row.rejected == 4


def test_an_unknown_manager_is_told_and_the_person_taken(importing):
    row = importing("directory", [{"id": "n1", "name": "Nadia", "manager": "p-777"}], source="staff")
    assert numbers(row) == (1, 0, 0, 0)
    rejection = db.session.scalars(db.select(ImportRejection)).one()
    assert (rejection.line, rejection.column, rejection.taken) == (2, "manager", True)
    assert row.faults == []


def test_a_dry_run_of_a_directory_writes_nobody(importing):
    assert numbers(importing("directory", [{"id": "n1", "name": "Nadia"}], source="staff", dry_run=True)) == (
        1,
        0,
        0,
        0,
    )
    assert db.session.scalars(db.select(Employee).where(Employee.external_id == "n1")).all() == []


def test_json_lines_in_gzip_are_read_like_csv(importing, event, cast):
    rows = [event("a1", magnitude=3), event("a2", who=cast.amara, reach="paid")]
    packed = gzip.compress("\n".join(json.dumps(row) for row in rows).encode())
    assert numbers(importing("activity", packed)) == (2, 0, 0, 0)
    assert importing.events()["a2"].reach == "paid"
    assert numbers(importing("activity", rows)) == (0, 0, 2, 0)
