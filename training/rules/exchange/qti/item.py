"""Read one QTI item: which interactions it has, what they ask, and what was lost."""

from collections.abc import Callable
from typing import Any

from training.rules.exchange.gathering import Draft, Gathering
from training.rules.exchange.qti import filling, hotspots, pairing, taking
from training.rules.exchange.qti.asked import ENOUGH, Asked
from training.rules.exchange.qti.content import INLINE, Content, questions_in
from training.rules.exchange.qti.explaining import explanation
from training.rules.exchange.qti.in_text import gaps_in_text, one_in_text
from training.rules.exchange.qti.source import ItemPlace
from training.rules.exchange.qti.templates import drawn_once
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.texts.escaping import markdown_of_plain
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.picture_places import PicturePlaces

Specification = dict[str, Any]
_READERS: dict[str, Callable[[Asked, Node], Specification]] = {
    "choiceInteraction": taking.choice,
    "hottextInteraction": taking.hottext,
    "hotspotInteraction": hotspots.hotspot,
    "orderInteraction": pairing.order,
    "graphicOrderInteraction": pairing.order,
    "matchInteraction": pairing.match,
    "associateInteraction": pairing.associate,
    "graphicAssociateInteraction": pairing.associate,
    "graphicGapMatchInteraction": pairing.graphic_gap_match,
    "sliderInteraction": filling.slider,
    "extendedTextInteraction": filling.extended_text,
    "uploadInteraction": filling.upload,
    "drawingInteraction": filling.drawing,
}
NOT_MARKED = ("likert", "long_text", "file_upload")
_REASONS = {
    "selectPointInteraction": ("A point is to be set on a picture.", "Make a hot spot, with places to choose from."),
    "positionObjectInteraction": ("A thing is to be put on a picture.", "Make a hot spot, with places to choose from."),
    "customInteraction": ("The question is asked by a program of its own.", "Ask it in another way."),
    "portableCustomInteraction": ("The question is asked by a program of its own.", "Ask it in another way."),
}


def read_item(root: Node, place: ItemPlace, gathering: Gathering) -> None:
    """Take the question of an item, or its questions, or list why not."""
    title = root.get("title") or root.get("identifier")
    try:
        item = _Item(root, place, gathering)
        parts = item.parts()
    except UnreadableError as error:
        gathering.leave_out(error.line, error.message, error.cure, title, place.file)
        return
    for number, part in enumerate(parts, 1):
        name = title if len(parts) == 1 else f"{title} {number}"
        try:
            draft, remarks = item.read(part, name, len(parts))
        except UnreadableError as error:
            gathering.leave_out(error.line, error.message, error.cure, name, place.file)
            continue
        if gathering.add(draft):
            for remark in dict.fromkeys(remarks):
                gathering.remark(draft.line, remark, "Check the question.", name, place.file)


