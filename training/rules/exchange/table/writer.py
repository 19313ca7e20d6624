"""Write a table of questions. It holds every kind: what has no column of its own stands in `more`."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from typing import Any

from training.rules.course_files.course_text import QuestionText
from training.rules.exchange.fitting import Fitting, fitted
from training.rules.exchange.moodle.parts import pictures_in
from training.rules.exchange.results import Exported
from training.rules.exchange.shares import number_text
from training.rules.exchange.table.columns import ARROW, FIXED, guarded

Row = dict[str, str]
Values = dict[str, Any]
MARK_OF_UTF8 = "\ufeff"
"""Without it spreadsheets read UTF-8 as something else."""


def write_csv(questions: Sequence[QuestionText]) -> Exported:
    """Questions as a table with commas, in UTF-8 with its mark."""
    fitting = Fitting("CSV")
    kept = fitted(questions, fitting, _fit)
    rows = [_row(question) for question in kept]
    most = max((int(name.split()[1]) for row in rows for name in row if name.startswith("answer ")), default=0)
    numbered = [f"{name} {number}" for number in range(1, most + 1) for name in ("answer", "mark", "feedback")]
    columns = [*FIXED[:-1], *(name for name in numbered if any(name in row for row in rows)), FIXED[-1]]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(row.get(name, "")) for name in columns] for row in rows)
    data = (MARK_OF_UTF8 + text.getvalue()).encode()
    return Exported(data, "csv", "text/csv; charset=utf-8", tuple(kept), tuple(fitting.problems))


def _fit(fitting: Fitting, question: QuestionText) -> QuestionText:
    if pictures_in(question.prompt, question.explanation) or "picture" in question.specification:
        fitting.lost(question, "CSV holds no pictures, only their names.", "Export it as Moodle XML or QTI.")
    return question


def _row(question: QuestionText) -> Row:
    more = {name: value for name, value in question.specification.items() if name != "kind"}
    row = {
        "name": question.slug,
        "kind": question.kind,
        "about": str(question.about),
        "topic": question.topic,
        "pool": question.pool,
        "weight": number_text(question.weight),
        "prompt": question.prompt,
        "explanation": question.explanation,
    }
    row |= _columns(question.kind, more)
    row["more"] = json.dumps(more, ensure_ascii=False) if more else ""
    return row


def _columns(kind: str, more: Values) -> Row:
    """The cells of a kind; what they say is taken out of `more`."""
    if kind in ("single_choice", "multiple_choice"):
        choices = more.pop("choices")
        right = [str(number) for number, choice in enumerate(choices, 1) if choice.get("right")]
        named = ", ".join(right)
        is_a_text = any(choice["text"] == named for choice in choices)
        return {"right": f"{named}," if is_a_text else named, **_entries(choices)}
    if kind in ("true_false", "numeric"):
        right = more.pop("right")
        return {"right": str(right).lower() if kind == "true_false" else number_text(right)}
    if kind == "short_text":
        return _entries([one if isinstance(one, dict) else {"text": one} for one in more.pop("accept")])
    if kind == "ordering":
        return _entries([{"text": text} for text in more.pop("items")])
    if kind == "likert":
        return _entries([{"text": text} for text in more.pop("statements")])
    return _pairs(kind, more)


def _entries(listed: Sequence[Values]) -> Row:
    row: Row = {}
    for number, one in enumerate(listed, 1):
        row[f"answer {number}"] = one["text"]
        if "mark" in one:
            row[f"mark {number}"] = repr(one["mark"])
        if one.get("feedback"):
            row[f"feedback {number}"] = one["feedback"]
    return row


def _pairs(kind: str, more: Values) -> Row:
    """Pairs with arrows, unless an arrow in a text would be taken for one."""
    if kind == "matching":
        pairs = [(pair["left"], pair["right"]) for pair in more["pairs"]]
        taken = ["pairs"]
    elif kind == "categorise":
        pairs = [(item["text"], item["category"]) for item in more["items"]]
        used = list(dict.fromkeys(category for _, category in pairs))
        taken = ["items", "categories"] if used == more["categories"] else ["items"]
    else:
        return {}
    if any(ARROW in text for pair in pairs for text in pair):
        return {}
    for name in taken:
        del more[name]
    return _entries([{"text": f"{left} {ARROW} {right}"} for left, right in pairs])
