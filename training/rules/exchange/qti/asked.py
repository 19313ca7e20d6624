"""One item while it is read: its text, its scoring, and what was learnt about it."""

from collections.abc import Iterable
from typing import Any

from training.rules.exchange.qti.content import FEEDBACK, INLINE, LINE, Content, questions_in
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
        self.asking = questions_in(body)
        self.kind = body.get("data-kind")
        self.remarks: list[str] = [REMARK] if drawn else []
        self.best = 0.0
        self.right: Given = {name: _best_value(one) for name, one in self.scoring.responses.items()}
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

    def lines_for_others(self, part: list[Node]) -> dict[int, str]:
        """Marks for gaps in the text that belong to another question of the item."""
        mine = set(map(id, part))
        return {id(one): LINE for one in self.asking if one.name in INLINE and id(one) not in mine}

    def note_opinion(self) -> None:
        """Say that a question without a key is asked as an opinion, unless we wrote it as one."""
        if self.kind != "likert":
            self.remarks.append("Nothing says what is right, so it is asked as an opinion and does not count.")

    def worth(self, part: list[Node]) -> float:
        """What the right answers to some of the interactions are worth."""
        without = {**self.right, **{one.get("responseIdentifier"): None for one in part}}
        return self.scoring.score(self.right) - self.scoring.score(without)

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


def _best_value(response: Response) -> Value:
    """The right value as far as it is declared: the correct one, else what the mapping makes worth most."""
    if response.correct is not None or response.mapping is None:
        return response.correct
    worth = {value: mark for value, mark in response.mapping.entries.items() if mark > 0}
    if not worth:
        return None
    if response.cardinality == "single":
        return max(worth, key=lambda value: worth[value])
    return tuple(worth) if response.cardinality == "ordered" else list(worth)
