"""The page of the audit trail and its commands: words, filters, and a chain that shows what was done to it."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from db import db
from people.auditing import audit
from people.auditing import words as audit_words
from people.auditing.models import AuditEntry
from tests.support.cast import NOW
from web import zone_of


@pytest.fixture
def owner(cast, client_of):
    return client_of(cast.petra)


@pytest.fixture
def recorded(cast):
    """Three decisions."""
    audit.append(
        audit.Verb.ROLE_GRANTED,
        actor_id=cast.petra.id,
        subject_id=cast.dev.id,
        at=NOW,
        detail={"role": "manager", "team": cast.care_leeds, "until": (NOW + timedelta(days=30)).isoformat()},
    )
    audit.append(
        audit.Verb.NOMINATION_ACCEPTED, actor_id=cast.ben.id, subject_id=cast.ben.id, at=NOW, detail={"run": 3}
    )
    audit.append(audit.Verb.DIRECTORY_IMPORTED, actor_id=None, subject_id=None, at=NOW, detail={"created": 1200})
    db.session.commit()


def text_of(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_an_empty_trail_says_so(owner):
    page = text_of(owner.get("/audit?check=1"))
    assert "No decision is on record yet." in page
    assert "Check the chain" not in page


def test_rows_are_told_in_words_newest_first(owner, recorded):
    page = text_of(owner.get("/audit"))
    assert "3 decisions are on record, the last of 2 March 2026." in page
    assert "Role granted manager of Care Leeds, until 1 April 2026 Dev Marrowick Petra Lindqvale" in page
    assert "Nomination accepted run 3 Ben Harrowgate themselves" in page
    assert "Directory imported 1,200 created nobody in particular the program" in page
    assert page.index("Directory imported 1,200") < page.index("Role granted manager")


@pytest.mark.parametrize(
    ("query", "fitting"),
    [
        ("person=ben@larkspur.example", 1),
        ("person=p-101", 1),  # by her
        ("person=marrow", 1),
        ("person=zzz", 0),
        ("verb=role+granted", 1),
        ("verb=role+granted&person=ben", 0),
        ("verb=nonsense", 3),
        ("page=77", 3),
    ],
)
def test_rows_are_narrowed_by_person_and_by_verb(owner, recorded, query, fitting):
    page = text_of(owner.get(f"/audit?{query}"))
    if "person" in query or "granted" in query:
        assert f"{fitting} {'decision fits' if fitting == 1 else 'decisions fit'}, of 3." in page
    assert ("No decision fits" in page) == (fitting == 0)


def test_a_long_trail_is_paged_at_the_same_cost(owner, cast, statements):
    decisions = [audit.Decision(audit.Verb.TEAM_CHANGED, cast.ben.id, {"to": cast.sales, "from": None})] * 130
    audit.append_many(decisions, actor_id=cast.petra.id, at=NOW)
    with statements() as sent:
        page = text_of(owner.get("/audit?page=2&person=ben"))
    assert "51 to 100 of 130 decisions" in page
    assert "Team changed from no team to Sales" in page
    assert len(sent) <= 12, str(sent)


def test_the_chain_is_checked_on_the_page_and_on_the_command_line(owner, recorded, cli):
    assert "All 3 rows fit together." in text_of(owner.get("/audit?check=1"))
    done = cli.invoke(args=["audit", "verify"])
    assert (done.exit_code, done.output) == (0, "All 3 rows fit together.\n")
    head = cli.invoke(args=["audit", "head"]).output.split()
    assert head[0] == "3"
    assert len(head[1]) == 64


def test_the_first_bad_row_is_named(owner, recorded, cli):
    db.session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(actor_id=None))
    db.session.commit()
    assert "Row 2 does not fit: its content was changed after it was written." in text_of(owner.get("/audit?check=1"))
    done = cli.invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert "Row 2 does not fit" in done.output


def test_an_empty_chain_has_a_head_and_is_sound(app, cli):
    assert cli.invoke(args=["audit", "head"]).output == f"0 {'0' * 64}\n"
    assert cli.invoke(args=["audit", "verify"]).exit_code == 0


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({}, ""),
        ({"role": "owner"}, "owner"),
        ({"role": "manager", "team": 9}, "manager of a team that is gone"),
        ({"from": 1, "to": None}, "from Care to no team"),
        ({"facts": ["manager_id", "time_zone"]}, "manager, time zone"),
        ({"setting": "company_name"}, "Name of the company"),
        ({"setting": "gone"}, "gone"),
        ({"run": 14, "people": [1, 2, 3]}, "3 people, run 14"),
        ({"created": 1, "updated": 2, "rejected": 0}, "1 created, 2 updated, 0 rejected"),
        ({"by": "directory"}, ""),
    ],
)
def test_details_are_told_without_codes(detail, words):
    assert audit_words.in_words(detail, {1: "Care"}, zone_of("UTC")) == words
