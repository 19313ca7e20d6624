"""When a module opens, and whether it must be done: what a course file says, and what is wrong with it.

`optional: true` leaves it to the learner. `after` names what must be done (or passed at so much) first; left out, that
is every module before it that must be done. `on` is the first day. `only_below` makes the module one for those alone
whose result in another was below so much.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx

from training.rules.kinds import fields
from training.rules.kinds.protocol import Field, FieldProblem

OPENING_FIELDS = ("optional", "after", "on", "only_below")
MOST_CONDITIONS = 20


@dataclass(frozen=True)
class Condition:
    """Another module: done, or with a result of at least `passed_at` in [0, 1]."""

    module: str
    passed_at: float | None = None


@dataclass(frozen=True)
class Below:
    """A result in another module under which a module is for one: less than `result` in (0, 1]."""

    module: str
    result: float


@dataclass(frozen=True)
class Opening:
    """When a module opens. `after` None: after every module before it that must be done."""

    optional: bool = False
    after: tuple[Condition, ...] | None = None
    on: date | None = None
    only_below: Below | None = None


USUAL = Opening()


@dataclass(frozen=True)
class OpeningOf:
    """What a course says of one module, for checking it against the others."""

    slug: str
    has_quiz: bool
    values: Mapping[str, Any]


def opening_of(values: Mapping[str, Any]) -> Opening:
    """The opening that sound values say."""
    after = values.get("after")
    below = values.get("only_below")
    return Opening(
        bool(values.get("optional", False)),
        None if after is None else tuple(Condition(one["module"], one.get("passed_at")) for one in after),
        date.fromisoformat(values["on"]) if values.get("on") else None,
        Below(below["module"], float(below["result"])) if below else None,
    )


def opening_problems(modules: Sequence[OpeningOf]) -> dict[str, list[FieldProblem]]:
    """Everything wrong with the openings of a course, by module. Ways that lead in a circle are refused."""
    others = {one.slug: one for one in modules}
    found = {one.slug: _problems_of(one, others) for one in modules}
    if any(found.values()):
        return found
    graph = waiting_for(modules)
    try:
        circle = [edge[0] for edge in networkx.find_cycle(graph)]
    except networkx.NetworkXNoCycle:
        return found
    order = [one.slug for one in modules]
    first = min((slug for slug in circle if others[slug].values), key=order.index)
    way = circle[circle.index(first) :] + circle[: circle.index(first)]
    words = " waits for ".join(f"“{slug}”" for slug in (*way, first))
    cure = "Name modules that can be done before it."
    found[first].append(FieldProblem(("opens",), f"No learner could ever open it: {words}.", cure))
    return found


def waiting_for(modules: Sequence[OpeningOf]) -> "networkx.DiGraph[str]":
    """Which module waits for which: an edge from each module to those that must be done, or decided, before it."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    before: list[str] = []
    for one in modules:
        opening = opening_of(one.values)
        graph.add_node(one.slug)
        named = before if opening.after is None else [condition.module for condition in opening.after]
        graph.add_edges_from((one.slug, other) for other in named)
        if opening.only_below:
            graph.add_edge(one.slug, opening.only_below.module)
        if not opening.optional:
            before.append(one.slug)
    return graph


def _problems_of(one: OpeningOf, others: Mapping[str, OpeningOf]) -> list[FieldProblem]:
    at: Field = ("opens",)
    values: Any = one.values
    if not isinstance(values, dict):
        return [FieldProblem(at, "This is no table of fields.", "Write “opens:” and below it “optional: true”.")]
    problems = fields.unknown_fields(values, OPENING_FIELDS, at)
    problems += fields.flag_problems(values.get("optional", False), (*at, "optional"))
    after = values.get("after")
    if after is not None:
        problems += fields.list_problems(after, (*at, "after"), 0, MOST_CONDITIONS)
        for place, condition in enumerate(after if isinstance(after, list) else []):
            problems += _named_problems(one, condition, "passed_at", others, (*at, "after", place))
    if values.get("on") is not None:
        problems += _day_problems(values["on"], (*at, "on"))
    if values.get("only_below") is not None:
        problems += _named_problems(one, values["only_below"], "result", others, (*at, "only_below"))
        problems += _below_problems(values, others, (*at, "only_below"))
    return problems


def _named_problems(
    one: OpeningOf, value: Any, number: str, others: Mapping[str, OpeningOf], at: Field
) -> list[FieldProblem]:  # fmt: skip
    """A module of the course, and perhaps a result in its quiz."""
    if not isinstance(value, dict):
        return [FieldProblem(at, "A condition names a module.", "Write “module: …”.")]
    problems = fields.unknown_fields(value, ("module", number), at)
    slug = value.get("module")
    if not isinstance(slug, str) or slug not in others:
        known = ", ".join(other for other in others if other != one.slug)
        return [*problems, FieldProblem((*at, "module"), f"There is no module “{slug}”.", f"Known: {known}.")]
    if slug == one.slug:
        problems.append(FieldProblem((*at, "module"), "A module cannot wait for itself.", "Name another."))
    if value.get(number) is None:
        return problems
    problems += fields.number_problems(value[number], (*at, number), 0, 1)
    if not others[slug].has_quiz:
        problems.append(
            FieldProblem((*at, number), f"“{slug}” has no quiz.", "Leave the result out, or add questions.")
        )
    return problems


def _below_problems(values: Mapping[str, Any], others: Mapping[str, OpeningOf], at: Field) -> list[FieldProblem]:
    """The result must come for sure, or it would stay open for ever whether the module must be done."""
    below = values["only_below"]
    if not isinstance(below, dict) or below.get("module") not in others:
        return []
    if below.get("result") is None:
        return [FieldProblem((*at, "result"), "The result is missing.", "Write “result: 0.6” for 60 %.")]
    other = others[below["module"]].values
    if isinstance(other, dict) and other.get("optional"):
        message = f"“{below['module']}” is optional, so its result may never come."
        return [FieldProblem((*at, "module"), message, "Name a module that everybody does.")]
    return []


def _day_problems(value: Any, at: Field) -> list[FieldProblem]:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return [FieldProblem(at, f"{value!r} is no day.", "Write year, month and day: 2026-12-01.")]
    return []
