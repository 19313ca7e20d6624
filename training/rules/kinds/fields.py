"""Checks of single fields of a specification. Each gives a list of problems, empty if the field is fine."""

import math
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from training.rules.kinds.protocol import Field, FieldProblem

LONGEST_TEXT = 2_000


def unknown_fields(values: Mapping[str, Any], known: Collection[str], at: Field = ()) -> list[FieldProblem]:
    """One problem for each field that this kind does not have, with the nearest one that it has."""
    problems = []
    for name in values:
        if name in known:
            continue
        near = get_close_matches(str(name), known, n=1)
        cure = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(sorted(known))}."
        problems.append(FieldProblem((*at, str(name)), f"“{name}” is not known here.", cure))
    return problems


def unknown_fields_of_kind(specification: Mapping[str, Any], known: Collection[str]) -> list[FieldProblem]:
    """The same for a whole specification, where every kind knows `kind`, `keys` and `hints`."""
    return unknown_fields(specification, {*known, "kind", "keys", "hints"})


def text_problems(value: Any, at: Field, longest: int = LONGEST_TEXT) -> list[FieldProblem]:
    """A text that is not empty."""
    if isinstance(value, bool | int | float):
        return [FieldProblem(at, f"This is read as {value!r}, not as text.", f'Put it in quotes: "{value}".')]
    if not isinstance(value, str) or not value.strip():
        return [FieldProblem(at, "A text is missing.", "Write one.")]
    if len(value) > longest:
        return [FieldProblem(at, f"The text has {len(value)} characters.", f"Keep it under {longest}.")]
    return []


def optional_text_problems(value: Any, at: Field, longest: int = LONGEST_TEXT) -> list[FieldProblem]:
    """A text, which may be empty or left out."""
    return [] if value is None or value == "" else text_problems(value, at, longest)


def flag_problems(value: Any, at: Field) -> list[FieldProblem]:
    """true or false."""
    return (
        []
        if isinstance(value, bool)
        else [FieldProblem(at, f"{value!r} is neither true nor false.", "Write true or false.")]
    )


def number_problems(value: Any, at: Field, low: float = -math.inf, high: float = math.inf) -> list[FieldProblem]:
    """A finite number in [low, high]."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        return [FieldProblem(at, f"{value!r} is no number.", "Write a number with a decimal point, such as 12.5.")]
    if not low <= value <= high:
        return [FieldProblem(at, f"{value} is out of range.", f"Choose a number {range_in_words(low, high)}.")]
    return []


def whole_number_problems(value: Any, at: Field, low: int, high: int) -> list[FieldProblem]:
    """A whole number in [low, high]."""
    if isinstance(value, bool) or not isinstance(value, int):
        return [
            FieldProblem(at, f"{value!r} is no whole number.", f"Write a whole number {range_in_words(low, high)}.")
        ]
    return number_problems(value, at, low, high)


def one_of_problems(value: Any, at: Field, options: Sequence[str]) -> list[FieldProblem]:
    """One word out of a few."""
    if isinstance(value, str) and value in options:
        return []
    return [FieldProblem(at, f"{value!r} is not possible here.", f"Choose one of: {', '.join(options)}.")]


def list_problems(value: Any, at: Field, least: int, most: int) -> list[FieldProblem]:
    """A list with `least` to `most` entries; what the entries are is checked elsewhere."""
    if not isinstance(value, list):
        return [FieldProblem(at, "A list is missing.", "Write one entry a line, each with a dash before it.")]
    if not least <= len(value) <= most:
        return [FieldProblem(at, f"The list has {len(value)} entries.", f"It needs {least} to {most}.")]
    return []


def distinct_texts_problems(texts: Sequence[Any], at: Field, step: str | None = None) -> list[FieldProblem]:
    """Texts that a reader can tell apart: no two the same but for spaces."""
    seen: dict[str, int] = {}
    problems = []
    for place, text in enumerate(texts):
        plain = " ".join(text.split()) if isinstance(text, str) else ""
        if plain and plain in seen:
            field = (*at, place) if step is None else (*at, place, step)
            message = f"The same text stands in entry {seen[plain] + 1}."
            problems.append(FieldProblem(field, message, "Word one of them differently."))
        seen.setdefault(plain, place)
    return problems


def is_finite(value: int | float) -> bool:
    """Whether a number fits into a float and is neither infinite nor undefined."""
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def range_in_words(low: float, high: float) -> str:
    """The range of a number for a sentence."""
    if math.isinf(low) and math.isinf(high):
        return "of any size"
    if math.isinf(high):
        return f"of at least {low:g}"
    if math.isinf(low):
        return f"of at most {high:g}"
    return f"from {low:g} to {high:g}"
