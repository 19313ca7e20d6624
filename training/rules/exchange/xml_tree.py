"""XML from strangers as a tree. Nothing outside the file is ever opened, and nothing inside can make it grow.

The parser is expat of the standard library with every door shut: declarations of entities are refused, so there is
nothing to expand; references to other files are never followed; depth and number of elements are limited; and the text
is decoded before, so that the parser sees UTF-8 whatever the file says of itself. Names of characters that only HTML
has (&nbsp;) are read as the characters, since authors write them.
"""

import re
from html.entities import html5
from typing import Any
from xml.parsers import expat

from training.rules.exchange.results import UnreadableError
from training.rules.exchange.texts.nodes import Node

DEEPEST = 100
MOST_ELEMENTS = 400_000
_NAMED = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][A-Za-z0-9]{1,30});", re.DOTALL)
_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
_CURES = {
    expat.errors.XML_ERROR_TAG_MISMATCH: "Close every element before the one around it ends.",
    expat.errors.XML_ERROR_INVALID_TOKEN: "Write &amp; for & and &lt; for < in texts.",
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: "Close the tag that begins here with “>”.",
    expat.errors.XML_ERROR_NO_ELEMENTS: "The file breaks off: export or copy it again.",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "Write the character itself.",
}


class ForbiddenXmlError(UnreadableError):
    """XML that is not broken but not read either: too large, too deep, or with entities of its own."""


def read_xml(text: str, first_line: int = 1) -> Node:
    """The outermost element of a text, names and attributes without prefixes.

    `first_line` is the line in the file on which the text begins. Raises UnreadableError, with the line.
    """
    builder = _Builder(first_line)
    parser = builder.parser
    try:
        parser.Parse(_with_characters(text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        said = expat.errors.messages.get(error.code, "fault")
        cure = _CURES.get(said, "Mend the place, or export the file again.")
        raise UnreadableError(builder.line(error.lineno), f"The XML is broken here ({said}).", cure) from error
    if builder.root is None:
        raise UnreadableError(first_line, "The XML holds nothing.", "Export the file again.")
    return builder.root


def _with_characters(text: str) -> str:
    """The text with characters in place of names that only HTML has."""
    if "&" not in text:
        return text
    return _NAMED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name is None or name in _OF_XML:
        return found[0]
    return html5.get(f"{name};", found[0])


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, first_line: int) -> None:
        self.root: Node | None = None
        self._first_line = first_line
        self._stack: list[Node] = []
        self._count = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.ExternalEntityRefHandler = self._refuse_entity
        self.parser.UnparsedEntityDeclHandler = self._refuse_entity

    def line(self, number: int) -> int:
        """A line of the parser as a line of the file."""
        return self._first_line + number - 1

    def _here(self) -> int:
        return self.line(self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._stack) >= DEEPEST:
            what = "deep" if len(self._stack) >= DEEPEST else "large"
            raise ForbiddenXmlError(self._here(), f"The XML is too {what}.", "Cut the file into smaller ones.")
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items() if not key.startswith("xmlns")}
        node = Node(name.rpartition(":")[2], plain, line=self._here())
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
        self._stack.append(node)

    def _end(self, name: str) -> None:
        self._stack.pop()

    def _text(self, text: str) -> None:
        if self._stack:
            self._stack[-1].children.append(text)

    def _refuse_entity(self, *details: Any) -> int:
        cure = "Take the declaration out and write the text itself."
        raise ForbiddenXmlError(self._here(), "The XML declares entities, which are not read.", cure)
