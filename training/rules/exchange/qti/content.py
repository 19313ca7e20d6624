"""The text of an item: what a learner reads, with gaps where something is asked and without what is not shown yet."""

import re
from dataclasses import dataclass, field

from training.rules.exchange.naming import words
from training.rules.exchange.texts.html import BLOCKS
from training.rules.exchange.texts.lines import lines_of_markdown, lines_of_node
from training.rules.exchange.texts.markdown import markdown_of_node
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.picture_places import PicturePlaces
from training.rules.exchange.texts.plain import plain_of_node

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
FEEDBACK = frozenset(["feedbackInline", "feedbackBlock", "modalFeedback"])
UNSEEN = words(
    "stylesheet catalogInfo templateInline templateBlock companionMaterialsInfo script style interactionMarkup "
    "interactionModules endAttemptInteraction contextDeclaration"
)
RECORDINGS = frozenset(["audio", "video", "mediaInteraction"])
_ASKING = (
    "choice order associate match gapMatch inlineChoice textEntry extendedText hottext hotspot selectPoint "
    "graphicOrder graphicAssociate graphicGapMatch positionObject slider drawing upload custom portableCustom"
)
ASKING = frozenset(f"{name}Interaction" for name in words(_ASKING))
INLINE = frozenset(["inlineChoiceInteraction", "textEntryInteraction"])
LINE = "_____"
ANSWER = "data-answer"
"""Where our own files have a field that is no part of the text."""
SOURCE = "data-markdown"
"""Where our own files keep the Markdown of a text beside its HTML."""


@dataclass
class Content:
    """One reading of an item's text. `notes` are for whoever grades; `remarks` say what could not be taken along."""

    places: PicturePlaces
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def cleaned(self, node: Node, marks: dict[int, str] | None = None) -> Node:
        """A copy of a tree as a learner reads it. `marks` says, by identity, what stands for an element."""
        return Node(node.name, node.attributes, self._children(node, marks or {}), node.line)

    def markdown(self, node: Node, marks: dict[int, str] | None = None) -> str:
        """A tree as Markdown."""
        written = markdown_of_node(self.cleaned(node, marks), self.places.place)
        return self.own(node, written) or written

    def own(self, node: Node, read: str) -> str:
        """The Markdown from which we made a text, as long as the text still says the same."""
        sources = [one.get(SOURCE) for one in [node, *node.below()] if one.get(SOURCE)]
        return sources[0] if len(sources) == 1 and _said(sources[0]) == _said(read) else ""

    def plain(self, node: Node) -> str:
        """A tree as words on one line; what is its own label if it has no words."""
        said = plain_of_node(self.cleaned(node), self.places.in_short)
        return said or " ".join((node.get("aria-label") or node.get("hotspotLabel") or node.get("objectLabel")).split())

    def lines(self, node: Node, marks: dict[int, str]) -> str:
        """A tree as plain lines."""
        return lines_of_node(self.cleaned(node, marks), self.places.in_short)

    def _children(self, node: Node, marks: dict[int, str]) -> list[Node | str]:
        found: list[Node | str] = []
        for one in node.children:
            if isinstance(one, str):
                found.append(one.replace(OPEN, "").replace(CLOSE, ""))
            elif id(one) in marks:
                found.append(marks[id(one)])
            else:
                found += self._element(one, marks)
        return found

    def _element(self, node: Node, marks: dict[int, str]) -> list[Node | str]:
        name = node.name
        if name in FEEDBACK or name in UNSEEN or name in ASKING or (ANSWER in node.attributes and not marks):
            return []
        if name == "rubricBlock":
            return self._rubric(node, marks)
        if name in RECORDINGS or node.get("type").startswith(("audio/", "video/")):
            self.remarks.append("A recording is left out.")
            return []
        if name == "printedVariable":
            self.remarks.append("A number that the item makes up is left out.")
            return [LINE]
        if name == "include":
            self.remarks.append(f"The text in {node.get('href')[:80]} is left out.")
            return []
        if name == "prompt":
            return [Node("p", {}, self._children(node, marks))]
        if name == "object" and not node.get("type").startswith("image/"):
            return self._children(node, marks)
        return [Node(name, node.attributes, self._children(node, marks), node.line)]

    def _rubric(self, node: Node, marks: dict[int, str]) -> list[Node | str]:
        """What is for the learner is read; what is for graders is a note; the rest is for nobody here."""
        views = node.get("view", "candidate").split()
        if "candidate" in views:
            return [Node("div", {}, self._children(node, marks))]
        if "scorer" in views:
            self.notes.append(plain_of_node(self.cleaned(Node("div", {}, node.children))))
        return []


def _said(markdown: str) -> str:
    return " ".join(lines_of_markdown(markdown).split())


def questions_in(body: Node) -> list[Node]:
    """The interactions of an item in order; those within a gap match belong to it."""
    return [one for one in body.below() if one.name in ASKING]


def split_at_marks(root: Node) -> tuple[Node, Node]:
    """The blocks of a cleaned text before the first mark, and the rest."""
    while len(root.elements()) == 1 and root.elements()[0].name in ("div", "section", "blockquote", "article"):
        if "".join(one for one in root.children if isinstance(one, str)).strip():
            break
        root = root.elements()[0]
    children = root.children
    place = next((n for n, one in enumerate(children) if MARK.search(one if isinstance(one, str) else one.text())), 0)
    while place > 0 and _is_inline(children[place - 1]):
        place -= 1
    return Node("div", {}, children[:place]), Node("div", {}, children[place:])


def _is_inline(one: Node | str) -> bool:
    return bool(one.strip()) if isinstance(one, str) else one.name not in BLOCKS
