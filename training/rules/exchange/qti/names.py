"""One set of names for all versions: what QTI 3 calls "qti-simple-choice" is "simpleChoice" in QTI 2."""

import re

from training.rules.exchange.texts.nodes import Node

PREFIX = "qti-"
_DASH = re.compile(r"-([a-z0-9])")


def unify(root: Node) -> Node:
    """The same tree with the names of QTI 2, changed in place."""
    for node in [root, *root.below()]:
        if node.name.startswith(PREFIX):
            node.name = _joined(node.name[len(PREFIX) :])
            node.attributes = {_attribute(name): value for name, value in node.attributes.items()}
    return root


def _attribute(name: str) -> str:
    return name if name.startswith(("data-", "aria-")) else _joined(name)


def _joined(name: str) -> str:
    return _DASH.sub(lambda found: found[1].upper(), name)
