"""What an item gives for a response: its rules are carried out, so that marks and feedback need not be guessed.

Where an item has no rules, or rules that are not known here, responses are marked by what is declared: by the mapping
of a response if it has one, else against the right value.
"""

from dataclasses import dataclass

from training.rules.exchange.qti.expressions import variables_of
from training.rules.exchange.qti.values import (
    Outcome,
    Response,
    UnknownRuleError,
    Value,
    all_of,
    outcome_of,
    response_of,
    same,
    value_of,
)
from training.rules.exchange.qti.variables import Variables
from training.rules.exchange.shares import number_of
from training.rules.exchange.texts.nodes import Node

Given = dict[str, Value]
"""A value for each response that is given one."""
SCORES = ("SCORE", "score", "Score", "OUTCOME")
TEMPLATES = {"match_correct": "match", "map_response": "map", "cc2_match": "match", "cc2_map_response": "map"}


@dataclass(frozen=True)
class Came:
    """What came of a response: its score, and every outcome."""

    score: float
    outcomes: dict[str, Value]


class _ExitError(Exception):
    """The rules say that they are at their end."""


class Scoring:
    """The responses, outcomes and rules of one item. `is_known` says whether the item's own rules are carried out."""

    def __init__(self, item: Node, drawn: dict[str, Value]) -> None:
        self.responses = {one.get("identifier"): response_of(one) for one in item.elements("responseDeclaration")}
        self.outcomes = {one.get("identifier"): outcome_of(one) for one in item.elements("outcomeDeclaration")}
        self._drawn = drawn
        self._rules = item.first("responseProcessing")
        self._template = _template_of(self._rules)
        self.unknown = ""
        try:
            self._carried_out({name: one.correct for name, one in self.responses.items()})
        except UnknownRuleError as error:
            self.unknown = str(error)

    @property
    def has_rules(self) -> bool:
        """Whether the item has rules of its own that are known here."""
        return self._rules is not None and not self.unknown and bool(self._template or self._rules.elements())

    def came_of(self, given: Given) -> Came:
        """What comes of a response."""
        if self.has_rules:
            try:
                return self._carried_out(given)
            except UnknownRuleError as error:
                self.unknown = str(error)
        return Came(sum(self._declared(one, given.get(name)) for name, one in self.responses.items()), {})

    def score(self, given: Given) -> float:
        """The score of a response."""
        return self.came_of(given).score

    def _declared(self, response: Response, value: Value) -> float:
        if response.mapping:
            return response.mapping.total(value)
        return float(response.correct is not None and same(response.correct, value))

    def _carried_out(self, given: Given) -> Came:
        scope: dict[str, Value] = {name: given.get(name) for name in self.responses}
        outcomes = {name: one.default for name, one in self.outcomes.items()}
        scope |= {"numAttempts": 1.0, "duration": 1.0, "completionStatus": "unknown", **self._drawn, **outcomes}
        correct = {name: one.correct for name, one in self.responses.items()}
        mappings = {name: one.mapping.total for name, one in self.responses.items() if one.mapping}
        variables = variables_of(scope, correct, mappings)
        try:
            if self._template:
                self._by_template(variables)
            elif self._rules is not None:
                self._run(self._rules.elements(), variables)
        except _ExitError:
            pass
        results = {name: variables.scope.get(name) for name in {**self.outcomes, "SCORE": None}}
        return Came(_score(results, self.outcomes), results)

    def _by_template(self, variables: Variables) -> None:
        name = "RESPONSE" if "RESPONSE" in self.responses else next(iter(self.responses), "")
        response = self.responses.get(name)
        if response is None:
            raise UnknownRuleError("a template without a response")
        value = variables.scope.get(name)
        if self._template == "map" and response.mapping:
            variables.scope["SCORE"] = response.mapping.total(value) if value is not None else 0.0
        else:
            variables.scope["SCORE"] = float(response.correct is not None and same(response.correct, value))

    def _run(self, rules: list[Node], variables: Variables) -> None:
        for rule in rules:
            if rule.name == "setOutcomeValue":
                variables.scope[rule.get("identifier")] = _only(variables.each(rule))
            elif rule.name == "responseCondition":
                self._condition(rule, variables)
            elif rule.name == "responseProcessingFragment":
                self._run(rule.elements(), variables)
            elif rule.name == "lookupOutcomeValue":
                self._look_up(rule, variables)
            elif rule.name == "exitResponse":
                raise _ExitError
            else:
                raise UnknownRuleError(rule.name)

    def _condition(self, rule: Node, variables: Variables) -> None:
        for branch in rule.elements():
            parts = branch.elements()
            if branch.name == "responseElse":
                self._run(parts, variables)
                return
            if parts and variables.compute(parts[0]) is True:
                self._run(parts[1:], variables)
                return

    def _look_up(self, rule: Node, variables: Variables) -> None:
        outcome = self.outcomes.get(rule.get("identifier"))
        number = _only(variables.each(rule))
        if outcome is None or outcome.table is None or not isinstance(number, int | float):
            raise UnknownRuleError("a table")
        variables.scope[outcome.identifier] = _from_table(outcome, outcome.table, float(number))


def _from_table(outcome: Outcome, table: Node, number: float) -> Value:
    for entry in table.elements("matchTableEntry"):
        if number_of(entry.get("sourceValue")) == number:
            return value_of(entry.get("targetValue"), outcome.base_type)
    for entry in table.elements("interpolationTableEntry"):
        bound = number_of(entry.get("sourceValue"))
        if bound is not None and (
            number > bound or (number == bound and entry.get("includeBoundary", "true") != "false")
        ):
            return value_of(entry.get("targetValue"), outcome.base_type)
    default = table.get("defaultValue")
    return value_of(default, outcome.base_type) if default else outcome.default


def _only(values: list[Value]) -> Value:
    return values[0] if values else None


def _template_of(rules: Node | None) -> str:
    """ "match" or "map" where the rules are one of the standard templates, told by the end of its address."""
    address = rules.get("template") or rules.get("templateLocation") if rules else ""
    name = address.rstrip("/").rpartition("/")[2].casefold().removesuffix(".xml")
    return TEMPLATES.get(name, "")


def _score(results: dict[str, Value], outcomes: dict[str, Outcome]) -> float:
    """The score among outcomes: the one of that name, else the only number."""
    for name in SCORES:
        if isinstance(results.get(name), int | float) and not isinstance(results.get(name), bool):
            return float(results[name])
    numbers = [
        float(results[name])
        for name, one in outcomes.items()
        if one.base_type in ("float", "integer")
        and isinstance(results.get(name), int | float)
        and "MAX" not in name.upper()
    ]
    return numbers[0] if len(numbers) == 1 else 0.0


def feedback_shown(node: Node, came: Came) -> bool:
    """Whether a feedback element is shown after a response."""
    values = all_of(came.outcomes.get(node.get("outcomeIdentifier")))
    is_named = node.get("identifier") in [str(one) for one in values]
    return is_named == (node.get("showHide", "show") != "hide")
