"""Tell the format of a file by its content."""

import re

from training.rules.exchange.aiken import ANSWER, CHOICE
from training.rules.exchange.decoding import decoded
from training.rules.exchange.gift.scanner import find_plain
from training.rules.exchange.results import Format, UnreadableError

LOOKED_AT = 64 * 1024
ZIP = b"PK\x03\x04"
SAYS_CSV = frozenset(["kind", "prompt"])
"""The columns that a table of questions has at the least."""
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_BEFORE_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", re.DOTALL | re.IGNORECASE)
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
KNOWN = (
    "Hand in GIFT, Aiken, Moodle XML, QTI 2.1 to 3.0 (a file or a package), or CSV with the columns kind and prompt."
)


def detected(data: bytes) -> Format:
    """The format of a file. Raises UnreadableError if it is none of ours, saying what it is where that is known."""
    if data.startswith(ZIP):
        return Format.QTI
    for beginning, what in _OTHERS:
        if data.startswith(beginning):
            raise UnreadableError(0, f"The file is {what}.", KNOWN)
    text = decoded(data[:LOOKED_AT] if len(data) > LOOKED_AT and b"\0" not in data[:400] else data)[:LOOKED_AT]
    if not text.strip():
        raise UnreadableError(0, "The file is empty.", KNOWN)
    if text.lstrip().startswith("<") and (root := root_name(text)):
        return _xml_or_gift(root, text)
    if is_table(text):
        return Format.CSV
    return Format.AIKEN if _is_aiken(text) else _gift(text)


def root_name(text: str) -> str:
    """The name of the outermost element of an XML file, without prefix; empty if it has none."""
    found = _ROOT.search(_BEFORE_ROOT.sub("", text))
    return found[1] if found else ""


def format_of_root(root: str) -> Format:
    """The format of an XML file. Raises UnreadableError for one of no format."""
    if root == "quiz":
        return Format.MOODLE_XML
    if root == "questestinterop":
        cure = "Export it as QTI 2.1 or later, or as Moodle XML."
        raise UnreadableError(1, "This is QTI 1.2, the old form of QTI.", cure)
    if root.startswith(("qti-", "assessment")) or root in ("manifest", "rubricBlock"):
        return Format.QTI
    raise UnreadableError(1, f"There are no questions in XML that begins with <{root[:40]}>.", KNOWN)


def _xml_or_gift(root: str, text: str) -> Format:
    """The format of a text that begins with a tag: GIFT may, where its first question is written in HTML."""
    try:
        return format_of_root(root)
    except UnreadableError:
        if text.lstrip().startswith("<?xml") or find_plain(text, "{") < 0:
            raise
        return Format.GIFT


def is_table(text: str) -> bool:
    """Whether the first line names columns of questions."""
    head = text.lstrip().partition("\n")[0]
    return any(
        {cell.strip().strip('"').strip().casefold() for cell in head.split(delimiter)} >= SAYS_CSV
        for delimiter in ",;\t"
    )


def _is_aiken(text: str) -> bool:
    lines = text.split("\n")
    return any(map(ANSWER.fullmatch, lines)) and any(map(CHOICE.fullmatch, lines))


def _gift(text: str) -> Format:
    if find_plain(text, "{") < 0 and "::" not in text and "$CATEGORY:" not in text:
        raise UnreadableError(1, "No questions are found in this text.", KNOWN)
    return Format.GIFT
