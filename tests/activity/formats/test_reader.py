"""Any file at all is read or refused, line by line, and nothing raises."""

import gzip
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.formats.reader import JSON_LINES, Table, open_table
from activity.formats.rejected import Limits, Rejected


def table_of(content: bytes, **more: object) -> Table:
    return open_table(io.BytesIO(content), **more)


def read(content: bytes, **more: object) -> list[object]:
    return list(table_of(content, **more).records())


def rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return [record for record in read(content) if not isinstance(record, Rejected)]


def rejections(content: bytes, **more: object) -> list[Rejected]:
    return [record for record in read(content, **more) if isinstance(record, Rejected)]


def only_rejection(content: bytes, **more: object) -> Rejected:
    found = read(content, **more)
    assert len(found) == 1
    assert isinstance(found[0], Rejected)
    return found[0]


def test_rows_come_with_their_line_and_their_cells_by_name():
    assert read(b"id,name\n1,Ada\n2,Bo\n") == [(2, {"id": "1", "name": "Ada"}), (3, {"id": "2", "name": "Bo"})]


def test_a_last_line_without_its_end_is_read():
    assert rows(b"id\n1\n2") == [(2, {"id": "1"}), (3, {"id": "2"})]


def test_a_cell_may_span_lines_and_lines_are_still_counted_right():
    content = b'id,text\n1,"a\nb"\n2,"c\n\nd"\n3,e\n'
    assert rows(content) == [
        (2, {"id": "1", "text": "a\nb"}),
        (4, {"id": "2", "text": "c\n\nd"}),
        (7, {"id": "3", "text": "e"}),
    ]