class _Item:
    """One item. Its content is drawn where it has any to draw."""

    def __init__(self, root: Node, place: ItemPlace, gathering: Gathering) -> None:
        self._root, self._place, self._gathering = root, place, gathering
        self._drawn = drawn_once(root)
        body = root.first("itemBody")
        if body is None:
            raise UnreadableError(root.line, "The item has no text.", "Export the item again.")
        self._body = body

    def parts(self) -> list[list[Node]]:
        """The interactions that make a question each: all gaps of a text together, every other alone."""
        asking = questions_in(self._body)
        if not asking:
            message = "The item asks nothing that is known here."
            raise UnreadableError(self._body.line, message, "Put the text into a lesson.")
        if self._root.get("adaptive") == "true" and len(asking) > 1:
            cure = "Make a talk of it, or several questions."
            raise UnreadableError(self._root.line, "The item changes while it is answered.", cure)
        return [asking] if all(one.name in INLINE for one in asking) else [[one] for one in asking]

    def read(self, part: list[Node], title: str, count: int) -> tuple[Draft, list[str]]:
        """The question that some interactions make, with remarks."""
        content = Content(PicturePlaces(self._gathering.pictures, self._place.picture))
        asked = Asked(self._root, self._body, content, self._drawn)
        if count > 1:
            asked.remarks.append(f"The item asks {count} things; each is a question of its own now.")
        if self._root.get("adaptive") == "true":
            asked.remarks.append("The item goes on after a first answer; only its question is asked.")
        if part[0].name not in INLINE:
            return self._draft(asked, part, *_block(asked, part[0]), title)
        is_one = len(part) == 1 and part[0].name == "textEntryInteraction"
        return self._draft(asked, part, *(one_in_text if is_one else gaps_in_text)(asked, part), title)

    def _draft(
        self, asked: Asked, part: list[Node], prompt: str, specification: Specification, title: str
    ) -> tuple[Draft, list[str]]:
        asked.settle()
        place, content, kind = self._place, asked.content, specification["kind"]
        text = "\n\n".join(filter(None, [*place.shared_texts(asked.item, content), prompt]))
        text = text or markdown_of_plain(asked.item.get("title") or "What do you think?")
        draft = Draft(
            line=asked.item.line,
            title=title,
            prompt=content.places.shown_aside(text),
            specification=specification,
            about=place.about,
            topic=place.topic,
            pool=place.pool,
            weight=self._weight(asked, part, kind) * place.weight,
            explanation=explanation(asked, part),
            file=place.file,
        )
        remarks = [*asked.remarks, *content.remarks, *content.places.remarks]
        if asked.scoring.unknown and kind not in NOT_MARKED:
            unknown = asked.scoring.unknown
            remarks.append(f"The rules of marking are not known here ({unknown}); what is declared counts.")
        return draft, remarks

    def _weight(self, asked: Asked, part: list[Node], kind: str) -> float:
        """What the right answer is worth, or this part of it; 1 if nothing says it."""
        if kind == "likert":
            return 1.0
        worth = asked.worth(part) if len(asked.asking) > len(part) else asked.best
        return round(worth, 9) if worth > ENOUGH else 1.0


def _block(asked: Asked, interaction: Node) -> tuple[str, Specification]:
    """The prompt and the specification of an interaction that stands for itself."""
    text = asked.content.markdown(asked.body, asked.lines_for_others([interaction]))
    own = interaction.first("prompt")
    if interaction.name == "gapMatchInteraction":
        above, specification = pairing.gap_match(asked, interaction)
    elif interaction.name in _READERS:
        above, specification = _shown_with(asked, interaction), _READERS[interaction.name](asked, interaction)
    else:
        usual = ("There is no such question here.", "Ask it in another way.")
        raise UnreadableError(interaction.line, *_REASONS.get(interaction.name, usual))
    if specification["kind"] in ("long_text", "file_upload"):
        specification = filling.with_own_rubric(asked, specification)
    asks = asked.content.markdown(own) if own and specification["kind"] != "likert" else ""
    return "\n\n".join(filter(None, [text, asks, above])), specification


def _shown_with(asked: Asked, interaction: Node) -> str:
    """What belongs to the text although it stands inside the interaction."""
    if interaction.name == "sliderInteraction":
        return filling.scale_of(interaction)
    if interaction.name == "hottextInteraction":
        inside = Node("div", {}, [_bold(one) for one in interaction.children if not _is_prompt(one)])
        return asked.content.markdown(inside)
    if interaction.name in ("hotspotInteraction", "choiceInteraction"):
        return ""
    drawing = interaction.first("object", "img")
    return asked.content.markdown(Node("div", {}, [drawing])) if drawing else ""


def _is_prompt(one: Node | str) -> bool:
    return isinstance(one, Node) and one.name == "prompt"


def _bold(one: Node | str) -> Node | str:
    """A text whose words to choose from are strong."""
    if isinstance(one, str):
        return one
    name = "strong" if one.name == "hottext" else one.name
    return Node(name, one.attributes, [_bold(child) for child in one.children], one.line)
