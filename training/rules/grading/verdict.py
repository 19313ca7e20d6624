"""A verdict: the level of each criterion of a rubric and a comment, as the person who grades sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.rules.kinds.protocol import Graded
from training.rules.kinds.rubric import grade_by_rubric

Rubric = Sequence[Mapping[str, Any]]
"""Criteria with their levels, as `training.rules.kinds.rubric` checks them."""

LONGEST_COMMENT = 4000
COMMENT = "comment"


@dataclass(frozen=True)
class Verdict:
    """What one person decided: for each criterion, in order, the number of the level (from 0); and a comment."""

    levels: tuple[int, ...]
    comment: str = ""


class IncompleteError(ValueError):
    """Half a grading is none: `problems` says by field what is missing. What was chosen is kept in `levels`."""

    def __init__(self, problems: Mapping[str, str], levels: Mapping[int, int]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems, self.levels = dict(problems), dict(levels)


def field_of(place: int) -> str:
    """The name of the field of the criterion at `place` (from 0)."""
    return f"level-{place}"


def read_verdict(rubric: Rubric, form: Mapping[str, str]) -> Verdict:
    """The verdict that a form holds. Raises IncompleteError."""
    problems: dict[str, str] = {}
    levels: dict[int, int] = {}
    for place, criterion in enumerate(rubric):
        value = form.get(field_of(place), "")
        if value.isascii() and value.isdigit() and int(value) < len(criterion["levels"]):
            levels[place] = int(value)
        else:
            problems[field_of(place)] = f"Choose a level for “{criterion['criterion']}”."
    comment = _plain(form.get(COMMENT, ""))
    if len(comment) > LONGEST_COMMENT:
        problems[COMMENT] = f"Use at most {LONGEST_COMMENT:,} characters; this has {len(comment):,}."
    if problems:
        raise IncompleteError(problems, levels)
    return Verdict(tuple(levels[place] for place in range(len(rubric))), comment)


def worth(rubric: Rubric, verdict: Verdict) -> Graded:
    """What a verdict is worth: a fraction in [0, 1], its state, and a part for each criterion."""
    return grade_by_rubric({"rubric": rubric}, dict(enumerate(verdict.levels)))


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(one for one in line if one.isprintable() or one == "\t").rstrip() for line in lines
    ).strip()
