"""What people grade, and what nobody does: long text, file upload, opinions, rubrics."""

import pytest

from training.rules.kinds.file_upload import FileUpload
from training.rules.kinds.keys import key_of
from training.rules.kinds.likert import Likert
from training.rules.kinds.long_text import LongText
from training.rules.kinds.protocol import State
from training.rules.kinds.rubric import grade_by_rubric, rubric_problems

LEVELS = [{"text": "Takes in both.", "mark": 4}, {"text": "Takes in one.", "mark": 1}, {"text": "None.", "mark": 0}]
RUBRIC = [
    {"criterion": "Listens", "levels": LEVELS},
    {"criterion": "Promises", "levels": [{"text": "Kept.", "mark": 1}, {"text": "Not kept.", "mark": 0}]},
]
REPLY = {"kind": "long_text", "rubric": RUBRIC, "least_words": 3, "most_words": 5, "example": "A good one."}
FILES = {"kind": "file_upload", "rubric": RUBRIC, "endings": ["pdf"], "most_files": 2}
STORED = "0123456789abcdef"


def test_a_long_text_waits_for_a_person_and_keeps_its_lines() -> None:
    response = LongText().parse(REPLY, {"answer": ["Dear Joost,\r\n\r\nquiet\x00 soon. "]})
    assert response == {"written": "Dear Joost,\n\nquiet soon."}
    assert LongText().grade(REPLY, response).state == State.NEEDS_GRADING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write your answer."),
        ("two words", "2 words so far, at least 3 are wanted."),
        ("one two three", ""),
        ("one two three four five six", "6 words, at most 5 are wanted."),
    ],
)
def test_the_number_of_words_is_said(text: str, said: str) -> None:
    assert LongText().missing(REPLY, {"written": text}) == said


def test_criteria_are_shown_and_levels_are_not() -> None:
    shown = LongText().shown(REPLY, seed=1)
    assert shown["criteria"] == ["Listens", "Promises"]
    assert "Takes in both" not in str(shown)
    assert "A good one" not in str(shown)


def test_a_rubric_adds_marks_and_keeps_the_words_of_each_level() -> None:
    graded = grade_by_rubric(REPLY, {0: 1, 1: 0}, {0: "Read her second sentence."})
    assert graded.fraction == pytest.approx(2 / 5)
    assert [part.feedback for part in graded.parts] == ["Takes in one. Read her second sentence.", "Kept."]
    assert grade_by_rubric(REPLY, {0: 0, 1: 0}).state == State.RIGHT


@pytest.mark.parametrize("levels", [{}, {0: 0}, {0: 0, 1: 2}, {0: -1, 1: 0}])
def test_half_a_grading_is_none(levels: dict) -> None:
    with pytest.raises(ValueError, match="Choose a level for “"):
        grade_by_rubric(REPLY, levels)


@pytest.mark.parametrize(
    ("rubric", "field"),
    [
        ([], ("rubric",)),
        (["Listens"], ("rubric", 0)),
        ([{"criterion": "Listens", "levels": LEVELS[:1]}], ("rubric", 0, "levels")),
        ([{"criterion": "Listens", "levels": [LEVELS[2], LEVELS[2]]}], ("rubric", 0, "levels")),
        ([RUBRIC[0], RUBRIC[0]], ("rubric", 1, "criterion")),
        ([{"criterion": "Listens", "levels": [{"text": "Yes"}, LEVELS[0]]}], ("rubric", 0, "levels", 0, "mark")),
    ],
)
def test_a_rubric_that_cannot_be_used_is_reported(rubric: list, field: tuple) -> None:
    assert rubric_problems(rubric)[0].field == field


def test_more_words_needed_than_allowed_is_reported() -> None:
    (problem,) = LongText().validate({**REPLY, "least_words": 9})
    assert problem.field == ("most_words",)


def test_files_are_taken_by_id_ending_and_number() -> None:
    sent = [
        f"{STORED} plan.PDF",
        f"{STORED} plan.exe",
        "plan.pdf",
        f"{STORED} plan.PDF",
        *(f"{STORED} {n}.pdf" for n in "abc"),
    ]
    response = FileUpload().parse(FILES, {"file": sent})
    assert response == {"files": [f"{STORED} plan.PDF", f"{STORED} a.pdf"]}
    assert FileUpload().summary(FILES, response) == "plan.PDF; a.pdf"
    assert FileUpload().grade(FILES, response).state == State.NEEDS_GRADING


def test_an_ending_that_is_not_known_is_reported() -> None:
    (problem,) = FileUpload().validate({**FILES, "endings": ["pdf", "exe"]})
    assert problem.field == ("endings", 1)


def test_opinions_are_kept_and_never_graded() -> None:
    specification = {"kind": "likert", "statements": ["It helped.", "It was long."], "scale": ["No", "So-so", "Yes"]}
    helped, _ = (key_of({}, text) for text in specification["statements"])
    response = Likert().parse(specification, {f"statement-{helped}": ["3"], "statement-x": ["1"]})
    assert response == {"agreed": {helped: 3}}
    assert Likert().grade(specification, response).state == State.UNGRADED
    assert Likert().summary(specification, response) == "It helped.: Yes"
    assert Likert().missing(specification, response) == "1 of 2 statements are still open."
