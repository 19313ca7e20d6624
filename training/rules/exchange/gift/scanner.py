"""A GIFT file as pieces: one question each, with its line, its comments, and the category it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CATEGORY = "$CATEGORY:"
_ESCAPES = {"n": "\n"}
SPECIAL = frozenset("~=#{}:\\")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\<>])+)\]")
_ID = re.compile(r"\[id:((?:\\.|[^\]\\<>])+)\]")
MOST_LINES_OF_ONE = 2_000


@dataclass(frozen=True)
class Piece:
    """One question: the line it begins on, its text without comments, what its comments are tagged with."""

    line: int
    text: str
    tags: tuple[str, ...] = ()
    identifier: str = ""
    category: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The questions of a file. Empty lines part them, except between braces that are still open."""
    category = ""
    for first, lines in _blocks(text.split("\n")):
        comments = [line.strip() for line in lines if _is_comment(line)]
        kept = ["" if _is_comment(line) else line for line in lines]
        while kept and kept[0].strip().upper().startswith(CATEGORY):
            category = kept[0].strip()[len(CATEGORY) :].strip()
            first, kept = first + 1, kept[1:]
        while kept and not kept[0].strip():
            first, kept = first + 1, kept[1:]
        question = "\n".join(kept).strip()
        if question:
            yield Piece(first, question, *_noted(comments), category)


def _noted(comments: list[str]) -> tuple[tuple[str, ...], str]:
    said = "\n".join(comments)
    identifiers = [unescaped(found).strip() for found in _ID.findall(said)]
    return tuple(unescaped(found).strip() for found in _TAG.findall(said)), identifiers[0] if identifiers else ""


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines with the number of their first; a run goes on over empty lines where a brace is open."""
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        end = _end_of_run(lines, place)
        if _open_braces(lines[place:end]) > 0:
            end = _closing(lines, place, end)
        yield place + 1, lines[place:end]
        place = end


def _end_of_run(lines: list[str], place: int) -> int:
    while place < len(lines) and lines[place].strip():
        place += 1
    return place


def _closing(lines: list[str], begin: int, end: int) -> int:
    """Where a run ends whose brace closes after an empty line; where it ended before if none does, or another opens."""
    for place in range(end, min(len(lines), begin + MOST_LINES_OF_ONE)):
        if _is_comment(lines[place]):
            continue
        opens, closes = (find_plain(lines[place], sign) for sign in "{}")
        if closes >= 0 and not 0 <= opens < closes:
            return _end_of_run(lines, place)
        if opens >= 0 or lines[place].lstrip().startswith(("::", CATEGORY)):
            break
    return end


def _open_braces(lines: list[str]) -> int:
    count = 0
    for line in lines:
        if not _is_comment(line):
            plain = re.sub(r"\\.", "", line)
            count += plain.count("{") - plain.count("}")
    return count


def find_plain(text: str, sign: str, begin: int = 0) -> int:
    """Where a sign that is not escaped stands, from `begin` on; -1 if nowhere."""
    place = begin
    while True:
        place = text.find(sign, place)
        if place < 0:
            return -1
        back = place
        while back > 0 and text[back - 1] == "\\":
            back -= 1
        if (place - back) % 2 == 0:
            return place
        place += 1


def split_plain(text: str, sign: str, most: int = 0) -> list[str]:
    """Parts between signs that are not escaped, at most `most` cuts if that is not 0."""
    parts: list[str] = []
    begin = 0
    while not most or len(parts) < most:
        place = find_plain(text, sign, begin)
        if place < 0:
            break
        parts.append(text[begin:place])
        begin = place + len(sign)
    return [*parts, text[begin:]]


def unescaped(text: str) -> str:
    r"""Text with its escapes resolved: \~ \= \# \{ \} \: \\, and \n for the end of a line. Other backslashes stay."""
    return re.sub(r"\\(.)", lambda found: _meant(found[0], found[1]), text, flags=re.DOTALL)


def _meant(whole: str, sign: str) -> str:
    return _ESCAPES.get(sign, sign if sign in SPECIAL else whole)


def escaped(text: str) -> str:
    """Text in which nothing means more than itself, on one line."""
    signs = re.sub(r"[~=#{}:\\]", r"\\\g<0>", text)
    return signs.replace("\n", "\\n")
