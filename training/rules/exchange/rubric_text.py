"""Rubrics as text, for programs that keep only a note for the person who grades.

Criterion: Takes in what the customer said
2: All of it.
0: Nothing.

Example:
Three mornings is too many.
"""

import re
from typing import Any

from training.rules.exchange.shares import number_of, number_text

USUAL_RUBRIC: list[dict[str, Any]] = [
    {
        "criterion": "The answer as a whole",
        "levels": [
            {"text": "All that was asked for.", "mark": 2},
            {"text": "A part of it.", "mark": 1},
            {"text": "Nothing of it.", "mark": 0},
        ],
    }
]
"""What a person grades by where a file says nothing."""
_CRITERION = "Criterion: "
_EXAMPLE = "Example:"
_LEVEL = re.compile(r"(\d{1,3}(?:\.\d{1,20})?): (.+)")
LONGEST_NOTE = 1_500


def rubric_as_text(rubric: list[dict[str, Any]], example: str = "") -> str:
    """A rubric, and an example of a good answer, as lines."""
    lines = []
    for criterion in rubric:
        lines.append(_CRITERION + " ".join(criterion["criterion"].split()))
        lines += [f"{number_text(level['mark'])}: {' '.join(level['text'].split())}" for level in criterion["levels"]]
        lines.append("")
    if example:
        lines += [_EXAMPLE, example]
    return "\n".join(lines).strip()


def rubric_of_text(text: str) -> tuple[list[dict[str, Any]], str] | None:
    """The rubric and the example in a text; None if it is written in another way."""
    head, _, example = text.strip().partition(f"\n{_EXAMPLE}\n")
    rubric: list[dict[str, Any]] = []
    for line in filter(None, (line.strip() for line in head.split("\n"))):
        level = _LEVEL.fullmatch(line)
        if line.startswith(_CRITERION):
            rubric.append({"criterion": line[len(_CRITERION) :], "levels": []})
        elif level and rubric:
            rubric[-1]["levels"].append({"text": level[2], "mark": number_of(level[1])})
        else:
            return None
    return (rubric, example) if rubric else None


def rubric_of_note(note: str, words: str = "") -> list[dict[str, Any]]:
    """The usual rubric with a note for the person who grades; `words` is what to call the criterion."""
    rubric = [{**criterion, "levels": [dict(level) for level in criterion["levels"]]} for criterion in USUAL_RUBRIC]
    if words:
        rubric[0]["criterion"] = words
    if note:
        rubric[0]["levels"][0]["text"] = (
            f"All that was asked for: {note}" if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE]}…"
        )
    return rubric
