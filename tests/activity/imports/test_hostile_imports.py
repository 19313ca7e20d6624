"""Whatever is handed in, an import ends with a report or with a reason, and the tables stay whole."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.formats.fields import FileKind
from activity.imports.reading import UnreadableError
from activity.imports.rejections import MOST_KEPT
from activity.models import ActivityEvent, Import, ImportRejection, OutcomeCredit
from db import db
from jobs.running import JobFailedError

HEADERS = {
    "activity": b"activity_id,at,person_id,verb,kind,in_reply_to,target_person_id,channel,magnitude,reach,text",
    "outcomes": b"outcome_id,at,person_id,kind,value,activity_id,share",
    "directory": b"id,name,email,team,manager,site,language,time_zone,start,end,job",
    "library": b"title,text",
}
BAD = {
    "empty": b"",
    "only a header": HEADERS["activity"],
    "NUL bytes": b"activity_id,at\0,person_id,verb\na1,2026-01-01,p-106,post\n",
    "NUL in a cell": HEADERS["activity"] + b"\na\x001,2026-01-01,p-106,post,,,,,,,\n",
    "an Excel workbook": b"PK\x03\x04[Content_Types].xml" + bytes(300),
    "a picture": bytes(range(256)) * 40,
    "a cut gzip": gzip.compress(HEADERS["activity"] + b"\n" + b"a1,2026-01-01,p-106,post,,,,,,,\n" * 9000)[:-30],
    "a bomb": gzip.compress(gzip.compress(bytes(40_000_000))),
    "zeros that unpack to much": gzip.compress(bytes(60_000_000)),
    "a quote never closed": HEADERS["activity"] + b'\na1,2026-01-01,p-106,post,"' + b"x,\n" * 50_000,
    "a million columns": b",".join(b"c%d" % number for number in range(1_000_000)),
    "one endless line": b"x" * 3_000_000,
    "deep JSON": b'{"activity_id":' + b"[" * 100_000,
    "a JSON list": b'[{"activity_id": "a1"}]',
    "half a character": json.dumps({"activity_id": "\ud800", "at": "2026-01-01", "person_id": "p-106"}).encode(),
    "wrong encoding": HEADERS["activity"] + "\na1,2026-01-01,p-106,post,Qualität,,,,,,\n".encode("cp1252"),
    "UTF-16": (HEADERS["activity"].decode() + "\na1,2026-01-01,p-106,post,,,,,,,\n").encode("utf-16"),
    "dates that cannot be": HEADERS["activity"]
    + b"\na1,9999-99-99,p-106,post,,,,,,,\na2,2999-01-01,p-106,post,,,,,,,\n",
    "numbers that cannot be": HEADERS["activity"]
    + b"\na1,2026-01-01,p-106,post,,,,,1e999,,\na2,2026-01-01,p-106,post,,,,,nan,,\n",
    "an answer to itself": HEADERS["activity"] + b"\na1,2026-01-01,p-106,post,,a1,,,,,\n",
    "SQL for an id": HEADERS["activity"] + b'\n"\'); DROP TABLE outcome; --",2026-01-01,p-106,post,,,,,,,\n',
    "tabs and backslashes": HEADERS["activity"] + b"\n\\N,2026-01-01,p-106,post,\\t\\\\.,\\.,,\\N,,,\n",
}


def end_of(importing, kind, data):
    """The import that came of it, or the words with which it was refused."""
    try:
        return importing(kind, data)
    except (UnreadableError, JobFailedError) as error:
        db.session.rollback()
        return str(error)


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_ends_with_a_report_or_a_reason(name, kind, importing):
    end = end_of(importing, kind.value, BAD[name])
    if isinstance(end, str):
        assert "Error" not in end, end
        assert end.endswith(".")
    else:
        assert end.state == "done"
        stored = db.session.scalars(db.select(ImportRejection)).all()
        assert all(row.reason and row.cure for row in stored)


def test_what_stood_before_a_cut_is_taken_and_the_cut_is_told(importing):
    lines = b"".join(b"a%d,2026-01-01,p-106,post,,,,,,,\n" % number for number in range(30_000))
    row = importing("activity", gzip.compress(HEADERS["activity"] + b"\n" + lines)[:-5000])
    assert 0 < row.taken < 30_000
    assert [reason for _, _, reason in importing.rejections(row)] == ["The gzip file is cut off"]


def test_strange_but_true_ids_are_stored_as_they_stand(importing):
    row = importing("activity", BAD["tabs and backslashes"])
    assert row.taken == 1
    stored = importing.events()["\\N"]
    assert (stored.kind, stored.in_reply_to, stored.channel) == ("\\t\\\\.", "\\.", "\\N")


def test_all_rejected_rows_are_counted_and_the_first_ten_thousand_kept(importing):
    lines = b"".join(b"a%d,2026-01-01,p-unknown,post,,,,,,,\n" % number for number in range(MOST_KEPT + 500))
    row = importing("activity", HEADERS["activity"] + b"\n" + lines)
    assert row.rejected == MOST_KEPT + 500
    assert row.faults == [["person_id", "No employee has this id", MOST_KEPT + 500]]
    assert db.session.scalar(db.select(db.func.count()).select_from(ImportRejection)) == MOST_KEPT


cells = st.one_of(
    st.sampled_from(["", "a1", "a2", "p-106", "p-101", "p-999", "post", "vote", "2026-01-01", "0.5", "1", "deal"]),
    st.text(max_size=12),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(list(HEADERS)))
def test_any_rows_are_all_accounted_for_and_known_the_next_time(data, kind, importing, database):
    names = HEADERS[kind].decode().split(",")
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(names, cells)), max_size=8))
    first = importing(kind, rows) if rows else None
    if first is None or kind == "directory":
        return
    again = importing(kind, rows)
    assert (again.taken, again.changed, again.rejected) == (0, 0, first.rejected)
    assert again.known == first.taken + first.changed + first.known


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(max_size=400), kind=st.sampled_from(list(HEADERS)), with_header=st.booleans())
def test_any_bytes_end_with_a_report_or_a_reason(junk, kind, with_header, importing, database):
    end = end_of(importing, kind, HEADERS[kind] + b"\n" + junk if with_header else junk)
    assert "Error" not in end if isinstance(end, str) else end.state == "done"


shares = st.sampled_from(["0.2", "0.25", "0.333333", "0.5", "0.75", "1"])
credits = st.lists(st.tuples(st.sampled_from(["o1", "o2"]), st.integers(0, 3), shares), max_size=7)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(credits, min_size=1, max_size=3))
def test_shares_of_an_outcome_never_sum_to_more_than_one(files, importing, outcome, cast, database):
    people = (cast.ben, cast.amara, cast.otto, cast.carla)
    for parts in filter(None, files):
        rows = [outcome(name, who=people[person], share=share) for name, person, share in parts]
        row = importing("outcomes", rows)
        assert row.taken + row.changed + row.known + row.rejected == len(rows)
        sums = db.session.execute(
            db.select(db.func.sum(OutcomeCredit.share)).group_by(OutcomeCredit.outcome_id)
        ).scalars()
        assert all(total <= 1.000001 for total in sums)
        db.session.rollback()


def test_a_broken_import_leaves_no_event_behind(importing):
    end_of(importing, "activity", BAD["an Excel workbook"])
    assert db.session.scalars(db.select(ActivityEvent)).all() == []
    assert db.session.scalars(db.select(Import)).all() == []
