"""Plain text as Markdown (CommonMark 0.31 with tables) that shows exactly this text."""

import re

_ANYWHERE = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w{1,40};)|!(?=\[)")
_LINE_START = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+](?=\s|$)|>|~(?=~~)|[-=|:][-=|:\s]*$)|(?P<number>\d{1,9})(?P<dot>[.)](?=\s|$))"
)


def escaped_line(line: str) -> str:
    """One line of text, without spaces at its ends, as Markdown."""
    inside = _ANYWHERE.sub(r"\\\g<0>", " ".join(line.split()))
    found = _LINE_START.match(inside)
    if not found:
        return inside
    if found["number"]:
        return f"{found['number']}\\{found['dot']}{inside[found.end() :]}"
    return "\\" + inside


def escaped_inline(text: str) -> str:
    """Text in the middle of a line: the spaces at its ends stay, each run of spaces as one."""
    return _ANYWHERE.sub(r"\\\g<0>", re.sub(r"\s+", " ", text))


def markdown_of_plain(text: str) -> str:
    """Several lines of plain text: an empty line parts paragraphs, any other line end is kept as a break."""
    paragraphs = [part for part in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text.strip()) if part.strip()]
    return "\n\n".join(_paragraph(part) for part in paragraphs)


def _paragraph(text: str) -> str:
    lines = [escaped_line(line) for line in text.split("\n") if line.strip()]
    return "\\\n".join(lines)
