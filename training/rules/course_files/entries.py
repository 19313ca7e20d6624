"""Taking the fields of one file one by one: each either fits, or becomes a problem with its line."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from training.rules.course_files.front_matter import FrontMatter
from training.rules.course_files.problems import Problem
from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem
from training.rules.rich_text import complaints

BODY: Field = ("body",)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


class Entries:
    """The fields of one file and what is wrong with them. A field that does not fit is answered by its default."""

    def __init__(self, file: str, front: FrontMatter) -> None:
        self.file = file
        self.front = front
        self.problems: list[Problem] = []

    def refuse_others(self, known: Collection[str]) -> None:
        """Report fields that do not belong here, so that a slip of the keyboard does not go unseen."""
        unknown = {name: value for name, value in self.front.values.items() if name not in known}
        self.add(fields.unknown_fields(unknown, known, ()))

    def text(self, name: str, longest: int, required: bool = True) -> str:
        """A text."""
        value = self.front.values.get(name)
        check = fields.text_problems if required else fields.optional_text_problems
        return value if self._fits(name, check(value, (name,), longest)) and isinstance(value, str) else ""

    def whole_number(self, name: str, low: int, high: int) -> int:
        """A whole number."""
        value: Any = self.front.values.get(name)
        return int(value) if self._fits(name, fields.whole_number_problems(value, (name,), low, high)) else low

    def number(self, name: str, low: float, high: float, default: float) -> float:
        """A number, with a default where the field is missing."""
        value = self.front.values.get(name, default)
        return float(value) if self._fits(name, fields.number_problems(value, (name,), low, high)) else default

    def share(self, name: str) -> float | None:
        """A number in [0, 1], None where the field is missing."""
        value = self.front.values.get(name)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 1 < value <= 100:
            self.add([FieldProblem((name,), f"{value} is out of range.", f"Write {value / 100:g} for {value} %.")])
            return None
        return float(value) if self._fits(name, fields.number_problems(value, (name,), 0, 1)) else None

    def word(self, name: str, options: Sequence[str]) -> str:
        """One word out of a few."""
        value = self.front.values.get(name)
        return str(value) if self._fits(name, fields.one_of_problems(value, (name,), options)) else options[0]

    def language(self, name: str) -> str:
        """The tag of a language (BCP 47: "en", "nl", "pt-BR")."""
        value = self.text(name, 10)
        if value and not _LANGUAGE.fullmatch(value):
            self.report(name, f"“{value}” is no tag of a language.", "Write one such as en, nl or pt-BR.")
        return value

    def body(self, required: str = "") -> str:
        """The body; `required` says what belongs there where it must not be empty."""
        if required and not self.front.body:
            line, cure = self.front.body_line, "Write it below the fields."
            self.problems.append(Problem(self.file, line, required, cure, BODY))
        for line, message, cure in complaints(self.front.body):
            self.problems.append(Problem(self.file, self.front.body_line + line - 1, message, cure, BODY))
        return self.front.body

    def add(self, found: Sequence[FieldProblem]) -> None:
        """Report problems of fields, each at the line of its field."""
        for problem in found:
            message = problem.message if not problem.field else f"{_name(problem.field)}: {problem.message}"
            line = self.front.line_of(problem.field)
            self.problems.append(Problem(self.file, line, message, problem.cure, problem.field))

    def report(self, name: str, message: str, cure: str) -> None:
        """Report something about one field."""
        self.add([FieldProblem((name,), message, cure)])

    def missing(self, name: str, cure: str) -> None:
        """Report a field that is not there."""
        self.report(name, "The field is missing.", cure)

    def _fits(self, name: str, found: Sequence[FieldProblem]) -> bool:
        if found and name not in self.front.values:
            self.missing(name, f"Add a line “{name}: …”.")
        else:
            self.add(found)
        return not found


def _name(field: Field) -> str:
    """("choices", 0, "text") as "choices 1 text"."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in field)
