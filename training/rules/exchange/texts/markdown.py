"""A marked-up text as Markdown that shows the same: paragraphs, headings, lists, tables, pictures, links, emphasis."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, urlsplit

from training.rules.exchange.decoding import tidy
from training.rules.exchange.texts.escaping import escaped_inline, escaped_line
from training.rules.exchange.texts.formulas import formula
from training.rules.exchange.texts.html import BLOCKS, read_html
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.scripts import raised

Picture = Callable[[Node], tuple[str, str] | None]
"""The words and the new place of a picture; None where there is none to show."""
BREAK = "\0"
_SCHEMES = ("http", "https", "mailto")
_STRONG = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_TABLE_PARTS = ("thead", "tbody", "tfoot")


def no_picture(node: Node) -> tuple[str, str] | None:
    """For texts without pictures."""
    return None


def markdown_of_html(html: str, picture: Picture = no_picture) -> str:
    """HTML as Markdown."""
    return markdown_of_node(read_html(html), picture)


def markdown_of_node(node: Node, picture: Picture = no_picture) -> str:
    """A tree as Markdown, its root taken for a box around the rest."""
    return tidy("\n\n".join(_Writer(picture).blocks(node.children))).strip("\n")


class _Writer:
    """Writes trees; `picture` says where a picture has gone."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def blocks(self, children: Iterable[Node | str]) -> list[str]:
        """The blocks of a list of texts and elements; texts side by side make a paragraph."""
        found: list[str] = []
        beside: list[Node | str] = []
        for one in children:
            if isinstance(one, Node) and (one.name in BLOCKS or _holds_block(one)):
                found += [self._paragraph(beside), *self._block(one)]
                beside = []
            else:
                beside.append(one)
        return [block for block in [*found, self._paragraph(beside)] if block]

    def _block(self, node: Node) -> list[str]:
        name = node.name
        if name == "hr":
            return ["* * *"]
        if name == "pre":
            return [_fenced(node.text())]
        if re.fullmatch("h[1-6]", name):
            words = self._inline(node.children).replace(BREAK, " ").strip()
            return [f"{'#' * int(name[1])} {words}".rstrip()] if words else []
        if name in ("ul", "ol"):
            return self._list(node)
        if name == "blockquote":
            return [_prefixed("\n\n".join(self.blocks(node.children)), "> ", "> ")]
        if name == "table":
            return self._table(node)
        return self.blocks(node.children)

    def _paragraph(self, children: list[Node | str]) -> str:
        lines = [line.strip() for line in self._inline(children).split(BREAK)]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        return "\\\n".join(_line_start(line) for line in lines if line)

    def _inline(self, children: Iterable[Node | str]) -> str:
        parts = [escaped_inline(one) if isinstance(one, str) else self._element(one) for one in children]
        return re.sub(r" {2,}", " ", "".join(parts))

    def _element(self, node: Node) -> str:
        if node.name == "br":
            return BREAK
        if node.name in ("img", "object"):
            return self._picture_text(node)
        if node.name == "math":
            return escaped_inline(formula(node))
        if node.name in ("sub", "sup"):
            return escaped_inline(raised(node.text(), is_up=node.name == "sup"))
        if node.name in ("code", "tt", "kbd", "samp") and node.text().strip():
            return _code(node.text())
        inside = self._inline(node.children)
        if node.name in _STRONG:
            return _around(inside, _STRONG[node.name])
        if node.name == "a":
            return _link(node, inside)
        if node.name == "q":
            return f"“{inside}”"
        return inside

    def _picture_text(self, node: Node) -> str:
        shown = self._picture(node)
        if shown is None:
            return escaped_inline(node.get("alt") or node.text())
        words, place = shown
        return f"![{escaped_inline(words)}]({place})"

    def _list(self, node: Node) -> list[str]:
        start = node.get("start")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
        items = []
        for item in node.elements():
            mark = f"{number}. " if node.name == "ol" else "- "
            number += 1
            inside = "\n\n".join(self.blocks(item.children if item.name == "li" else [item]))
            items.append(_prefixed(inside, mark, " " * len(mark)))
        items = [item for item in items if item.strip()]
        loose = any("\n\n" in item for item in items)
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _table(self, node: Node) -> list[str]:
        before = node.elements("caption")
        rows = [row for part in [node, *node.elements(*_TABLE_PARTS)] for row in part.elements("tr")]
        cells = [[self._cell(cell) for cell in row.elements("td", "th")] for row in rows]
        cells = [row for row in cells if row]
        width = max(map(len, cells), default=0)
        if width == 0:
            return self.blocks(before)
        if width == 1:
            return self.blocks(before) + [row[0] for row in cells if row[0]]
        lines = [_row(row, width) for row in cells]
        if not rows or not any(row.first("th") for row in rows[:1]):
            lines.insert(0, _row([], width))
        return [*self.blocks(before), "\n".join([lines[0], _row(["---"] * width, width), *lines[1:]])]

    def _cell(self, node: Node) -> str:
        words = " ".join(self._inline([node]).replace(BREAK, " ").split())
        return re.sub(r"(?<!\\)\|", r"\\|", words)


def _holds_block(node: Node) -> bool:
    """Whether an element that is none itself has a block in it: a link around a paragraph."""
    return node.name not in ("object", "math") and any(one.name in BLOCKS for one in node.below())


def _row(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *[(rest + line).rstrip() for line in lines[1:]]])


def _line_start(line: str) -> str:
    """A line that must not be taken for the beginning of a list, a heading or a table."""
    head = re.match(r"#{1,6}(?=\s|$)|[-+](?=\s|$)|>|~~~|\d{1,9}[.)](?=\s|$)|[-=|:][-=|:\s]*$", line)
    return escaped_line(head.group()) + line[head.end() :] if head else line


def _fenced(text: str) -> str:
    inside = tidy(text).strip("\n")
    if not inside.strip():
        return ""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", inside)), default=0))
    return f"{fence}\n{inside}\n{fence}"


def _code(text: str) -> str:
    inside = " ".join(text.split())
    fence = "`" * (1 + max(map(len, re.findall("`+", inside)), default=0))
    room = " " if inside.startswith("`") or inside.endswith("`") else ""
    return f"{fence}{room}{inside}{room}{fence}"


def _around(inside: str, sign: str) -> str:
    """Emphasis around words; spaces stay outside, or it would not be seen as one. Only around whole words."""
    core = inside.strip()
    if not core or BREAK in core or core[0] in "*_" or core[-1] in "*_\\":
        return inside
    if not (core[0].isalnum() and core[-1].isalnum()):
        return inside
    start = inside[: len(inside) - len(inside.lstrip())]
    return f"{start}{sign}{core}{sign}{inside[len(inside.rstrip()) :]}"


def _link(node: Node, inside: str) -> str:
    address = node.get("href").strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return inside
    if scheme not in _SCHEMES or not inside.strip() or "[" in inside.replace("\\[", "") or BREAK in inside:
        return inside
    return f"[{inside}]({quote(tidy(address), safe=':/?#@!$&*+,;=%~._-')})"
