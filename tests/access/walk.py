"""Walks one line of the matrix: everybody, against everything."""

from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access.conftest import Stage
from tests.access.matrix import ANSWERED, ROLES, SIGN_IN, Line
from tests.access.world import Target

SOUND = {200, 302, 303, 304, 409, 422}


def rule_of(app: Flask, line: Line) -> Rule:
    """The rule of an address and method."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule == line.rule)
    return next(rule for rule in rules if line.method in (rule.methods or ()))


def address_of(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    """The address with these values."""
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, next(iter(rule.methods or ()))))


def outcome(answer: TestResponse, viewer: str) -> str:
    """What came of a request, in the words of the matrix."""
    led_to = str(answer.location).partition("?")[0]
    if viewer == "nobody" and led_to == "/sign-in" and not answer.request.path.startswith("/password/"):
        return SIGN_IN
    if answer.status_code in {403, 404}:
        return str(answer.status_code)
    return ANSWERED if answer.status_code in SOUND else f"status {answer.status_code}"


def walk(stage: Stage, line: Line) -> list[str]:
    """What was answered otherwise than the matrix says; refusals first, and whether one of them changed anything."""
    rule = rule_of(stage.app, line)
    tries = [
        (viewer, target, line.expected(viewer, target.owners))
        for viewer in ROLES
        for target in stage.world.targets(rule)
    ]
    refused = [one for one in tries if one[2] != ANSWERED]
    allowed = [one for one in tries if one[2] == ANSWERED]
    return _walk_refusals(stage, line, rule, refused) + _walk_answers(stage, line, rule, allowed)


def _walk_refusals(stage: Stage, line: Line, rule: Rule, refused: list[tuple[str, Target, str]]) -> list[str]:
    visitors = {name: stage.visitor(name) for name in ROLES}
    before = stage.hashes()
    wrong = [_differs(stage, line, rule, visitors[one[0]], one) for one in refused]
    changed = [f"a refusal by {line} changed {name}" for name, after in stage.hashes().items() if after != before[name]]
    return [text for text in wrong if text] + changed


def _walk_answers(stage: Stage, line: Line, rule: Rule, allowed: list[tuple[str, Target, str]]) -> list[str]:
    reads = line.method == "GET" and not line.writes
    visitors = {name: stage.visitor(name) for name in ROLES}
    before = stage.hashes()
    wrong: list[str] = []
    for one in allowed:
        wrong.append(_differs(stage, line, rule, visitors[one[0]], one))
        if not reads and stage.hashes() != before:
            stage.put_back()
            visitors = {name: stage.visitor(name) for name in ROLES}
            before = stage.hashes()
    if reads and stage.hashes() != before:
        wrong.append(f"{line} wrote: say so in the matrix if it should")
    return [text for text in wrong if text]


def _differs(stage: Stage, line: Line, rule: Rule, visitor: Any, one: tuple[str, Target, str]) -> str:
    viewer, target, expected = one
    where = address_of(stage.app, rule, target.values)
    found = outcome(visitor.open(where, method=line.method), viewer)
    return (
        "" if found == expected else f"{line.method} {where} by {viewer}, {target.label}: {found}, expected {expected}"
    )
