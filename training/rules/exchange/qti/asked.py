"""One item while it is read: its text, its scoring, and what was learnt about it."""

from collections.abc import Iterable
from typing import Any

from training.rules.exchange.qti.content import FEEDBACK, Content
from training.rules.exchange.qti.scoring import Came, Given, Scoring, feedback_shown
from training.rules.exchange.qti.templates import REMARK
from training.rules.exchange.qti.values import Response, Value
from training.rules.exchange.results import UnreadableError
from training.rules.exchange.shares import snapped
from training.rules.exchange.texts.nodes import Node
from training.rules.exchange.texts.plain import plain_of_node

Specification = dict[str, Any]
ENOUGH = 1e-6


class Asked:
    """An item and what it is worth. `kind` is the kind of question that we wrote it as, if we did."""

    def __init__(self, item: Node, body: Node, content: Content, drawn: dict[str, Value]) -> None:
        self.item = item
        self.body = body
        self.content = content
        self.scoring = Scoring(item, drawn)
        self.kind = body.get("data-kind")
        self.remarks: list[str] = [REMARK] if drawn else []
        self.best = 0.0
        self.right: Given = {name: one.correct for name, one in self.scoring.responses.items()}
        self.feedback = [one for one in item.below() if one.name in FEEDBACK]
        self.feedback_used: set[int] = set()

    def response(self, interaction: Node) -> Response:
        """What an interaction is answered with. Raises UnreadableError if it is not declared."""
        found = self.scoring.responses.get(interaction.get("responseIdentifier"))
        if found is None:
            cure = "Declare the response, or export the item again."
            raise UnreadableError(interaction.line, "The response of the question is not declared.", cure)
        return found

    def with_value(self, response: Response, value: Value) -> Given:
        """The right response with one part of it changed."""
        return {**self.right, response.identifier: value}

    def score(self, response: Response, value: Value) -> float:
        """The score where one part of the response is changed."""
        return self.scoring.score(self.with_value(response, value))

    def share(self, response: Response, value: Value) -> float:
        """What a value of one response is worth, in [-1, 1], where nothing is worth 0 and the right one 1."""
        nothing, right = self.score(response, None), self.score(response, self.right[response.identifier])
        if right - nothing <= ENOUGH:
            return 0.0
        share = (self.score(response, value) - nothing) / (right - nothing)
        return snapped(max(-1.0, min(1.0, share)))

    def settle(self) -> None:
        """Note what the right response is worth."""
        self.best = max(self.best, self.scoring.score(self.right))

    def without_key(self, response: Response) -> UnreadableError:
        """What to say where nothing tells what is right."""
        return UnreadableError(self.item.line, "Nothing says what is right.", "Declare the correct response.")

    def words_for(self, came: Came, nodes: Iterable[Node]) -> str:
        """What is said after a response."""
        said = [plain_of_node(self.content.cleaned(node)) for node in nodes if feedback_shown(node, came)]
        return " ".join(dict.fromkeys(filter(None, said)))
