"""Read a table of questions. A row that is wrong costs that row."""

import csv
import re
from collections.abc import Iterator
from typing import Any

from training.rules.course_files import problems
from training.rules.course_files.course_text import About
from training.rules.course_files.front_matter import read_front_matter
from training.rules.exchange.decoding import one_line
from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.table.columns import ARROW, FIXED, NUMBERED, unguarded
from training.rules.kinds.catalogue import KINDS

Row = dict[str, str]
Specification = dict[str, Any]


def read_csv(text: str, gathering: Gathering) -> Exchange:
    """The questions of a table whose first row names the columns."""
    rows = _rows(text, gathering)
    _, head = next(rows, (1, []))
    columns = [one_line(cell).casefold() for cell in head]
    odd = [name for name in columns if name and name not in FIXED and not NUMBERED.fullmatch(name)]
    if odd:
        gathering.remark(
            1, f"The column “{odd[0]}” is not known here.", f"Known: {', '.join(FIXED)}, answer 1, mark 1 …"
        )
    for line, cells in rows:
        row = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False) if cell.strip()}
        if row:
            _take(line, row, gathering)
    return gathering.done(Format.CSV)


def _rows(text: str, gathering: Gathering) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins."""
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key="".join(head.split('"')[::2]).count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            gathering.leave_out(line, f"The table cannot be read on from here: {error}.", "Mend the row, quotes first.")
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _take(line: int, row: Row, gathering: Gathering) -> None:
    name = row.get("name", "")
    try:
        draft = Draft(
            line=line,
            title=name or row.get("prompt", "")[:80],
            prompt=row.get("prompt", ""),
            specification=_specification(line, row),
            about=_about(line, row),
            topic=row.get("topic", ""),
            weight=_weight(line, row),
            explanation=row.get("explanation", ""),
        )
    except UnreadableError as error:
        gathering.leave_out(error.line, error.message, error.cure, name or row.get("prompt", ""))
        return
    gathering.add(draft)


def _about(line: int, row: Row) -> About | None:
    word = one_line(row.get("about", "")).casefold()
    if word and word not in list(About):
        raise UnreadableError(line, f"“{word}” is neither why nor how.", "Write why or how, or leave it empty.")
    return About(word) if word else None


def _weight(line: int, row: Row) -> float:
    if "weight" not in row:
        return 1.0
    number = number_of(row["weight"])
    if number is None or number <= 0:
        raise UnreadableError(
            line, f"The weight “{row['weight'][:20]}” is no number above 0.", "Write one such as 1.5."
        )
    return float(number)


def _specification(line: int, row: Row) -> Specification:
    kind = re.sub(r"[\s-]+", "_", one_line(row.get("kind", "")).casefold())
    if kind not in KINDS:
        message = f"There is no kind of question “{kind}”." if kind else "The kind of question is missing."
        raise UnreadableError(line, message, f"Choose one of: {', '.join(KINDS)}.")
    answers = _numbered(row, "answer")
    more = _more(line, row.get("more", ""))
    read = _FROM_ANSWERS.get(kind)
    own = read(line, row, answers) if read and answers else {}
    if "right" in row and "right" not in own and kind in ("true_false", "numeric", "short_text"):
        own |= _right(line, kind, row["right"])
    return {"kind": kind, **own, **{name: value for name, value in more.items() if name != "kind"}}


def _numbered(row: Row, name: str) -> dict[int, str]:
    found = ((NUMBERED.fullmatch(column), cell) for column, cell in row.items())
    numbers = {int(match[2]): cell for match, cell in found if match and match[1] == name}
    return dict(sorted(numbers.items()))


def _more(line: int, written: str) -> Specification:
    if not written.strip():
        return {}
    try:
        return read_front_matter(f"---\n{written}\n---\n").values
    except problems.UnreadableError as error:
        raise UnreadableError(line, f"The cell “more” cannot be read: {error.message}", error.cure) from error


def _right(line: int, kind: str, written: str) -> Specification:
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
    marks, feedback = _numbered(row, "mark"), _numbered(row, "feedback")
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
    marks, feedback = _numbered(row, "mark"), _numbered(row, "feedback")
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


_FROM_ANSWERS: dict[str, Any] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "short_text": _accepted,
    "matching": _matching,
    "categorise": _categorise,
    "ordering": _listed("items"),
    "likert": _listed("statements"),
}