def test_a_cell_may_span_the_blocks_in_which_a_file_is_read():
    long = "x" * 70_000 + "\n"
    content = ("id,text\n" + "".join(f'{n},"{long}"\n' for n in range(20))).encode()
    assert [line for line, _ in rows(content)] == [2 + 2 * n for n in range(20)]
    assert {row["text"] for _, row in rows(content)} == {long}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending: str):
    assert rows(ending.join(["id,name", "1,Ada", "2,Bo", ""]).encode()) == [
        (2, {"id": "1", "name": "Ada"}),
        (3, {"id": "2", "name": "Bo"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_header(delimiter: str):
    content = f'"a,b;c"{delimiter}d{delimiter}e\n1{delimiter}2{delimiter}3\n'.encode()
    assert rows(content) == [(2, {"a,b;c": "1", "d": "2", "e": "3"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str):
    table = table_of("id,name\n1,Zoë Łukasz\n".encode(encoding))
    assert list(table.records()) == [(2, {"id": "1", "name": "Zoë Łukasz"})]
    assert table.notices == []


def test_windows_1252_is_read_with_a_notice_that_names_the_first_line():
    table = table_of("id,name\n1,Ann\n2,Zoë – “x”\n".encode("windows-1252"))
    assert list(table.records())[1] == (3, {"id": "2", "name": "Zoë – “x”"})
    assert [notice.line for notice in table.notices] == [3]


def test_a_line_in_no_known_encoding_is_rejected_alone():
    found = read(b"id,name\n1,a\n2,\x81\xff\n3,c\n")
    assert [item[0] for item in found] == [2, 3, 4]
    assert found[1].reason == "The characters of the line cannot be read"


def test_utf_16_with_half_a_character_rejects_that_line_alone():
    content = "id,name\n1,".encode("utf-16") + b"\x00\xd8" + "\n2,b\n".encode("utf-16-le")
    assert [type(item) is Rejected for item in read(content)] == [True, False]


def test_gzip_is_known_by_its_content():
    assert rows(gzip.compress(b"id\n1\n")) == [(2, {"id": "1"})]


def test_gzip_in_several_parts_is_one_file():
    assert len(rows(gzip.compress(b"id\n1\n") + gzip.compress(b"2\n") + b"\0" * 512)) == 2


def test_gzip_that_is_cut_off_gives_what_stands_before_and_says_so():
    content = gzip.compress(b"".join(b"%d,%d\n" % (n, n * n * n) for n in range(50_000)))
    found = read(b"".join([content[: len(content) // 2]]))
    assert len(found) > 10_000
    assert found[-1].reason == "The gzip file is cut off"
    assert found[-1].last


def test_gzip_with_a_damaged_middle_is_reported():
    content = bytearray(gzip.compress(b"id\n" + b"1\n2\n3\n" * 10_000))
    content[40] ^= 0xFF
    assert read(bytes(content))[-1].reason == "The gzip file is damaged"


def test_a_gzip_bomb_is_stopped():
    limits = Limits(expanded_ratio=50)
    bomb = gzip.compress(b"id\n" + (b"1" * 5000 + b"\n") * 4000)
    found = only_last(table_of(bomb, limits=limits))
    assert found.reason == "The gzip file unpacks to suspiciously much"


def test_a_gzip_file_that_unpacks_to_more_than_allowed_is_stopped():
    found = only_last(table_of(gzip.compress(b"id\n" + b"1\n" * 500_000), limits=Limits(expanded_bytes=100_000)))
    assert found.reason == "The gzip file unpacks to too much"


def only_last(table: Table) -> Rejected:
    last = [batch.rejected for batch in table.batches()][-1]
    assert [item.last for item in last] == [True]
    return last[0]


def test_a_file_packed_twice_is_refused():
    assert only_rejection(gzip.compress(gzip.compress(b"id\n1\n"))).reason == "The file is packed twice"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("xl/workbook.xml", "The file is an Excel workbook"), ("data.csv", "The file is a zip archive")],
)
def test_a_zip_file_is_refused_by_what_it_is(name: str, reason: str):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "id\n1\n")
    assert only_rejection(packed.getvalue()).reason == reason


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"SQLite format 3\0", "SQLite"),
        (b"BZh91AY", "bzip2"),
        (b'[\n{"id": 1}]', "JSON list"),
    ],
)
def test_files_of_other_kinds_are_refused_by_name(start: bytes, word: str):
    found = only_rejection(start + b"\n" * 10)
    assert word in found.reason
    assert found.cure


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\n\n   \n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(content: bytes):
    assert only_rejection(content).reason in {"The file is empty", "The file has no header"}


def test_a_header_alone_is_a_file_without_rows():
    table = table_of(b"id,name\n")
    assert table.columns == ("id", "name")
    assert list(table.records()) == []


def test_blank_lines_are_passed_over():
    assert rows(b"\n\nid,name\n\n1,a\n \n2,b\n\n") == [(5, {"id": "1", "name": "a"}), (7, {"id": "2", "name": "b"})]


def test_a_name_used_twice_gets_a_number_and_a_notice():
    table = table_of(b"id,name,name\n1,a,b\n")
    assert list(table.records()) == [(2, {"id": "1", "name": "a", "name (2)": "b"})]
    assert len(table.notices) == 1


def test_columns_without_a_name_are_not_read():
    assert rows(b",id,\n0,1,x\n") == [(2, {"id": "1"})]


def test_a_row_with_too_few_cells_is_rejected_alone():
    found = read(b"id,name\n1\n2,b\n")
    assert found[0].reason == "The row has too few cells"
    assert found[1] == (3, {"id": "2", "name": "b"})


def test_a_row_with_too_many_cells_is_rejected_unless_they_are_empty():
    found = read(b"id,name\n1,a,b\n2,b,,\n")
    assert found[0].reason == "The row has too many cells"
    assert found[1] == (3, {"id": "2", "name": "b"})


@pytest.mark.parametrize("after", [b"2,b\n3,c\n", b'2,"b"\n3,"c"\n', b'2,"b ""x"" b"\n3,c\n'])
def test_a_quote_never_closed_costs_one_line(after: bytes):
    found = read(b'id,name\n1,"a\n' + after)
    assert [item[0] for item in found] == [2, 3, 4]
    assert found[0].reason == "A quote is opened and never closed"
    assert [item[1]["id"] for item in found[1:]] == ["2", "3"]


def test_a_quote_never_closed_in_a_large_file_costs_one_line():
    content = b'id,name\n1,"a\n' + b"".join(b"%d,b\n" % n for n in range(2, 60_000))
    found = read(content)
    assert len(found) == 59_999
    assert [item.line for item in found if isinstance(item, Rejected)] == [2]


def test_a_quote_inside_a_quoted_cell_is_rejected_alone():
    found = read(b'id,name\n1,"a"b"\n2,c\n')
    assert [item[0] for item in found] == [2, 3]
    assert "quote" in found[0].reason


def test_a_file_made_to_be_read_again_and_again_is_read_in_few_steps():
    content = b"a,b\n" + b'a",",\n' * 300_000
    found = rejections(content)
    assert 0 < len(found) < 1000
    assert "were skipped with it" in found[-1].cure


def test_a_line_that_is_too_long_is_rejected_alone():
    found = read(b"id,name\n1," + b"x" * 2_000_000 + b"\n2,b\n3," + b"y" * 120_000 + b"\n4,c\n")
    assert [item[0] for item in found] == [2, 3, 4, 5]
    assert found[0].reason == found[2].reason == "The line is too long"


def test_a_row_that_is_too_long_over_many_lines_is_rejected():
    content = b'id,name\n1,"' + b"x\n" * 60_000 + b'"\n2,b\n'
    found = read(content, limits=Limits(record_characters=50_000))
    assert found[0].line == 2
    assert found[-1] == (60_003, {"id": "2", "name": "b"})


def test_a_million_columns_are_refused():
    assert only_rejection(b"a," * 1_000_000 + b"\n1\n").reason == "The header cannot be read"
    assert only_rejection(b"a," * 2_000 + b"\n1\n").reason == "The file has too many columns"
    found = read(b"id,name\n" + b"1," * 1_000_000 + b"\n2,b\n" + b"3," * 40_000 + b"4\n")
    assert [item[0] for item in found] == [2, 3, 4]


def test_a_file_that_is_not_text_is_refused():
    assert only_rejection(b"\x7fELF\x02\x01\x00\x00\x00,\x07\n" * 3).reason == "The file is not text"


def test_a_header_with_an_open_quote_is_refused():
    found = only_rejection(b'id,"name\n1,a\n')
    assert found.line == 1
    assert found.last


def test_json_lines_are_read_and_numbers_stay_as_written():
    table = table_of(b'{"id": 1.50, "ok": true, "none": null}\n\n{"id": "x", "more": ["a", "b"], "deep": {"n": 1}}\n')
    assert table.format == JSON_LINES
    first, second = table.records()
    assert first == (1, {"id": "1.50", "ok": "true", "none": "", "more": "", "deep": ""})
    assert second == (3, {"id": "x", "ok": "", "none": "", "more": "a;b", "deep": '{"n": "1"}'})


def test_json_lines_may_name_a_wanted_column_late():
    content = b'{"id": 1}\n' * 20_000 + b'{"id": 2, "late": "x"}\n'
    assert read(content, wanted=["late"])[-1] == (20_001, {"id": "2", "late": "x"})


def test_json_lines_that_are_cut_off_give_what_stands_before_and_say_so():
    content = gzip.compress(b"".join(b'{"id": %d}\n' % (n * n * n) for n in range(300)))
    found = read(content[:-100])
    assert found[0] == (1, {"id": "0"})
    assert found[-1].reason == "The gzip file is cut off"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": ', "not valid JSON"),
        (b"17", "not an object"),
        (b'{"id": 1, "id": 2}', "twice"),
        (b'{"id": "\\ud800"}', "half a character"),
        (b'{"id": ' + b"[" * 90_000, "nested too deeply"),
        (b'{"id": ' + b"9" * 200_000 + b"}", "too long"),
    ],
)
def test_a_line_that_is_no_record_is_rejected_alone(line: bytes, reason: str):
    found = read(b'{"id": 1}\n' + line + b'\n{"id": 3}\n')
    assert [item[0] for item in found] == [1, 2, 3]
    assert reason in found[1].reason


def test_memory_does_not_grow_with_the_file():
    def peak(number_of_rows: int) -> int:
        packed = gzip.compress(b"id,name\n" + b"1,abcdefgh\n" * number_of_rows)
        stream = io.BytesIO(packed)
        tracemalloc.start()
        for batch in open_table(stream).batches():
            assert not batch.rejected
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(120_000) < 1.2 * peak(30_000)


pieces = st.sampled_from([b",", b"\n", b'"', b'""', b"\r\n", b"\0", b"a", b";", b"\xc3\xa9", b"\xff", b"{", b'{"a":1}'])


@given(st.one_of(st.binary(max_size=400), st.lists(pieces, max_size=60).map(b"".join)))
def test_no_bytes_raise_an_exception(content: bytes):
    for packed in (content, gzip.compress(content), gzip.compress(content)[:-5], b"a,b\n" + content):
        lines = [item[0] for item in read(packed)]
        assert lines == sorted(lines)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=20))
def test_what_the_csv_module_writes_is_read_back(written: list[list[str]]):
    import csv

    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *written])
    expected = [{"a": first, "b": second} for first, second in written]
    assert [row for _, row in rows(target.getvalue().encode())] == expected
