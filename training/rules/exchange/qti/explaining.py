"""What an item says afterwards, as an explanation: to everybody, to whoever is right, to whoever is wrong."""

from training.rules.exchange.qti.asked import Asked
from training.rules.exchange.qti.scoring import feedback_shown
from training.rules.exchange.texts.nodes import Node


def explanation(asked: Asked) -> str:
    """The feedback that belongs to no single choice."""
    came = [asked.scoring.came_of(asked.right), asked.scoring.came_of({})]
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
