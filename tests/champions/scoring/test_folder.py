"""Reading a folder in the neutral format, and the command that ranks it."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from champions.cli_rank import rank
from champions.scoring.columns import Reach
from champions.scoring.fading import DAY
from champions.scoring.folder import FolderError, read_folder, read_hints, seconds
from champions.scoring.parameters import Parameters

DAY_TEXT = "2024-06-01"
AS_OF = seconds(DAY_TEXT)


def write(folder: Path, name: str, rows: list[dict[str, object]], packed: bool = False) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    if packed:
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    else:
        (folder / f"{name}.csv").write_text(text.getvalue())


def moment(days_before: float) -> str:
    hours = int(days_before * 24)
    return f"2024-05-{31 - hours // 24:02d}T{23 - hours % 24:02d}:00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve people with some answers each; p00 and p01 have theirs accepted."""
    activity, outcomes = [], []
    for number in range(12):
        for step in range(6):
            name = f"a{number}-{step}"
            row = {"activity_id": name, "at": moment(step), "person_id": f"p{number:02d}", "verb": "answer"}
            activity.append({**row, "in_reply_to": f"q{step}", "colour": "red"})
            if number < 2 or step == 0:
                outcomes.append({"at": moment(step), "person_id": f"p{number:02d}", "kind": "accepted", "value": 1})
    write(tmp_path, "people", [{"person_id": f"p{number:02d}", "joined_at": ""} for number in range(12)])
    write(tmp_path, "activity", activity, packed=True)
    write(tmp_path, "outcomes", outcomes)
    return tmp_path


def ranked(folder: Path, *options: str) -> list[dict[str, str]]:
    out = folder / "out.csv"
    result = CliRunner().invoke(rank, [str(folder), "--as-of", DAY_TEXT, "--out", str(out), *options])
    assert result.exit_code == 0, result.output
    with out.open() as handle:
        return list(csv.DictReader(handle))


def test_the_command_writes_everybody_active_the_best_first(folder: Path) -> None:
    rows = ranked(folder)
    assert list(rows[0]) == ["person_id", "score", "lower", "upper", "band"]
    assert {row["person_id"] for row in rows} == {f"p{number:02d}" for number in range(12)}
    assert {rows[0]["person_id"], rows[1]["person_id"]} == {"p00", "p01"}
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert all(float(row["lower"]) <= float(row["score"]) <= float(row["upper"]) for row in rows)
    assert {row["band"] for row in rows} <= {"sure", "borderline", "not_shown"}


def test_rows_on_the_day_and_later_are_not_read(folder: Path) -> None:
    before = ranked(folder)
    with (folder / "outcomes.csv").open("a") as handle:
        handle.write(f"{DAY_TEXT}T00:00:00,p05,accepted,1\n2030-01-01,p05,accepted,1\n")
    assert ranked(folder) == before


def test_the_dial_is_set_by_name_or_number(folder: Path) -> None:
    assert ranked(folder, "--dial", "best-aim") == ranked(folder, "--dial", "0.7")
    refused = CliRunner().invoke(
        rank, [str(folder), "--as-of", DAY_TEXT, "--out", str(folder / "x"), "--dial", "middle"]
    )
    assert refused.exit_code == 2
    assert "most-results" in refused.output
    outside = CliRunner().invoke(rank, [str(folder), "--as-of", DAY_TEXT, "--out", str(folder / "x"), "--dial", "3"])
    assert outside.exit_code == 1
    assert "dial=3.0" in outside.output


def test_an_empty_folder_is_ranked_with_a_clear_statement(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = CliRunner().invoke(rank, [str(tmp_path), "--as-of", DAY_TEXT, "--out", str(out)])
    assert result.exit_code == 0
    assert "Not enough evidence to name anyone" in result.output
    assert out.read_text() == "person_id,score,lower,upper,band\n"


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("activity", {"at": "yesterday", "person_id": "a"}, "activity, line 2, column at: 'yesterday' is no moment"),
        ("activity", {"person_id": "a", "verb": "post"}, "activity, line 2, column at: empty or missing"),
        ("outcomes", {"at": "2024-01-01", "value": "many"}, "outcomes, line 2, column value: 'many' is no number"),
        ("outcomes", {"at": "2024-01-01", "value": "nan"}, "outcomes, line 2, column value: 'nan' is no number"),
        ("people", {"name": "a"}, "people, line 2, column person_id: empty or missing"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(
    tmp_path: Path, name: str, row: dict[str, object], message: str
) -> None:
    write(tmp_path, name, [row])
    with pytest.raises(FolderError, match=message.replace("(", r"\(")):
        read_folder(tmp_path, AS_OF)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "activity.csv").write_bytes(b"at,person_id\n2024-01-01,\xff\xfe\n")
    with pytest.raises(FolderError, match="activity"):
        read_folder(tmp_path, AS_OF)
    (tmp_path / "activity.csv").unlink()
    (tmp_path / "activity.csv.gz").write_bytes(b"not packed at all")
    with pytest.raises(FolderError, match="activity"):
        read_folder(tmp_path, AS_OF)


def test_an_event_given_twice_counts_once(folder: Path) -> None:
    before = ranked(folder)
    packed = folder / "activity.csv.gz"
    with gzip.open(packed, "rt") as handle:
        lines = handle.read().splitlines()
    with gzip.open(packed, "wt") as handle:
        handle.write("\n".join(lines + lines[1:]) + "\n")
    assert ranked(folder) == before


def test_reach_and_marks_are_read(tmp_path: Path) -> None:
    rows = [
        {"at": "2024-01-01", "person_id": "a", "reach": "paid", "is_copy": "yes", "from_library": ""},
        {"at": "2024-01-02T10:00:00+02:00", "person_id": "a", "reach": "organic", "is_copy": "", "from_library": "1"},
        {"at": "2024-01-03", "person_id": "a", "reach": "", "is_copy": "no", "from_library": "0"},
    ]
    write(tmp_path, "activity", rows)
    events = read_folder(tmp_path, AS_OF).events
    assert events.reach.tolist() == [Reach.PAID, Reach.ORGANIC, Reach.NOT_STATED]
    assert events.is_copy.tolist() == [True, False, False]
    assert events.from_library.tolist() == [False, True, False]
    assert events.at[1] - events.at[0] == DAY + 8 * 3600


def test_hints_say_which_kinds_matter_and_a_promotion_is_no_result(tmp_path: Path) -> None:
    assert read_hints(tmp_path).applied(Parameters(), ("x",)) == Parameters()
    meta = {"primary_kind": ["promoted", "solved"], "promotion_kinds": ["promoted"], "attempt_verb": "reply"}
    (tmp_path / "meta.json").write_text(json.dumps({**meta, "success_kind": "solved"}))
    applied = read_hints(tmp_path).applied(Parameters(), ("solved", "promoted", "liked"))
    assert (applied.worth_of("solved"), applied.worth_of("promoted"), applied.worth_of("liked")) == (1, 0, 0)
    assert applied.attempts["solved"] == "reply"
    early = read_hints(tmp_path).applied(Parameters(), ("helped",))  # nothing was solved yet
    assert (early.worth_of("helped"), early.worth_of("promoted")) == (1, 0)
    (tmp_path / "meta.json").write_text("[1, 2")
    with pytest.raises(FolderError, match=r"meta\.json"):
        read_hints(tmp_path)
