"""What an item says afterwards, as an explanation: to everybody, to whoever is right, to whoever is wrong."""

from training.rules.exchange.qti.asked import Asked
from training.rules.exchange.qti.scoring import feedback_shown
from training.rules.exchange.texts.nodes import Node


def explanation(asked: Asked, part: list[Node]) -> str:
    """The feedback that belongs to no single choice. Of several parts of an item each gets what hangs on it."""
    is_part = len(asked.asking) > len(part)
    wrong = {**asked.right, **{one.get("responseIdentifier"): None for one in part}} if is_part else {}
    came = [asked.scoring.came_of(asked.right), asked.scoring.came_of(wrong)]
    said = []
    for node in asked.feedback:
        if id(node) in asked.feedback_used or _inside(asked, node):
            continue
        words = asked.content.markdown(Node("div", {}, node.children))
        if not words:
            continue
        shown = feedback_shown(node, came[0]), feedback_shown(node, came[1])
        if not asked.scoring.has_rules:
            shown = (True, True)
        if is_part and shown[0] == shown[1] and not (shown[0] and asked.asking[0] in part):
            continue
        said.append(_LABELS[shown] + words)
    return "\n\n".join(dict.fromkeys(said))


def _inside(asked: Asked, node: Node) -> bool:
    """Whether a feedback stands in another, which is written with it."""
    return any(node is inner for other in asked.feedback if other is not node for inner in other.below())


_LABELS = {
    (True, True): "",
    (True, False): "If right: ",
    (False, True): "If wrong: ",
    (False, False): "For some answers: ",
}
