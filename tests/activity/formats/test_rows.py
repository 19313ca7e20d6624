"""Every cell is checked; what is refused is named by line, column, reason and cure, and the other rows are taken."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.formats.batch import Batch
from activity.formats.cells import Refusal
from activity.formats.columns import moment_column
from activity.formats.fields import FileKind
from activity.formats.mapping import ColumnMapping, MappingError
from activity.formats.reader import open_table
from activity.formats.rejected import Rejected
from activity.formats.rows import ActivityRow, activity_rows, directory_rows, outcome_rows
from activity.formats.suggestion import suggest
from activity.formats.verbs import Reach, Verb

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACTIVITY = "activity_id,at,person_id,verb,kind,in_reply_to,target_person_id,channel,magnitude,reach,text,permalink"
GOOD = {"activity_id": "a1", "at": "2026-11-02T08:14:09", "person_id": "p1", "verb": "answer"}


def read(kind: FileKind, text: str, mapping: ColumnMapping | None = None) -> tuple[list[Any], list[Rejected]]:
    table = open_table(io.BytesIO(text.encode()))
    mapping = mapping or suggest(table.columns, kind)
    if kind is FileKind.DIRECTORY:
        reader: Any = directory_rows(mapping, table.columns)
    else:
        reader = (activity_rows if kind is FileKind.ACTIVITY else outcome_rows)(mapping, table.columns, NOW)
    rows, rejected = [], []
    for batch in table.batches():
        checked = reader.read(batch)
        assert len(checked.lines) == len(checked.rows)
        rows += checked.rows
        rejected += checked.rejected
    return rows, rejected


def activity(**cells: str) -> tuple[list[ActivityRow], list[Rejected]]:
    """One row of activity, good but for `cells`, among good neighbours."""
    names = ACTIVITY.split(",")
    others = [{**GOOD, "activity_id": name} for name in ("before", "after")]
    written = [others[0], {**GOOD, **cells}, others[1]]
    lines = [",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in names) for row in written]
    rows, rejected = read(FileKind.ACTIVITY, "\n".join([ACTIVITY, *lines]))
    assert [row.activity_id for row in rows if row.activity_id in {"before", "after"}] == ["before", "after"]
    return [row for row in rows if row.activity_id not in {"before", "after"}], rejected


def taken(**cells: str) -> ActivityRow:
    rows, rejected = activity(**cells)
    assert rejected == []
    return rows[0]


def refused(**cells: str) -> Rejected:
    rows, rejected = activity(**cells)
    assert rows == []
    assert len(rejected) == 1
    assert rejected[0].line == 3
    assert rejected[0].cure
    return rejected[0]


def test_a_full_row_of_activity_is_taken():
    row = taken(
        kind="fix", in_reply_to="q1", target_person_id="p2", channel="Forum  North", magnitude="-2.5", reach="Paid",
        text="Try this", permalink="https://forum.example/a1",
    )  # fmt: skip
    assert row == ActivityRow(
        "a1", datetime(2026, 11, 2, 8, 14, 9, tzinfo=UTC), "p1", Verb.ANSWER, "fix", "q1", "p2", "Forum North", -2.5,
        Reach.PAID, "Try this", "https://forum.example/a1", False,
    )  # fmt: skip


def test_what_a_row_does_not_say_is_empty_and_reach_is_not_stated():
    row = taken()
    assert (row.kind, row.in_reply_to, row.target_person_id, row.channel, row.text, row.permalink) == ("",) * 6
    assert row.magnitude == 0.0
    assert row.reach is Reach.NOT_STATED


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_is_taken_in_any_case(verb: Verb):
    assert taken(verb=f" {verb.upper()} ").verb is verb


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-02T08:14:09", "2026-11-02T08:14:09+00:00"),
        ("2026-11-02T08:14:09Z", "2026-11-02T08:14:09+00:00"),
        ("2026-11-02T08:14:09+05:30", "2026-11-02T02:44:09+00:00"),
        ("2026-11-02 08:14", "2026-11-02T08:14:00+00:00"),
        ("2026-11-02", "2026-11-02T00:00:00+00:00"),
        (" 2026-11-02T08:14:09.250Z ", "2026-11-02T08:14:09.250000+00:00"),
        ("1762070400", "2025-11-02T08:00:00+00:00"),
        ("1762070400.000200", "2025-11-02T08:00:00.000200+00:00"),
        ("1762070400000", "2025-11-02T08:00:00+00:00"),
        ("2026-11-25T11:59:59", "2026-11-25T11:59:59+00:00"),
        ("1990-01-01T00:00:00", "1990-01-01T00:00:00+00:00"),
    ],
)
def test_times_are_read_as_utc(written: str, meant: str):
    row = taken(at=written)
    assert row.at == datetime.fromisoformat(meant)
    assert row.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "The time is missing"),
        ("02/11/2026", "Not a time"),
        ("2026-02-30T00:00:00", "Not a time"),
        ("0001-01-01T00:00:00+14:00", "Not a time"),
        ("99999999999999999999", "Not a time"),
        ("٢٠٢٦-١١-٠٢", "Not a time"),
        ("2026-11-25T12:00:01", "The time is in the future"),
        ("2062-11-03T10:02:00Z", "The time is in the future"),
        ("1989-12-31T23:59:59", "The time is before 1990"),
        ("1990-01-01T00:00:00+01:00", "The time is before 1990"),
    ],
)
def test_other_times_are_refused(written: str, reason: str):
    found = refused(at=written)
    assert (found.column, found.reason, found.value) == ("at", reason, written)


def test_how_far_in_the_future_a_time_is_stands_in_the_cure():
    assert refused(at="2062-11-03T10:02:00Z").cure.startswith("35 years ahead")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"activity_id": " "}, "activity_id", "The cell is empty"),
        ({"activity_id": "x" * 101}, "activity_id", "The id is too long"),
        ({"person_id": ""}, "person_id", "The person is missing"),
        ({"person_id": "p\0"}, "person_id", "Characters that cannot be seen"),
        ({"person_id": "p\u200b1"}, "person_id", "Characters that cannot be seen"),
        ({"verb": "upvote"}, "verb", "Not a kind of event"),
        ({"verb": ""}, "verb", "Not a kind of event"),
        ({"in_reply_to": "a1"}, "in_reply_to", "The event answers itself"),
        ({"kind": "x" * 61}, "kind", "The text is too long"),
        ({"magnitude": "many"}, "magnitude", "Not a number"),
        ({"magnitude": "nan"}, "magnitude", "Not a number"),
        ({"magnitude": "1_000"}, "magnitude", "Not a number"),
        ({"magnitude": "1e300"}, "magnitude", "The number is too large"),
        ({"reach": "maybe"}, "reach", "Neither paid nor organic"),
        ({"permalink": "javascript:alert(1)"}, "permalink", "Not a web address"),
        ({"permalink": "https://a b"}, "permalink", "Not a web address"),
    ],
)
def test_a_bad_cell_is_refused_by_name(cells: dict[str, str], column: str, reason: str):
    found = refused(**cells)
    assert (found.column, found.reason) == (column, reason)


@pytest.mark.parametrize(
    "channel",
    ["dm", "DM-anna", "direct", "Direct message", "direct_messages", "private", "private-chat", "sales-private",
     "mpim", "mpdm-anna--rui-1", "im", "Private Group", "forum|private channel"],
)  # fmt: skip
def test_private_conversations_are_never_taken(channel: str):
    assert refused(channel=channel).reason == "Named like a private conversation"


@pytest.mark.parametrize("channel", ["general", "direct-sales", "private-key|public-key", "admin", "time", "imports"])
def test_open_channels_with_a_similar_name_are_taken(channel: str):
    assert taken(channel=channel).channel == channel


def test_a_channel_that_only_sounds_private_can_be_translated():
    mapping = ColumnMapping(
        FileKind.ACTIVITY,
        {name: name for name in ("activity_id", "at", "person_id", "verb", "channel")},
        values={"channel": {"Private": "Private banking"}},
    )
    text = "activity_id,at,person_id,verb,channel\n1,2026-01-01,p,post,PRIVATE \n"
    rows, rejected = read(FileKind.ACTIVITY, text, mapping)
    assert rejected == []
    assert rows[0].channel == "Private banking"


def test_only_a_vote_may_be_without_a_person():
    assert taken(person_id="", verb="vote").person_id == ""
    for verb in set(Verb) - {Verb.VOTE}:
        assert refused(person_id="", verb=verb).reason == "The person is missing"


def test_who_reaches_only_themselves_is_flagged_and_taken():
    assert taken(target_person_id="p1").answers_self
    assert not taken(target_person_id="p2").answers_self
    assert not taken(person_id="", verb="vote").answers_self


def test_the_text_of_people_is_never_shown_in_a_report():
    found = refused(text="a secret", verb="sing")
    assert "secret" not in repr(found)


def test_the_first_fault_of_a_row_is_reported_once():
    assert refused(at="never", verb="sing", magnitude="x").column == "at"


def test_rows_of_separators_alone_are_passed_over():
    rows, rejected = read(FileKind.OUTCOMES, "at,person_id,kind\n,,\n2026-01-01,p,deal\n , ,\n")
    assert len(rows) == 1
    assert rejected == []


def test_values_are_translated_and_people_may_be_named_by_email():
    mapping = ColumnMapping(
        FileKind.ACTIVITY,
        {"activity_id": "Post", "at": "When", "person_email": "Mail", "verb": "Type", "reach": "Promoted"},
        {"channel": "Forum"},
        {"verb": {"Antwort": "answer"}, "reach": {"no": "organic"}},
    )
    text = "Promoted,Type,Mail,When,Post\nno,ANTWORT,Rui@Larkspur.Example,2026-01-01,1\n,answer,nobody,2026-01-01,2\n"
    rows, rejected = read(FileKind.ACTIVITY, text, mapping)
    assert rows[0].person_id == "rui@larkspur.example"
    assert (rows[0].verb, rows[0].reach, rows[0].channel) == (Verb.ANSWER, Reach.ORGANIC, "Forum")
    assert (rejected[0].line, rejected[0].column, rejected[0].reason) == (3, "Mail", "Not an e-mail address")


def test_a_mapping_that_does_not_fit_is_refused_before_anything_is_read():
    with pytest.raises(MappingError, match="no column “verb”"):
        activity_rows(ColumnMapping(FileKind.ACTIVITY, {"verb": "verb"}), ["at"], NOW)
    wrong = ColumnMapping(FileKind.OUTCOMES, {"at": "at", "person_id": "who"}, {"kind": "x", "share": "7"})
    with pytest.raises(MappingError, match="Not a share"):
        outcome_rows(wrong, ["at", "who"], NOW)


def test_ids_are_compared_as_the_directory_keeps_them():
    assert taken(person_id=" Zoe\u0308  7\t8 ").person_id == "Zoë 7 8"


def test_a_directory_row_is_taken():
    rows, rejected = read(
        FileKind.DIRECTORY,
        "id,name,email,team,manager,site,language,time_zone,start,end,job\n"
        "7,Rui  Alves,rui@larkspur.example,Sales / North,3,Porto,pt;en,Europe/Lisbon,2024-02-01,2026-01-31,Agent\n"
        "8,,,,,,,,,,\n",
    )
    assert rejected == []
    assert rows[0] == (
        "7", "Rui Alves", "rui@larkspur.example", "Sales / North", "3", "Porto", "pt;en", "Europe/Lisbon",
        date(2024, 2, 1), date(2026, 1, 31), "Agent",
    )  # fmt: skip
    assert rows[1] == ("8", "", "", "", "", "", "", "", None, None, "")


@pytest.mark.parametrize(
    ("field", "cell", "reason"),
    [
        ("id", "", "The cell is empty"),
        ("name", "x" * 1001, "The text is too long"),
        ("team", "Sales\0", "Characters that cannot be seen"),
        ("start", "31.12.2024", "Not a day"),
        ("end", "1066-10-14", "The day is out of range"),
    ],
)
def test_a_bad_directory_cell_is_refused_by_name(field: str, cell: str, reason: str):
    row = {"id": "7", "name": "Rui", "start": "2024-02-01"} | {field: cell}
    names = ["id", "name", "team", "start", "end"]
    line = ",".join(f'"{row.get(name, "")}"' for name in names)
    rows, rejected = read(FileKind.DIRECTORY, ",".join(names) + "\n" + line + "\n9,,,,\n")
    assert [row.id for row in rows] == ["9"]
    assert [(each.line, each.column, each.reason) for each in rejected] == [(2, field, reason)]


def test_an_outcome_counts_one_and_whole_where_the_source_does_not_say():
    rows, rejected = read(
        FileKind.OUTCOMES,
        "outcome_id,at,person_id,kind,value,activity_id,share\n,2026-01-01,p1,deal,,,\no2,2026-01-01,p1,deal,3,a1,0.25\n",
    )
    assert rejected == []
    assert [(row.outcome_id, row.value, row.activity_id, row.share) for row in rows] == [
        ("", 1.0, "", 1.0),
        ("o2", 3.0, "a1", 0.25),
    ]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("2026-01-01,,deal,1,1", "person_id", "The cell is empty"),
        ("2026-01-01,p,,1,1", "kind", "The cell is empty"),
        ("2026-01-01,p,deal,-1,1", "value", "The value is below zero"),
        ("2026-01-01,p,deal,1,0", "share", "Not a share"),
        ("2026-01-01,p,deal,1,1.5", "share", "Not a share"),
        ("2027-01-01,p,deal,1,1", "at", "The time is in the future"),
    ],
)
def test_a_bad_outcome_is_refused_by_name(line: str, column: str, reason: str):
    _, rejected = read(FileKind.OUTCOMES, f"at,person_id,kind,value,share\n{line}\n")
    assert [(each.line, each.column, each.reason) for each in rejected] == [(2, column, reason)]


cell = st.one_of(
    st.sampled_from(
        ["", " ", "a1", "p1", "vote", "post", "2026-01-01T00:00:00", "2026-01-01", "9", "paid", "dm", "x" * 300]
    ),
    st.text(max_size=6),
)
table_rows = st.lists(st.lists(cell, min_size=12, max_size=12), max_size=8)


@pytest.mark.parametrize(
    "written",
    [
        ["2026-11-02T08:14:09", "2026-11-02 08:14:09"],
        ["2026-11-02T08:14:09Z", "2026-11-02T08:14:09Z"],
        ["2026-11-02T08:14:09.250", "2026-11-02T08:14:09.250"],
        ["2026-11-02T08:14:09.250Z", "2026-11-02T08:14:09Z"],
        ["2026-11-02T08:14:09+05:30", "2026-11-02T08:14:09-01:00"],
        ["2026-11-02T08:14:09+00:00", "2026-11-02T08:14:09+02:00"],
        ["2026-11-02T08:14:09.000000", "2026-11-02T08:14:09+02:00"],
        ["1762070400.000200", "1762070400.000200"],
        ["1762070400000000000", "1762070400000000000"],
        ["0001-01-01T00:00:00+14:00", "2026-11-02T08:14:09+02:00"],
        ["2026-11-02T08:14:09", "2062-11-02T08:14:09"],
    ],
)
def test_a_column_of_times_is_read_as_its_cells_would_be(written: list[str]):
    column = moment_column("at", NOW)
    values, doubtful = column.read(written)
    assert values == [column.parse(cell) for cell in written]
    assert doubtful or not any(isinstance(value, Refusal) for value in values)


@given(table_rows)
def test_a_batch_is_read_as_its_rows_would_be_one_by_one(rows: list[list[str]]):
    header = ACTIVITY.split(",")
    mapping = suggest(header, FileKind.ACTIVITY)
    together = activity_rows(mapping, header, NOW).read(Batch(range(2, 2 + len(rows)), rows, []))
    reader = activity_rows(mapping, header, NOW)
    alone = [reader.read(Batch([line], [row], [])) for line, row in enumerate(rows, 2)]
    assert list(together.rows) == [row for one in alone for row in one.rows]
    assert list(together.lines) == [line for one in alone for line in one.lines]
    assert together.rejected == [bad for one in alone for bad in one.rejected]


@given(st.binary(max_size=300))
def test_no_bytes_raise_an_exception_on_the_way_to_rows(content: bytes):
    for kind, header in ((FileKind.ACTIVITY, ACTIVITY), (FileKind.OUTCOMES, "at,person_id,kind,value")):
        cells = header.count(",")
        text = (header + "\n").encode() + content + b"\n" + b"1" + b"," * cells + b"\n"
        table = open_table(io.BytesIO(text))
        make = activity_rows if kind is FileKind.ACTIVITY else outcome_rows
        reader = make(suggest(table.columns, kind), table.columns, NOW)
        for batch in table.batches():
            reader.read(batch)
