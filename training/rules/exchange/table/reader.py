"""Read a table of questions. A row that is wrong costs that row."""

import csv
import re
from collections.abc import Iterator

from training.rules.course_files import problems
from training.rules.course_files.course_text import About
from training.rules.course_files.front_matter import read_front_matter
from training.rules.exchange.decoding import one_line
from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.results import Exchange, Format, UnreadableError
from training.rules.exchange.shares import number_of
from training.rules.exchange.table.answers import FROM_ANSWERS, Row, Specification, numbered, right_of
from training.rules.exchange.table.columns import FIXED, NUMBERED, unguarded
from training.rules.kinds.catalogue import KINDS


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
            pool=row.get("pool", ""),
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
    answers = numbered(row, "answer")
    more = _more(line, row.get("more", ""))
    read = FROM_ANSWERS.get(kind)
    own = read(line, row, answers) if read and answers else {}
    if "right" in row and "right" not in own and kind in ("true_false", "numeric", "short_text"):
        own |= right_of(line, kind, row["right"])
    return {"kind": kind, **own, **{name: value for name, value in more.items() if name != "kind"}}


def _more(line: int, written: str) -> Specification:
    if not written.strip():
        return {}
    try:
        return read_front_matter(f"---\n{written}\n---\n").values
    except problems.UnreadableError as error:
        raise UnreadableError(line, f"The cell “more” cannot be read: {error.message}", error.cure) from error
