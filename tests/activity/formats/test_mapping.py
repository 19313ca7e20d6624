"""Mappings name columns, say what is missing, survive being saved, and a first guess fits the known formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activity.formats.fields import FileKind, field_names
from activity.formats.mapping import ColumnMapping, MappingError
from activity.formats.suggestion import plain_name, suggest

NEUTRAL = {
    FileKind.DIRECTORY: "person_id,joined_at,team,tags",
    FileKind.ACTIVITY: "activity_id,at,person_id,verb,kind,in_reply_to,target_person_id,channel,magnitude",
    FileKind.OUTCOMES: "at,person_id,kind,value",
    FileKind.LIBRARY: "text",
}
COMPANY = {
    FileKind.DIRECTORY: "id,name,email,team,manager,site,language,time_zone,start,end,job",
    FileKind.ACTIVITY: (
        "activity_id,at,person_id,verb,kind,in_reply_to,target_person_id,channel,magnitude,reach,text,permalink"
    ),
    FileKind.OUTCOMES: "outcome_id,at,person_id,kind,value,activity_id,share",
    FileKind.LIBRARY: "title,text",
}


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("header", [NEUTRAL, COMPANY], ids=["neutral", "company"])
def test_known_formats_are_mapped_without_a_problem(kind: FileKind, header: dict[FileKind, str]):
    columns = header[kind].split(",")
    assert suggest(columns, kind).problems(columns) == []


@pytest.mark.parametrize("kind", FileKind)
def test_every_column_of_the_company_format_is_read(kind: FileKind):
    columns = COMPANY[kind].split(",")
    assert set(suggest(columns, kind).columns.values()) == set(columns)


def test_the_neutral_people_file_is_read_by_the_names_it_uses():
    mapping = suggest(NEUTRAL[FileKind.DIRECTORY].split(","), FileKind.DIRECTORY)
    assert mapping.columns == {"id": "person_id", "start": "joined_at", "team": "team"}


def test_a_forum_export_is_guessed_and_views_are_never_read():
    header = ["post_id", "created", "author_mail", "type", "in_reply_to", "promoted", "views", "likes"]
    mapping = suggest(header, FileKind.ACTIVITY)
    assert mapping.columns == {
        "activity_id": "post_id",
        "at": "created",
        "person_email": "author_mail",
        "verb": "type",
        "in_reply_to": "in_reply_to",
        "reach": "promoted",
    }
    assert mapping.people_by_email
    assert mapping.values["reach"]["yes"] == "paid"


def test_people_are_read_by_id_where_a_file_has_both():
    mapping = suggest(["person_id", "email", "at", "kind"], FileKind.OUTCOMES)
    assert "person_email" not in mapping.columns
    assert not mapping.people_by_email


@pytest.mark.parametrize("written", ["Created at", "createdAt", "CREATED-AT", " created_at "])
def test_names_are_compared_without_case_and_separators(written: str):
    assert plain_name(written) == "created_at"
    assert suggest([written], FileKind.ACTIVITY).columns["at"] == written


def test_required_fields_without_a_column_are_all_named():
    problems = ColumnMapping(FileKind.ACTIVITY, {"at": "when"}).problems(["when"])
    assert [problem.field for problem in problems] == ["activity_id", "person_id", "verb"]
    assert all(problem.cure for problem in problems)


def test_a_fixed_value_stands_for_a_required_column():
    mapping = ColumnMapping(FileKind.OUTCOMES, {"at": "a", "person_email": "b"}, {"kind": "deal"})
    assert mapping.problems(["a", "b"]) == []


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        (ColumnMapping(FileKind.DIRECTORY, {"id": "gone"}), "no column “gone”"),
        (ColumnMapping(FileKind.DIRECTORY, {"id": "a"}, {"id": "1"}), "both a column and a fixed value"),
        (ColumnMapping(FileKind.DIRECTORY, {"id": "a", "shoe": "a"}), "“shoe” is not a field"),
        (
            ColumnMapping(FileKind.OUTCOMES, {"at": "a", "person_id": "a", "person_email": "a", "kind": "a"}),
            "both by id and by e-mail",
        ),
    ],
)
def test_contradictions_are_named(mapping: ColumnMapping, word: str):
    assert [word in problem.text for problem in mapping.problems(["a"])] == [True]


texts = st.text(max_size=8)


@st.composite
def mappings(draw: st.DrawFn) -> ColumnMapping:
    kind = draw(st.sampled_from(FileKind))
    names = st.sampled_from(field_names(kind))
    return ColumnMapping(
        kind,
        draw(st.dictionaries(names, texts, max_size=4)),
        draw(st.dictionaries(names, texts, max_size=4)),
        draw(st.dictionaries(names, st.dictionaries(texts, texts, max_size=3), max_size=2)),
    )


@given(mappings())
def test_a_saved_mapping_is_the_same_when_read(mapping: ColumnMapping):
    assert ColumnMapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"kind": "songs"}',
        '{"kind": ["directory"]}',
        '{"kind": "directory", "more": 1}',
        '{"kind": "directory", "columns": {"id": 1}}',
        '{"kind": "directory", "columns": {"shoe": "a"}}',
        '{"kind": "directory", "values": []}',
        '{"kind": "directory", "values": {"id": 3}}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_as_a_mapping(text: str):
    with pytest.raises(MappingError):
        ColumnMapping.from_json(text)
