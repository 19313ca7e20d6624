"""One question of Moodle XML: its fields, its texts in whatever form they are written, its pictures."""

from collections.abc import Iterator
from urllib.parse import unquote

from training.rules.course_files.front_matter import tidy_body
from training.rules.exchange.decoding import one_line, tidy
from training.rules.exchange.pictures import Pictures, bytes_of_base64
from training.rules.exchange.shares import number_of, share_of
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.exchange.texts.html import read_html, seems_html
from training.rules.exchange.texts.markdown import markdown_of_node
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.picture_places import PicturePlaces
from training.rules.exchange.texts.plain import plain_of_node
from training.rules.rich_text import to_plain

PLACE = "@@PLUGINFILE@@/"
USUAL_FEEDBACK = frozenset(
    [
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "correct",
        "incorrect",
    ]
)
"""What Moodle says of its own accord; nothing is lost with it."""


class MoodleQuestion:
    """A question as it stands in the file. `said` is what is to be said afterwards, `remarks` what was lost."""

    def __init__(self, node: Node, pictures: Pictures) -> None:
        self.node = node
        self.line = node.line
        self.said: list[str] = []
        self.remarks: list[str] = []
        self._files = dict(_files(node))
        self.places = PicturePlaces(pictures, self._file)

    def _file(self, address: str) -> bytes | None:
        name = unquote(address.partition("?")[0]).removeprefix(PLACE)
        return self._files.get(name, self._files.get(name.rpartition("/")[2]))

    def value(self, name: str, otherwise: str = "") -> str:
        """The text of a field without form, such as "usecase"; some fields wrap it in "text"."""
        node = self.node.first(name)
        return node.text().strip() if node else otherwise

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """A field that is 0, 1, true or false. Some are true by being there."""
        node = self.node.first(name)
        if node is None:
            return otherwise
        return node.text().strip().casefold() not in ("0", "false", "no")

    def number(self, name: str, otherwise: float) -> float:
        """A number in a field."""
        number = number_of(self.value(name))
        return otherwise if number is None else float(number)

    def whole(self, name: str, otherwise: int = 0) -> int:
        """A whole number in a field, never below 0."""
        return max(0, int(min(self.number(name, otherwise), 1e9)))

    def tree(self, node: Node | None) -> Node:
        """A text as a tree, whatever its form but Markdown."""
        text = _text_node(node)
        if text is None:
            return Node("div")
        if text.elements():
            return text
        written = text.text()
        form = form_of(node)
        if form == "plain_text" or (form == "moodle_auto_format" and not seems_html(written)):
            return Node("div", {}, [written])
        return read_html(written.replace("\n", "<br>") if form == "moodle_auto_format" else written)

    def markdown(self, node: Node | None) -> str:
        """A text as Markdown."""
        text = _text_node(node)
        if node is None or text is None:
            return ""
        written, form = text.text(), form_of(node)
        if form == "markdown" and not text.elements():
            return tidy_body(tidy(self._with_places(written)))
        if form == "plain_text" or (form == "moodle_auto_format" and not seems_html(written) and not text.elements()):
            return markdown_of_plain(written)
        return markdown_of_node(self.tree(node), self.places.place)

    def plain(self, node: Node | None) -> str:
        """A text as words on one line."""
        text = _text_node(node)
        if text is None:
            return ""
        if form_of(node) == "plain_text" and not text.elements():
            return one_line(text.text())
        if form_of(node) == "markdown" and not text.elements():
            return to_plain(text.text())
        return plain_of_node(self.tree(node), self.places.in_short)

    def feedback(self, node: Node) -> str:
        """What is said to whoever gives an answer."""
        return self.plain(node.first("feedback"))

    def share(self, node: Node) -> float:
        """What an answer is worth, in [-1, 1]."""
        return share_of(node.get("fraction", "0")) or 0.0

    def answers(self) -> list[Node]:
        """The answers."""
        return self.node.elements("answer")

    def _with_places(self, markdown: str) -> str:
        """Markdown whose pictures have their new names."""
        for name in sorted(self._files, key=len, reverse=True):
            for written in (PLACE + name, PLACE + name.replace(" ", "%20")):
                if f"({written})" in markdown and (place := self.places.keep(written)):
                    markdown = markdown.replace(f"({written})", f"({place})")
        return markdown


def form_of(node: Node | None) -> str:
    """How a text is written; HTML where nothing is said."""
    return node.get("format", "html").strip() if node else "html"


def _text_node(node: Node | None) -> Node | None:
    return None if node is None else node.first("text") or (node if node.text().strip() else None)


def _files(node: Node) -> Iterator[tuple[str, bytes]]:
    """The files in a question by their names with folders."""
    for file in node.below("file"):
        data = bytes_of_base64(file.text())
        if data is not None:
            yield (file.get("path", "/") + file.get("name")).lstrip("/"), data
            yield file.get("name"), data
    image, packed = node.first("image"), node.first("image_base64")
    old = bytes_of_base64(packed.text()) if packed else None
    if image and old:
        yield image.text().strip(), old
