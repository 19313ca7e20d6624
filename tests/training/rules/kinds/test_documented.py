"""The page on course files states every kind of question with every field, and its examples are sound."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from training.rules.course_files.front_matter import read_front_matter
from training.rules.course_files.reader import COURSE_FIELDS, LESSON_FIELDS, MODULE_FIELDS, QUESTION_FIELDS
from training.rules.kinds import accepted, choices, gaps, scenario_checks
from training.rules.kinds.catalogue import KINDS, kind_of, validate

PAGE = (Path(__file__).parents[4] / "docs" / "course-files.md").read_text()
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", PAGE, re.DOTALL | re.MULTILINE))


FIELDS_STAND_IN = {
    "short_text": accepted.FIELDS,
    "blanks": gaps.FIELDS,
    "choose_in_text": gaps.FIELDS,
    "scenario": scenario_checks.FIELDS,
}


def fields_of(kind: str) -> set[str]:
    return set(FIELDS_STAND_IN.get(kind) or import_module(f"training.rules.kinds.{kind}").FIELDS)


def test_every_kind_has_a_section_and_no_other_has() -> None:
    assert set(SECTIONS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_example_of_a_kind_is_sound_and_shows_every_field(kind) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", SECTIONS[kind], re.DOTALL)
    specification = read_front_matter(f"---\n{example}---\n").values
    assert validate(specification) == []
    assert kind_of(specification).name == kind
    assert fields_of(kind) <= set(specification)


@pytest.mark.parametrize(
    "field", sorted({*COURSE_FIELDS, *MODULE_FIELDS, *LESSON_FIELDS, *QUESTION_FIELDS, *choices.CHOICE_FIELDS})
)
def test_every_other_field_is_named(field) -> None:
    assert re.search(rf"\b{field}\b", PAGE)
