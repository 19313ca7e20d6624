"""Rubrics: how a person grades what no program can. Used by long text, file upload and practical tasks.

A rubric is a list of criteria; each has levels from the best on, with a text that says when it is reached and a mark.
"""

from collections.abc import Mapping
from typing import Any

from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem, Graded, Part, Specification, graded

MOST_MARKS = 100


def rubric_problems(rubric: Any, at: Field = ("rubric",)) -> list[FieldProblem]:
    """What is wrong with a rubric."""
    problems = fields.list_problems(rubric, at, 1, 10)
    if not isinstance(rubric, list):
        return problems
    for place, criterion in enumerate(rubric):
        problems += _criterion_problems(criterion, (*at, place))
    names = [criterion.get("criterion") if isinstance(criterion, dict) else None for criterion in rubric]
    return problems + fields.distinct_texts_problems(names, at, "criterion")


def _criterion_problems(criterion: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(criterion, dict):
        return [FieldProblem(at, "A criterion needs levels.", "Write “- criterion: …” and below it “levels:”.")]
    problems = fields.unknown_fields(criterion, ("criterion", "levels"), at)
    problems += fields.text_problems(criterion.get("criterion"), (*at, "criterion"), 200)
    levels = criterion.get("levels")
    problems += fields.list_problems(levels, (*at, "levels"), 2, 6)
    for place, level in enumerate(levels if isinstance(levels, list) else []):
        problems += _level_problems(level, (*at, "levels", place))
    if not problems and isinstance(levels, list) and max(level["mark"] for level in levels) <= 0:
        problems.append(FieldProblem((*at, "levels"), "No level earns anything.", "Give the best level a mark."))
    return problems


def _level_problems(level: Any, at: Field) -> list[FieldProblem]:
    if not isinstance(level, dict):
        return [FieldProblem(at, "A level needs a text and a mark.", "Write “- text: …” and “mark: 2”.")]
    problems = fields.unknown_fields(level, ("text", "mark"), at)
    problems += fields.text_problems(level.get("text"), (*at, "text"))
    return problems + fields.number_problems(level.get("mark"), (*at, "mark"), 0, MOST_MARKS)


def grade_by_rubric(
    specification: Specification, levels: Mapping[int, int], notes: Mapping[int, str] | None = None
) -> Graded:
    """What a person decided: for each criterion (from 0) the level (from 0), and perhaps a note to the learner.

    The fraction is the sum of marks over the sum of the best marks. Raises ValueError, naming the criterion, if one
    has no level or none of its own: half a grading is none.
    """
    parts, earned, possible = [], 0.0, 0.0
    for place, criterion in enumerate(specification["rubric"]):
        chosen = levels.get(place, -1)
        if not 0 <= chosen < len(criterion["levels"]):
            raise ValueError(f"Choose a level for “{criterion['criterion']}”.")
        best = max(float(level["mark"]) for level in criterion["levels"])
        level = criterion["levels"][chosen]
        feedback = " ".join(filter(None, (level["text"], (notes or {}).get(place, "").strip())))
        parts.append(Part(str(place), criterion["criterion"], float(level["mark"]) / best, feedback))
        earned, possible = earned + float(level["mark"]), possible + best
    return graded(min(1.0, earned / possible), tuple(parts))
