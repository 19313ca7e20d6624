"""The columns of a table of questions, and what stands in a cell.

`answer 1`, `answer 2` and so on hold choices, accepted answers, items in their order, statements, or pairs as
"left -> right"; `right` says which choices are right, or what is. Every other field of a kind stands in `more`, written
as in a course file (YAML, or JSON, which is YAML).
"""

import re

FIXED = ("name", "kind", "about", "topic", "pool", "weight", "prompt", "explanation", "right", "more")
NUMBERED = re.compile(r"(answer|mark|feedback) (\d{1,2})")
ARROW = "->"
_GUARDED = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): with an apostrophe before it."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that guards it."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
