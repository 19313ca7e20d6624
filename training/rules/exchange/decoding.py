"""From bytes to text: marks of byte order, encodings that a file names, and what people's editors leave behind."""

import codecs
import re

from training.rules.exchange.naming import words
from training.rules.exchange.results import UnreadableError

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
KNOWN = words(
    "ascii big5 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp874 cp932 cp949 "
    "euc_jp euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 "
    "iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman "
    "shift_jis tis-620 utf-16 utf-16-be utf-16-le utf-32 utf-8"
)
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|\r|\x85|\u2028|\u2029")


def decoded(data: bytes) -> str:
    """The text of a file, "\\n" for every end of line. What is not UTF-8 and names no encoding is Windows-1252.

    Raises UnreadableError, with the line, if the bytes do not fit the encoding that their mark or the file names.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], encoding)
    zeros = data[:400]
    if zeros[1:2] == b"\0" and zeros[0::2].count(0) < len(zeros) // 20 + 1:
        return _as(data, "utf-16-le")
    if zeros[0:1] == b"\0" and zeros[1::2].count(0) < len(zeros) // 20 + 1:
        return _as(data, "utf-16-be")
    found = _DECLARED.match(data[:400])
    named = _known(found[1].decode("ascii")) if found else None
    if named and not named.startswith(("utf-16", "utf-32")):
        return _as(data, named)
    try:
        return unified(data.decode("utf-8"))
    except UnicodeDecodeError:
        return unified(data.decode("cp1252", "replace"))


def _as(data: bytes, encoding: str) -> str:
    try:
        return unified(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cure = "Save the file again, with the encoding UTF-8."
        raise UnreadableError(line, f"The characters here are not {encoding.upper()}.", cure) from error


def _known(name: str) -> str | None:
    """The name of an encoding as Python has it; None for one that no text file has."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in KNOWN else None


def unified(text: str) -> str:
    """Text with one kind of line end and without a mark of byte order."""
    return _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))


def tidy(text: str) -> str:
    """Text without control characters, halves of characters and hidden marks of writing direction."""
    return _HIDDEN.sub("", _CONTROLS.sub("", unified(text)))


def one_line(text: str) -> str:
    """Tidy text on one line, with single spaces: a choice, a side, a name."""
    return " ".join(tidy(text).split())
