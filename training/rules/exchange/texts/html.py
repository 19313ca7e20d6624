"""HTML from anywhere as a tree: every text gives one, in time proportional to its length, never deeper than 40.

Only what carries meaning for a reader is kept; the result is written as Markdown, in which HTML has no effect, and is
cleaned again when it is shown. So nothing here has to decide what is dangerous.
"""

import re
from collections.abc import Iterator
from html import unescape

from training.rules.exchange.naming import words
from training.rules.exchange.texts.nodes import Node

DEEPEST = 40
EMPTY = words("area base br col embed hr img input link meta param source track wbr")
SILENT = words("script style template noscript iframe head title")
"""Elements whose content no reader sees."""
CLOSED_BY = {
    "li": frozenset(["li"]),
    "tr": frozenset(["tr", "td", "th"]),
    "td": frozenset(["td", "th"]),
    "th": frozenset(["td", "th"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "option": frozenset(["option"]),
}
"""Elements that end an open one of these when they begin, up to the list or table around them."""
BLOCKS = words(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul caption"
)
AROUND = words("ul ol dl table select")
_NAME = r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,40})"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(?P<raw>.*?)(?:\]\]>|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
_TAG = re.compile(_NAME + r"(?P<inside>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>")
_TAG_WITH_BROKEN_QUOTES = re.compile(_NAME + r"(?P<inside>[^>]*)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]{1,60})(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_SEEMS = re.compile(r"<(?:/?[a-zA-Z][^<>]*>|!--)|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")


def seems_html(text: str) -> bool:
    """Whether a text that may be either has a tag or an entity in it."""
    return _SEEMS.search(text) is not None


def read_html(text: str) -> Node:
    """A text as a tree below an element named "div"."""
    root = Node("div")
    stack = [root]
    silent = ""
    for piece in _pieces(text):
        if isinstance(piece, str):
            if not silent:
                stack[-1].children.append(piece)
            continue
        name, node, is_end = piece
        if silent:
            silent = "" if is_end and name == silent else silent
        elif name in SILENT:
            silent = "" if is_end else name
        elif is_end:
            _close(stack, name)
        else:
            _open(stack, node)
    return root


def _pieces(text: str) -> Iterator[str | tuple[str, Node, bool]]:
    """Texts and tags in turn. A "<" that begins nothing is text.

    Quotes that do not end are looked for once; after that a tag ends at the next ">", so the time stays linear.
    """
    tag, place, begin, last = _TAG, 0, 0, text.rfind(">")
    while 0 <= (begin := text.find("<", begin)) < last:
        comment = _COMMENT.match(text, begin)
        found = comment or tag.match(text, begin)
        if found is None and _TAG_WITH_BROKEN_QUOTES.match(text, begin):
            tag = _TAG_WITH_BROKEN_QUOTES
            found = tag.match(text, begin)
        if found is None:
            begin += 1
            continue
        yield unescape(text[place:begin])
        place = begin = found.end()
        if comment:
            yield comment["raw"] or ""
        else:
            name = found["name"].lower()
            yield name, Node(name, _attributes(found["inside"])), bool(found["end"])
    yield unescape(text[place:])


def _attributes(inside: str) -> dict[str, str]:
    if not inside.strip(" /"):
        return {}
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def _open(stack: list[Node], node: Node) -> None:
    if node.name in BLOCKS:
        _close_paragraph(stack)
    ends = CLOSED_BY.get(node.name)
    if ends:
        for place in range(len(stack) - 1, 0, -1):
            if stack[place].name in AROUND:
                break
            if stack[place].name in ends:
                del stack[place:]
                break
    stack[-1].children.append(node)
    if node.name not in EMPTY and len(stack) < DEEPEST:
        stack.append(node)


def _close_paragraph(stack: list[Node]) -> None:
    """A block ends the paragraph before it, as in HTML."""
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].name == "p":
            del stack[place:]
            return
        if stack[place].name in BLOCKS:
            return


def _close(stack: list[Node], name: str) -> None:
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].name == name:
            del stack[place:]
            return
