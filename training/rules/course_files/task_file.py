"""Read the practical task of a module: what to hand in, who grades it, and by which rubric."""

from typing import Any

from training.rules.course_files.course_text import TaskText
from training.rules.course_files.entries import Entries
from training.rules.kinds import fields
from training.rules.kinds.rubric import rubric_problems

TASK_FIELDS = ("title", "accepts", "graded_by", "rubric")
ACCEPTED = ("text", "link", "picture")
GRADERS = ("trainer", "peers")


def task_of(entries: Entries) -> TaskText:
    """The task that a file holds; what does not fit becomes a problem with its line."""
    entries.refuse_others(TASK_FIELDS)
    rubric: Any = entries.front.values.get("rubric")
    problems = rubric_problems(rubric)
    if problems and "rubric" not in entries.front.values:
        entries.missing("rubric", "Write what it is graded by: “rubric:” with criteria and their levels.")
    else:
        entries.add(problems)
    return TaskText(
        title=entries.text("title", 200),
        text=entries.body("The task does not say what to do."),
        accepts=_accepted(entries),
        graded_by=entries.word("graded_by", GRADERS) if "graded_by" in entries.front.values else GRADERS[0],
        rubric=[] if problems else rubric,
    )


def _accepted(entries: Entries) -> tuple[str, ...]:
    value: Any = entries.front.values.get("accepts", list(ACCEPTED))
    problems = fields.list_problems(value, ("accepts",), 1, len(ACCEPTED))
    for place, one in enumerate(value if isinstance(value, list) else []):
        problems += fields.one_of_problems(one, ("accepts", place), ACCEPTED)
    if not problems and len(set(value)) < len(value):
        problems += fields.distinct_texts_problems(value, ("accepts",))
    entries.add(problems)
    return ACCEPTED if problems else tuple(value)
