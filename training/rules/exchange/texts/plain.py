"""Marked-up texts as plain words on one line: for choices, sides, items and feedback, which are shown as they stand."""

from collections.abc import Callable

from training.rules.exchange.decoding import one_line
from training.rules.exchange.texts.formulas import formula
from training.rules.exchange.texts.html import BLOCKS, read_html, seems_html
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.scripts import raised

ShowPicture = Callable[[Node], str]
"""What stands in a text for a picture."""


def no_picture(node: Node) -> str:
    """The words that a picture has for those who do not see it."""
    return node.get("alt")


def plain_of_node(node: Node, picture: ShowPicture = no_picture) -> str:
    """The words of a tree on one line."""
    return one_line(_words(node, picture))


def plain_of_html(html: str, picture: ShowPicture = no_picture) -> str:
    """The words of HTML on one line."""
    return plain_of_node(read_html(html), picture) if seems_html(html) else one_line(html)


def _words(node: Node, picture: ShowPicture) -> str:
    if node.name in ("img", "object") and not node.get("type").startswith(("text/", "video/", "audio/")):
        return picture(node)
    if node.name == "math":
        return formula(node)
    if node.name == "br":
        return " "
    if node.name in ("sub", "sup"):
        return raised(_inside(node, picture), is_up=node.name == "sup")
    space = " " if node.name in BLOCKS else ""
    return space + _inside(node, picture) + space


def _inside(node: Node, picture: ShowPicture) -> str:
    return "".join(one if isinstance(one, str) else _words(one, picture) for one in node.children)
