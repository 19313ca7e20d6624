"""Reading one text file that anybody may have written: within limits, as UTF-8, with nothing hidden in it."""

import re
import stat
from pathlib import Path

from training.rules.course_files.problems import UnreadableError

LARGEST_FILE = 256 * 1024
"""Bytes. A lesson of 600 words has four thousand."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: a text with them may read differently from what it holds."""


def read_text(path: Path) -> str:
    """The text of a file with "\\n" for every end of line, without a byte order mark.

    Raises UnreadableError if it is no plain file, a link, too large, not UTF-8, or holds control characters.
    """
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise UnreadableError(1, "This is a link to another file.", "Put the file itself here.")
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError(1, "This is no plain file.", "Put a text file here.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableError(1, f"The file cannot be read: {error.strerror}.", "Check that it may be read.") from error
    if len(data) > LARGEST_FILE:
        raise UnreadableError(1, f"The file is larger than {LARGEST_FILE // 1024} KiB.", "Divide it.")
    return decoded(data)


def decoded(data: bytes) -> str:
    """Bytes as text. Raises UnreadableError, with the line, for what is not plain UTF-8 text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "This is not UTF-8 text.", "Save the file with the encoding UTF-8.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    for pattern, what in ((_FORBIDDEN, "a control character"), (_HIDDEN, "a hidden mark of writing direction")):
        found = pattern.search(text)
        if found:
            line = text.count("\n", 0, found.start()) + 1
            code = f"U+{ord(found.group()):04X}"
            raise UnreadableError(line, f"There is {what} here ({code}).", "Delete it and type the place again.")
    return text
