"""What the cells of a row say of its answers."""

import re
from typing import Any

from training.rules.exchange.decoding import one_line
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.table.columns import ARROW, NUMBERED

Row = dict[str, str]
Specification = dict[str, Any]


def numbered(row: Row, name: str) -> dict[int, str]:
    """The cells of the columns "name 1", "name 2" and so on, by number."""
    found = ((NUMBERED.fullmatch(column), cell) for column, cell in row.items())
    numbers = {int(match[2]): cell for match, cell in found if match and match[1] == name}
    return dict(sorted(numbers.items()))


def right_of(line: int, kind: str, written: str) -> Specification:
    """What the cell "right" says of a kind without choices. Raises UnreadableError."""
    word = one_line(written)
    if kind == "true_false":
        if word.casefold() not in ("true", "false", "t", "f"):
            raise UnreadableError(line, f"“{word}” is neither true nor false.", "Write true or false.")
        return {"right": word.casefold().startswith("t")}
    if kind == "short_text":
        return {"accept": [one for one in map(one_line, written.split("|")) if one]}
    number = number_of(word)
    if number is None:
        raise UnreadableError(line, f"“{word[:40]}” is no number.", "Write one such as 12.5.")
    return {"right": number}


def _choices(line: int, row: Row, answers: dict[int, str]) -> Specification:
    """Right are the choices that `right` names by number, letter or text."""
    marks, feedback = numbered(row, "mark"), numbered(row, "feedback")
    right = _named(line, row.get("right", ""), answers)
    choices = []
    for number, text in answers.items():
        choice: Specification = {"text": one_line(text)}
        if number in right:
            choice["right"] = True
        if number in marks:
            choice["mark"] = _mark(line, marks[number])
        if number in feedback:
            choice["feedback"] = one_line(feedback[number])
        choices.append(choice)
    return {"choices": choices}


def _named(line: int, written: str, answers: dict[int, str]) -> set[int]:
    whole = [number for number, text in answers.items() if one_line(text) == one_line(written)]
    if whole:
        return set(whole)
    found = set()
    for word in filter(None, re.split(r"[\s,;|]+", written.strip())):
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 3 else _letter(word)
        if number not in answers:
            raise UnreadableError(line, f"“{word[:20]}” names no answer.", "Write the numbers of the right ones: 1, 3.")
        found.add(number)
    return found


def _letter(word: str) -> int:
    return ord(word.upper()) - ord("A") + 1 if len(word) == 1 and word.isascii() and word.isalpha() else 0


def _mark(line: int, written: str) -> float | int:
    number = number_of(written.strip().removesuffix("%"))
    if number is None:
        raise UnreadableError(line, f"The mark “{written[:20]}” is no number.", "Write one such as 0.5.")
    return number / 100 if written.strip().endswith("%") else number


def _accepted(line: int, row: Row, answers: dict[int, str]) -> Specification:
    marks, feedback = numbered(row, "mark"), numbered(row, "feedback")
    accept: list[Any] = []
    for number, text in answers.items():
        entry: Specification = {"text": one_line(text)}
        if number in marks:
            entry["mark"] = _mark(line, marks[number])
        if number in feedback:
            entry["feedback"] = one_line(feedback[number])
        accept.append(entry)
    return {"accept": accept}


def _pairs(line: int, answers: dict[int, str]) -> list[tuple[str, str]]:
    pairs = []
    for text in answers.values():
        left, arrow, right = text.partition(ARROW)
        if not arrow:
            raise UnreadableError(line, f"“{one_line(text)[:40]}” is no pair.", "Write “left -> right”.")
        pairs.append((one_line(left), one_line(right)))
    return pairs


def _matching(line: int, row: Row, answers: dict[int, str]) -> Specification:
    pairs = _pairs(line, answers)
    values: Specification = {"pairs": [{"left": left, "right": right} for left, right in pairs if left]}
    extra = [right for left, right in pairs if not left]
    return values | ({"extra": extra} if extra else {})


def _categorise(line: int, row: Row, answers: dict[int, str]) -> Specification:
    pairs = _pairs(line, answers)
    items = [{"text": left, "category": right} for left, right in pairs if left]
    return {"categories": list(dict.fromkeys(right for _, right in pairs)), "items": items}


def _listed(name: str) -> Any:
    def read(line: int, row: Row, answers: dict[int, str]) -> Specification:
        return {name: [one_line(text) for text in answers.values()]}

    return read


FROM_ANSWERS: dict[str, Any] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "short_text": _accepted,
    "matching": _matching,
    "categorise": _categorise,
    "ordering": _listed("items"),
    "likert": _listed("statements"),
}
