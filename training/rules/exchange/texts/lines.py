"""A marked-up text as plain lines, for texts with gaps: each block is a line."""

from training.rules.exchange.decoding import one_line
from training.rules.exchange.texts.html import BLOCKS, read_html
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.plain import ShowPicture, no_picture, plain_of_node
from training.rules.rich_text import to_html

_IN_A_ROW = frozenset(["td", "th"])


def lines_of_node(node: Node, picture: ShowPicture = no_picture) -> str:
    """The lines of a tree, none of them empty."""
    lines: list[list[Node | str]] = [[]]
    _gather(node, lines)
    words = [one_line(plain_of_node(Node("span", {}, line), picture)) for line in lines]
    return "\n".join(filter(None, words))


def lines_of_markdown(markdown: str) -> str:
    """The lines of Markdown."""
    return lines_of_node(read_html(to_html(markdown)))


def kept_lines(text: str) -> str:
    """Plain text with single spaces, line by line, without empty lines."""
    return "\n".join(filter(None, map(one_line, text.split("\n"))))


def _gather(node: Node, lines: list[list[Node | str]]) -> None:
    for one in node.children:
        if isinstance(one, str):
            lines[-1].append(one)
        elif one.name == "br":
            lines.append([])
        elif one.name in _IN_A_ROW:
            lines[-1].append(" ")
            _gather(one, lines)
        elif one.name in BLOCKS:
            lines.append([])
            _gather(one, lines)
            lines.append([])
        elif any(inner.name == "br" or inner.name in BLOCKS for inner in one.below()):
            _gather(one, lines)
        else:
            lines[-1].append(one)
