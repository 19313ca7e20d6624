"""Numeric: a number, near enough, in the right unit."""

from typing import Any

from training.rules.kinds import answers, fields
from training.rules.kinds.numbers import ToleranceKind, Written, is_near, number_in_words, read_number
from training.rules.kinds.protocol import (
    UNANSWERED,
    FieldProblem,
    Form,
    Graded,
    Part,
    Response,
    Specification,
    graded,
)

FIELDS = ("right", "tolerance", "tolerance_kind", "unit", "other_units")
LARGEST = 1e100
LONGEST_SYMBOL = 3
"""Longer units are words. In symbols case matters: a megawatt (MW) is no milliwatt (mW)."""


class Numeric:
    """Specification: `right`, `tolerance` (default 0), `tolerance_kind`, `unit`, `other_units`.

    `unit` is shown behind the field; who leaves it out means it. `other_units` holds more units, each with the number
    of `unit` that it makes: {"m": 0.001} beside the unit km. Response: `{"written": text}`, as it was typed.
    Form: `answer`.
    """

    name = "numeric"
    title = "Number"

    def validate(self, specification: Specification) -> list[FieldProblem]:
        problems = fields.unknown_fields_of_kind(specification, FIELDS)
        problems += fields.number_problems(specification.get("right"), ("right",), -LARGEST, LARGEST)
        problems += fields.one_of_problems(_kind(specification), ("tolerance_kind",), list(ToleranceKind))
        problems += _tolerance_problems(specification)
        problems += _unit_problems(specification.get("unit"), ("unit",))
        return problems + _other_units_problems(specification)

    def shown(self, specification: Specification, seed: int, response: Response | None = None) -> dict[str, Any]:
        return {"kind": self.name, "unit": str(specification.get("unit") or "")}

    def parse(self, specification: Specification, form: Form) -> dict[str, Any]:
        written = answers.first_line(form, "answer", 100)
        return {"written": written} if written else {}

    def grade(self, specification: Specification, response: Response) -> Graded:
        """1 if one of the numbers that the text may mean is near enough and in a known unit, else 0."""
        text = answers.text_in(response, "written").strip()
        if not text:
            return UNANSWERED
        written = read_number(text)
        factor = _factor(specification, written)
        fraction = float(factor is not None and _is_right(specification, written, factor))
        return graded(fraction, (Part("number", text, fraction, self._complaint(specification, text)),))

    def missing(self, specification: Specification, response: Response) -> str:
        text = answers.text_in(response, "written").strip()
        return self._complaint(specification, text) if text else "Write a number."

    def summary(self, specification: Specification, response: Response) -> str:
        return answers.text_in(response, "written").strip()

    def right_response(self, specification: Specification) -> dict[str, Any]:
        return {"written": self.right_answer(specification).partition(" (")[0]}

    def right_answer(self, specification: Specification) -> str:
        unit = str(specification.get("unit") or "")
        return f"{number_in_words(specification['right'])} {unit}".strip() + _range_in_words(specification)

    def _complaint(self, specification: Specification, text: str) -> str:
        written = read_number(text)
        if not written.values:
            return f"“{text}” is not read as a number. Write digits, such as 12.5."
        if _factor(specification, written) is None:
            known = [specification.get("unit"), *(specification.get("other_units") or {})]
            units = ", ".join(unit for unit in known if unit)
            return f"“{written.unit}” is not a unit asked for. " + (f"Use: {units}." if units else "Leave it out.")
        return ""


def _kind(specification: Specification) -> Any:
    return specification.get("tolerance_kind", ToleranceKind.ABSOLUTE)


def _factor(specification: Specification, written: Written) -> float | None:
    """How many of the specification's unit one of the written unit makes; None if the unit is not known."""
    others = specification.get("other_units") or {}
    for unit, factor in {str(specification.get("unit") or ""): 1.0, **others}.items():
        if not written.unit or _means(written.unit, unit):
            return float(factor)
    return None


def _means(given: str, unit: str) -> bool:
    """Whether somebody who wrote `given` means `unit`: "hours" means hours a week; case matters only in short units."""
    given, unit = (" ".join(text.split()) for text in (given, unit))
    if len(given) > LONGEST_SYMBOL:
        given, unit = given.casefold(), unit.casefold()
    return bool(unit) and (given.replace(" ", "") == unit.replace(" ", "") or unit.startswith(f"{given} "))


def _is_right(specification: Specification, written: Written, factor: float) -> bool:
    right, tolerance = float(specification["right"]), float(specification.get("tolerance", 0))
    return any(is_near(value * factor, right, tolerance, _kind(specification)) for value in written.values)


def _range_in_words(specification: Specification) -> str:
    tolerance, kind = specification.get("tolerance", 0), _kind(specification)
    if kind == ToleranceKind.SIGNIFICANT_FIGURES:
        return f" (to {int(tolerance)} significant figures)"
    if not tolerance:
        return ""
    return f" (±{tolerance * 100:g} %)" if kind == ToleranceKind.RELATIVE else f" (±{number_in_words(tolerance)})"


def _tolerance_problems(specification: Specification) -> list[FieldProblem]:
    tolerance, at = specification.get("tolerance", 0), ("tolerance",)
    if _kind(specification) == ToleranceKind.SIGNIFICANT_FIGURES:
        return fields.whole_number_problems(tolerance, at, 1, 15)
    if _kind(specification) == ToleranceKind.RELATIVE:
        return fields.number_problems(tolerance, at, 0, 1)
    return fields.number_problems(tolerance, at, 0, LARGEST)


def _unit_problems(unit: Any, at: tuple[str, ...]) -> list[FieldProblem]:
    problems = fields.optional_text_problems(unit, at, 40)
    if not problems and unit and (unit[0].isdigit() or unit[0] in "+-.,'"):
        problems.append(FieldProblem(at, f"“{unit}” begins like a number.", "Begin it with a letter or a sign."))
    return problems


def _other_units_problems(specification: Specification) -> list[FieldProblem]:
    others = specification.get("other_units", {})
    if not isinstance(others, dict):
        return [FieldProblem(("other_units",), "This is no table of units.", "Write “m: 0.001” below it.")]
    problems = []
    if others and not specification.get("unit"):
        problems.append(FieldProblem(("unit",), "Other units need a unit.", "Write the unit of the right number."))
    for unit, factor in others.items():
        problems += _unit_problems(unit, ("other_units", str(unit)))
        problems += fields.number_problems(factor, ("other_units", str(unit)), 1e-30, 1e30)
    return problems
